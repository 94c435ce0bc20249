"""From the relationships of a graph to the edges that a picture draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Properties, Relationship

__all__ = ["Edge", "collapsed_papers", "drawn_edges"]

_Triple: TypeAlias = tuple[str, str, str]
_OF_A_RESULT = frozenset({"REPORTS", "OF", "ON", "MEASURED_BY"})


@dataclass(frozen=True, slots=True)
class Edge:
    """One drawn edge between the nodes with keys ``head`` and ``tail``.

    ``statements`` are the properties of the relationships and results that it stands for; ``via_paper`` where
    only the head's paper says so, not the head itself.
    """

    head: str
    type: str
    tail: str
    statements: tuple[Properties, ...]
    via_paper: bool = False


def collapsed_papers(graph: KnowledgeGraph, apart: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Give the papers that are drawn as the methods they propose, except those set ``apart``, with these methods."""
    methods: dict[str, list[str]] = defaultdict(list)
    for r in graph.relationships.values():
        if r.type == "PROPOSES" and r.head not in apart and r.tail in graph.nodes:
            methods[r.head].append(r.tail)
    return {paper: tuple(sorted(keys)) for paper, keys in sorted(methods.items())}


def drawn_edges(graph: KnowledgeGraph, collapsed: Mapping[str, tuple[str, ...]]) -> list[Edge]:
    """Join statements to edges: one for each head, type and tail, sorted.

    What a collapsed paper says is said of the methods that it proposes. A result gives no node: it joins its
    benchmark (else its method) to its metric.
    """
    direct: dict[_Triple, list[Properties]] = defaultdict(list)
    derived: dict[_Triple, list[Properties]] = defaultdict(list)
    for r in graph.relationships.values():
        if r.type in _OF_A_RESULT:
            continue
        if r.head not in collapsed:
            direct[r.head, r.type, r.tail].append(r.properties)
        elif r.type != "PROPOSES":
            for method in collapsed[r.head]:
                if method != r.tail:
                    derived[method, r.type, r.tail].append(r.properties)
    for triple, properties in _measures(graph):
        direct[triple].append(properties)
    return sorted(
        [Edge(*triple, tuple(statements)) for triple, statements in direct.items()]
        + [Edge(*triple, tuple(rows), via_paper=True) for triple, rows in derived.items() if triple not in direct],
        key=lambda edge: (edge.head, edge.type, edge.tail),
    )


def _measures(graph: KnowledgeGraph) -> Iterator[tuple[_Triple, Properties]]:
    """Yield (benchmark or method, MEASURED_BY, metric) for each result that has both, with its properties."""
    links: dict[str, dict[str, Relationship]] = defaultdict(dict)
    for r in graph.relationships.values():
        if r.type in _OF_A_RESULT and r.type != "REPORTS":
            links[r.head][r.type] = r
    for result, by_type in sorted(links.items()):
        subject = by_type.get("ON") or by_type.get("OF")
        metric = by_type.get("MEASURED_BY")
        if subject and metric:
            yield (subject.tail, "MEASURED_BY", metric.tail), graph.nodes[result].properties
