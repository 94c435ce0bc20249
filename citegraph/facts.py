"""Facts files: one paper with all that was extracted from it as a JSON object a line, plain or gzip."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from citegraph.errors import InputError, SchemaError
from citegraph.files import replaced
from citegraph.graph.records import PaperFacts
from citegraph.readers import RecordError
from citegraph.readers.source import STDIN, open_source

__all__ = ["facts_files", "read_facts", "write_facts"]


def write_facts(facts: Iterable[PaperFacts], target: str) -> None:
    """Write facts to a file (gzip where its name ends in .gz) or "-", standard output.

    The file appears only when it is complete; one that was there stays until then.

    Raises:
        InputError: the file cannot be written.

    """
    if target == STDIN:
        _write_lines(facts, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with replaced(target) as partial, _open(partial, compress=target.endswith(".gz")) as stream:
        _write_lines(facts, stream)


def facts_files(paths: Iterable[str]) -> list[str]:
    """Put in the place of each folder, such as a store's ``facts``, the facts files in it, sorted by name.

    Raises:
        InputError: a folder holds no .jsonl or .jsonl.gz file.

    """
    files: list[str] = []
    for path in paths:
        if path != STDIN and Path(path).is_dir():
            inside = sorted(str(file) for pattern in ("*.jsonl", "*.jsonl.gz") for file in Path(path).glob(pattern))
            if not inside:
                raise InputError(f"{path}: holds no .jsonl or .jsonl.gz file; name a facts file or a folder of them")
            files += inside
        else:
            files.append(path)
    return files


def read_facts(
    paths: Iterable[str],
    *,
    on_error: Callable[[RecordError], None] | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[PaperFacts]:
    """Read facts files or "-", standard input, one line at a time.

    Args:
        paths: the files, in order.
        on_error: gets each line that is no facts record; without it the first one raises.
        on_bytes: gets the number of bytes of the file consumed since its last call.

    Raises:
        InputError: a file cannot be read, or a line is no facts record.

    """
    for path in paths:
        with open_source(path, on_bytes) as source:
            for number, line in enumerate(source.lines(), 1):
                if not line.strip():
                    continue
                try:
                    facts = PaperFacts.from_json(line)
                except SchemaError as error:
                    broken = RecordError(path, number, str(error))
                    if on_error is None:
                        raise InputError(str(broken)) from None
                    on_error(broken)
                else:
                    yield facts


@contextmanager
def _open(path: Path, *, compress: bool) -> Iterator[IO[bytes]]:
    with path.open("wb") as stream:
        if compress:
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
                yield cast("IO[bytes]", packed)
        else:
            yield stream


def _write_lines(facts: Iterable[PaperFacts], stream: IO[bytes]) -> None:
    for record in facts:
        stream.write(record.to_json().encode("utf-8", "replace") + b"\n")
