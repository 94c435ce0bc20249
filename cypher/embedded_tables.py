"""The embedded database's tables, made from the schema, and Arrow tables of nodes and relationships for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from citegraph.graph.model import Node, Relationship
from citegraph.graph.schema import Property, load_schema

__all__ = [
    "STATE",
    "columns",
    "definitions",
    "ends",
    "key_table",
    "node_properties",
    "node_table",
    "relationship_properties",
    "relationship_table",
]

STATE = "CitegraphState"
"""The table whose one row tells how many parts of facts the graph is made from."""

_COLUMN_TYPES: Mapping[str, str] = {"string": "STRING", "integer": "INT64", "float": "DOUBLE", "string[]": "STRING[]"}
_ARROW_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "float": pa.float64(),
    "string[]": pa.list_(pa.string()),
}


def definitions() -> Iterator[str]:
    """Give the statements that make all tables and the functions that Neo4j has and Ladybug lacks."""
    schema = load_schema()
    for label, node in schema.nodes.items():
        yield f"CREATE NODE TABLE `{label}` (`key` STRING PRIMARY KEY{_columns(node.properties)})"
    for type_, relationship in schema.relationships.items():
        pairs = ", ".join(f"FROM `{head}` TO `{tail}`" for head, tail in relationship.ends)
        yield f"CREATE REL TABLE `{type_}` ({pairs}, `key` STRING{_columns(relationship.properties)})"
    yield "CREATE MACRO type(r) AS label(r)"
    yield "CREATE MACRO toInteger(x) AS CAST(x, 'INT64')"
    yield "CREATE MACRO toFloat(x) AS CAST(x, 'DOUBLE')"
    yield f"CREATE NODE TABLE {STATE} (name STRING PRIMARY KEY, part INT64)"
    yield f"CREATE (:{STATE} {{name: 'facts', part: 0}})"


def _columns(properties: Iterable[Property]) -> str:
    return "".join(f", `{prop.name}` {_COLUMN_TYPES[prop.type]}" for prop in properties)


def ends() -> Iterator[tuple[str, str, str]]:
    """Give every (head label, type, tail label) of the schema, in its order."""
    for type_, relationship in load_schema().relationships.items():
        for head, tail in relationship.ends:
            yield head, type_, tail


def node_properties(label: str) -> tuple[Property, ...]:
    """Give the properties of a label, ``key`` first."""
    return (_KEY, *load_schema().nodes[label].properties)


def relationship_properties(type_: str) -> tuple[Property, ...]:
    """Give the properties of a type, ``key`` first."""
    return (_KEY, *load_schema().relationships[type_].properties)


def columns(variable: str, properties: Iterable[Property]) -> str:
    """Give a RETURN list of properties, each under its own name.

    >>> columns("n", [Property("key", "string", "")])
    'n.`key` AS `key`'
    """
    return ", ".join(f"{variable}.`{prop.name}` AS `{prop.name}`" for prop in properties)


def node_table(label: str, nodes: Sequence[Node]) -> pa.Table:
    """Build an Arrow table of nodes: one column for each property, typed even where all are null."""
    return _table(node_properties(label), [{**node.properties, "key": node.key} for node in nodes])


def relationship_table(type_: str, relationships: Sequence[Relationship]) -> pa.Table:
    """Build an Arrow table of relationships: ``head`` and ``tail`` (keys), then the properties."""
    rows = [{**r.properties, "key": r.key, "head": r.head, "tail": r.tail} for r in relationships]
    return _table((*_ENDS, *relationship_properties(type_)), rows)


def key_table(**values: Sequence[str]) -> pa.Table:
    """Build an Arrow table of text columns."""
    return pa.table({name: pa.array(column, pa.string()) for name, column in values.items()})


def _table(properties: Iterable[Property], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.table(
        {prop.name: pa.array([row.get(prop.name) for row in rows], _ARROW_TYPES[prop.type]) for prop in properties}
    )


_KEY = Property("key", "string", "unique in the graph")
_ENDS = (Property("head", "string", "key of the head"), Property("tail", "string", "key of the tail"))
