"""JSON lines: one paper, a JSON object, a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from citegraph.graph.records import Paper
from citegraph.readers.fields import paper_from_record
from citegraph.readers.format import BrokenRecordError, Format, RecordError, TextSource

__all__ = ["JSONL", "LIST_KEYS", "is_json_lines"]

LIST_KEYS = ("papers", "data", "results", "items", "entries", "works", "message", "recommendedpapers")
"""Keys, in lower case, of a JSON document under which its papers stand."""

_CONTAINER = re.compile(rf'"(?:{"|".join(LIST_KEYS)})"\s*:\s*[\[{{]', re.IGNORECASE)


_UNFINISHED = ("{", "[", ",", ":")


def is_json_lines(head: str) -> bool:
    r"""Tell JSON lines from a JSON document that starts with "{", by the first characters of the source.

    >>> is_json_lines('{"title": "A"}\n{"title": "B"}\n'), is_json_lines('{"papers": [\n{"title": "A"}\n]}')
    (True, False)
    """
    first, *rest = [line.strip() for line in head.split("\n") if not line.isspace() and line][:2] or [""]
    if not first.startswith("{") or first.endswith(_UNFINISHED):
        return False
    if rest:
        return rest[0].startswith("{") or _is_object(first)
    container = _CONTAINER.search(first)
    return container is None or 0 <= first.find('"title"') < container.start()


def _is_object(line: str) -> bool:
    try:
        return isinstance(_decode(line), dict)
    except BrokenRecordError:
        return False


def _recognise(head: str) -> int:
    return 2 * is_json_lines(head)


def _read(source: TextSource, columns: Mapping[str, str]) -> Iterator[Paper | RecordError]:
    for number, line in enumerate(source.lines(), 1):
        if not line or line.isspace():
            continue
        try:
            yield paper_from_record(_decode(line), source.name, columns)
        except BrokenRecordError as error:
            yield RecordError(source.label, number, str(error))


def _decode(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise BrokenRecordError(f"not JSON: {error.msg.removesuffix(' starting at')} at column {error.colno}") from None
    except ValueError:
        raise BrokenRecordError("not JSON: a number is too long") from None
    except RecursionError:
        raise BrokenRecordError("not JSON: nested too deeply") from None
    if not isinstance(record, dict):
        raise BrokenRecordError("not a JSON object")
    return record


JSONL = Format("jsonl", "one JSON object a line", (".jsonl", ".ndjson"), _recognise, _read)
