"""A Doc's tokens as plain columns, hyphens and spaces left out, for the components that scan every word."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDX, LENGTH, LOWER, ORTH
from spacy.strings import get_string_id
from spacy.tokens import Doc

__all__ = ["PADDING", "Words", "name_words", "read_words", "word_id"]

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LEFT_OUT = frozenset({"-", "\u2010", "\u2011", "\u2013", " "})

PADDING = 5
"""How many words before the first and after the last of a text may be asked for."""

_PAD = np.zeros(PADDING, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Words:
    """Columns of one length: ids of the word as written and in lower case, and its offsets in the text.

    ``padded`` is ``lower`` with PADDING zeros before and after, as an array.
    """

    orth: list[int]
    lower: list[int]
    starts: list[int]
    ends: list[int]
    padded: npt.NDArray[np.uint64]

    def at(self, offset: int) -> int:
        """Return the index of the first word that starts at or after the offset."""
        return bisect_left(self.starts, offset)


def name_words(name: str) -> list[str]:
    """Split a name as the tokenizer does, hyphens left out.

    >>> name_words("ViT-B/16")
    ['ViT', 'B', '/', '16']
    """
    return [word for word in _WORD.findall(name) if word not in _LEFT_OUT]


def word_id(word: str) -> int:
    """Give the id of a word as it stands in the columns: the same in every process."""
    return int(get_string_id(word))


_LEFT_OUT_IDS = np.array(sorted(map(word_id, _LEFT_OUT)), dtype=np.uint64)


def read_words(doc: Doc) -> Words:
    """Read the columns from a tokenized Doc."""
    columns = doc.to_array([ORTH, LOWER, IDX, LENGTH])
    kept = columns[(columns[:, :1] != _LEFT_OUT_IDS).all(axis=1)]
    orth, lower, starts, lengths = kept.T
    padded = np.concatenate((_PAD, lower, _PAD))
    return Words(orth.tolist(), lower.tolist(), starts.tolist(), (starts + lengths).tolist(), padded)
