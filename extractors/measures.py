"""Measures: which of their numbers are better, and the one that stands next to a number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from citegraph.extractors.draft import Draft
from citegraph.extractors.scenes import Number
from citegraph.extractors.words import name_words
from citegraph.graph.records import Direction

__all__ = ["Measures", "load_measures"]

_LONGEST = 3
_NEAR = 4
_STOPS = frozenset({",", ";", ".", "and", "while", "but", "(", ")"})
_ABBREVIATED = frozenset({"per", "map", "der", "kid", "mos", "ari", "comet", "cider", "meteor"})


class Measures:
    """Measures by their names in lower case, hyphens left out, with the direction in which they get better."""

    def __init__(self, directions: Mapping[Direction, Iterable[str]], units: Mapping[Direction, Iterable[str]]) -> None:
        """Take the names and the units of each direction."""
        self._names = {tuple(name.split()): direction for direction, names in directions.items() for name in names}
        self._units = {unit: direction for direction, names in units.items() for unit in names}

    def direction(self, measure: str | None, unit: str | None) -> Direction | None:
        """Tell which numbers of a measure are better, by the longest known end of its name, else by the unit."""
        if measure is not None:
            words = [word.lower() for word in name_words(measure.split("@")[0]) if word.isalnum()]
            for size in range(min(_LONGEST, len(words)), 0, -1):
                if found := self._names.get(tuple(words[-size:])):
                    return found
        return self._units.get(unit or "")

    def near(self, number: Number, draft: Draft) -> str | None:
        """Give the known measure that stands next to a number, as written: behind it or before it, within four words.

        A bracket around the number alone ("accuracy (76.5%)") parts it from no measure.
        """
        words = draft.words
        before = number.first - 1
        if before >= 0 and self._word(draft, before) == "(":
            before -= 1
        for step, start in ((1, number.last), (-1, before)):
            for at in range(start, start + step * _NEAR, step):
                if not 0 <= at < len(words.starts) or self._word(draft, at) in _STOPS:
                    break
                if found := self._at(draft, at, number):
                    return draft.original[found[0] : found[1]]
        return None

    def _at(self, draft: Draft, at: int, number: Number) -> tuple[int, int] | None:
        """Give the offsets of the longest known measure that a word is in, where the word ends one."""
        found = self._ending(draft, at, number)
        if found is None:
            return None
        words = draft.words
        for last in range(min(at + _LONGEST, len(words.starts)) - 1, at, -1):
            longer = self._ending(draft, last, number)
            if longer is not None and longer <= at:
                return words.starts[min(found, longer)], words.ends[last]
        return words.starts[found], words.ends[at]

    def _ending(self, draft: Draft, at: int, number: Number) -> int | None:
        """Give the first word of the longest known measure of which a word is the last."""
        for size in range(min(_LONGEST, at + 1), 0, -1):
            first = at - size + 1
            inside = first < number.last and at >= number.first
            name = tuple(self._word(draft, word) for word in range(first, at + 1))
            if not inside and name in self._names and (name[0] not in _ABBREVIATED or self._is_upper(draft, first)):
                return first
        return None

    @staticmethod
    def _is_upper(draft: Draft, at: int) -> bool:
        return not draft.text[draft.words.starts[at] : draft.words.ends[at]].islower()

    @staticmethod
    def _word(draft: Draft, at: int) -> str:
        return draft.text[draft.words.starts[at] : draft.words.ends[at]].lower()


@cache
def load_measures() -> Measures:
    """Read the measures that ship with the package."""
    data = tomllib.loads(resources.files(__package__).joinpath("measures.toml").read_text("utf-8"))
    return Measures({"higher": data["higher"], "lower": data["lower"]}, data["units"])
