"""The teacher in the place of the tagger that ships: its tags joined to the log-odds, and what the two then find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from citegraph.extractors.cues import load_cues
from citegraph.extractors.draft import draft_of
from citegraph.extractors.entities import EntityResolver
from citegraph.extractors.features import GroupFeatures
from citegraph.extractors.pairs import PairFinder
from citegraph.extractors.results import ResultFinder
from citegraph.extractors.role_features import RoleFeatures
from citegraph.extractors.roles import RoleFinder
from citegraph.extractors.tag_features import ENTITY_TAG_FEATURES, ROLE_TAG_FEATURES
from citegraph.extractors.weights import LogOdds, Weights
from citegraph.graph.records import Paper, PaperFacts
from training.counts import Finder
from training.examples import Item, examples, role_examples
from training.log_odds import fit

__all__ = ["predict", "stacked"]

_ROW_PENALTY = 10.0
_SLOPE_PENALTY = 1.0


def _refit(log_odds: LogOdds, items: Sequence[Item[int]], outcomes: Sequence[int], numbers: int) -> np.ndarray:
    """Fit slopes on top of known rows, which hardly move: rows by outcomes, slopes last."""
    known = np.concatenate((log_odds.table[:, outcomes], np.zeros((numbers, len(outcomes)))))
    penalty = np.full(len(known), _ROW_PENALTY)
    penalty[len(log_odds.table) :] = _SLOPE_PENALTY
    penalty[0] = _SLOPE_PENALTY
    return fit(items, known.astype(np.float64), penalty)


def _with(log_odds: LogOdds, table: np.ndarray) -> LogOdds:
    size = len(log_odds.table)
    return LogOdds(log_odds.rows, table[:size].astype(np.float32), table[size:].astype(np.float32))


def _entities(weights: Weights, finder: Finder, papers: Sequence[Mapping[str, Any]]) -> LogOdds:
    items = list(examples(papers, finder, GroupFeatures(weights.entities.rows, weights.names)))
    outcomes = range(weights.entities.table.shape[1])
    return _with(weights.entities, _refit(weights.entities, items, outcomes, ENTITY_TAG_FEATURES))


def _roles(weights: Weights, finder: Finder, papers: Sequence[Mapping[str, Any]]) -> LogOdds:
    resolver = EntityResolver(weights.entities, weights.names, weights.thresholds)
    features = RoleFeatures(weights.roles.rows, load_cues().names)
    read = [(paper, draft_of(resolver(finder(paper)[0]))) for paper in papers]
    items = list(role_examples(read, features))
    columns = []
    for column in range(weights.roles.table.shape[1]):
        own = [replace(item, outcome=item.outcome[column]) for item in items if column in item.outcome]
        two = LogOdds({}, np.stack((0 * weights.roles.table[:, column], weights.roles.table[:, column]), axis=1))
        fitted = _refit(two, own, range(2), ROLE_TAG_FEATURES)
        columns.append(fitted[:, 1] - fitted[:, 0])
    return _with(weights.roles, np.stack(columns, axis=1))


def stacked(weights: Weights, finder: Finder, papers: Sequence[Mapping[str, Any]]) -> Weights:
    """Join the tags that ``finder`` knows to log-odds fitted without them, on papers that neither has seen."""
    weights = replace(weights, entities=_entities(weights, finder, papers))
    return replace(weights, roles=_roles(weights, finder, papers))


def predict(weights: Weights, finder: Finder, papers: Sequence[Mapping[str, Any]]) -> Iterator[PaperFacts]:
    """Find the facts of papers whose tags ``finder`` knows."""
    components = (
        EntityResolver(weights.entities, weights.names, weights.thresholds),
        RoleFinder.of(weights),
        PairFinder.of(weights),
        ResultFinder.of(weights),
    )
    for paper in papers:
        doc, draft, _ = finder(paper)
        for component in components:
            component(doc)
        record = Paper(str(paper["id"]), paper["title"], paper["abstract"])
        yield PaperFacts(record, "teacher-1", draft.entities, draft.relations, draft.results)
