"""What is known of a group of candidates, as rows of the log-odds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from citegraph.extractors.columns import WordIndex
from citegraph.extractors.draft import Draft
from citegraph.extractors.groups import Group, first_places
from citegraph.extractors.words import PADDING

__all__ = ["WORD_FEATURES", "GroupFeatures", "bucket", "shape"]

WORD_FEATURES = (
    ("first", 0, 0), ("last", 1, -1), ("before", 0, -1), ("before2", 0, -2), ("near", 0, -3), ("near", 0, -4),
    ("near", 0, -5), ("after", 1, 0), ("after2", 1, 1),
)  # fmt: skip
"""The features whose value is a word: template, whether counted from a place's start (0) or end (1), and how far."""

_ENDS = np.array([end for _, end, _ in WORD_FEATURES])
_OFFSETS = np.array([offset + PADDING for _, _, offset in WORD_FEATURES])

Context: TypeAlias = Callable[[npt.NDArray[np.uint64], list[tuple[int, int]]], list[list[int]]]

_UPPER, _LOWER, _DIGIT = "X", "x", "d"
_SHAPES = str.maketrans(
    {
        **{chr(code): _UPPER for code in range(ord("A"), ord("Z") + 1)},
        **{chr(code): _LOWER for code in range(ord("a"), ord("z") + 1)},
        **{chr(code): _DIGIT for code in range(ord("0"), ord("9") + 1)},
    }
)
_RUNS = tuple((re.compile(f"{kind}{{3,}}"), kind * 2) for kind in (_UPPER, _LOWER, _DIGIT))
_MAX_SHAPE = 24


@lru_cache(maxsize=100_000)
def shape(surface: str) -> str:
    """Give the pattern of capitals, small letters and digits, runs shortened to two.

    >>> shape("CIFAR-10"), shape("SimCLR"), shape("Mamba")
    ('XX-dd', 'XxxXX', 'Xxx')
    """
    pattern = surface[:_MAX_SHAPE].translate(_SHAPES)
    for run, two in _RUNS:
        pattern = run.sub(two, pattern)
    return pattern


def bucket(count: int, total: int) -> str:
    """Give the class of a share by its size and by how many papers it rests on.

    >>> bucket(3, 4), bucket(0, 1)
    ('4-3', '0-1')
    """
    share = 0 if count == 0 else 1 + min(5, int(6 * count / (total + 1)))
    size = 1 if total == 1 else 2 if total < 4 else 3 if total < 10 else 4
    return f"{share}-{size}"


class PlaceContext:
    """The rows of the words at the ends of a place and around it, for all places of a text at once."""

    def __init__(self, rows: Mapping[str, Mapping[int, int]]) -> None:
        """Index the rows by template and word id."""
        names = sorted({template for template, _, _ in WORD_FEATURES})
        self._index = WordIndex([rows[name] for name in names], [0] * len(names), np.int32)
        self._tables = np.array([names.index(template) for template, _, _ in WORD_FEATURES])

    def __call__(self, padded: npt.NDArray[np.uint64], places: list[tuple[int, int]]) -> list[list[int]]:
        """Give the rows of each place, in the order of WORD_FEATURES, 0 for words without a row."""
        words = np.array(places).take(_ENDS, axis=1) + _OFFSETS
        found: list[list[int]] = self._index.values[self._tables, self._index.at(padded).take(words)].tolist()
        return found


class GroupFeatures:
    """Give the rows of each group's features; unknown values have none."""

    def __init__(
        self,
        rows: Mapping[str, Mapping[Any, int]],
        names: Mapping[str, Mapping[str, tuple[int, ...]]],
        context: Context | None = None,
    ) -> None:
        """Take the rows by template and value, and by template what folded names were annotated as in other papers.

        ``context`` gives the rows of the words at and around places, by default those in ``rows``.
        """
        self._context = context or PlaceContext(rows)
        self._plain = rows["plain"].get
        self._shape = rows["shape"].get
        self._names = [_known(rows[template], known) for template, known in names.items()]

    def __call__(self, groups: list[Group], draft: Draft) -> list[list[int]]:
        """Collect the rows of each group, each once."""
        if not groups:
            return []
        places = first_places(groups)
        context = iter(self._context(draft.words.padded, [place for group in places for place in group]))
        return [self._rows(group, near, context, draft) for group, near in zip(groups, places, strict=True)]

    def _rows(
        self, group: Group, places: list[tuple[int, int]], context: Iterator[list[int]], draft: Draft
    ) -> list[int]:
        words = draft.words
        start, end = places[-1]
        surface = draft.text[words.starts[start] : words.ends[end - 1]]
        plain = self._plain
        found = {
            self._shape("lower" if surface.islower() else shape(surface), 0),
            plain("+".join(group.rules), 0),
            plain(f"size {min(end - start, 6)} {min(len(group.places), 4)}", 0),
        }
        for _ in places:
            found.update(next(context))
        if group.defined:
            found.add(plain("defined", 0))
        if group.entry is not None:
            found.add(plain(f"{group.entry.type} {group.entry.ambiguous}", 0))
        if words.starts[places[0][0]] < draft.title_end:
            found.add(plain("title", 0))
        for known, never in self._names:
            found.update(known.get(group.name, never))
        found.discard(0)
        return list(found)


def _known(
    rows: Mapping[str, int], names: Mapping[str, tuple[int, ...]]
) -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """Give the rows of each name, and those of a name that is not known."""
    values = {counts: tuple(rows.get(value, 0) for value in _shares(counts)) for counts in set(names.values())}
    return {name: values[counts] for name, counts in names.items()}, (rows.get("never", 0),)


def _shares(counts: tuple[int, ...]) -> list[str]:
    """Give the classes of the shares that a name was annotated as each class, among the papers with the name."""
    total = counts[0]
    shares = [f"{column} {bucket(count, total)}" for column, count in enumerate(counts[1:], 1) if count]
    return shares or [f"nothing {bucket(0, total)}"]
