"""Examples to fit log-odds on: what the extractor sees of each candidate, and what the annotation says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.score import digits, match_entities
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.draft import Draft
from citegraph.extractors.entities import EntityResolver
from citegraph.extractors.features import WORD_FEATURES, GroupFeatures
from citegraph.extractors.groups import tagged_places
from citegraph.extractors.pairs import PairFeatures, find_pairs
from citegraph.extractors.results import NumberFeatures, find_numbers, places_by_sentence
from citegraph.extractors.role_features import RoleFeatures
from citegraph.extractors.roles import RoleFinder, paper_facts, tag_numbers
from citegraph.extractors.tag_features import entity_numbers
from citegraph.extractors.weights import CLASSES, ROLES, Numbers
from citegraph.extractors.words import PADDING
from citegraph.graph.records import PAPER, RESULT_KINDS
from training.counts import Finder, label

__all__ = ["GrowingRows", "Item", "examples", "growing_features", "pair_examples", "result_examples", "role_examples"]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """The rows of an item's features, its numbers where it has some, and what holds for it."""

    rows: list[int]
    numbers: npt.NDArray[np.float32] | None
    outcome: T


class GrowingRows(dict[Any, int]):
    """Rows of one template; an unknown value gets the next free row."""

    def __init__(self, counter: list[int]) -> None:
        self._counter = counter

    def get(self, key: Any, default: Any = None) -> int:  # noqa: ANN401, ARG002
        """Return the row of a value, a new one where there is none."""
        if key not in self:
            self._counter[0] += 1
            self[key] = self._counter[0]
        return self[key]


def examples(papers: Iterable[Mapping[str, Any]], finder: Finder, features: GroupFeatures) -> Iterator[Item[int]]:
    """Yield the features and the class of each group of candidates, optional ones left out."""
    for paper in papers:
        _, draft, groups = finder(paper)
        numbers = by_item(
            None if draft.tags is None else entity_numbers(draft.tags, tagged_places(groups, draft)), groups
        )
        for group, found, own in zip(groups, features(groups, draft), numbers, strict=True):
            what = label(group, paper, draft)
            if what != "optional":
                yield Item(found, own, CLASSES.index(what))


def growing_features(
    rows: Mapping[str, GrowingRows], names: Mapping[str, Mapping[str, tuple[int, ...]]]
) -> GroupFeatures:
    """Give what collects the rows of groups, new ones for what has none yet."""

    def context(padded: npt.NDArray[np.uint64], places: list[tuple[int, int]]) -> list[list[int]]:
        words = padded.tolist()
        return [
            [rows[template].get(words[place[end] + offset + PADDING]) for template, end, offset in WORD_FEATURES]
            for place in places
        ]

    return GroupFeatures(rows, names, context)


def by_item(numbers: Numbers | None, items: Sequence[object]) -> Iterable[npt.NDArray[np.float32] | None]:
    """Give each item's numbers, or None for each."""
    return [None] * len(items) if numbers is None else numbers


def self_roles(paper: Mapping[str, Any]) -> dict[str, set[str]]:
    """Give the roles of each annotated entity towards the paper or what it proposes."""
    own = {r["tail"] for r in paper["relations"] if r["type"] == "PROPOSES"}
    roles: dict[str, set[str]] = defaultdict(set)
    for relation in paper["relations"]:
        of_paper = relation["type"] in ("PROPOSES", "INTRODUCES")
        if relation["head"] == PAPER or (relation["head"] in own and not of_paper):
            roles[relation["tail"]].add(relation["type"])
    return roles


def predicted(draft: Draft) -> list[dict[str, Any]]:
    """Give the found entities in the scorer's form."""
    return [
        {"type": e.type, "name": e.name, "mentions": [{"text": m.text} for m in e.mentions]} for e in draft.entities
    ]


def role_examples(
    papers: Iterable[Mapping[str, Any]], finder: Finder, resolver: EntityResolver, features: RoleFeatures
) -> Iterator[Item[dict[int, int]]]:
    """Yield the features of each found entity and, for each role that it may play, whether it does."""
    cues = load_cues()
    for paper in papers:
        doc, draft, _ = finder(paper)
        resolver(doc)
        gold = paper["entities"]
        match = {j: gold[i] for i, j in match_entities(gold, predicted(draft))}
        roles, doubtful = self_roles(paper), self_roles({"relations": paper.get("doubtful", ())})
        sentences = cues_of(draft, cues)
        facts = paper_facts(draft)
        numbers = by_item(tag_numbers(draft), draft.found)
        for number, (found, own) in enumerate(zip(draft.found, numbers, strict=True)):
            entity = match.get(number)
            if entity is not None and not entity["core"]:
                continue
            true = roles[entity["id"]] if entity is not None else set()
            rows = features(found, draft, sentences, facts)
            unknown = doubtful[entity["id"]] if entity is not None else set[str]()
            may = {
                c: role for c, (types, role) in enumerate(ROLES) if found.entity.type in types and role not in unknown
            }
            yield Item(rows, own, {column: int(role in true) for column, role in may.items()})


def pair_examples(
    papers: Iterable[Mapping[str, Any]],
    finder: Finder,
    resolver: EntityResolver,
    roles: RoleFinder,
    features: PairFeatures,
) -> Iterator[Item[int]]:
    """Yield the features of each method with each resource, and whether it is evaluated on it."""
    cues = load_cues()
    for paper in papers:
        doc, draft, _ = finder(paper)
        roles(resolver(doc))
        gold = paper["entities"]
        match = {draft.entities[j].id: gold[i] for i, j in match_entities(gold, predicted(draft))}
        true = {(relation["head"], relation["type"], relation["tail"]) for relation in paper["relations"]}
        sentences = cues_of(draft, cues)
        for pair in find_pairs(draft, sentences):
            head, tail = (match.get(found.entity.id) for found in (pair.head, pair.tail))
            if not all(entity is None or entity["core"] for entity in (head, tail)):
                continue
            holds = head is not None and tail is not None and (head["id"], "EVALUATED_ON", tail["id"]) in true
            yield Item(features(pair, draft, sentences), None, int(holds))


def result_examples(
    papers: Iterable[Mapping[str, Any]], finder: Finder, resolver: EntityResolver, features: NumberFeatures
) -> Iterator[Item[int]]:
    """Yield the features of each number and its kind: 0 for no result, else one more than its index in RESULT_KINDS."""
    cues = load_cues()
    for paper in papers:
        doc, draft, _ = finder(paper)
        resolver(doc)
        sentences = cues_of(draft, cues)
        places = places_by_sentence(draft, sentences)
        kinds = {digits(result["value"]): RESULT_KINDS.index(result["kind"]) + 1 for result in paper["results"]}
        for number in find_numbers(draft):
            kind = kinds.get(digits(draft.text[number.start : number.end]), 0)
            around = places.get(sentences.sentence_of(number.first), [])
            yield Item(features(number, draft, sentences, around), None, kind)
