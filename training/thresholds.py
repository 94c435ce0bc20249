"""The least probabilities of entities and relations: where the F1 of papers that the log-odds have not seen is best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.score import CLASS, match_entities, surfaces
from citegraph.extractors.entities import EntityResolver
from training.counts import Finder
from training.examples import predicted

__all__ = ["LOW", "best_threshold", "calibration", "choose_thresholds"]

_TYPES = {"Method": ("Method",), "Resource": ("Benchmark", "Dataset"), "Task": ("Task",), "Metric": ("Metric",)}
_GRID = np.arange(0.1, 0.61, 0.02)

_TINY = 1e-4

LOW = {type_: 0.1 for types in _TYPES.values() for type_ in types}
"""Thresholds under which nothing is looked at."""


def best_threshold(found: Sequence[tuple[float, bool]], gold: int) -> float:
    """Give the threshold with the best F1 for these probabilities, right or not, of ``gold`` things to find.

    The mean of the thresholds that come within a thousandth of the best, so that chance counts little.

    >>> round(best_threshold([(0.9, True), (0.4, False), (0.3, False)], 2), 2)
    0.51
    """
    chances = np.array([chance for chance, _ in found])
    right = np.array([is_right for _, is_right in found])
    scores = [2 * right[chances >= least].sum() / ((chances >= least).sum() + gold) for least in _GRID]
    return float(_GRID[np.array(scores) >= max(scores) - 0.001].mean())


def calibration(judged: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Fit slope and shift of the log-odds with which probabilities are the shares that are right.

    Platt, "Probabilistic outputs for support vector machines" (1999), over the log-odds.

    >>> slope, shift = calibration([(0.9, True)] * 3 + [(0.9, False)] + [(0.5, True), (0.5, False)] * 2)
    >>> round(slope, 2), round(abs(shift), 2)
    (0.5, 0.0)
    """
    chances = np.clip(np.array([chance for chance, _ in judged]), _TINY, 1 - _TINY)
    odds = np.log(chances / (1 - chances))
    right = np.array([is_right for _, is_right in judged])

    def loss(parameters: npt.NDArray[np.float64]) -> float:
        scores = parameters[0] * odds + parameters[1]
        return float(np.logaddexp(0, np.where(right, -scores, scores)).sum())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-4})
    return float(found.x[0]), float(found.x[1])


def judged(
    papers: Iterable[Mapping[str, Any]], finder: Finder, resolver: EntityResolver
) -> list[tuple[str, float, bool]]:
    """Give class, probability and rightness of each entity found, optional ones left out."""
    rows = []
    for paper in papers:
        doc, draft, _ = finder(paper)
        resolver(doc)
        gold, own = paper["entities"], predicted(draft)
        match = {j: gold[i] for i, j in match_entities(gold, own)}
        optional = [surfaces(entity) for entity in gold if not entity["core"]]
        for number, (found, row) in enumerate(zip(draft.found, own, strict=True)):
            entity = match.get(number)
            free = entity is None and any(known & surfaces(row) for known in optional)
            if not free and (entity is None or entity["core"]):
                rows.append((CLASS[found.entity.type], found.probability, entity is not None))
    return rows


def choose_thresholds(
    folds: Iterable[tuple[list[Mapping[str, Any]], Finder, EntityResolver]],
) -> tuple[dict[str, float], tuple[float, float]]:
    """Choose the thresholds of all types, and calibrate what is accepted with them.

    The resolvers accept from `LOW` on, and have not seen their papers.
    """
    papers, rows = [], []
    for fold, finder, resolver in folds:
        papers += fold
        rows += judged(fold, finder, resolver)
    chosen = {}
    for class_, types in _TYPES.items():
        gold = sum(
            entity["core"] and CLASS[entity["type"]] == class_ for paper in papers for entity in paper["entities"]
        )
        least = best_threshold([(chance, right) for of, chance, right in rows if of == class_], gold)
        chosen |= dict.fromkeys(types, round(least, 2))
    accepted = [(chance, right) for of, chance, right in rows if chance >= chosen[_TYPES[of][0]]]
    slope, shift = calibration(accepted)
    return chosen, (round(slope, 3), round(shift, 3))
