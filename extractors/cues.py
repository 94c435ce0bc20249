"""Cue words, found once in a text and sorted by sentence."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from citegraph.extractors.draft import Draft
from citegraph.extractors.words import word_id

__all__ = ["POSITIONS", "Cue", "CueTable", "SentenceCues", "cues_of", "load_cues", "position"]

POSITIONS = (
    "inside", "before near", "before middle", "before far", "after near", "after middle", "after far",
)  # fmt: skip
"""Where a cue may stand, seen from a name."""

_NEAR, _MIDDLE = 3, 10


class Cue(NamedTuple):
    """A cue in the text: its number in the table, its first word and the one after its last."""

    number: int
    start: int
    end: int


class SentenceCues:
    """The cues of each sentence, and the sentence of each word."""

    def __init__(self, draft: Draft, cues: list[Cue]) -> None:
        """Sort the cues into the sentences."""
        at = draft.words.at
        self._starts = [at(start) for start, _ in draft.sentences]
        self.cues: list[list[Cue]] = [[] for _ in draft.sentences]
        for cue in cues:
            self.cues[self.sentence_of(cue.start)].append(cue)

    def sentence_of(self, word: int) -> int:
        """Give the number of the sentence that holds a word."""
        return max(0, bisect_right(self._starts, word) - 1)

    def around(self, word: int) -> list[Cue]:
        """Give the cues of the sentence that holds a word."""
        return self.cues[bisect_right(self._starts, word) - 1] if self.cues else []


class CueTable:
    """Phrases by their first word; ``names`` and ``roles`` are those of each cue, by number."""

    def __init__(self, cues: Mapping[str, Mapping[str, Any]]) -> None:
        """Index the phrases of each cue; longer phrases come first."""
        self.names = tuple(cues)
        self.roles = tuple(frozenset(cue.get("roles", ())) for cue in cues.values())
        self._phrases: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        for number, cue in enumerate(cues.values()):
            for phrase in cue["phrases"]:
                ids = tuple(map(word_id, phrase.split()))
                self._phrases.setdefault(ids[0], []).append((ids, number))
        for rows in self._phrases.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1]))

    def find(self, draft: Draft) -> SentenceCues:
        """Find all cues in a text; the longest at each word."""
        lower = draft.words.lower
        phrases = self._phrases
        found = []
        for index, word in enumerate(lower):
            if word in phrases:
                for ids, number in phrases[word]:
                    if len(ids) == 1 or tuple(lower[index : index + len(ids)]) == ids:
                        found.append(Cue(number, index, index + len(ids)))
                        break
        return SentenceCues(draft, found)


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
