"""Sentence boundaries in titles and abstracts, by rule."""

from __future__ import annotations

import re

__all__ = ["sentence_at", "sentence_spans"]

_END = re.compile(r"""[.?!\n](?:(?<=\n)\s*\n|(?<!\n)[.?!]{0,8}["'”’)\]]{0,8}\s+(?=["'“‘(\[{\\$]{0,8}[A-Z0-9]))""")
_NO_END = re.compile(
    r"\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|w\.r\.t|approx|viz|a\.k\.a|ca"
    r"|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|No|Dr|Prof|St|[A-Z])\.$"
)
_LONGEST_NO_END = 10


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences: (start, end) offsets in code points, end exclusive, outer white space left out.

    Abbreviations ("et al.", "e.g.", "vs."), initials, decimals and URLs do not end a sentence.

    >>> text = "We beat ViT, e.g. on C4 vs. Pile by 2.5 %. Code: https://x.y/z."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['We beat ViT, e.g. on C4 vs. Pile by 2.5 %.', 'Code: https://x.y/z.']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not _NO_END.search(text, max(start, match.start() - _LONGEST_NO_END), match.start() + 1):
            _append(text, start, match.end(), spans)
            start = match.end()
    _append(text, start, len(text), spans)
    return spans


def sentence_at(spans: list[tuple[int, int]], offset: int) -> tuple[int, int]:
    """Return the span that holds the offset, else the last one that starts before it."""
    before = [span for span in spans if span[0] <= offset]
    return before[-1] if before else spans[0]


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, start + lead + len(stripped)))
