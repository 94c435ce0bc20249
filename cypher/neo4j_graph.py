"""Nodes and relationships in and out of Neo4j, in rows of ten thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import neo4j

from citegraph.cypher.plan import Changes, Claim, Placed, by_ends, by_label, keys_by_label
from citegraph.graph.model import Node, Properties, Relationship
from citegraph.graph.schema import load_schema

__all__ = ["ROWS", "Neo4jGraph", "constraints"]

ROWS = 10_000
"""Rows of one statement: more gain nothing and cost the server memory."""


def constraints() -> Iterator[str]:
    """Give the statements that make keys unique and index what the schema says."""
    for label, node in load_schema().nodes.items():
        yield f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE"
        for prop in node.properties:
            if prop.index:
                name = f"{label.lower()}_{prop.name}"
                yield f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{prop.name})"


class Neo4jGraph:
    """The stored graph as a plan of changes sees it (`citegraph.cypher.plan.Stored`), and the writes of a plan."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def papers(self, keys: Collection[str]) -> dict[str, Properties]:
        """Read the properties of those of these papers that are stored."""
        return {node.key: node.properties for node in self._nodes("Paper", keys)}

    def entities(self, keys: Collection[str]) -> dict[str, Node]:
        """Read those of these entities that are stored."""
        return {node.key: node for label, own in keys_by_label(keys) for node in self._nodes(label, own)}

    def contributions(self, papers: Collection[str]) -> tuple[list[Node], list[Placed]]:
        """Read the results of these papers, and all relationships that belong to them."""
        own = list(self._edges("UNWIND $rows AS k MATCH (h:Paper {key: k})-[r]->(t)", papers))
        results = [placed.relationship.tail for placed in own if placed.relationship.type == "REPORTS"]
        links = self._edges("UNWIND $rows AS k MATCH (h:Result {key: k})-[r]->(t)", results)
        methods = {
            (placed.relationship.head, placed.relationship.tail) for placed in own if placed.tail_label == "Method"
        }
        rows = [{"p": paper, "k": method} for paper, method in sorted(methods)]
        text = "UNWIND $rows AS row MATCH (h:Method {key: row.k})-[r]->(t) WHERE r.paper = row.p"
        return list(self._nodes("Result", results)), [*own, *links, *self._edges(text, rows)]

    def claims(self, entities: Collection[str], without: Collection[str]) -> dict[str, list[Claim]]:
        """Read what papers, but not those in ``without``, say of these entities."""
        found: dict[str, list[Claim]] = defaultdict(list)
        hidden = set(without)
        for label in load_schema().named_labels:
            text = f"UNWIND $rows AS k MATCH (n:{label} {{key: k}})<-[r]-(:Paper) RETURN k, "
            for key, paper, tail_label, surfaces in self._read(f"{text} r.paper, r.tail_label, r.surfaces", entities):
                if paper not in hidden:
                    found[key].append((tail_label, surfaces))
        return found

    def all_nodes(self) -> Iterator[Node]:
        """Read every node."""
        for label in load_schema().nodes:
            for (properties,) in self._run(f"MATCH (n:{label}) RETURN properties(n)"):
                yield _node(label, properties)

    def all_relationships(self) -> Iterator[Relationship]:
        """Read every relationship."""
        for type_ in load_schema().relationships:
            for head, tail, properties in self._run(f"MATCH (h)-[r:{type_}]->(t) RETURN h.key, t.key, properties(r)"):
                yield _relationship(type_, head, tail, properties)

    def apply(self, changes: Changes) -> None:
        """Write the changes; nodes before relationships."""
        for ends, placed in by_ends(changes.delete_relationships).items():
            self._delete_relationships(ends, placed)
        for label, nodes in by_label(changes.delete_nodes).items():
            self._write(f"UNWIND $rows AS k MATCH (n:{label} {{key: k}}) DELETE n", [node.key for node in nodes])
        for before, after in changes.move_nodes:
            text = f"UNWIND $rows AS row MATCH (n:{before.label} {{key: row.key}}) REMOVE n:{before.label} "
            self._write(f"{text} SET n:{after.label} SET n = row", [_row(after)])
        for label, nodes in by_label(changes.set_nodes).items():
            text = f"UNWIND $rows AS row MATCH (n:{label} {{key: row.key}}) SET n = row"
            self._write(text, [_row(node) for node in nodes])
        for label, nodes in by_label(changes.create_nodes).items():
            self._write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", [_row(node) for node in nodes])
        for ends, placed in by_ends(changes.create_relationships).items():
            self._create_relationships(ends, placed)

    def _create_relationships(self, ends: tuple[str, str, str], placed: list[Placed]) -> None:
        head, type_, tail = ends
        text = (
            f"UNWIND $rows AS row MATCH (h:{head} {{key: row.head}}) MATCH (t:{tail} {{key: row.tail}}) "
            f"CREATE (h)-[r:{type_}]->(t) SET r = row.properties"
        )
        self._write(text, [_edge_row(p.relationship) for p in placed])

    def _delete_relationships(self, ends: tuple[str, str, str], placed: list[Placed]) -> None:
        head, type_, tail = ends
        text = (
            f"UNWIND $rows AS row MATCH (h:{head} {{key: row.head}}) MATCH (t:{tail} {{key: row.tail}}) "
            f"MATCH (h)-[r:{type_} {{key: row.key}}]->(t) DELETE r"
        )
        rows = [{"head": p.relationship.head, "tail": p.relationship.tail, "key": p.relationship.key} for p in placed]
        self._write(text, rows)

    def _nodes(self, label: str, keys: Collection[str]) -> Iterator[Node]:
        text = f"UNWIND $rows AS k MATCH (n:{label} {{key: k}}) RETURN properties(n)"
        for (properties,) in self._read(text, keys):
            yield _node(label, properties)

    def _edges(self, match: str, rows: Iterable[object]) -> Iterator[Placed]:
        text = f"{match} RETURN type(r), h.key, labels(h), t.key, labels(t), properties(r)"
        for type_, head, head_labels, tail, tail_labels, properties in self._read(text, rows):
            yield Placed(_relationship(type_, head, tail, properties), head_labels[0], tail_labels[0])

    def _read(self, text: str, rows: Iterable[object]) -> Iterator[list[Any]]:
        for part in _parts(list(rows)):
            yield from self._run(text, rows=part)

    def _write(self, text: str, rows: Sequence[object]) -> None:
        for part in _parts(rows):
            self._transaction.run(text, rows=part).consume()

    def _run(self, text: str, **parameters: object) -> Iterator[list[Any]]:
        for answer in self._transaction.run(text, parameters):
            yield answer.values()


def _parts(rows: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]


def _row(node: Node) -> dict[str, object]:
    return {"key": node.key, **node.properties}


def _edge_row(relationship: Relationship) -> dict[str, object]:
    properties = {"key": relationship.key, **relationship.properties}
    return {"head": relationship.head, "tail": relationship.tail, "properties": properties}


def _node(label: str, properties: dict[str, object]) -> Node:
    key = cast("str", properties.pop("key"))
    return Node(key, label, cast("Properties", properties))


def _relationship(type_: str, head: str, tail: str, properties: Mapping[str, object]) -> Relationship:
    rest = {name: value for name, value in properties.items() if name != "key"}
    return Relationship(cast("str", properties["key"]), type_, head, tail, cast("Properties", rest))
