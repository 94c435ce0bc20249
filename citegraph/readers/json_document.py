"""JSON documents, one or several: a list of papers, an object with such a list, or a paper; read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from citegraph.errors import InputError
from citegraph.graph.records import Paper
from citegraph.readers.fields import is_title, paper_from_record
from citegraph.readers.format import BrokenRecordError, Format, RecordError, TextSource
from citegraph.readers.json_lines import LIST_KEYS, is_json_lines

__all__ = ["JSON"]

_LONGEST_TOKEN = len("-Infinity") + len(r"\uXXXX")
_SPACE = " \t\r\n"


class _Cursor:
    """A place in a stream of JSON text, of which only the piece from here on is held."""

    def __init__(self, source: TextSource) -> None:
        self._source = source
        self._text = ""
        self._at = 0
        self.line = 1

    def peek(self) -> str:
        """Skip white space and return the next character, or "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._move(self._at + 1)
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, expected: str) -> str:
        """Consume the next character, which must be one of the expected ones."""
        found = self.peek()
        if not found or found not in expected:
            raise self._broken(f"expected {' or '.join(expected)}, found {found or 'the end'}")
        self._move(self._at + 1)
        return found

    def value(self) -> Any:  # noqa: ANN401 - any JSON value
        """Consume the next value, reading on, each time twice as much, until it is whole."""
        self.peek()
        while True:
            try:
                value, end = json.JSONDecoder().raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut_off = error.pos >= len(self._text) - _LONGEST_TOKEN or error.msg.startswith("Unterminated")
                if not cut_off or not self._more():
                    self._move(error.pos)
                    raise self._broken(error.msg.removesuffix(" starting at")) from None
            except ValueError:
                raise self._broken("a number is too long") from None
            except RecursionError:
                raise self._broken("nested too deeply") from None
            else:
                if end < len(self._text) or not self._more():
                    self._move(end)
                    return value

    def _move(self, at: int) -> None:
        self.line += self._text.count("\n", self._at, at)
        self._at = at

    def _more(self) -> bool:
        pieces = [self._text[self._at :]]
        wanted = len(pieces[0])
        while wanted >= 0 and (chunk := next(self._source.chunks, "")):
            pieces.append(chunk)
            wanted -= len(chunk)
        self._text, self._at = "".join(pieces), 0
        return len(pieces) > 1

    def _broken(self, reason: str) -> InputError:
        return InputError(f"{self._source.label}:{self.line}: broken JSON: {reason}; correct the file")


def _recognise(head: str) -> int:
    start = "".join(head[:200].split())
    if start.startswith("{"):
        return 0 if is_json_lines(head) else 2
    return 2 if start.startswith(("[{", "[]")) else 0


def _read(source: TextSource, columns: Mapping[str, str]) -> Iterator[Paper | RecordError]:
    cursor = _Cursor(source)
    for line, record in _documents(cursor):
        try:
            if not isinstance(record, dict):
                raise BrokenRecordError("not a JSON object")
            yield paper_from_record(record, source.name, columns)
        except BrokenRecordError as error:
            yield RecordError(source.label, line, str(error))


def _documents(cursor: _Cursor) -> Iterator[tuple[int, Any]]:
    while cursor.peek():
        yield from _records(cursor)


def _records(cursor: _Cursor) -> Iterator[tuple[int, Any]]:
    """Yield (line, value) of each record: the items of a list, or what stands in an object under a known key."""
    if cursor.peek() == "[":
        yield from _items(cursor)
    elif cursor.peek() == "{":
        yield from _members(cursor)
    else:
        yield cursor.line, cursor.value()


def _items(cursor: _Cursor) -> Iterator[tuple[int, Any]]:
    cursor.take("[")
    if cursor.peek() == "]":
        cursor.take("]")
        return
    following = ","
    while following == ",":
        cursor.peek()
        line = cursor.line
        yield line, cursor.value()
        following = cursor.take(",]")


def _members(cursor: _Cursor) -> Iterator[tuple[int, Any]]:
    line = cursor.line
    record: dict[str, Any] = {}
    contained = False
    following = cursor.take("{")
    if cursor.peek() == "}":
        following = cursor.take("}")
    while following != "}":
        cursor.peek()
        key = str(cursor.value())
        cursor.take(":")
        inner = key.lower() in LIST_KEYS and cursor.peek() in ("[", "{") and not any(map(is_title, record))
        if inner:
            contained = True
            yield from _records(cursor)
        else:
            record[key] = cursor.value()
        following = cursor.take(",}")
    if not contained:
        yield line, record


JSON = Format("json", "a JSON list of papers, or an object that holds one", (".json",), _recognise, _read)
