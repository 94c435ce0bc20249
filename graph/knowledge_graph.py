"""The knowledge graph in memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from citegraph.errors import SchemaError
from citegraph.graph.assemble import assemble, merge_paper_graphs
from citegraph.graph.identity import entity_label, preferred_name
from citegraph.graph.model import Node, PaperGraph, Relationship
from citegraph.graph.records import PaperFacts
from citegraph.graph.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["KnowledgeGraph", "join_entity"]


def join_entity(key: str, claims: Iterable[tuple[str, Iterable[str]]]) -> Node:
    """Join what papers say of one entity: each claim is the label and the surface forms that one paper gives.

    Independent of the order of the claims.
    """
    labels: set[str] = set()
    aliases: set[str] = set()
    for label, surfaces in claims:
        labels.add(label)
        aliases.update(surfaces)
    names = sorted(aliases)
    return Node(key, entity_label(key, labels), {"name": preferred_name(key, names), "aliases": names})


class KnowledgeGraph:
    """A typed graph of papers and what they say: nodes and relationships by key, each one sorted on reading."""

    def __init__(self, nodes: Iterable[Node] = (), relationships: Iterable[Relationship] = ()) -> None:
        """Take nodes and relationships as a store gives them, without checking them again."""
        self.nodes: dict[str, Node] = {node.key: node for node in sorted(nodes, key=lambda n: n.key)}
        self.relationships: dict[str, Relationship] = {
            r.key: r for r in sorted(relationships, key=lambda r: (r.type, r.head, r.tail, r.key))
        }

    @classmethod
    def from_facts(cls, facts: Iterable[PaperFacts]) -> KnowledgeGraph:
        """Build the graph of these papers; the same papers in any order, once or more, give the same graph."""
        return cls.from_papers(map(assemble, facts))

    @classmethod
    def from_papers(cls, papers: Iterable[PaperGraph]) -> KnowledgeGraph:
        """Join what each paper contributes; two records of one paper are merged first."""
        merged: dict[str, PaperGraph] = {}
        for paper in papers:
            known = merged.get(paper.paper.key)
            merged[paper.paper.key] = merge_paper_graphs(known, paper) if known else paper
        claims: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        nodes: list[Node] = []
        relationships: list[Relationship] = []
        for paper in merged.values():
            nodes += [paper.paper, *paper.results]
            relationships += paper.relationships
            for entity in paper.entities:
                claims[entity.key].append((entity.label, cast("list[str]", entity.properties["aliases"])))
        nodes += [join_entity(key, rows) for key, rows in claims.items()]
        return cls(nodes, relationships)

    def counts(self) -> dict[str, dict[str, int]]:
        """Count nodes by label and relationships by type, zeros included, in the schema's order."""
        schema = load_schema()
        labels = Counter(node.label for node in self.nodes.values())
        types = Counter(relationship.type for relationship in self.relationships.values())
        return {
            "nodes": {label: labels[label] for label in schema.nodes},
            "relationships": {type_: types[type_] for type_ in schema.relationships},
        }

    def check(self) -> None:
        """Check every node and relationship against the schema.

        Raises:
            SchemaError: a label, type, pair of ends or property does not fit, or an end of a relationship is missing.

        """
        schema = load_schema()
        for node in self.nodes.values():
            schema.check_node(node.label, node.properties)
        for r in self.relationships.values():
            if missing := {r.head, r.tail} - self.nodes.keys():
                raise SchemaError(
                    f"relationship {r.key} ({r.type}) joins {min(missing)}, which is no node of the graph"
                )
            schema.check_relationship(r.type, self.nodes[r.head].label, self.nodes[r.tail].label, r.properties)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Convert to NetworkX: nodes and edges by key; ``label``, ``type`` and the properties are attributes."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from((n.key, {"label": n.label, **n.properties}) for n in self.nodes.values())
        graph.add_edges_from(
            (r.head, r.tail, r.key, {"type": r.type, **r.properties}) for r in self.relationships.values()
        )
        return graph
