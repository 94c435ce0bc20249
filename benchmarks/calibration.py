"""Whether confidence is what it says: of what is found with confidence 0.8, eight in ten should be right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from benchmarks.gold_sets import Row
from benchmarks.keys import Side, sides
from benchmarks.score import CLASS, match_entities, norm_title, surfaces

__all__ = [
    "JUDGES",
    "Bin",
    "Judged",
    "calibration_error",
    "equal_mass",
    "equal_width",
    "judge_mentions",
    "judge_relations",
    "judge_results",
]

BINS = 10


class Judged(NamedTuple):
    """The confidence of what was found, and whether it is right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """What was found with near confidence: the bounds of the bin, number, mean confidence, and the share that is right.

    A bin of equal width holds confidences above ``low`` up to ``high``, the first also 0; one of equal mass is bounded
    by the least and the most confidence in it.
    """

    low: float
    high: float
    number: int
    confidence: float
    right: float


def judge_mentions(gold: Iterable[Row], predicted: Iterable[Row]) -> list[Judged]:
    """Judge the mentions of predicted entities as the scorer judges these.

    An entity is right where the scorer matches it with a gold entity; those that it neither requires nor punishes are
    left out.
    """
    judged = []
    for paper, found in _pairs(gold, predicted):
        entities = [entity for entity in found["entities"] if entity["type"] in CLASS]
        match = {j: paper["entities"][i] for i, j in match_entities(paper["entities"], entities)}
        for number, entity in enumerate(entities):
            if not _is_optional(entity, match.get(number), paper):
                judged += [Judged(mention["confidence"], number in match) for mention in entity["mentions"]]
    return judged


def judge_relations(gold: Iterable[Row], predicted: Iterable[Row]) -> list[Judged]:
    """Judge predicted relations as the scorer does; of those that are the same for it the surest counts."""
    return list(_judge(gold, predicted, "relations", Side.relation))


def judge_results(gold: Iterable[Row], predicted: Iterable[Row]) -> list[Judged]:
    """Judge predicted results as the scorer does; of those that are the same for it the surest counts."""
    return list(_judge(gold, predicted, "results", Side.result))


JUDGES: Mapping[str, Callable[[Iterable[Row], Iterable[Row]], list[Judged]]] = {
    "mentions": judge_mentions,
    "relations": judge_relations,
    "results": judge_results,
}
"""What has a confidence, and how it is judged."""


def _pairs(gold: Iterable[Row], predicted: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield the papers that are predicted, each with its prediction."""
    by_title = {norm_title(row["title"]): row for row in predicted}
    for paper in gold:
        found = by_title.get(norm_title(paper["title"]))
        if found is not None:
            yield paper, found


def _judge(
    gold: Iterable[Row], predicted: Iterable[Row], part: str, key_of: Callable[[Side, Row], Hashable]
) -> Iterator[Judged]:
    for paper, found in _pairs(gold, predicted):
        annotated, extracted = sides(paper, found)
        right = {key_of(annotated, row) for row in paper[part]}
        surest: dict[Hashable, float] = {}
        for row in found[part]:
            key = key_of(extracted, row)
            if key is not None:
                surest[key] = max(row["confidence"], surest.get(key, 0.0))
        yield from (Judged(confidence, key in right) for key, confidence in surest.items())


def _is_optional(entity: Row, match: Row | None, paper: Row) -> bool:
    if match is not None:
        return not match["core"]
    return any(not other["core"] and surfaces(other) & surfaces(entity) for other in paper["entities"])


def calibration_error(bins: Sequence[Bin]) -> float:
    """Give the expected calibration error: mean distance of confidence and share right, weighted by number.

    Defined by Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning" (AAAI 2015); as a measure
    of neural networks by Guo et al., "On calibration of modern neural networks" (ICML 2017). 0 for none.

    >>> round(calibration_error([Bin(0.4, 0.5, 3, 0.45, 0.6), Bin(0.9, 1.0, 1, 0.95, 1.0)]), 3)
    0.125
    """
    total = sum(bin_.number for bin_ in bins)
    return sum(bin_.number * abs(bin_.confidence - bin_.right) for bin_ in bins) / total if total else 0.0


def equal_width(judged: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Sort what was judged into bins that part the range from 0 to 1 evenly; empty ones are left out.

    >>> equal_width([Judged(0.1, False), Judged(0.95, True), Judged(0.93, False)])
    [Bin(low=0.0, high=0.1, number=1, confidence=0.1, right=0.0), Bin(low=0.9, high=1.0, number=2, \
confidence=0.94, right=0.5)]
    """
    kept = sorted(judged)
    made = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [one for one in kept if low < one.confidence <= high or (number == 0 and one.confidence == 0)]
        if inside:
            made.append(_bin(low, high, inside))
    return made


def equal_mass(judged: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Sort what was judged by confidence into bins of nearly the same number.

    >>> [b.number for b in equal_mass([Judged(n / 10, True) for n in range(5)], 2)]
    [2, 3]
    """
    kept = sorted(judged, key=attrgetter("confidence"))
    cuts = [len(kept) * number // bins for number in range(bins + 1)]
    parts = [kept[start:end] for start, end in pairwise(cuts) if start < end]
    return [_bin(part[0].confidence, part[-1].confidence, part) for part in parts]


def _bin(low: float, high: float, inside: Sequence[Judged]) -> Bin:
    size = len(inside)
    confidence = sum(one.confidence for one in inside) / size
    return Bin(low, high, size, round(confidence, 4), round(sum(one.right for one in inside) / size, 4))
