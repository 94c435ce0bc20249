"""From candidates to entities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.calibration import UNCALIBRATED, Calibration, confidence_of
from citegraph.extractors.coordination import BY_COORDINATION, coordinated_name
from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.features import GroupFeatures
from citegraph.extractors.groups import Group, group_candidates, hopeless_names, tagged_places
from citegraph.extractors.tag_features import entity_numbers
from citegraph.extractors.weights import LogOdds, load_weights
from citegraph.graph.records import Entity, EntityType, Mention

__all__ = ["EntityResolver"]


class Scored(NamedTuple):
    """A group with the best class and its probability."""

    group: Group
    type: EntityType
    probability: float


class EntityResolver:
    """Decide which candidates are entities and of which type, and join their mentions.

    Requires the draft's candidates and definitions; assigns its ``entities`` and ``doc.ents``.
    """

    def __init__(
        self,
        log_odds: LogOdds,
        names: Mapping[str, Mapping[str, tuple[int, ...]]],
        thresholds: Mapping[str, float],
        *,
        calibration: Calibration = UNCALIBRATED,
        hopeless: bool = True,
    ) -> None:
        """Take the log-odds of the classes, the annotations of known names, the least probability for each class.

        ``calibration`` is the slope and shift of the log-odds that give confidences; probabilities stay as they are.
        ``hopeless`` says that names which no training paper annotates are left out before anything is weighed.
        """
        self._log_odds = log_odds
        self._thresholds = thresholds
        self._calibration = calibration
        self._most_doubt = 1 - min(thresholds.values())
        self._hopeless = hopeless_names(names["seen"]) if hopeless else frozenset[str]()
        self._features = GroupFeatures(log_odds.rows, names)

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities."""
        draft = draft_of(doc)
        scored = self.score(group_candidates(draft, self._hopeless), draft)
        draft.found = build_found(resolve(scored), draft, self._calibration)
        draft.entities = tuple(found.entity for found in draft.found)
        return doc

    def score(self, groups: list[Group], draft: Draft) -> list[Scored]:
        """Give the groups that are probable enough."""
        if not groups:
            return []
        numbers = None if draft.tags is None else entity_numbers(draft.tags, tagged_places(groups, draft))
        chances = self._log_odds.probabilities(self._features(groups, draft), numbers)
        accepted = []
        for index in np.flatnonzero(chances[:, 0] <= self._most_doubt).tolist():
            type_, probability = _best(chances[index].tolist())
            if probability >= self._thresholds[type_]:
                accepted.append(Scored(groups[index], type_, probability))
        return accepted


def _best(chances: list[float]) -> tuple[EntityType, float]:
    """Choose the likeliest class, data sets and benchmarks taken as one; a data set's threshold is a benchmark's."""
    _, method, benchmark, dataset, task, metric = chances
    resource = benchmark + dataset
    if resource >= max(method, task, metric):
        return ("Benchmark" if benchmark >= dataset else "Dataset"), resource
    if method >= max(task, metric):
        return "Method", method
    return ("Task", task) if task >= metric else ("Metric", metric)


def resolve(scored: list[Scored]) -> list[tuple[Scored, list[tuple[int, int]]]]:
    """Keep for every word at most one entity: the more probable group first, of equal ones the longer."""
    taken: set[int] = set()
    kept = []
    for item in sorted(scored, key=lambda s: (-s.probability, next(iter(s.group.places)))):
        coordinated = BY_COORDINATION in item.group.rules
        free = [place for place in item.group.places if taken.isdisjoint(_claimed(place, coordinated))]
        if free:
            for place in free:
                taken.update(_claimed(place, coordinated))
            kept.append((item, sorted(free)))
    return sorted(kept, key=lambda pair: pair[1][0])


def _claimed(place: tuple[int, int], coordinated: bool) -> range:
    """Give the words that no other entity may have: of coordinated names the second owns what follows the slash."""
    return range(place[1] - 1, place[1]) if coordinated else range(*place)


def build_found(
    kept: list[tuple[Scored, list[tuple[int, int]]]], draft: Draft, calibration: Calibration = UNCALIBRATED
) -> list[Found]:
    """Make the entities, numbered in order of first mention."""
    words, original = draft.words, draft.original
    found = []
    for number, (item, places) in enumerate(kept, 1):
        group = item.group
        confidence = confidence_of(item.probability, calibration)
        mentions = []
        for first, last in places:
            start, end = words.starts[first], words.ends[last - 1]
            field, field_start, field_end = draft.place(start, end)
            mentions.append(
                Mention(field, field_start, field_end, original[start:end], confidence, next(iter(group.rules)))
            )
        name = group.entry.name if group.entry else max((m.text for m in mentions), key=len)
        if BY_COORDINATION in group.rules:
            name = coordinated_name(name)
        entity = Entity(f"e{number}", item.type, name, tuple(mentions))
        found.append(
            Found(entity, tuple(places), tuple(group.rules), group.entry is not None, group.defined, item.probability)
        )
    return found


@Language.factory(
    "citegraph_entities_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL, "hopeless": True}
)
def make_entity_resolver(nlp: Language, name: str, weights: str, hopeless: bool) -> EntityResolver:  # noqa: ARG001
    """Build the component with the statistics of a model."""
    fitted = load_weights(weights)
    return EntityResolver(
        fitted.entities, fitted.names, fitted.thresholds, calibration=fitted.calibration, hopeless=hopeless
    )
