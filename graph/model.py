"""Nodes, relationships, and what one paper contributes to the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["RESOURCE_LABELS", "Node", "PaperGraph", "Properties", "Relationship", "Value"]

Value: TypeAlias = str | int | float | list[str] | None
Properties: TypeAlias = Mapping[str, Value]

RESOURCE_LABELS = ("Dataset", "Benchmark")
"""The two labels of one class: a resource is a Benchmark where any paper scores on it, else a Dataset."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node; ``key`` is unique in the whole graph, whatever the label; None values are left out of ``properties``."""

    key: str
    label: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Relationship:
    """A directed relationship between the nodes with keys ``head`` and ``tail``; ``key`` is unique in the graph."""

    key: str
    type: str
    head: str
    tail: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class PaperGraph:
    """All that one paper contributes: its own node, the entities it names, its results, its relationships.

    ``entities`` carry the aliases and the label that this paper alone gives; a graph or store joins them with
    those of other papers. Every entity is the tail of at least one relationship from the paper's node, and
    every relationship belongs to this paper alone.
    """

    paper: Node
    entities: tuple[Node, ...]
    results: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
