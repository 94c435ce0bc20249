"""The facts of an embedded store: numbered, compressed parts, one for each committed batch."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from citegraph.errors import SchemaError, StoreError
from citegraph.graph.records import PaperFacts

__all__ = [
    "check_parts",
    "facts_lines",
    "part_path",
    "read_parts",
    "remove_temporary",
    "write_atomically",
    "write_part",
]

_INTEGER = 2**63
_LEVEL = 4
"""Compression: beyond it gzip gives 3 % and takes twice the time."""


def facts_lines(batch: Iterable[PaperFacts]) -> list[bytes]:
    """Serialise facts to lines of UTF-8, each with its line end.

    Raises:
        SchemaError: a text holds a lone surrogate, or a year is beyond 64 bits: no store can keep it.

    """
    lines = []
    for facts in batch:
        year = facts.paper.year
        if year is not None and not -_INTEGER <= year < _INTEGER:
            raise SchemaError(
                f"paper {facts.paper.id!r} has a year beyond 64 bits, which no store can keep; correct it"
            )
        lines.append(facts.to_json().encode("utf-8") + b"\n")
    return lines


def part_path(folder: Path, number: int) -> Path:
    """Give the path of a part; the first has number 1."""
    return folder / f"{number:06}.jsonl.gz"


def write_part(folder: Path, number: int, lines: Iterable[bytes]) -> None:
    """Write a part and make sure that it is on disk, or leave nothing of this name."""
    write_atomically(part_path(folder, number), gzip.compress(b"".join(lines), _LEVEL, mtime=0))


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, synced to disk: whole or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_parts(folder: Path, count: int) -> None:
    """Check that every committed part is there.

    Raises:
        StoreError: one is missing.

    """
    for number in range(1, count + 1):
        path = part_path(folder, number)
        if not path.is_file():
            raise StoreError(f"the store lacks {path}, which it was made from; restore it, or build a new store")


def remove_temporary(folder: Path) -> None:
    """Remove files that an interruption left half written."""
    for path in folder.glob("*.tmp"):
        path.unlink()


def read_parts(folder: Path, first: int, last: int) -> Iterator[PaperFacts]:
    """Read the facts of the parts from ``first`` to ``last``, both included, in the order in which they were loaded.

    Raises:
        StoreError: a part is damaged.

    """
    for number in range(first, last + 1):
        path = part_path(folder, number)
        try:
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
                for line in file:
                    yield PaperFacts.from_json(line)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError, SchemaError) as error:
            raise StoreError(f"{path} is damaged ({error}); restore it, or build a new store") from None
