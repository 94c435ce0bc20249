"""What the tags of its words say about a group of candidates or an entity, as numbers for the log-odds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from citegraph.extractors.tags import NO_ROLE, ROLES_OF_TYPE, TAGS, Tags, columns
from citegraph.graph.records import EntityType

__all__ = ["ENTITY_TAG_FEATURES", "ROLE_TAG_FEATURES", "Places", "entity_numbers", "role_numbers", "tagged_spans"]

Places: TypeAlias = Sequence[Sequence[tuple[int, int]]]
"""For each group the words of its places: first, one after the last."""

_TYPES: tuple[EntityType, ...] = ("Method", "Benchmark", "Dataset", "Task", "Metric")
_ROLE_NAMES = sorted({role for roles in ROLES_OF_TYPE.values() for role in roles} - {NO_ROLE})
_CLASSES: dict[EntityType, tuple[EntityType, ...]] = {
    "Method": ("Method",),
    "Benchmark": ("Benchmark", "Dataset"),
    "Dataset": ("Benchmark", "Dataset"),
    "Task": ("Task",),
    "Metric": ("Metric",),
}
_LEAST = 1e-3
_INSIDE = (0.3, 0.65)

ENTITY_TAG_FEATURES = 2 * len(_TYPES) + 5
"""How many numbers `entity_numbers` gives for a group."""

ROLE_TAG_FEATURES = 2 * len(_ROLE_NAMES)
"""How many numbers `role_numbers` gives for an entity."""


def _sums(chosen: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
    table = np.zeros((len(TAGS), len(chosen)), np.float32)
    for column, tags in enumerate(chosen):
        table[list(tags), column] = 1
    return table


_BEGINS = _sums([columns("B", type_) for type_ in _TYPES])
_INSIDES = _sums([columns("I", type_) for type_ in _TYPES])
_ROLES = {
    type_: _sums([[c for same in group for c in columns("", same, role)] for role in _ROLE_NAMES])
    for type_, group in _CLASSES.items()
}
_TYPE_SUMS = {
    type_: _sums([[c for same in group for c in columns("", same)]])[:, 0] for type_, group in _CLASSES.items()
}


def _log(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    logarithms: npt.NDArray[np.float32] = np.log(np.maximum(values, _LEAST))
    return logarithms


def _flat(places: Places) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give the first words, the words after the last, and where each group's places begin."""
    flat = np.array([place for group in places for place in group], np.int64)
    sizes = np.array([len(group) for group in places], np.int64)
    return flat[:, 0], flat[:, 1], np.concatenate(([0], sizes.cumsum()[:-1]))


def _mean(values: npt.NDArray[np.float32], at: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    sizes = np.diff(np.concatenate((at, [len(values)])))[:, None]
    mean: npt.NDArray[np.float32] = (np.add.reduceat(values, at, axis=0) / sizes).astype(np.float32)
    return mean


def entity_numbers(tags: Tags, places: Places) -> npt.NDArray[np.float32]:
    """Describe each group by the chance that its places are exactly mentions of each type: groups by features.

    The chance of a place is the product of its words' chances to begin and to go on, and of the next not to go on. A
    group has the mean over its places, and its logarithm; then come the logarithms of the chances to be a mention at
    all, to be outside, and that a mention goes over its start or its end.
    """
    if not places:
        return np.zeros((0, ENTITY_TAG_FEATURES), np.float32)
    starts, ends, at = _flat(places)
    ended = np.concatenate((tags, np.zeros((1, len(TAGS)), np.float32)))
    begins, insides = ended @ _BEGINS, ended @ _INSIDES
    sums = np.concatenate((np.zeros((1, len(_TYPES)), np.float32), _log(insides).cumsum(0)))
    inner = sums[ends] - sums[starts + 1]
    exact = np.exp(_log(begins[starts]) + inner) * (1 - insides[ends])
    outside = np.concatenate(([np.float32(0)], ended[:, 0].cumsum(dtype=np.float32)))
    share = (outside[ends] - outside[starts]) / (ends - starts)
    around = np.stack(
        (exact.sum(1), share, ended[starts, 0], insides[starts].sum(1), insides[ends].sum(1)), axis=1
    ).astype(np.float32)
    mean, near = _mean(exact.astype(np.float32), at), _mean(around, at)
    return np.concatenate((_log(mean), mean, _log(near)), axis=1)


def role_numbers(tags: Tags, places: Places, types: Sequence[EntityType]) -> npt.NDArray[np.float32]:
    """Describe each entity by its words' chances of each role, given its type: entities by features.

    They are the logarithms of the means over its places, and of the greatest of them.
    """
    if not places:
        return np.zeros((0, ROLE_TAG_FEATURES), np.float32)
    starts, ends, at = _flat(places)
    sums = np.concatenate((np.zeros((1, len(TAGS)), np.float32), tags.cumsum(0, dtype=np.float32)))
    words = sums[ends] - sums[starts]
    sizes = np.diff(np.concatenate((at, [len(words)]))).tolist()
    chances = np.empty((len(words), len(_ROLE_NAMES)), np.float32)
    row = 0
    for type_, size in zip(types, sizes, strict=True):
        own = words[row : row + size]
        chances[row : row + size] = (own @ _ROLES[type_]) / np.maximum(own @ _TYPE_SUMS[type_], _LEAST)[:, None]
        row += size
    return np.concatenate((_log(_mean(chances, at)), _log(np.maximum.reduceat(chances, at, axis=0))), axis=1)


def tagged_spans(tags: Tags) -> Iterator[tuple[int, int]]:
    """Yield the words that the tags make mentions, at two levels of doubt, in the order of the text."""
    outside = tags[:, 0]
    begins = (tags @ _BEGINS).sum(1) > (tags @ _INSIDES).sum(1)
    found: set[tuple[int, int]] = set()
    for most in _INSIDE:
        inside = outside < most
        before = np.concatenate(([False], inside[:-1]))
        after = np.concatenate((inside[1:], [False]))
        starts = inside & (begins | ~before)
        ends = inside & (~after | np.concatenate((starts[1:], [True])))
        found.update(zip(np.flatnonzero(starts).tolist(), (np.flatnonzero(ends) + 1).tolist(), strict=True))
    yield from sorted(found)
