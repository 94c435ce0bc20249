"""Titles and abstracts as a `Paper` holds them; all offsets downstream point into these."""

from __future__ import annotations

import re

__all__ = ["fold_abstract", "fold_title"]

_FOLDABLE = re.compile("[\n\r\v\f\x85\u2028\u2029\0\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
_PARAGRAPH = re.compile(r"\n\s*\n")


def fold_title(text: str) -> str:
    r"""Strip outer white space and fold line breaks to single spaces; all else stays, LaTeX included.

    NUL and lone surrogates, which no store can hold, become U+FFFD.

    >>> fold_title("  Calculation of prompt\n  diphoton production ")
    'Calculation of prompt diphoton production'
    """
    if _FOLDABLE.search(text) is None:
        return text.strip()
    return _folded(_plain(text))


def fold_abstract(text: str) -> str:
    r"""Do as `fold_title`, but keep blank lines between paragraphs, as one empty line.

    >>> fold_abstract(" We\nstudy $x$.\r\n\r\nIt\nworks. ")
    'We study $x$.\n\nIt works.'
    """
    if _FOLDABLE.search(text) is None:
        return text.strip()
    return "\n\n".join(map(_folded, _PARAGRAPH.split(_plain(text))))


def _folded(text: str) -> str:
    return " ".join(filter(None, map(str.strip, text.split("\n"))))


def _plain(text: str) -> str:
    return _NOT_TEXT.sub("\ufffd", _LINE_END.sub("\n", text)).strip()
