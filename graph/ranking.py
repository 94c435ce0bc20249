"""Which entities matter most: by papers, by relationships, by PageRank."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from citegraph.errors import QueryError
from citegraph.graph.incidence import check_label, incidence
from citegraph.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Degree", "Rank", "degree", "pagerank"]

_TOLERANCE = 1e-12
_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Degree:
    """How many papers name an entity, and how many relationships of any type and direction it has."""

    key: str
    label: str
    name: str
    papers: int
    relationships: int


@dataclass(frozen=True, slots=True)
class Rank:
    """An entity's PageRank; the scores of all papers and entities of a graph add up to 1."""

    key: str
    label: str
    name: str
    score: float


def degree(graph: KnowledgeGraph, label: str | None = None) -> list[Degree]:
    """Count the papers that name each entity, and its relationships; most papers first.

    A paper counts once however many relationships it has to the entity. Relationships are those of papers and
    of methods, both directions, and the links of results. Ties: more relationships, then name, then key. Linear
    in nodes and relationships. An empty graph gives an empty list.

    >>> from citegraph.graph.example import example_graph
    >>> [(row.name, row.papers, row.relationships) for row in degree(example_graph(), "Method")]
    [('FooNet', 2, 2), ('BarNet', 1, 1), ('BazNet', 1, 1)]

    Raises:
        SchemaError: the label is not one of an entity.

    """
    found = incidence(graph, label)
    papers = found.matrix.sum(axis=0).tolist()
    relationships = Counter(end for r in graph.relationships.values() for end in (r.head, r.tail))
    rows = [
        Degree(node.key, node.label, str(node.properties["name"]), count, relationships[node.key])
        for node, count in zip(found.entities, papers, strict=True)
    ]
    return sorted(rows, key=lambda row: (-row.papers, -row.relationships, row.name, row.key))


def pagerank(graph: KnowledgeGraph, label: str | None = None, alpha: float = 0.85) -> list[Rank]:
    """Rank entities by PageRank on the undirected graph that joins each paper to the entities it names.

    A walker goes with probability ``alpha`` to a random neighbour, else to a random paper or entity; the score
    is the share of time it spends at the entity. An entity gains from papers that name few others, a paper from
    entities that few others name. Several relationships of one paper to one entity are one edge; from a paper
    that names nothing the walker jumps. ``label`` selects what is listed, the scores are those of the whole
    graph. Scores have 9 significant digits; ties go by name, then key. An empty graph gives an empty list.

    Power iteration until the L1 change is below 1e-12: O(relationships · log(1e-12) / log(alpha)).
    Page, Brin, Motwani and Winograd, "The PageRank Citation Ranking: Bringing Order to the Web", 1999.

    >>> from citegraph.graph.example import example_graph
    >>> [(row.name, round(row.score, 4)) for row in pagerank(example_graph(), "Benchmark")]
    [('ZooBench', 0.1582), ('FarmBench', 0.1111)]

    Raises:
        SchemaError: the label is not one of an entity.
        QueryError: alpha is not between 0 and 1, both exclusive.

    """
    if not 0 < alpha < 1:
        raise QueryError(f"alpha must be above 0 and below 1, not {alpha}")
    check_label(label)
    found = incidence(graph)
    rows = [
        Rank(node.key, node.label, str(node.properties["name"]), float(f"{score:.9g}"))
        for node, score in zip(found.entities, _entity_scores(found.matrix, alpha), strict=True)
        if label in (None, node.label)
    ]
    return sorted(rows, key=lambda row: (-row.score, row.name, row.key))


def _entity_scores(matrix: sparse.csr_array, alpha: float) -> list[float]:
    """Iterate on the two sides of the bipartite graph apart, so that its square matrix is never built."""
    papers, entities = matrix.shape
    total = papers + entities
    matrix = matrix.astype(np.float64)
    back = matrix.T.tocsr()
    paper_degrees, entity_degrees = matrix.sum(axis=1), matrix.sum(axis=0)
    at_papers, at_entities = np.full(papers, 1 / max(total, 1)), np.full(entities, 1 / max(total, 1))
    for _ in range(math.ceil(math.log(_TOLERANCE / 2) / math.log(alpha))):
        stuck = at_papers[paper_degrees == 0].sum() + at_entities[entity_degrees == 0].sum()
        jump = (alpha * stuck + 1 - alpha) / max(total, 1)
        next_papers = alpha * (matrix @ _spread(at_entities, entity_degrees)) + jump
        next_entities = alpha * (back @ _spread(at_papers, paper_degrees)) + jump
        change = np.abs(next_papers - at_papers).sum() + np.abs(next_entities - at_entities).sum()
        at_papers, at_entities = next_papers, next_entities
        if change < _TOLERANCE:
            break
    scores: list[float] = at_entities.tolist()
    return scores


def _spread(scores: _Vector, degrees: _Vector) -> _Vector:
    """Divide each score among the neighbours; a node without any gives nothing."""
    return np.divide(scores, degrees, out=np.zeros_like(scores), where=degrees > 0)
