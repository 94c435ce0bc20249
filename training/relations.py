"""Fit what finds relations and results between found entities, each paper's by what others say.

Every step needs the decisions of the one before on papers that it was not fitted on: roles are fitted on each half of
the folds and decided on the other, then pairs, then what results are linked to. What ships is fitted on all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.calibration import judge_relations, judge_results
from benchmarks.score import score
from citegraph.extractors.cues import load_cues
from citegraph.extractors.measures import load_measures
from citegraph.extractors.pair_features import PAIR_TEMPLATES, PairFeatures
from citegraph.extractors.pairs import PairFinder
from citegraph.extractors.result_features import LINK_TEMPLATES, NUMBER_TEMPLATES, LinkFeatures, NumberFeatures
from citegraph.extractors.results import ResultFinder
from citegraph.extractors.role_features import ROLE_TEMPLATES, RoleFeatures
from citegraph.extractors.roles import RoleFinder
from citegraph.extractors.scenes import LINKS
from citegraph.extractors.statements import ANY_FORM
from citegraph.extractors.weights import PAIR_ROLES, ROLES
from citegraph.graph.records import RESULT_KINDS
from training.examples import (
    GrowingRows,
    Item,
    Read,
    judged_statements,
    link_examples,
    pair_examples,
    predicted_facts,
    result_examples,
    role_examples,
)
from training.log_odds import (
    Array,
    Fitted,
    fit_apart,
    fit_new,
    frozen,
    new_rows,
    row_penalties,
    without_outcomes,
    without_rare,
)
from training.thresholds import calibration

__all__ = ["fit_relations"]

_ROLE_PENALTY, _PAIR_PENALTY, _FRAME_PENALTY = 8.0, 12.0, 0.5
_NUMBER_PENALTY, _LINK_PENALTY = 5.0, 10.0
_LEAST, _LEAST_NUMBER = 3, 2
_RESULT_THRESHOLD = 0.45
_GRID = np.arange(0.2, 0.37, 0.04)
_NEAR_BEST = 0.001
_UNSEEN = frozenset(column for column, (_, role) in enumerate(ROLES) if role == "TRAINED_ON")
"""Roles that the teacher hardly ever sees, so that its papers would teach that there are none."""

Folds = Sequence[list[Read]]
Fit = Callable[[Iterable[list[Item[Any]]]], Fitted]


def fit_relations(folds: Folds, beside: list[Read], word: Callable[[int], str]) -> dict[str, Any]:
    """Fit everything on found entities, and give it as it ships; the drafts' relations and results are set."""
    roles, other_roles = fit_roles(folds, beside)
    start = float(_GRID.mean())
    decide_roles(folds, other_roles, start, {})
    pairs, other_pairs = fit_pairs(folds)
    decide_pairs(folds, other_pairs, start, {})
    reliability = weigh_statements(folds)

    def decide(least: float) -> None:
        decide_roles(folds, other_roles, least, reliability)
        decide_pairs(folds, other_pairs, least, reliability)

    least = choose_threshold(folds, decide)
    decide(least)
    numbers, other_numbers = fit_numbers(folds)
    links, other_links = fit_links(folds)
    decide_results(folds, other_numbers, other_links)
    return {
        "roles": roles.to_json(word),
        "role_slopes": roles.slopes(),
        "relation_threshold": least,
        "reliability": reliability,
        "pairs": pairs.to_json(word),
        "relation_calibration": calibrate(judge_relations(*_rows(folds))),
        "results": numbers.to_json(word),
        "links": links.to_json(word),
        "result_threshold": _RESULT_THRESHOLD,
        "result_calibration": calibrate(judge_results(*_rows(folds))),
    }


def _by_halves(parts: Sequence[list[Item[Any]]], fit_on: Fit) -> tuple[Fitted, list[Fitted]]:
    """Fit on all parts, and for each part on the half of them that it is not in."""
    halves = [fit_on(parts[1 - half :: 2]) for half in (0, 1)]
    return fit_on(parts), [halves[number % 2] for number in range(len(parts))]


def fit_roles(folds: Folds, beside: list[Read]) -> tuple[Fitted, list[Fitted]]:
    """Fit the log-odds of the roles of entities in their papers."""
    growing, last = new_rows(ROLE_TEMPLATES)
    features = RoleFeatures(growing, load_cues().names)
    *parts, more = (list(role_examples(fold, features)) for fold in (*folds, beside))
    more = [without_outcomes(item, _UNSEEN) for item in more]
    rows, size = frozen(growing), last[0] + 1
    penalties = row_penalties(rows, size, _ROLE_PENALTY, {"frame": _FRAME_PENALTY})

    def fit_on(chosen: Iterable[list[Item[Any]]]) -> Fitted:
        items = without_rare([item for part in (*chosen, more) for item in part], _LEAST)
        return Fitted(rows, fit_apart(items, penalties, len(ROLES)), size)

    return _by_halves(parts, fit_on)


def decide_roles(folds: Folds, fitted: Sequence[Fitted], least: float, reliability: Mapping[str, float]) -> None:
    """Set the drafts' relations to those of the paper's own."""
    for fold, its in zip(folds, fitted, strict=True):
        finder = RoleFinder(its.log_odds(), least, load_cues(), reliability)
        for _, draft in fold:
            finder.read(draft)


def weigh_statements(folds: Folds) -> dict[str, float]:
    """Count which share of the statements of each form is right that the drafts' relations lack.

    One right and one wrong statement are added to each form, so that few of them do not say much.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [1, 2])
    counts[ANY_FORM] = [1, 2]
    for fold in folds:
        for form, right in judged_statements(fold):
            counts[form][0] += right
            counts[form][1] += 1
    return {form: round(right / all_, 2) for form, (right, all_) in sorted(counts.items())}


def fit_pairs(folds: Folds) -> tuple[Fitted, list[Fitted]]:
    """Fit the log-odds of the relations of methods of others; requires the drafts' relations of the paper's own."""
    growing, last = new_rows(PAIR_TEMPLATES)
    features = PairFeatures(growing, load_cues().names)
    parts = [list(pair_examples(fold, features)) for fold in folds]
    return _fit_parts(parts, growing, last[0] + 1, _PAIR_PENALTY, {"frame": _FRAME_PENALTY}, len(PAIR_ROLES))


def decide_pairs(folds: Folds, fitted: Sequence[Fitted], least: float, reliability: Mapping[str, float]) -> None:
    """Add to the drafts' relations those of methods of others."""
    for fold, its in zip(folds, fitted, strict=True):
        finder = PairFinder(its.log_odds(), least, load_cues(), reliability)
        for _, draft in fold:
            finder.read(draft)


def choose_threshold(folds: Folds, decide: Callable[[float], None]) -> float:
    """Give the least probability of a relation with the best F1 of all relations.

    The mean of those that come within a thousandth of the best, so that chance counts little.
    """
    scores = []
    for least in _GRID:
        decide(float(least))
        scores.append(score(*_rows(folds))[0]["Relations"]["f1"])
    return round(float(_GRID[np.array(scores) >= max(scores) - _NEAR_BEST].mean()), 2)


def fit_numbers(folds: Folds) -> tuple[Fitted, list[Fitted]]:
    """Fit the log-odds of the kinds of numbers."""
    growing, last = new_rows(NUMBER_TEMPLATES)
    features = NumberFeatures(growing, load_cues().names)
    parts = [list(result_examples(fold, features)) for fold in folds]
    rows, size = frozen(growing), last[0] + 1
    penalties = row_penalties(rows, size, _NUMBER_PENALTY)

    def fit_on(chosen: Iterable[list[Item[Any]]]) -> Fitted:
        items = without_rare([item for part in chosen for item in part], _LEAST_NUMBER)
        return Fitted(rows, fit_new(items, penalties, len(RESULT_KINDS) + 1), size)

    return _by_halves(parts, fit_on)


def fit_links(folds: Folds) -> tuple[Fitted, list[Fitted]]:
    """Fit the log-odds of what results are linked to; requires the drafts' relations."""
    growing, last = new_rows(LINK_TEMPLATES)
    features = LinkFeatures(growing, load_cues().names)
    parts = [list(link_examples(fold, features)) for fold in folds]
    return _fit_parts(parts, growing, last[0] + 1, _LINK_PENALTY, {}, len(LINKS))


def decide_results(folds: Folds, numbers: Sequence[Fitted], links: Sequence[Fitted]) -> None:
    """Set the drafts' results."""
    for fold, its, linked in zip(folds, numbers, links, strict=True):
        finder = ResultFinder(its.log_odds(), linked.log_odds(), _RESULT_THRESHOLD, load_cues(), load_measures())
        for _, draft in fold:
            finder.read(draft)


def _fit_parts(
    parts: Sequence[list[Item[Any]]],
    growing: Mapping[str, GrowingRows],
    size: int,
    penalty: float,
    of: Mapping[str, float],
    columns: int,
) -> tuple[Fitted, list[Fitted]]:
    """Fit each column apart, on all parts and by halves."""
    rows = frozen(growing)
    penalties: Array = row_penalties(rows, size, penalty, of)

    def fit_on(chosen: Iterable[list[Item[Any]]]) -> Fitted:
        items = without_rare([item for part in chosen for item in part], _LEAST)
        return Fitted(rows, fit_apart(items, penalties, columns), size)

    return _by_halves(parts, fit_on)


def calibrate(judged: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Give slope and shift of the log-odds with which the confidences are the shares that are right."""
    slope, shift = calibration(judged)
    return round(slope, 3), round(shift, 3)


def _rows(folds: Folds) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give annotation and findings in the scorer's form, each paper with a number for its title."""
    pairs = list(_numbered(folds))
    return [gold for gold, _ in pairs], [found for _, found in pairs]


def _numbered(folds: Folds) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for number, (paper, draft) in enumerate(read for fold in folds for read in fold):
        title = {"title": str(number)}
        yield {**paper, **title}, {**predicted_facts(paper, draft), **title}
