"""Tagged words as spans, and how many of them are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from citegraph.extractors.tags import OUTSIDE, TAGS, Tags

__all__ = ["Counts", "measure", "spans_of"]

Span = tuple[int, int, str, str]


def spans_of(tags: Iterable[int]) -> list[Span]:
    """Give the spans of the tags at hand: first word, the one after the last, type, and the role of the first word.

    A word inside goes on with the span before it where the type is the same, and starts one otherwise.

    >>> spans_of([TAGS.index(tag) for tag in ("B-Task:none", "I-Task:ADDRESSES", "O", "I-Metric:none")])
    [(0, 2, 'Task', 'none'), (3, 4, 'Metric', 'none')]
    """
    found: list[Span] = []
    for index, tag in enumerate(tags):
        place, _, kind = TAGS[tag].partition("-")
        type_, _, role = kind.partition(":")
        if place == OUTSIDE:
            continue
        if place == "I" and found and found[-1][1] == index and found[-1][2] == type_:
            found[-1] = (found[-1][0], index + 1, type_, found[-1][3])
        else:
            found.append((index, index + 1, type_, role))
    return found


@dataclass(slots=True)
class Counts:
    """How many were right, given and wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, given: set[Span], wanted: set[Span]) -> None:
        """Count the spans of a paper."""
        self.right += len(given & wanted)
        self.given += len(given)
        self.wanted += len(wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(self.given + self.wanted, 1)


def measure(pairs: Iterable[tuple[Tags, Tags]]) -> Mapping[str, float]:
    """Compare given with wanted tags: F1 of words and of spans by type, of spans with their role, and cross-entropy."""
    counts: dict[str, Counts] = {
        name: Counts() for name in ("words", "spans", "roles", "Dataset", "Benchmark", "Method", "Task", "Metric")
    }
    loss, total = 0.0, 0
    for given, wanted in pairs:
        loss -= float((wanted * np.log(np.maximum(given, 1e-4))).sum())
        total += len(wanted)
        found, gold = spans_of(given.argmax(axis=1).tolist()), spans_of(wanted.argmax(axis=1).tolist())
        counts["words"].add(_words(found), _words(gold))
        counts["roles"].add(set(found), set(gold))
        counts["spans"].add({_untold(span) for span in found}, {_untold(span) for span in gold})
        for type_ in ("Dataset", "Benchmark", "Method", "Task", "Metric"):
            of_type = [{_untold(span) for span in spans if span[2] == type_} for spans in (found, gold)]
            counts[type_].add(of_type[0], of_type[1])
    return {**{name: count.f1 for name, count in counts.items()}, "loss": loss / max(total, 1)}


def _untold(span: Span) -> Span:
    return (*span[:3], "")


def _words(spans: list[Span]) -> set[Span]:
    return {(word, word + 1, type_, "") for start, end, type_, _ in spans for word in range(start, end)}
