"""What stands for the resource that a paper introduces: "the benchmark", "our dataset", "on it"."""

from __future__ import annotations

from collections.abc import Iterator

from citegraph.extractors.draft import Draft
from citegraph.extractors.words import word_id

__all__ = ["find_references"]


def _ids(words: str) -> frozenset[int]:
    return frozenset(map(word_id, words.split()))


_ARTICLES = _ids("the this our")
_THINGS = _ids("benchmark benchmarks dataset datasets corpus testbed suite leaderboard")
_ON, _IT = word_id("on"), word_id("it")
_RESOURCES = frozenset({"Dataset", "Benchmark"})
_AFTER = 2


def find_references(draft: Draft) -> Iterator[tuple[int, int, int]]:
    """Yield the words, end exclusive, of each reference, and the number of the entity that it stands for.

    Requires the draft's relations. There are references only where the paper introduces one resource, and only behind
    its first mention; "the GLUE benchmark" and "the benchmark GLUE" are none.
    """
    introduced = {relation.tail for relation in draft.relations if relation.type == "INTRODUCES"}
    numbers = [
        number
        for number, found in enumerate(draft.found)
        if found.entity.id in introduced and found.entity.type in _RESOURCES
    ]
    if len(numbers) != 1:
        return
    lower = draft.words.lower
    taken = {word for found in draft.found for place in found.places for word in range(*place)}
    for at in range(draft.found[numbers[0]].places[0][1], len(lower) - 1):
        if lower[at] == _ON and lower[at + 1] == _IT:
            yield at + 1, at + 2, numbers[0]
        elif lower[at] in _ARTICLES and lower[at + 1] in _THINGS and taken.isdisjoint(range(at, at + 2 + _AFTER)):
            yield at, at + 2, numbers[0]
