"""How entities are used together, and how their use changes over the years."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from scipy import sparse

from citegraph.errors import QueryError
from citegraph.graph.incidence import Incidence, incidence
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import RESOURCE_LABELS, Node

__all__ = ["CoUse", "Trend", "co_use", "trends"]


@dataclass(frozen=True, slots=True)
class CoUse:
    """Two entities that the same papers use: papers in common, of each, and their Jaccard index (0 to 1)."""

    first_key: str
    first: str
    second_key: str
    second: str
    papers: int
    first_papers: int
    second_papers: int
    jaccard: float


@dataclass(frozen=True, slots=True)
class Trend:
    """One entity in one year: papers that name it, papers evaluated on it, and its share of the year's papers.

    ``year`` is None in the row that counts papers without a year, and ``share`` with it; ``first`` and ``last``
    are the first and last year of any paper that names the entity, None where no such paper has a year.
    """

    key: str
    label: str
    name: str
    year: int | None
    papers: int
    evaluated: int
    share: float | None
    first: int | None
    last: int | None


def co_use(graph: KnowledgeGraph, label: str = "Benchmark", min_papers: int = 1) -> list[CoUse]:
    """Find the pairs of entities of one label that the same papers use, most papers in common first.

    Use of a Dataset or Benchmark is to be EVALUATED_ON it; of a Method, Task or Metric, to be named. The
    Jaccard index is the papers in common divided by the papers of either. ``first`` has the smaller key. Pairs
    with fewer than ``min_papers`` in common are left out. Ties: higher Jaccard index, then names, then keys.
    The cost is the sum over papers of the square of the entities that the paper uses.

    Jaccard, "The Distribution of the Flora in the Alpine Zone", New Phytologist 11 (1912).

    >>> from citegraph.graph.example import example_graph
    >>> [(row.first, row.second, row.papers, round(row.jaccard, 3)) for row in co_use(example_graph())]
    [('FarmBench', 'ZooBench', 2, 0.667)]

    Raises:
        SchemaError: the label is not one of an entity.
        QueryError: min_papers is below 1.

    """
    if min_papers < 1:
        raise QueryError(f"min_papers must be at least 1, not {min_papers}")
    found = incidence(graph, label, {"EVALUATED_ON"} if label in RESOURCE_LABELS else None)
    papers = found.matrix.sum(axis=0).tolist()
    common = sparse.triu(found.matrix.T @ found.matrix, k=1).tocoo()
    rows = [
        _co_use(found.entities[i], found.entities[j], shared, papers[i], papers[j])
        for i, j, shared in zip(common.row.tolist(), common.col.tolist(), common.data.tolist(), strict=True)
        if shared >= min_papers
    ]
    return sorted(rows, key=lambda row: (-row.papers, -row.jaccard, row.first, row.second, row.first_key))


def _co_use(first: Node, second: Node, shared: int, first_papers: int, second_papers: int) -> CoUse:
    jaccard = shared / (first_papers + second_papers - shared)
    names = str(first.properties["name"]), str(second.properties["name"])
    return CoUse(first.key, names[0], second.key, names[1], shared, first_papers, second_papers, jaccard)


def trends(graph: KnowledgeGraph, label: str | None = None, top: int | None = None) -> list[Trend]:
    """Count by year the papers that name each entity; the entities with most papers first, years ascending.

    One row for each entity and year with a paper that names it, and a last row with year None where papers
    without a year do. The share is of all papers of that year in the graph. ``top`` keeps the entities with
    most papers. Ties go by name, then key. Linear in nodes and relationships, plus the sorting.

    >>> from citegraph.graph.example import example_graph
    >>> rows = trends(example_graph(), "Benchmark", top=1)
    >>> [(row.name, row.year, row.papers, row.evaluated, row.share) for row in rows]
    [('ZooBench', 2020, 1, 1, 1.0), ('ZooBench', 2021, 1, 1, 1.0), ('ZooBench', None, 1, 1, None)]

    Raises:
        SchemaError: the label is not one of an entity.
        QueryError: top is below 1.

    """
    if top is not None and top < 1:
        raise QueryError(f"top must be at least 1, not {top}")
    named = incidence(graph, label)
    by_year = _by_year(named)
    evaluated = _by_year(incidence(graph, label, {"EVALUATED_ON"}))
    of_year = Counter(_year(paper) for paper in named.papers)
    order = sorted(
        (node for node in named.entities if node.key in by_year),
        key=lambda node: (-by_year[node.key].total(), str(node.properties["name"]), node.key),
    )
    return [row for node in order[:top] for row in _trend(node, by_year[node.key], evaluated[node.key], of_year)]


def _year(paper: Node) -> int | None:
    year = paper.properties.get("year")
    return year if isinstance(year, int) else None


def _by_year(found: Incidence) -> defaultdict[str, Counter[int | None]]:
    counts: defaultdict[str, Counter[int | None]] = defaultdict(Counter)
    years = [_year(paper) for paper in found.papers]
    places = found.matrix.tocoo()
    for row, column in zip(places.row.tolist(), places.col.tolist(), strict=True):
        counts[found.entities[column].key][years[row]] += 1
    return counts


def _trend(
    node: Node, named: Counter[int | None], evaluated: Counter[int | None], of_year: Counter[int | None]
) -> list[Trend]:
    years = sorted(year for year in named if year is not None)
    first, last = (years[0], years[-1]) if years else (None, None)
    name = str(node.properties["name"])
    rows = [
        Trend(node.key, node.label, name, year, named[year], evaluated[year], named[year] / of_year[year], first, last)
        for year in years
    ]
    if undated := named[None]:
        rows.append(Trend(node.key, node.label, name, None, undated, evaluated[None], None, first, last))
    return rows
