"""Cue words, found once in a text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from citegraph.extractors.words import Words, word_id

__all__ = ["Cue", "CueTable", "load_cues"]


class Cue(NamedTuple):
    """A cue in the text: its name, its first word and the one after its last."""

    name: str
    start: int
    end: int


class CueTable:
    """Phrases by their first word."""

    def __init__(self, cues: Mapping[str, list[str]]) -> None:
        """Index the phrases of each cue; longer phrases come first."""
        self._phrases: dict[int, list[tuple[tuple[int, ...], str]]] = {}
        for name, phrases in cues.items():
            for phrase in phrases:
                ids = tuple(map(word_id, phrase.split()))
                self._phrases.setdefault(ids[0], []).append((ids, name))
        for rows in self._phrases.values():
            rows.sort(key=lambda row: (-len(row[0]), row[1]))

    def find(self, words: Words) -> list[Cue]:
        """Find all cues, in order; the longest at each word."""
        lower = words.lower
        found = []
        for index, word in enumerate(lower):
            for ids, name in self._phrases.get(word, ()):
                if len(ids) == 1 or tuple(lower[index : index + len(ids)]) == ids:
                    found.append(Cue(name, index, index + len(ids)))
                    break
        return found


@cache
def load_cues() -> CueTable:
    """Read the cues that ship with the package."""
    return CueTable(tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8")))
