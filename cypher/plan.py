"""What a batch of papers changes in a stored graph, computed apart from any engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, cast

from citegraph.cypher.store import Counts, LoadReport
from citegraph.graph.assemble import assemble, merge_paper_graphs, merge_paper_properties
from citegraph.graph.knowledge_graph import join_entity
from citegraph.graph.model import Node, PaperGraph, Properties, Relationship
from citegraph.graph.normalise import entity_class
from citegraph.graph.records import EntityType, PaperFacts
from citegraph.graph.schema import load_schema

__all__ = [
    "Changes",
    "Claim",
    "Placed",
    "Stored",
    "by_ends",
    "by_label",
    "keys_by_label",
    "merge_batch",
    "plan_changes",
]

Claim: TypeAlias = tuple[str, list[str]]
"""The label and the surface forms that one paper gives an entity."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A relationship with the labels of its ends, by which an engine finds them."""

    relationship: Relationship
    head_label: str
    tail_label: str


class Stored(Protocol):
    """What the plan must know of the stored graph."""

    def papers(self, keys: Collection[str]) -> dict[str, Properties]:
        """Read the properties of those of these papers that are stored."""
        ...

    def entities(self, keys: Collection[str]) -> dict[str, Node]:
        """Read those of these entities that are stored."""
        ...

    def contributions(self, papers: Collection[str]) -> tuple[list[Node], list[Placed]]:
        """Read the results of these papers, and all relationships that belong to them."""
        ...

    def claims(self, entities: Collection[str], without: Collection[str]) -> dict[str, list[Claim]]:
        """Read what papers, but not those in ``without``, say of these entities."""
        ...


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything to write, in this order; a moved node is given as it was and as it becomes.

    ``papers`` are the keys of the papers that are new or changed.
    """

    papers: frozenset[str]
    delete_relationships: list[Placed] = field(default_factory=list)
    delete_nodes: list[Node] = field(default_factory=list)
    move_nodes: list[tuple[Node, Node]] = field(default_factory=list)
    set_nodes: list[Node] = field(default_factory=list)
    create_nodes: list[Node] = field(default_factory=list)
    create_relationships: list[Placed] = field(default_factory=list)
    report: LoadReport = field(default_factory=LoadReport)


@dataclass(slots=True)
class _Nodes:
    """Nodes sorted into what is to be done with them."""

    created: list[Node] = field(default_factory=list)
    changed: list[Node] = field(default_factory=list)
    moved: list[tuple[Node, Node]] = field(default_factory=list)
    deleted: list[Node] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)

    def put(self, old: Node | None, new: Node | None) -> None:
        if old is None:
            self.created += [new] if new else []
        elif new is None:
            self.deleted.append(old)
        elif old.label != new.label:
            self.moved.append((old, new))
        elif old.properties != new.properties:
            self.changed.append(new)
        else:
            self.unchanged.add(new.key)

    @property
    def counts(self) -> Counts:
        changed = len(self.changed) + len(self.moved)
        return Counts(len(self.created), changed, len(self.deleted), len(self.unchanged))


def merge_batch(batch: Iterable[PaperFacts]) -> dict[str, PaperGraph]:
    """Assemble each record and merge those of one paper; by paper key."""
    merged: dict[str, PaperGraph] = {}
    for facts in batch:
        graph = assemble(facts)
        known = merged.get(graph.paper.key)
        merged[graph.paper.key] = merge_paper_graphs(known, graph) if known else graph
    return merged


def plan_changes(batch: Mapping[str, PaperGraph], stored: Stored) -> Changes:
    """Compare the papers of a batch with what is stored.

    An entity's label, name and aliases are the join of what all papers say of it. What is stored is such a join
    already, so new papers are joined to it; only where a paper's facts are replaced is an entity that they named
    joined anew from the relationships of the remaining papers, and deleted where none is left.
    """
    papers = _Nodes()
    known = stored.papers(batch.keys())
    fresh: list[PaperGraph] = []
    idle: list[PaperGraph] = []
    replaced: list[str] = []
    for key, graph in batch.items():
        if key not in known:
            papers.put(None, graph.paper)
            fresh.append(graph)
            continue
        properties, wins = merge_paper_properties(known[key], graph.paper.properties)
        papers.put(Node(key, "Paper", known[key]), Node(key, "Paper", properties))
        if wins:
            replaced.append(key)
            fresh.append(graph)
        elif known[key]["digest"] == graph.paper.properties["digest"]:
            idle.append(graph)
    old_results, old_placed = stored.contributions(replaced) if replaced else ([], [])
    entities, labels = _join_entities(fresh, old_placed, replaced, stored)
    results = _results(old_results, fresh)
    return _changes(papers, entities, results, _Edges(old_placed, fresh, labels), idle)


def _join_entities(
    fresh: list[PaperGraph], old: list[Placed], replaced: list[str], stored: Stored
) -> tuple[_Nodes, dict[str, str]]:
    """Join the entities that the fresh papers name or named; also give the label of each."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    given: dict[tuple[str, str], Claim] = {}
    for graph in fresh:
        for entity in graph.entities:
            claim = entity.label, cast("list[str]", entity.properties["aliases"])
            claims[entity.key].append(claim)
            given[graph.paper.key, entity.key] = claim
    withdrawn = {
        placed.relationship.tail
        for placed in old
        if (was := _claim(placed)) and given.get((placed.relationship.head, placed.relationship.tail)) != was
    }
    known = stored.entities(claims.keys() | withdrawn)
    remaining = stored.claims(withdrawn, replaced) if withdrawn else {}
    entities = _Nodes()
    labels: dict[str, str] = {}
    for key in sorted(claims.keys() | withdrawn):
        old_node = known.get(key)
        rest = remaining.get(key, []) if key in withdrawn else [_node_claim(old_node)] if old_node else []
        evidence = [*claims.get(key, []), *rest]
        new_node = join_entity(key, evidence) if evidence else None
        entities.put(old_node, new_node)
        if new_node:
            labels[key] = new_node.label
    return entities, labels


def _claim(placed: Placed) -> Claim | None:
    properties = placed.relationship.properties
    if placed.head_label != "Paper" or "tail_label" not in properties:
        return None
    return cast("str", properties["tail_label"]), cast("list[str]", properties["surfaces"])


def _node_claim(node: Node) -> Claim:
    return node.label, cast("list[str]", node.properties["aliases"])


def _results(old: list[Node], fresh: list[PaperGraph]) -> _Nodes:
    nodes = _Nodes()
    before = {node.key: node for node in old}
    after = {node.key: node for graph in fresh for node in graph.results}
    for key in sorted(before.keys() | after.keys()):
        nodes.put(before.get(key), after.get(key))
    return nodes


class _Edges:
    """The relationships of the fresh papers beside those that they had before."""

    def __init__(self, old: list[Placed], fresh: list[PaperGraph], labels: Mapping[str, str]) -> None:
        before = {placed.relationship.key: placed for placed in old}
        after = {r.key: _place(r, graph, labels) for graph in fresh for r in graph.relationships}
        both = before.keys() & after.keys()
        changed = {key for key in both if before[key].relationship != after[key].relationship}
        self.delete = [placed for key, placed in before.items() if key not in both or key in changed]
        self.create = [placed for key, placed in after.items() if key not in both or key in changed]
        self.counts = Counts(
            len(after) - len(both), len(changed), len(before) - len(both), len(both) - len(changed)
        )  # fmt: skip


def _place(relationship: Relationship, graph: PaperGraph, labels: Mapping[str, str]) -> Placed:
    paper = graph.paper.key
    head = "Paper" if relationship.head == paper else labels.get(relationship.head, "Result")
    return Placed(relationship, head, labels.get(relationship.tail, "Result"))


def _changes(papers: _Nodes, entities: _Nodes, results: _Nodes, edges: _Edges, idle: list[PaperGraph]) -> Changes:
    seen = {node.key for node in (*entities.created, *entities.changed, *(new for _, new in entities.moved))}
    calm = {node.key for graph in idle for node in (*graph.entities, *graph.results)} - entities.unchanged - seen
    still = sum(len(graph.relationships) for graph in idle)
    return Changes(
        frozenset(node.key for node in (*papers.created, *papers.changed)),
        edges.delete,
        results.deleted + entities.deleted,
        entities.moved,
        papers.changed + results.changed + entities.changed,
        papers.created + entities.created + results.created,
        edges.create,
        LoadReport(
            papers.counts,
            papers.counts + entities.counts + results.counts + Counts(unchanged=len(calm)),
            edges.counts + Counts(unchanged=still),
        ),
    )


def keys_by_label(keys: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Give for each label of entities the keys that may have it: a resource may be a Dataset or a Benchmark.

    >>> list(keys_by_label(["task:vqa"]))
    [('Task', ['task:vqa'])]
    """
    by_class: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_class[key.partition(":")[0]].append(key)
    for label in load_schema().named_labels:
        if own := by_class.get(entity_class(cast("EntityType", label))):
            yield label, own


def by_label(nodes: Iterable[Node]) -> Mapping[str, list[Node]]:
    """Group nodes by label."""
    grouped: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        grouped[node.label].append(node)
    return grouped


def by_ends(relationships: Iterable[Placed]) -> Mapping[tuple[str, str, str], list[Placed]]:
    """Group relationships by head label, type and tail label."""
    grouped: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for placed in relationships:
        grouped[placed.head_label, placed.relationship.type, placed.tail_label].append(placed)
    return grouped
