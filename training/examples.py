"""Examples to fit log-odds on: what the extractor sees of each candidate, and what the annotation says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.score import digits, match_entities
from citegraph.extractors.comparisons import find_comparisons
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.draft import Draft
from citegraph.extractors.features import WORD_FEATURES, GroupFeatures
from citegraph.extractors.groups import tagged_places
from citegraph.extractors.items import OWN
from citegraph.extractors.pair_features import PairFeatures, find_pairs, pair_paper
from citegraph.extractors.result_features import LinkFeatures, NumberFeatures
from citegraph.extractors.role_features import RoleFeatures
from citegraph.extractors.roles import OF_THE_PAPER, paper_features, tag_numbers
from citegraph.extractors.scenes import LINKS, Number, find_scenes
from citegraph.extractors.tag_features import entity_numbers
from citegraph.extractors.weights import CLASSES, PAIR_ROLES, ROLES, Numbers
from citegraph.extractors.words import PADDING
from citegraph.graph.records import PAPER, RESULT_KINDS, Paper, PaperFacts
from training.counts import Finder, label

__all__ = [
    "GrowingRows",
    "Item",
    "Read",
    "examples",
    "growing_features",
    "pair_examples",
    "result_examples",
    "role_examples",
]


T = TypeVar("T")

Read: TypeAlias = tuple[Mapping[str, Any], Draft]
"""An annotated paper, and what was found in it."""


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


_NO_ENTITY: Mapping[str, Any] = {"id": None, "core": True}
"""What stands for the annotation of something found that is not annotated."""


def self_roles(paper: Mapping[str, Any]) -> dict[str | None, set[str]]:
    """Give the roles of each annotated entity towards the paper or what it proposes."""
    own = {r["tail"] for r in paper["relations"] if r["type"] == "PROPOSES"}
    roles: dict[str | None, set[str]] = defaultdict(set)
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


def predicted_facts(paper: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    """Give all that was found in the scorer's form."""
    facts = PaperFacts(Paper("", paper["title"], paper["abstract"]), "", draft.entities, draft.relations, draft.results)
    row: dict[str, Any] = json.loads(facts.to_json())
    return row


def role_examples(read: Iterable[Read], features: RoleFeatures) -> Iterator[Item[dict[int, int]]]:
    """Yield the features of each found entity and, for each role that it may play, whether it does.

    Twice: the roles that are decided first, and the others with what comparisons say; in these, what is annotated as
    proposed is the paper's own.
    """
    cues = load_cues()
    for paper, draft in read:
        match = matched(paper, draft)
        roles, doubtful = self_roles(paper), self_roles({"relations": paper.get("doubtful", ())})
        own = [n for n, entity in match.items() if "PROPOSES" in roles[entity["id"]]]
        sentences = cues_of(draft, cues)
        comparisons = list(find_comparisons(draft, sentences, cues, own))
        facts = paper_features(draft)
        numbers = by_item(tag_numbers(draft), draft.found)
        for number, (found, its) in enumerate(zip(draft.found, numbers, strict=True)):
            entity = match.get(number, _NO_ENTITY)
            if entity["core"]:
                rows = features(found, draft, sentences, facts)
                true, unknown = roles[entity["id"]], doubtful[entity["id"]]
                may = {c: role for c, (types, role) in enumerate(ROLES) if found.entity.type in types}
                first = {c: int(r in true) for c, r in may.items() if r in OF_THE_PAPER and r not in unknown}
                others = {c: int(r in true) for c, r in may.items() if r not in OF_THE_PAPER and r not in unknown}
                yield Item(rows, its, first)
                yield Item(rows + features.compared(number, comparisons), its, others)


def matched(paper: Mapping[str, Any], draft: Draft) -> dict[int, Mapping[str, Any]]:
    """Give the annotated entity of each found one that has one, by its number."""
    gold = paper["entities"]
    return {j: gold[i] for i, j in match_entities(gold, predicted(draft))}


def pair_examples(read: Iterable[Read], features: PairFeatures) -> Iterator[Item[dict[int, int]]]:
    """Yield the features of each pair and, for each relation that it may have, whether it does.

    Requires the drafts' comparisons and relations of the paper's own.
    """
    cues = load_cues()
    for paper, draft in read:
        match = matched(paper, draft)
        true = {(relation["head"], relation["type"], relation["tail"]) for relation in paper["relations"]}
        sentences = cues_of(draft, cues)
        facts = pair_paper(draft, sentences)
        for pair in find_pairs(draft, sentences):
            head, tail = (match.get(number, _NO_ENTITY) for number in (pair.head, pair.tail))
            if head["core"] and tail["core"]:
                type_ = draft.found[pair.tail].entity.type
                may = {c: role for c, (types, role) in enumerate(PAIR_ROLES) if type_ in types}
                holds = {c: int((head["id"], role, tail["id"]) in true) for c, role in may.items()}
                yield Item(features(pair, draft, sentences, facts), None, holds)


def judged_statements(read: Iterable[Read]) -> Iterator[tuple[str, bool]]:
    """Yield the form of each statement that the relations lack, and whether the annotation has it.

    Optional entities are left out. Requires the drafts' statements and relations.
    """
    for paper, draft in read:
        match = matched(paper, draft)
        own = {relation["tail"] for relation in paper["relations"] if relation["type"] == "PROPOSES"}
        true = {
            (None if r["head"] == PAPER or r["head"] in own else r["head"], r["type"], r["tail"])
            for r in paper["relations"]
        }
        said = {(r.head, r.type, r.tail) for r in draft.relations}
        proposed = {relation.tail for relation in draft.relations if relation.type == "PROPOSES"} or {PAPER}
        for statement in draft.statements:
            heads = proposed if statement.head == OWN else {draft.found[statement.head].entity.id}
            if any((head, statement.type, draft.found[statement.tail].entity.id) in said for head in heads):
                continue
            head, tail = match.get(statement.head, _NO_ENTITY), match.get(statement.tail, _NO_ENTITY)
            if head["core"] and tail["core"] and tail["id"] not in own:
                named = statement.head != OWN and head["id"] not in own
                right = (head["id"] if named else None, statement.type, tail["id"]) in true
                yield statement.form, right and not (named and head["id"] is None)


def result_examples(read: Iterable[Read], features: NumberFeatures) -> Iterator[Item[int]]:
    """Yield the features of each number and its kind: 0 for no result, else one more than its index in RESULT_KINDS."""
    cues = load_cues()
    for paper, draft in read:
        sentences = cues_of(draft, cues)
        kinds = {digits(result["value"]): RESULT_KINDS.index(result["kind"]) + 1 for result in paper["results"]}
        for scene in find_scenes(draft, cues):
            for number in scene.numbers:
                yield Item(features(number, scene, draft, sentences), None, kinds.get(_digits(number, draft), 0))


def link_examples(read: Iterable[Read], features: LinkFeatures) -> Iterator[Item[dict[int, int]]]:
    """Yield the features of each result with each name that it may be linked to, and whether it is."""
    cues = load_cues()
    for paper, draft in read:
        match = matched(paper, draft)
        sentences = cues_of(draft, cues)
        for scene in find_scenes(draft, cues):
            for number in scene.numbers:
                written = _digits(number, draft)
                true = [result for result in paper["results"] if digits(result["value"]) == written]
                for column, link in enumerate(LINKS if true else ()):
                    linked = {result[link] for result in true}
                    for place in scene.candidates(link, number):
                        holds = match.get(place.number, _NO_ENTITY)["id"] in linked - {None}
                        yield Item(features(number, place, link, scene, draft, sentences), None, {column: int(holds)})


def _digits(number: Number, draft: Draft) -> tuple[str, ...]:
    found: tuple[str, ...] = digits(draft.text[number.quantity.start : number.quantity.end])
    return found
