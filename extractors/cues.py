"""Cue words, found once in a text and sorted by sentence."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

from citegraph.extractors.columns import WordIndex
from citegraph.extractors.draft import Draft
from citegraph.extractors.words import PADDING, word_id

__all__ = ["POSITIONS", "Cue", "CueTable", "SentenceCues", "cues_of", "load_cues", "position"]

POSITIONS = (
    "inside", "before near", "before middle", "before far", "after near", "after middle", "after far",
)  # fmt: skip
"""Where a cue may stand, seen from a name."""

_NEAR, _MIDDLE = 3, 10
_NO_CUE = -1


class Cue(NamedTuple):
    """A cue in the text: its number in the table, its first word and the one after its last."""

    number: int
    start: int
    end: int


class SentenceCues:
    """The cues of each sentence, and the sentence of each word."""

    def __init__(self, starts: list[int], cues: list[list[Cue]]) -> None:
        """Take the first word of each sentence, and its cues."""
        self._starts = starts
        self.cues = cues

    def sentence_of(self, word: int) -> int:
        """Give the number of the sentence that holds a word."""
        return max(0, bisect_right(self._starts, word) - 1)

    def around(self, word: int) -> list[Cue]:
        """Give the cues of the sentence that holds a word."""
        return self.cues[bisect_right(self._starts, word) - 1]


class CueTable:
    """Phrases by their first word; ``names`` and ``roles`` are those of each cue, by number."""

    def __init__(self, cues: Mapping[str, Mapping[str, Any]]) -> None:
        """Index the phrases of each cue."""
        self.names = tuple(cues)
        self.roles = tuple(frozenset(cue.get("roles", ())) for cue in cues.values())
        single: dict[int, int] = {}
        self._longer: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        for number, cue in enumerate(cues.values()):
            for phrase in cue["phrases"]:
                ids = tuple(map(word_id, phrase.split()))
                if len(ids) == 1:
                    single.setdefault(ids[0], number)
                else:
                    self._longer.setdefault(ids[0], []).append((ids, number))
        for rows in self._longer.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1]))
        longer = dict.fromkeys(self._longer, True)
        self._index = WordIndex((single, longer), (_NO_CUE, False), np.int32)

    def find(self, draft: Draft) -> SentenceCues:
        """Find all cues in a text; the longest at each word."""
        words = draft.words
        starts = [words.at(start) for start, _ in draft.sentences]
        sentences = SentenceCues(starts, [[] for _ in starts])
        single, longer = self._index.values.take(self._index.at(words.padded[PADDING:-PADDING]), axis=1)
        numbers = single.tolist()
        for index in np.flatnonzero((single != _NO_CUE) | (longer != 0)).tolist():
            cue = self._longer_at(words.lower, index) if longer[index] else None
            if cue is None and numbers[index] != _NO_CUE:
                cue = Cue(numbers[index], index, index + 1)
            if cue is not None:
                sentences.around(index).append(cue)
        return sentences

    def _longer_at(self, lower: list[int], index: int) -> Cue | None:
        for ids, number in self._longer[lower[index]]:
            if tuple(lower[index : index + len(ids)]) == ids:
                return Cue(number, index, index + len(ids))
        return None


def position(cue: Cue, start: int, end: int) -> int:
    """Tell where a cue stands, seen from the words from ``start`` to ``end``: an index into POSITIONS.

    >>> POSITIONS[position(Cue(0, 4, 6), 7, 9)]
    'before near'
    """
    _, cue_start, cue_end = cue
    if cue_end <= start:
        gap, near = start - cue_end, 1
    elif cue_start >= end:
        gap, near = cue_start - end, 4
    else:
        return 0
    return near if gap <= _NEAR else near + 1 if gap <= _MIDDLE else near + 2


def cues_of(draft: Draft, table: CueTable) -> SentenceCues:
    """Return the cues of a text, found on first use."""
    if draft.cues is None:
        draft.cues = table.find(draft)
    return draft.cues


@cache
def load_cues() -> CueTable:
    """Read the cues that ship with the package."""
    return CueTable(tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8")))
