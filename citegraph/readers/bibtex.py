"""BibTeX: one entry a paper, as Zotero, JabRef, Google Scholar and the ACL Anthology write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from citegraph.graph.records import Paper
from citegraph.readers.format import Format, RecordError, TextSource

__all__ = ["BIBTEX"]

_ENTRY = re.compile(r"^[^\S\n]*@[a-z]+[^\S\n]*\{", re.IGNORECASE | re.MULTILINE)


def _recognise(head: str) -> int:
    match = _ENTRY.search(head)
    if match is None:
        return 0
    return 1 if head[: match.start()].strip() else 2


def _read(source: TextSource, _columns: Mapping[str, str]) -> Iterator[Paper | RecordError]:
    from citegraph.readers.bibtex_entries import read_entries

    return read_entries(source)


BIBTEX = Format("bibtex", "BibTeX entries", (".bib", ".bibtex"), _recognise, _read, keyed=False)
