"""From candidates to entities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.features import GroupFeatures
from citegraph.extractors.groups import Group, group_candidates
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

    def __init__(self, log_odds: LogOdds, seen: Mapping[str, tuple[int, ...]], thresholds: Mapping[str, float]) -> None:
        """Take the log-odds of the classes, the annotations of known names, the least probability for each class."""
        self._log_odds = log_odds
        self._thresholds = thresholds
        self._features = GroupFeatures(log_odds.rows, seen)

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities."""
        draft = draft_of(doc)
        text = draft.text
        scored = self.score(group_candidates(draft), text, draft)
        draft.found = build_found(resolve(scored), draft)
        draft.entities = tuple(found.entity for found in draft.found)
        return doc

    def score(self, groups: list[Group], text: str, draft: Draft) -> list[Scored]:
        """Give the groups that are probable enough."""
        if not groups:
            return []
        rows = [self._features(group, text, draft) for group in groups]
        accepted = []
        for group, outcome in zip(groups, self._log_odds.probabilities(rows).tolist(), strict=True):
            resource = outcome[2] + outcome[3]
            choices = (("Method", outcome[1]), ("Benchmark", resource), ("Task", outcome[4]), ("Metric", outcome[5]))
            class_, probability = max(choices, key=lambda choice: choice[1])
            if probability >= self._thresholds[class_]:
                type_ = "Dataset" if class_ == "Benchmark" and outcome[3] > outcome[2] else class_
                accepted.append(Scored(group, type_, probability))
        return accepted


def resolve(scored: list[Scored]) -> list[tuple[Scored, list[tuple[int, int]]]]:
    """Keep for every word at most one entity: the more probable group first, of equal ones the longer."""
    taken: set[int] = set()
    kept = []
    for item in sorted(scored, key=lambda s: (-s.probability, s.group.places[0])):
        free = [place for place in item.group.places if taken.isdisjoint(range(*place))]
        if free:
            for place in free:
                taken.update(range(*place))
            kept.append((item, sorted(free)))
    return sorted(kept, key=lambda pair: pair[1][0])


def build_found(kept: list[tuple[Scored, list[tuple[int, int]]]], draft: Draft) -> list[Found]:
    """Make the entities, numbered in order of first mention."""
    words, original = draft.words, draft.original
    found = []
    for number, (item, places) in enumerate(kept, 1):
        group = item.group
        confidence = round(item.probability, 3)
        mentions = []
        for first, last in places:
            start, end = words.starts[first], words.ends[last - 1]
            field, field_start, field_end = draft.place(start, end)
            mentions.append(Mention(field, field_start, field_end, original[start:end], confidence, group.rules[0]))
        name = group.entry.name if group.entry else max((m.text for m in mentions), key=len)
        entity = Entity(f"e{number}", item.type, name, tuple(mentions))
        found.append(
            Found(entity, tuple(places), tuple(group.rules), group.entry is not None, group.defined, item.probability)
        )
    return found


@Language.factory("citegraph_entities_v1", assigns=["doc.user_data"])
def make_entity_resolver(nlp: Language, name: str) -> EntityResolver:  # noqa: ARG001
    """Build the component with the statistics that ship with the package."""
    weights = load_weights()
    return EntityResolver(weights.entities, weights.seen, weights.thresholds)
