"""Entries of BibTeX, read with bibtexparser."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)

from citegraph.graph.records import Paper
from citegraph.readers.dates import parse_date
from citegraph.readers.fields import paper_from_record
from citegraph.readers.format import BrokenRecordError, RecordError, TextSource
from citegraph.readers.latex import decode_accents

__all__ = ["read_entries"]

_NOT_PAPERS = ("proceedings", "collection", "mvproceedings", "control")
_DECODED = ("title", "booktitle", "journal", "journaltitle")
_SILENT = logging.NullHandler()


def read_entries(source: TextSource) -> Iterator[Paper | RecordError]:
    """Yield a paper, or what is broken, for each entry; proceedings and collections are no papers."""
    library = _parse(source.text())
    strings = {block.key.lower(): _value(block.value, {}) for block in library.blocks if isinstance(block, String)}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        try:
            entry = _entry(block)
            if entry is not None and entry.entry_type.lower() not in _NOT_PAPERS:
                yield paper_from_record(_record(entry, strings), source.name, {})
        except BrokenRecordError as error:
            yield RecordError(source.label, line, str(error))


def _parse(text: str) -> Library:
    """Split the text into blocks as written; what the parser would log comes as failed blocks too."""
    logging.getLogger("bibtexparser").addHandler(_SILENT)
    return parse_string(text, parse_stack=[])


def _entry(block: Block) -> Entry | None:
    """Give the entry of a block, None for comments and strings; one whose key or field comes twice is an entry."""
    twice = isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
    found = block.ignore_error_block if isinstance(block, ParsingFailedBlock) and twice else block
    if isinstance(found, ParsingFailedBlock):
        reason = found.error.abort_reason if isinstance(found.error, BlockAbortedException) else str(found.error)
        raise BrokenRecordError(f"broken entry: {reason}")
    return found if isinstance(found, Entry) else None


def _record(entry: Entry, strings: Mapping[str, str]) -> dict[str, object]:
    record: dict[str, object] = {}
    for field in entry.fields:
        record.setdefault(field.key.lower(), _value(field.value, strings))
    for name in _DECODED:
        if name in record:
            record[name] = decode_accents(str(record[name]))
    names = split_multiple_persons_names(" ".join(str(record.pop("author", "")).split()))
    record["authors"] = [{"name": _name(name)} for name in names if name != "others"]
    year, month = record.get("year", ""), record.get("month", "")
    record.setdefault("date", parse_date(f"{month} {year}") or parse_date(f"{year}-{month}"))
    return record


def _name(name: str) -> str:
    parts = parse_single_name_into_parts(name, strict=False)
    return decode_accents(" ".join([*parts.first, *parts.von, *parts.last, *parts.jr]))


def _value(written: str, strings: Mapping[str, str]) -> str:
    """Take off the outer braces or quotes, put in strings by name, and join what "#" joins.

    >>> _value('acl # " 2019"', {"acl": "Proceedings of ACL"}), _value("{{A} b}", {}), _value("2019", {})
    ('Proceedings of ACL 2019', '{A} b', '2019')
    """
    pieces = (piece.strip() for piece in _joined(str(written)))
    return "".join(
        piece[1:-1] if piece.startswith(("{", '"')) else strings.get(piece.lower(), piece) for piece in pieces
    )


def _joined(written: str) -> list[str]:
    """Split at "#" outside braces and quotes."""
    if "#" not in written:
        return [written.strip()]
    pieces = [""]
    depth, quoted = 0, False
    for character in written.strip():
        if character == "#" and not depth and not quoted:
            pieces.append("")
            continue
        depth += (character == "{") - (character == "}")
        quoted ^= character == '"' and not depth
        pieces[-1] += character
    return pieces
