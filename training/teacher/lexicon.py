"""Known names in a text, as a feature: what a small encoder has not read often enough to remember."""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citegraph.errors import InputError

__all__ = ["NAME_CLASSES", "KnownName", "find_names", "known_names", "read_lexicon"]

NAME_CLASSES = 64
"""How many values the feature has: 0, and first and further piece for each of 31 sets of classes."""

_RESOURCE = "DATASET/BENCHMARK"
_BITS = {"METHOD": 4, "TASK": 8, "METRIC": 16}
_LONGEST = 6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class KnownName:
    """The classes of a name as a set of bits: 1 and 2 resource (one source, several), 4 method, 8 task, 16 metric.

    `plain` is true where the lexicon writes the name without any capital.
    """

    classes: int
    plain: bool


def known_names(rows: Iterable[Mapping[str, Any]]) -> dict[str, KnownName]:
    """Return the names and aliases of lexicon rows by their letters and digits, folded and without gaps.

    >>> known_names([{"name": "CIFAR-10", "type": "DATASET/BENCHMARK", "n_sources": 3, "aliases": ["cifar10"]}])
    {'cifar10': KnownName(classes=2, plain=True)}
    """
    names: dict[str, KnownName] = {}
    for row in rows:
        bit = (2 if row["n_sources"] > 1 else 1) if row["type"] == _RESOURCE else _BITS[row["type"]]
        for surface in (row["name"], *row["aliases"]):
            key = "".join(_WORD.findall(surface)).casefold()
            if len(key) > 1 and not key.isdigit():
                before = names.get(key, KnownName(0, plain=False))
                names[key] = KnownName(before.classes | bit, before.plain or surface == surface.casefold())
    return names


def read_lexicon(path: Path) -> dict[str, KnownName]:
    """Read the lexicon, compressed JSON Lines."""
    if not path.is_file():
        raise InputError(f"{path}: no lexicon; give the file with --lexicon")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return known_names(json.loads(line) for line in stream)


def find_names(text: str, names: Mapping[str, KnownName]) -> list[tuple[int, int, int]]:
    """Return (start, end, classes) of the longest known names in `text`, from left to right, end exclusive.

    A single word without capitals counts only where the lexicon writes it so.

    >>> names = known_names([{"name": "CIFAR-10", "type": "DATASET/BENCHMARK", "n_sources": 3, "aliases": []},
    ...                      {"name": "Adam", "type": "METHOD", "n_sources": 1, "aliases": []}])
    >>> find_names("an adam, Adam on CIFAR 10", names)
    [(9, 13, 4), (17, 25, 2)]
    """
    words = [(match.group().casefold(), *match.span()) for match in _WORD.finditer(text)]
    found = []
    index = 0
    while index < len(words):
        for size in range(min(_LONGEST, len(words) - index), 0, -1):
            window = words[index : index + size]
            start, end = window[0][1], window[-1][2]
            name = names.get("".join(word for word, _, _ in window))
            if name and (name.plain or size > 1 or text[start:end] != window[0][0]):
                found.append((start, end, name.classes))
                index += size - 1
                break
        index += 1
    return found
