"""Files that appear whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from citegraph.errors import InputError

__all__ = ["replaced"]


@contextmanager
def replaced(path: str | Path) -> Iterator[Path]:
    """Give a new file beside the path, which takes the path's place when all is written, and else is removed.

    A device or pipe is given itself, since there is nothing to lose; of a link, its target is replaced.

    Raises:
        InputError: the path is a folder, or cannot be written.

    """
    target = Path(path).resolve()
    if target.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    if target.exists() and not target.is_file():
        yield target
        return
    new = target.with_name(f".citegraph-{secrets.token_hex(4)}.tmp")
    try:
        yield new
        if target.is_file():
            shutil.copymode(target, new)
        new.replace(target)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); choose another place") from None
    finally:
        with suppress(OSError):
            new.unlink()
