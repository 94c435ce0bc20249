"""The choice of what a picture of the graph shows."""

from __future__ import annotations

import difflib
import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias, cast

from citegraph.errors import InputError, NotFoundError, SchemaError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Node, Relationship
from citegraph.graph.schema import load_schema
from citegraph.graph.view_edges import Edge, collapsed_papers, drawn_edges

__all__ = ["ViewSelection", "select_view"]

Years: TypeAlias = tuple[int | None, int | None]
_Neighbours: TypeAlias = Mapping[str, set[str]]


class ViewSelection(KnowledgeGraph):
    """A part of a graph, chosen to be drawn, with the papers and results that stand behind it.

    ``drawn`` holds the keys of the nodes that become nodes of the picture, ``edges`` what joins them;
    ``available`` counts the nodes that could have been drawn, ``focus`` is the node that the picture is about.
    """

    def __init__(
        self,
        nodes: Iterable[Node],
        relationships: Iterable[Relationship],
        *,
        drawn: Collection[str],
        edges: Iterable[Edge],
        available: int,
        focus: str | None = None,
    ) -> None:
        """Take the parts as `select_view` chose them."""
        super().__init__(nodes, relationships)
        self.drawn = tuple(sorted(drawn))
        self.edges = tuple(edges)
        self.available = available
        self.focus = focus


def select_view(
    graph: KnowledgeGraph,
    *,
    around: str | None = None,
    depth: int = 1,
    labels: Sequence[str] | None = None,
    years: Years | None = None,
    min_confidence: float = 0.0,
    max_nodes: int = 300,
) -> ViewSelection:
    """Choose what to draw: the neighbourhood of the node with key ``around``, else an overview.

    A paper that proposes a method is drawn as that method, any other paper as a small node of its own; with
    "Paper" in ``labels`` every paper is. Results are no nodes: they stand in the panels of what they are about.
    An overview leaves out what papers only mention. ``depth`` counts drawn edges, ``years`` is (first, last), both
    included, None for no bound. If there are more than ``max_nodes``, the part that is drawn grows from ``around``,
    else from the node of the most papers, always by the neighbour of the most papers, then of the most
    neighbours, then by key. The papers and results behind the drawn nodes come with them, beyond ``max_nodes``.

    Raises:
        NotFoundError: no node has the key ``around``.
        SchemaError: a label is unknown.
        InputError: ``depth`` or ``max_nodes`` is too small.

    """
    _check(labels, depth, max_nodes)
    focus = None if around is None else _focus(graph, around)
    part = _filtered(graph, labels, years, min_confidence, focus)
    apart = {key for key, n in part.nodes.items() if n.label == "Paper"} if "Paper" in (labels or ()) else {focus or ""}
    edges = drawn_edges(part, collapsed_papers(part, apart))
    if focus is None:
        edges = [edge for edge in edges if edge.type != "MENTIONS"]
    neighbours = _neighbours(edges)
    candidates = set(neighbours) if focus is None else _within(neighbours, focus, depth)
    drawn = _grown(neighbours, candidates, _paper_counts(edges), focus, max_nodes)
    kept = [edge for edge in edges if edge.head in drawn and edge.tail in drawn]
    nodes, relationships = _behind(part, drawn)
    return ViewSelection(nodes, relationships, drawn=drawn, edges=kept, available=len(candidates), focus=focus)


def _check(labels: Sequence[str] | None, depth: int, max_nodes: int) -> None:
    for label in labels or ():
        if label not in load_schema().nodes:
            raise SchemaError(f"unknown label {label!r}; the schema has {', '.join(load_schema().nodes)}")
    if depth < 0:
        raise InputError(f"depth must be 0 or more, not {depth}")
    if max_nodes < 1:
        raise InputError(f"a view needs at least 1 node, not {max_nodes}")


def _focus(graph: KnowledgeGraph, key: str) -> str:
    """Check the key; a result stands for its paper."""
    node = graph.nodes.get(key)
    if node is None:
        near = difflib.get_close_matches(key, graph.nodes, n=3, cutoff=0.5)
        hint = f"; near keys: {', '.join(near)}" if near else "; name a node by its key, such as 'method:simclr'"
        raise NotFoundError(f"no node has the key {key!r}{hint}")
    return str(node.properties["paper"]) if node.label == "Result" else key


def _filtered(
    graph: KnowledgeGraph, labels: Sequence[str] | None, years: Years | None, min_confidence: float, focus: str | None
) -> KnowledgeGraph:
    """Keep papers of these years, entities with these labels, and what is stated surely enough."""
    first, last = years or (None, None)

    def in_years(paper: object) -> bool:
        if first is None and last is None:
            return True
        node = graph.nodes.get(str(paper))
        year = node.properties.get("year") if node else None
        return isinstance(year, int) and (first is None or year >= first) and (last is None or year <= last)

    def kept(node: Node) -> bool:
        if node.key == focus:
            return True
        if node.label == "Paper":
            return in_years(node.key)
        if node.label == "Result":
            return in_years(node.properties.get("paper")) and _confidence(node) >= min_confidence
        return labels is None or node.label in labels

    nodes = {node.key: node for node in graph.nodes.values() if kept(node)}
    relationships = [
        r
        for r in graph.relationships.values()
        if r.head in nodes
        and r.tail in nodes
        and _confidence(r) >= min_confidence
        and ("paper" not in r.properties or in_years(r.properties["paper"]))
    ]
    return KnowledgeGraph(nodes.values(), relationships)


def _confidence(record: Node | Relationship) -> float:
    value = record.properties.get("confidence")
    return 1.0 if value is None else cast("float", value)


def _neighbours(edges: Iterable[Edge]) -> _Neighbours:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge.head].add(edge.tail)
        neighbours[edge.tail].add(edge.head)
    return neighbours


def _paper_counts(edges: Iterable[Edge]) -> Mapping[str, int]:
    papers: dict[str, set[object]] = defaultdict(set)
    for edge in edges:
        stated_by = {properties.get("paper") for properties in edge.statements}
        papers[edge.head] |= stated_by
        papers[edge.tail] |= stated_by
    return {key: len(stated_by) for key, stated_by in papers.items()}


def _within(neighbours: _Neighbours, focus: str, depth: int) -> set[str]:
    found = {focus}
    edge_of = found
    for _ in range(depth):
        edge_of = {n for key in edge_of for n in neighbours.get(key, ())} - found
        found = found | edge_of
    return found


def _grown(
    neighbours: _Neighbours, candidates: set[str], papers: Mapping[str, int], focus: str | None, limit: int
) -> set[str]:
    """Grow from the focus, else the highest ranked node, by the highest ranked neighbour; then from the next."""

    def rank(key: str) -> tuple[bool, int, int, str]:
        return key != focus, -papers.get(key, 0), -len(neighbours.get(key, ())), key

    if len(candidates) <= limit:
        return candidates
    drawn: set[str] = set()
    for seed in sorted(candidates, key=rank):
        border = [rank(seed)]
        while border and len(drawn) < limit:
            key = heapq.heappop(border)[-1]
            if key not in drawn:
                drawn.add(key)
                for neighbour in (neighbours.get(key, set()) & candidates) - drawn:
                    heapq.heappush(border, rank(neighbour))
    return drawn


def _behind(graph: KnowledgeGraph, drawn: set[str]) -> tuple[list[Node], list[Relationship]]:
    """Give the drawn nodes with the papers and results that touch them, and the relationships among all these."""
    keys = set(drawn)
    for r in graph.relationships.values():
        if r.head in drawn or r.tail in drawn:
            keys |= {end for end in (r.head, r.tail) if graph.nodes[end].label in ("Paper", "Result")}
            paper = r.properties.get("paper")
            if isinstance(paper, str) and paper in graph.nodes:
                keys.add(paper)
    keys |= {str(p) for k in keys if graph.nodes[k].label == "Result" and (p := graph.nodes[k].properties.get("paper"))}
    keys &= graph.nodes.keys()
    relationships = [r for r in graph.relationships.values() if r.head in keys and r.tail in keys]
    return [graph.nodes[key] for key in keys], relationships
