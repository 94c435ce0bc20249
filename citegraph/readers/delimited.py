"""Tables with a header line: CSV (commas or semicolons) and TSV, from any reference manager or spreadsheet."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from citegraph.errors import InputError
from citegraph.graph.records import Paper
from citegraph.readers.fields import fold_name, is_title, paper_from_record
from citegraph.readers.format import BrokenRecordError, Format, RecordError, TextSource

__all__ = ["CSV", "TSV"]

_CSV_DELIMITERS = (",", ";")
_TSV_DELIMITERS = ("\t",)
_HEAD = 1 << 16
_UNCLOSED = "a quoted field does not end; close it, or double the quotes inside it"


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How cells are parted, and whether quotes hold them together."""

    delimiter: str
    quoted: bool = True

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        ended = (line + "\n" for line in lines)
        if self.quoted:
            return csv.reader(ended, delimiter=self.delimiter, strict=True)
        return csv.reader(ended, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)


def _rows(lines: Iterator[str], dialect: _Dialect) -> Iterator[tuple[int, list[str] | None]]:
    """Yield (line where it starts, cells) of each row; None where it is broken, and reading resumes one line on."""
    waiting: deque[str] = deque()
    taken: list[str] = []

    def feed() -> Iterator[str]:
        while (line := waiting.popleft() if waiting else next(lines, None)) is not None:
            taken.append(line)
            yield line

    number = 1
    reader = dialect.reader(feed())
    while True:
        row: list[str] | None = None
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            waiting.extendleft(reversed(taken[1:]))
            del taken[1:]
            reader = dialect.reader(feed())
        yield number, row
        number += len(taken)
        taken.clear()


def _cells(line: str, delimiters: tuple[str, ...]) -> tuple[str, list[str]]:
    """Split a line by the delimiter that gives most cells; an unclosed quote gives none."""
    rows = []
    for delimiter in delimiters:
        _, row = next(_rows(iter([line]), _Dialect(delimiter)), (1, None))
        rows.append((delimiter, row or []))
    return max(rows, key=lambda found: len(found[1]))


def _dialect(head: list[str], delimiters: tuple[str, ...]) -> _Dialect:
    """See how the rows of a table are written; tables parted by tabs often mean quotes as mere characters."""
    header = next((line for line in head if line.strip()), "")
    delimiter, cells = _cells(header, delimiters)
    if delimiter != "\t":
        return _Dialect(delimiter)

    def fitting(dialect: _Dialect) -> int:
        return sum(row is not None and len(row) == len(cells) for _, row in _rows(iter(head), dialect))

    quoted, plain = _Dialect(delimiter), _Dialect(delimiter, quoted=False)
    return plain if fitting(plain) > fitting(quoted) else quoted


def _recognise(head: str, delimiters: tuple[str, ...]) -> int:
    first, second, *_ = [*(line for line in head.split("\n") if line.strip()), "", ""]
    delimiter, cells = _cells(first, delimiters)
    titled = any(map(is_title, cells))
    if titled and len(cells) > 1:
        return 2
    return int(titled or (len(cells) > 1 and len(cells) == len(_cells(second, (delimiter,))[1])))


def _read(source: TextSource, columns: Mapping[str, str], delimiters: tuple[str, ...]) -> Iterator[Paper | RecordError]:
    lines = source.lines()
    head: list[str] = []
    size = 0
    while size < _HEAD and (line := next(lines, None)) is not None:
        head.append(line)
        size += len(line) + 1
    header: list[str] | None = None
    for number, row in _rows(chain(head, lines), _dialect(head, delimiters)):
        if row is not None and not any(map(str.strip, row)):
            continue
        if header is None:
            header = _header(source.label, number, row, columns)
            continue
        try:
            yield paper_from_record(_record(header, row), source.name, columns)
        except BrokenRecordError as error:
            yield RecordError(source.label, number, str(error))


def _header(label: str, number: int, row: list[str] | None, columns: Mapping[str, str]) -> list[str]:
    if row is None:
        raise InputError(f"{label}:{number}: the header is broken: {_UNCLOSED}")
    header = [" ".join(cell.split()) for cell in row]
    known = {*header, *map(fold_name, header)}
    there = f"the columns are {', '.join(header)}"
    for column in columns.values():
        if column not in known and fold_name(column) not in known:
            raise InputError(f"{label}:{number}: no column {column!r}; {there}")
    if "title" not in columns and not any(map(is_title, header)):
        raise InputError(f"{label}:{number}: no column holds the title; name it, {there}")
    return header


def _record(header: list[str], row: list[str] | None) -> dict[str, str]:
    if row is None:
        raise BrokenRecordError(_UNCLOSED)
    if len(row) < len(header) or any(row[len(header) :]):
        raise BrokenRecordError(f"{len(row)} columns where the header has {len(header)}")
    record: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        record[name] = record.get(name) or cell
    return record


def _format(name: str, about: str, suffixes: tuple[str, ...], delimiters: tuple[str, ...]) -> Format:
    return Format(
        name, about, suffixes, partial(_recognise, delimiters=delimiters), partial(_read, delimiters=delimiters)
    )


CSV = _format("csv", "a table parted by commas or semicolons, with a header line", (".csv",), _CSV_DELIMITERS)
TSV = _format("tsv", "a table parted by tabs, with a header line", (".tsv", ".tab"), _TSV_DELIMITERS)
