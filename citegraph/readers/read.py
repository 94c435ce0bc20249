"""Reading papers from files and standard input in any known format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from citegraph.errors import InputError
from citegraph.graph.records import Paper
from citegraph.readers.bibtex import BIBTEX
from citegraph.readers.daily_papers import DAILY_PAPERS
from citegraph.readers.delimited import CSV, TSV
from citegraph.readers.fields import check_columns
from citegraph.readers.format import Format, RecordError, TextSource
from citegraph.readers.json_document import JSON
from citegraph.readers.json_lines import JSONL
from citegraph.readers.source import open_source

__all__ = ["FORMATS", "read_papers"]

FORMATS: Mapping[str, Format] = MappingProxyType(
    {format_.name: format_ for format_ in (DAILY_PAPERS, JSONL, JSON, CSV, TSV, BIBTEX)}
)
"""The formats by name."""

_HEAD = 1 << 16


def read_papers(
    sources: Iterable[str | Path],
    *,
    format: str | None = None,  # noqa: A002 - the word users know
    columns: Mapping[str, str] | None = None,
    on_error: Callable[[RecordError], None] | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Paper]:
    """Yield the papers of the sources, in their order, reading no further than needed.

    Args:
        sources: files, or "-" for standard input; gzip is unpacked.
        format: a name from `FORMATS`; by default each source's content tells.
        columns: our field to the column or key of a table or JSON that holds it, ``{"title": "Titel"}``.
        on_error: gets each broken record, and reading goes on; by default the first one raises.
        on_bytes: gets the number of bytes read from the files since its last call.

    Raises:
        InputError: the format or a field in ``columns`` is unknown; while reading: a source is missing, a folder,
            no text, of no known format or without papers, or a record is broken and ``on_error`` is not given.

    """
    if format is not None and format not in FORMATS:
        raise InputError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    columns = columns or {}
    check_columns(columns)
    return chain.from_iterable(_read(source, format, columns, on_error, on_bytes) for source in sources)


def _read(
    path: str | Path,
    format_name: str | None,
    columns: Mapping[str, str],
    on_error: Callable[[RecordError], None] | None,
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Paper]:
    papers = broken = 0
    with open_source(path, on_bytes) as source:
        format_, source = (FORMATS[format_name], source) if format_name else _detected(source, columns)
        for record in format_.read(source, columns):
            if isinstance(record, Paper):
                papers += 1
                yield record
            elif on_error is None:
                raise InputError(str(record))
            else:
                broken += 1
                on_error(record)
        if not papers:
            reason = f"none of its {broken} records is a paper" if broken else "holds no papers"
            raise InputError(f"{source.label}: {reason}, read as {format_.name}; check the file, or name its format")


def _detected(source: TextSource, columns: Mapping[str, str]) -> tuple[Format, TextSource]:
    """Choose the format that the first characters fit best, if need be one with columns, and put them back."""
    pieces: list[str] = []
    size = 0
    while size < _HEAD and (chunk := next(source.chunks, "")):
        pieces.append(chunk)
        size += len(chunk)
    head = "".join(pieces)
    scores = {format_: format_.detect(head, source.name) for format_ in FORMATS.values()}
    best = max(scores, key=lambda format_: (scores[format_], bool(columns) and format_.keyed))
    if not scores[best]:
        raise InputError(f"{source.label}: is in no known format; name one of {', '.join(FORMATS)}")
    return best, TextSource(source.label, source.name, chain([head], source.chunks))
