"""Which paper names which entity, as a sparse matrix: the form that the measures are computed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from citegraph.errors import SchemaError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Node
from citegraph.graph.schema import load_schema

__all__ = ["Incidence", "check_label", "incidence"]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Papers are rows, entities columns, both in the order of their keys; a 1 where the paper names the entity."""

    papers: tuple[Node, ...]
    entities: tuple[Node, ...]
    matrix: sparse.csr_array


def check_label(label: str | None) -> None:
    """Refuse a label that no entity has; None stands for all of them.

    Raises:
        SchemaError: the label is not one of Method, Dataset, Benchmark, Task, Metric.

    """
    named = load_schema().named_labels
    if label is not None and label not in named:
        raise SchemaError(f"{label!r} is no label of entities; choose one of {', '.join(named)}")


def incidence(graph: KnowledgeGraph, label: str | None = None, types: Collection[str] | None = None) -> Incidence:
    """Build the paper–entity matrix from the relationships whose head is a paper.

    Several relationships of one paper to one entity count once. ``label`` keeps the entities of one label,
    ``types`` the relationships of these types. Papers and entities without a relationship keep their row or
    column. Time and memory are linear in nodes and relationships.

    >>> from citegraph.graph.example import example_graph
    >>> found = incidence(example_graph(), "Benchmark", {"EVALUATED_ON"})
    >>> [node.properties["name"] for node in found.entities], found.matrix.sum(axis=0).tolist()
    (['FarmBench', 'ZooBench'], [2, 3])

    Raises:
        SchemaError: the label is not one of an entity.

    """
    check_label(label)
    labels = load_schema().named_labels if label is None else (label,)
    papers = tuple(node for node in graph.nodes.values() if node.label == "Paper")
    entities = tuple(node for node in graph.nodes.values() if node.label in labels)
    rows = {node.key: row for row, node in enumerate(papers)}
    columns = {node.key: column for column, node in enumerate(entities)}
    pairs = [
        (rows[r.head], columns[r.tail])
        for r in graph.relationships.values()
        if r.head in rows and r.tail in columns and (types is None or r.type in types)
    ]
    places = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(places), dtype=np.int64)
    matrix = sparse.csr_array((ones, (places[:, 0], places[:, 1])), shape=(len(papers), len(entities)))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return Incidence(papers, entities, matrix)
