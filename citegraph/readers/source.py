"""Opening sources: files and standard input, gzip or not, to decoded text, with progress."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from citegraph.errors import InputError
from citegraph.readers.format import TextSource

__all__ = ["STDIN", "open_source", "source_name", "total_bytes"]

STDIN = "-"
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NOT_TEXT = {
    b"%PDF-": "a PDF file, not text; give a file of titles and abstracts",
    b"PK\x03\x04": "a zip archive or an office document; unpack it, or export it as CSV",
    b"BZh": "compressed with bzip2; unpack it, or use gzip",
    b"\xfd7zXZ\0": "compressed with xz; unpack it, or use gzip",
    b"\x28\xb5\x2f\xfd": "compressed with zstd; unpack it, or use gzip",
    b"PAR1": "a Parquet file; export it as JSON lines or CSV",
    b"SQLite format 3\0": "an SQLite database; export it as CSV",
}


def source_name(source: str | Path) -> str:
    """Give the name that goes into `Paper.source`: the file's name without folders; '-' is 'stdin'.

    >>> source_name("pages/new.txt"), source_name("-")
    ('new.txt', 'stdin')
    """
    return "stdin" if str(source) == STDIN else Path(source).name


def total_bytes(sources: Iterable[str | Path]) -> int | None:
    """Add up the sizes of the files in bytes; None where one is standard input or a pipe.

    Raises:
        InputError: a source is missing or is a folder.

    """
    total = 0
    for source in sources:
        if str(source) == STDIN:
            return None
        path = _checked_path(source)
        if not path.is_file():
            return None
        total += path.stat().st_size
    return total


@contextmanager
def open_source(source: str | Path, on_bytes: Callable[[int], None] | None) -> Iterator[TextSource]:
    """Open a file, or standard input for '-', as text; gzip and encoding are seen in its first bytes.

    The text is UTF-8, with or without a byte order mark, or UTF-16 with one. ``on_bytes`` gets the number of bytes
    read from the file, as they lie there, since its last call.

    Raises:
        InputError: the source is missing, a folder, unreadable, or empty; while the text is read: it is no text,
            in another encoding, or damaged gzip.

    """
    if str(source) == STDIN:
        yield TextSource("stdin", "stdin", _text("stdin", sys.stdin.buffer, on_bytes))
        return
    path = _checked_path(source)
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(_unreadable(str(source), error)) from None
    with file:
        yield TextSource(str(source), path.name, _text(str(source), file, on_bytes))


def _checked_path(source: str | Path) -> Path:
    path = Path(source)
    try:
        folder, missing = path.is_dir(), not path.exists()
    except OSError as error:
        raise InputError(_unreadable(str(source), error)) from None
    if folder:
        raise InputError(f"{source}: is a folder; name the files in it, for example {path / '*'}")
    if missing:
        raise InputError(f"{source}: no such file; check the path")
    return path


class _CountedReader(io.RawIOBase):
    """A binary file that tells how many bytes were read from it.

    The types of the standard library know neither ``BinaryIO.read1`` nor that a buffer is a memoryview here.
    """

    def __init__(self, file: BinaryIO, on_bytes: Callable[[int], None] | None) -> None:
        self._file = file
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read1(len(buffer))  # type: ignore[attr-defined]
        buffer[: len(data)] = data
        if data and self._on_bytes is not None:
            self._on_bytes(len(data))
        return len(data)


def _text(label: str, file: BinaryIO, on_bytes: Callable[[int], None] | None) -> Iterator[str]:
    buffered = io.BufferedReader(_CountedReader(file, on_bytes), _CHUNK)
    try:
        if buffered.peek(_CHUNK).startswith(_GZIP):
            with gzip.GzipFile(fileobj=buffered) as unpacked:
                yield from _decoded(label, unpacked)
        else:
            yield from _decoded(label, buffered)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{label}: is damaged or cut off gzip ({error}); get the file again") from None
    except OSError as error:
        raise InputError(_unreadable(label, error)) from None


def _unreadable(label: str, error: OSError) -> str:
    return f"{label}: cannot be read: {error.strerror or error}; check the file and its permissions"


def _decoded(label: str, file: io.BufferedIOBase) -> Iterator[str]:
    head = file.read(max(len(start) for start in _NOT_TEXT))
    for start, what in _NOT_TEXT.items():
        if head.startswith(start):
            raise InputError(f"{label}: is {what}")
    bom, encoding = next(((bom, name) for bom, name in _BOMS if head.startswith(bom)), (b"", "utf-8"))
    inner = codecs.getincrementaldecoder(encoding)()
    decoder = io.IncrementalNewlineDecoder(inner, translate=True)
    offset, data, blank = len(bom), head[len(bom) :], True
    while True:
        if encoding == "utf-8" and b"\0" in data:
            at = offset + data.index(b"\0")
            raise InputError(f"{label}: is binary, not text (a NUL at byte {at}); give UTF-8 text")
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            at = offset - (len(error.object) - len(data)) + error.start
            raise InputError(_wrong_encoding(label, encoding, error, at)) from None
        blank = blank and (not text or text.isspace())
        if not data and blank:
            raise InputError(f"{label}: is empty; give a file with papers")
        if text:
            yield text
        if not data:
            return
        offset += len(data)
        data = file.read1(_CHUNK)


def _wrong_encoding(label: str, encoding: str, error: UnicodeDecodeError, at: int) -> str:
    byte = error.object[error.start]
    return f"{label}: is not {encoding.upper()} text (byte 0x{byte:02x} at byte {at}); save it as UTF-8"
