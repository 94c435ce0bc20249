"""What the encoder reads of a Doc: word pieces, the shapes that an uncased vocabulary loses, and known names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from tokenizers import Tokenizer

from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.tags import ROLES_OF_TYPE

__all__ = ["NAMES", "SHAPES", "PieceReader", "Pieces", "Window", "windows", "word_shape"]

Indices = npt.NDArray[np.int64]

Row: TypeAlias = tuple[tuple[int, ...], int, int]

SHAPES = 17
"""How many values the shape has: 0 for marks of the encoder's own, 1 to 8 after a blank, 9 to 16 without one."""

NAMES = 1 + 4 * len(ROLES_OF_TYPE)
"""How many values the known name has: 0 outside, else type, whether ambiguous, and whether the name's first word."""

_START, _END = "[CLS]", "[SEP]"
_LENGTH = 512
_OVERLAP = 128
_MAX_PIECES = 16
_CACHE_SIZE = 50_000
_TYPES = tuple(ROLES_OF_TYPE)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text, without marks at its ends, in columns of one length.

    ``firsts`` holds for each word of the draft the index of its first piece, or -1 where it has none.
    """

    ids: Indices
    shapes: Indices
    names: Indices
    firsts: Indices


class Window(NamedTuple):
    """Pieces to read together, ``start`` to ``end``, and those whose tags count; ends exclusive."""

    start: int
    end: int
    kept_start: int
    kept_end: int


def windows(count: int, length: int = _LENGTH - 2, overlap: int = _OVERLAP) -> Iterator[Window]:
    """Cut a text of so many pieces into windows; what two of them hold counts where it is farther from the edge.

    >>> [*windows(10, length=10, overlap=4)]
    [Window(start=0, end=10, kept_start=0, kept_end=10)]
    >>> [*windows(13, length=10, overlap=4)]
    [Window(start=0, end=10, kept_start=0, kept_end=8), Window(start=6, end=13, kept_start=8, kept_end=13)]
    """
    start = kept = 0
    while start + length < count:
        kept_end = start + length - overlap // 2
        yield Window(start, start + length, kept, kept_end)
        start, kept = start + length - overlap, kept_end
    yield Window(start, count, kept, count)


def word_shape(word: str) -> int:
    """Give the shape of a word, from 1 to 8: small letters, title, capitals, mixed; digits, with letters; marks.

    >>> [word_shape(word) for word in ("net", "Adam", "GLUE", "SimCLR", "50", "T5", "3d", "/")]
    [1, 2, 3, 4, 5, 6, 7, 8]
    """
    letters = any(map(str.isalpha, word))
    if any(map(str.isdigit, word)):
        return (7 if word.islower() else 6) if letters else 5
    if not letters:
        return 8
    if not any(map(str.isupper, word)):
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[1:].islower() or len(word) == 1 else 4


class PieceReader:
    """Split the words of Docs into the encoder's pieces; a word's pieces depend on nothing but the word."""

    def __init__(self, path: Path) -> None:
        """Load the tokenizer."""
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.start, self.end = (self._tokenizer.token_to_id(mark) or 0 for mark in (_START, _END))
        self._word = lru_cache(maxsize=_CACHE_SIZE)(self._split)

    def _split(self, word: str) -> tuple[tuple[int, ...], int]:
        """Give a word's pieces, of which a very long word keeps the first, and its shape."""
        if word.isspace():
            return (), 0
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids
        return tuple(ids[:_MAX_PIECES]), word_shape(word)

    def __call__(self, doc: Doc) -> Pieces:
        """Read a Doc: title and abstract with a mark between them."""
        draft = draft_of(doc)
        classes = _name_classes(draft)
        starts = [*draft.words.starts, -1]
        rows: list[Row] = []
        firsts: list[int] = []
        count, blank, body = 0, True, draft.body_start or -1
        for token in doc:
            if 0 < body <= token.idx:
                rows.append(((self.end,), 0, 0))
                count, body = count + 1, -1
            pieces, shape = self._word(token.text)
            class_ = 0
            if token.idx == starts[len(firsts)]:
                class_ = classes[len(firsts)]
                firsts.append(count if pieces else -1)
            rows.append((pieces, shape if blank else shape + 8, class_))
            count += len(pieces)
            blank = bool(token.whitespace_) or not pieces
        return _columns(rows, firsts)


def _columns(rows: list[Row], firsts: list[int]) -> Pieces:
    """Give each piece of a word the word's shape and class."""
    ids = np.array([piece for pieces, _, _ in rows for piece in pieces], np.int64)
    lengths = [len(pieces) for pieces, _, _ in rows]
    shapes, names = (np.repeat(np.array([row[column] for row in rows], np.int64), lengths) for column in (1, 2))
    return Pieces(ids, shapes, names, np.array(firsts, np.int64))


def _name_classes(draft: Draft) -> list[int]:
    """Give the class of the known name that each word of the draft lies in."""
    classes = [0] * len(draft.words.starts)
    for candidate in draft.candidates:
        if (entry := candidate.entry) is not None:
            class_ = 1 + 4 * _TYPES.index(entry.type) + 2 * entry.ambiguous
            classes[candidate.start] = class_
            for index in range(candidate.start + 1, candidate.end):
                classes[index] = class_ + 1
    return classes
