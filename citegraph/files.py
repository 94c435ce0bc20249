"""Files that appear whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from citegraph.errors import InputError

__all__ = ["replaced", "unwritable"]


@contextmanager
def replaced(path: str | Path) -> Iterator[Path]:
    """Give a new file beside the path, which takes the path's place when all is written, and else is removed.

    A device or pipe is given itself, since there is nothing to lose; of a link, its target is replaced. The mode of
    an older file stays.

    Raises:
        InputError: the path is a folder, or cannot be written.

    """
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file to write")
    special = path.exists() and not path.is_file()
    target = path if special else path.resolve()
    new = target if special else target.with_name(f".citegraph-{secrets.token_hex(4)}.tmp")
    try:
        yield new
        if not special:
            _take_place(new, target)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        if not special:
            with suppress(OSError):
                new.unlink()


def unwritable(path: str | Path, error: OSError) -> InputError:
    """Say that a path cannot be written, and why."""
    return InputError(f"{path}: cannot be written ({error.strerror or error}); choose another place")


def _take_place(new: Path, target: Path) -> None:
    if target.is_file():
        shutil.copymode(target, new)
    new.replace(target)
