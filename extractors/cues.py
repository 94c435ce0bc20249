"""Cue words, found once in a text and sorted by sentence."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache
from importlib import resources
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from citegraph.extractors.columns import WordIndex
from citegraph.extractors.draft import Draft
from citegraph.extractors.words import PADDING, word_id

__all__ = [
    "POSITIONS",
    "REACH",
    "SCOPES",
    "Cue",
    "CueTable",
    "Frame",
    "SentenceCues",
    "cues_of",
    "load_cues",
    "position",
]

POSITIONS = (
    "inside", "before near", "before middle", "before far", "after near", "after middle", "after far",
)  # fmt: skip
"""Where a cue may stand, seen from a name."""

SCOPES = ("", "not ", "open ")
"""What is said of a cue: nothing, that it does not hold, or that it is open whether it holds; before its name."""

REACH = 80
"""How many words away from what it says something of a cue may stand in a sentence without end."""

_FEW = 50
_OBJECT = 2
_NEAR, _MIDDLE = 3, 10
_CLAUSE_ENDS = frozenset(
    map(word_id, (",", ";", ":", ".", "(", ")", "and", "but", "while", "whereas", "although", "though"))
)
_QUESTION = "?"
_NO_CUE = -1


class Cue(NamedTuple):
    """A cue in the text: its number in the table, its first word, the one after its last, and its index in SCOPES."""

    number: int
    start: int
    end: int
    scope: int = 0


class Frame(NamedTuple):
    """How a cue compares: its name, whether what stands behind the cue is the better, whose subject comes first."""

    name: str
    inverse: bool
    first: bool


class SentenceCues:
    """The cues of each sentence, and the sentence of each word."""

    def __init__(self, starts: list[int], cues: list[list[Cue]]) -> None:
        """Take the first word of each sentence, and its cues."""
        self._starts = starts
        self.cues = cues

    def sentence_of(self, word: int) -> int:
        """Give the number of the sentence that holds a word."""
        return max(0, bisect_right(self._starts, word) - 1)

    def words_of(self, sentence: int, words: int) -> tuple[int, int]:
        """Give the first word of a sentence and the one after its last, in a text of so many words."""
        after = sentence + 1
        return self._starts[sentence], self._starts[after] if after < len(self._starts) else words

    def near(self, sentence: int, start: int, end: int) -> list[Cue]:
        """Give a sentence's cues; of many, those no more than REACH words from the words from ``start`` to ``end``."""
        cues = self.cues[sentence]
        if len(cues) <= _FEW:
            return cues
        first = bisect_left(cues, start - REACH, key=attrgetter("start"))
        return cues[first : bisect_right(cues, end + REACH, key=attrgetter("start"))]

    def governor(self, word: int) -> Cue | None:
        """Give the nearest cue before a word if it is near: what begins at the word is its object."""
        near = [cue for cue in self.near(self.sentence_of(word), word, word) if 0 <= word - cue.end <= _OBJECT]
        return near[-1] if near else None

    def around(self, word: int) -> list[Cue]:
        """Give the cues of the sentence that holds a word."""
        return self.cues[bisect_right(self._starts, word) - 1]


class CueTable:
    """Phrases by their first word; ``names``, ``roles``, ``frames`` and ``governs`` are those of each cue, by number.

    ``denies`` are the numbers of the cues that deny what stands behind them.
    """

    def __init__(self, cues: Mapping[str, Mapping[str, Any]]) -> None:
        """Index the phrases of each cue."""
        self.names = tuple(cues)
        self.roles = tuple(frozenset(cue.get("roles", ())) for cue in cues.values())
        self.frames = tuple(_frame(cue) for cue in cues.values())
        self.governs = tuple(cue.get("governs") for cue in cues.values())
        self.denies = frozenset(number for number, cue in enumerate(cues.values()) if cue.get("scope") == "not")
        self._scopes = {
            number: (SCOPES.index(f"{cue['scope']} "), cue["reach"])
            for number, cue in enumerate(cues.values())
            if "scope" in cue
        }
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
        """Find all cues in a text: the longest at each word that no cue before it takes in."""
        words = draft.words
        starts = [words.at(start) for start, _ in draft.sentences]
        sentences = SentenceCues(starts, [[] for _ in starts])
        single, longer = self._index.values.take(self._index.at(words.padded[PADDING:-PADDING]), axis=1)
        numbers = single.tolist()
        end = 0
        for index in np.flatnonzero((single != _NO_CUE) | (longer != 0)).tolist():
            if index < end:
                continue
            cue = self._longer_at(words.lower, index) if longer[index] else None
            if cue is None and numbers[index] != _NO_CUE:
                cue = Cue(numbers[index], index, index + 1)
            if cue is not None:
                sentences.around(index).append(cue)
                end = cue.end
        for number, found in enumerate(sentences.cues):
            sentences.cues[number] = self._scoped(found, draft, draft.sentences[number][1])
        return sentences

    def _scoped(self, cues: list[Cue], draft: Draft, end: int) -> list[Cue]:
        """Mark the cues of a sentence, which ends at this offset, that another cue denies or leaves open."""
        if draft.text[end - 1 : end] == _QUESTION:
            return [cue._replace(scope=len(SCOPES) - 1) for cue in cues]
        if not any(cue.number in self._scopes for cue in cues):
            return cues
        lower = draft.words.lower
        reaching: list[tuple[int, int, int]] = []
        scoped = []
        for cue in cues:
            reaching = [(start, scope, reach) for start, scope, reach in reaching if cue.start - start < reach]
            holds = [scope for start, scope, _ in reaching if _CLAUSE_ENDS.isdisjoint(lower[start : cue.start])]
            scoped.append(cue._replace(scope=max(holds, default=cue.scope)))
            if cue.number in self._scopes:
                reaching.append((cue.end, *self._scopes[cue.number]))
        return scoped

    def _longer_at(self, lower: list[int], index: int) -> Cue | None:
        for ids, number in self._longer[lower[index]]:
            if tuple(lower[index : index + len(ids)]) == ids:
                return Cue(number, index, index + len(ids))
        return None


def _frame(cue: Mapping[str, Any]) -> Frame | None:
    if "frame" not in cue:
        return None
    return Frame(cue["frame"], cue.get("inverse", False), cue.get("subject") == "first")


def position(cue: Cue, start: int, end: int) -> int:
    """Tell where a cue stands, seen from the words from ``start`` to ``end``: an index into POSITIONS.

    >>> POSITIONS[position(Cue(0, 4, 6), 7, 9)]
    'before near'
    """
    _, cue_start, cue_end, _ = cue
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
