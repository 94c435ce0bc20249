"""How many words each method reads in a CPU second, beside spaCy's blank tokenizer on the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.methods import runnable
from benchmarks.speed import compare, fresh, read_papers
from citegraph.errors import CitegraphError
from citegraph.extractors.pipeline import MODELS
from citegraph.graph.records import Paper

__all__ = ["Rate", "rates"]

_EVERY = 8
_MOST_SECONDS = 20.0


class Rate(NamedTuple):
    """Words per CPU second of a method and of the blank tokenizer in the same run, and the first by the second."""

    words: int
    blank: int
    ratio: float


def rates(papers: list[Paper] | None = None) -> dict[str, Rate]:
    """Measure each method on papers, by default on every eighth annotated training paper; missing ones are left out.

    What is built once (names looked up, a model's weights) is built before the clock starts.
    """
    return dict(_rates(read_papers()[::_EVERY] if papers is None else papers))


def _rates(papers: list[Paper]) -> Iterator[tuple[str, Rate]]:
    for name, predict in runnable().items():
        try:
            chosen = fresh(name) if name in MODELS else predict
            for _ in predict(papers[:1]):
                pass
            blank, seconds, words = compare(papers, chosen, _MOST_SECONDS)
        except CitegraphError:
            continue
        yield name, Rate(round(words / seconds), round(words / blank), round(blank / seconds, 4))
