"""Nodes and relationships in and out of the embedded database, in bulk, as Arrow tables.

Rows come by ``LOAD FROM``, not ``COPY``: measured on batches of 1,000 papers that is three times as fast, since a
COPY makes every commit rewrite the tables that it touches, while this is appended to the log; and it refuses a key
that is stored already, where a COPY from Arrow kills the process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from citegraph.cypher.embedded_tables import (
    columns,
    ends,
    key_table,
    node_properties,
    node_table,
    relationship_properties,
    relationship_table,
)
from citegraph.cypher.plan import Changes, Claim, Placed, by_ends, by_label, keys_by_label
from citegraph.graph.model import Node, Properties, Relationship
from citegraph.graph.schema import Property, load_schema

__all__ = ["EmbeddedGraph", "Execute"]

Execute: TypeAlias = Callable[[str, Mapping[str, object]], Any]
"""Runs a statement with parameters and returns the engine's result."""

_ROWS = 50_000
"""Rows of an Arrow table: its text columns stay far below Arrow's limit of 2 GiB."""


class EmbeddedGraph:
    """The stored graph as a plan of changes sees it (`citegraph.cypher.plan.Stored`), and the writes of a plan."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    def papers(self, keys: Collection[str]) -> dict[str, Properties]:
        """Read the properties of those of these papers that are stored."""
        return {node.key: node.properties for node in self._nodes("Paper", keys)}

    def entities(self, keys: Collection[str]) -> dict[str, Node]:
        """Read those of these entities that are stored."""
        return {node.key: node for label, own in keys_by_label(keys) for node in self._nodes(label, own)}

    def contributions(self, papers: Collection[str]) -> tuple[list[Node], list[Placed]]:
        """Read the results of these papers, and all relationships that belong to them."""
        own = list(self._from_heads("Paper", papers))
        results = [placed.relationship.tail for placed in own if placed.relationship.type == "REPORTS"]
        methods = [
            (placed.relationship.head, placed.relationship.tail) for placed in own if placed.tail_label == "Method"
        ]
        links = self._from_heads("Result", results)
        return list(self._nodes("Result", results)), [*own, *links, *self._from_methods(methods)]

    def claims(self, entities: Collection[str], without: Collection[str]) -> dict[str, list[Claim]]:
        """Read what papers, but not those in ``without``, say of these entities."""
        found: dict[str, list[Claim]] = defaultdict(list)
        hidden = set(without)
        returned = "r.`paper` AS paper, t.`key` AS tail, r.`tail_label` AS label, r.`surfaces` AS surfaces"
        for head, type_, tail in ends():
            if head == "Paper" and tail != "Result":
                text = f"MATCH (h:Paper)-[r:`{type_}`]->(t:`{tail}` {{key: tail}}) RETURN {returned}"
                for row in self._read(text, tail=list(entities)):
                    if row["paper"] not in hidden:
                        found[row["tail"]].append((row["label"], row["surfaces"]))
        return found

    def all_nodes(self) -> Iterator[Node]:
        """Read every node."""
        for label in load_schema().nodes:
            properties = node_properties(label)
            for row in _rows(self._execute(f"MATCH (n:`{label}`) RETURN {columns('n', properties)}", {})):
                yield _node(label, row)

    def all_relationships(self) -> Iterator[Relationship]:
        """Read every relationship."""
        for head, type_, tail in ends():
            text = f"MATCH (h:`{head}`)-[r:`{type_}`]->(t:`{tail}`) RETURN {_edge_columns(type_)}"
            for row in _rows(self._execute(text, {})):
                yield _relationship(type_, row)

    def apply(self, changes: Changes) -> None:
        """Write the changes; the caller holds the transaction."""
        self._delete_relationships(changes.delete_relationships)
        for label, nodes in by_label(changes.delete_nodes).items():
            self._load_from(f"MATCH (n:`{label}` {{key: k}}) DELETE n", k=[node.key for node in nodes])
        self._move(changes.move_nodes)
        for label, nodes in by_label(changes.set_nodes).items():
            self._set(label, nodes)
        for label, nodes in by_label(changes.create_nodes).items():
            self._create(label, nodes)
        for (head, type_, tail), placed in by_ends(changes.create_relationships).items():
            self._connect(head, type_, tail, [p.relationship for p in placed])

    def _nodes(self, label: str, keys: Collection[str]) -> Iterator[Node]:
        text = f"MATCH (n:`{label}` {{key: k}}) RETURN {columns('n', node_properties(label))}"
        for row in self._read(text, k=list(keys)):
            yield _node(label, row)

    def _from_heads(self, head: str, keys: Collection[str]) -> Iterator[Placed]:
        for head_label, type_, tail in ends():
            if head_label == head:
                text = f"MATCH (h:`{head}` {{key: k}})-[r:`{type_}`]->(t:`{tail}`) RETURN {_edge_columns(type_)}"
                for row in self._read(text, k=list(keys)):
                    yield Placed(_relationship(type_, row), head, tail)

    def _from_methods(self, pairs: list[tuple[str, str]]) -> Iterator[Placed]:
        """Read the relationships of methods that belong to a paper: pairs of paper key and method key."""
        unique = sorted(set(pairs))
        papers, methods = [paper for paper, _ in unique], [method for _, method in unique]
        for head, type_, tail in ends():
            if head == "Method":
                text = f"MATCH (h:Method {{key: k}})-[r:`{type_}`]->(t:`{tail}`) WHERE r.`paper` = p"
                for row in self._read(f"{text} RETURN {_edge_columns(type_)}", p=papers, k=methods):
                    yield Placed(_relationship(type_, row), head, tail)

    def _delete_relationships(self, gone: list[Placed]) -> None:
        for (head, type_, tail), placed in by_ends(gone).items():
            text = f"MATCH (:`{head}` {{key: h}})-[r:`{type_}`]->(:`{tail}` {{key: t}}) WHERE r.`key` = k DELETE r"
            keys = [p.relationship.key for p in placed]
            heads, tails = [p.relationship.head for p in placed], [p.relationship.tail for p in placed]
            self._load_from(text, h=heads, t=tails, k=keys)

    def _move(self, moved: list[tuple[Node, Node]]) -> None:
        """Give nodes another label: a new row in another table, all their relationships, then the old row goes."""
        by_labels: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for before, after in moved:
            by_labels[before.label, after.label].append(after)
        for (before_label, after_label), nodes in by_labels.items():
            keys = [node.key for node in nodes]
            self._create(after_label, nodes)
            for head, type_, tail in ends():
                if tail == before_label:
                    text = f"MATCH (h:`{head}`)-[r:`{type_}`]->(t:`{tail}` {{key: k}}) RETURN {_edge_columns(type_)}"
                    rows = [_relationship(type_, row) for row in self._read(text, k=keys)]
                    self._connect(head, type_, after_label, rows)
            self._load_from(f"MATCH (n:`{before_label}` {{key: k}}) DETACH DELETE n", k=keys)

    def _set(self, label: str, nodes: list[Node]) -> None:
        names = [prop.name for prop in node_properties(label) if prop.name != "key"]
        values = ", ".join(f"n.`{name}` = `{name}`" for name in names)
        for part in _parts(nodes):
            self._execute(
                f"LOAD FROM $rows MATCH (n:`{label}` {{key: key}}) SET {values}", {"rows": node_table(label, part)}
            )

    def _create(self, label: str, nodes: list[Node]) -> None:
        text = f"LOAD FROM $rows CREATE (:`{label}` {{{_same_names(node_properties(label))}}})"
        for part in _parts(nodes):
            self._execute(text, {"rows": node_table(label, part)})

    def _connect(self, head: str, type_: str, tail: str, relationships: list[Relationship]) -> None:
        text = (
            f"LOAD FROM $rows MATCH (h:`{head}` {{key: head}}) MATCH (t:`{tail}` {{key: tail}}) "
            f"CREATE (h)-[:`{type_}` {{{_same_names(relationship_properties(type_))}}}]->(t)"
        )
        for part in _parts(relationships):
            self._execute(text, {"rows": relationship_table(type_, part)})

    def _load_from(self, text: str, **values: Sequence[str]) -> None:
        self._execute(f"LOAD FROM $rows {text}", {"rows": key_table(**values)})

    def _read(self, text: str, **values: Sequence[str]) -> Iterator[dict[str, Any]]:
        if all(values.values()):
            yield from _rows(self._execute(f"LOAD FROM $rows {text}", {"rows": key_table(**values)}))


def _rows(result: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - the engine's result
    table = result.get_as_arrow(_ROWS)
    names = table.column_names
    for batch in table.to_batches():
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield dict(zip(names, values, strict=True))


def _edge_columns(type_: str) -> str:
    return "h.`key` AS head, t.`key` AS tail, " + columns("r", relationship_properties(type_))


def _same_names(properties: Iterable[Property]) -> str:
    return ", ".join(f"`{prop.name}`: `{prop.name}`" for prop in properties)


def _node(label: str, row: dict[str, Any]) -> Node:
    key = row.pop("key")
    return Node(key, label, {name: value for name, value in row.items() if value is not None})


def _relationship(type_: str, row: dict[str, Any]) -> Relationship:
    key, head, tail = row.pop("key"), row.pop("head"), row.pop("tail")
    return Relationship(key, type_, head, tail, {name: value for name, value in row.items() if value is not None})


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), _ROWS):
        yield rows[start : start + _ROWS]
