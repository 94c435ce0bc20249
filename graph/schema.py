"""The graph's schema, read from schema.toml: what may join what, and with which properties."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from citegraph.errors import SchemaError

__all__ = ["NodeType", "Property", "RelationshipType", "Schema", "load_schema"]

_PYTHON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "float": (float, int),
    "string[]": list,
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its type is string, integer, float or string[]."""

    name: str
    type: str
    about: str
    index: bool = False


@dataclass(frozen=True, slots=True)
class NodeType:
    """A node label and its properties beside ``key``; ``named`` where it stands for an entity that papers name."""

    label: str
    about: str
    named: bool
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type, the pairs of labels that it may join, its properties beside ``key``.

    ``stated`` where a paper states it, with evidence.
    """

    type: str
    about: str
    stated: bool
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """All labels and types, by name, in the order of the file."""

    version: int
    nodes: Mapping[str, NodeType]
    relationships: Mapping[str, RelationshipType]

    @property
    def named_labels(self) -> tuple[str, ...]:
        """The labels of entities that papers name: Method, Dataset, Benchmark, Task, Metric."""
        return tuple(label for label, node in self.nodes.items() if node.named)

    def check_node(self, label: str, properties: Mapping[str, Any]) -> None:
        """Check a node's label and properties.

        Raises:
            SchemaError: the label or a property is unknown, or a value has the wrong type.

        """
        if label not in self.nodes:
            raise SchemaError(f"unknown label {label!r}; the schema has {', '.join(self.nodes)}")
        _check_properties(label, self.nodes[label].properties, properties)

    def check_relationship(self, type_: str, head: str, tail: str, properties: Mapping[str, Any]) -> None:
        """Check a relationship's type, the labels of its ends, and its properties.

        Raises:
            SchemaError: the type is unknown, may not join these labels, or a property is wrong.

        """
        if type_ not in self.relationships:
            raise SchemaError(f"unknown relationship type {type_!r}; the schema has {', '.join(self.relationships)}")
        if (head, tail) not in self.relationships[type_].ends:
            raise SchemaError(f"{type_} may not join {head} to {tail}")
        _check_properties(type_, self.relationships[type_].properties, properties)


def _check_properties(owner: str, declared: tuple[Property, ...], properties: Mapping[str, Any]) -> None:
    types = {prop.name: prop.type for prop in declared}
    for name, value in properties.items():
        if name not in types:
            raise SchemaError(f"{owner} has no property {name!r}")
        if value is not None and (not isinstance(value, _PYTHON_TYPES[types[name]]) or isinstance(value, bool)):
            raise SchemaError(f"{owner}.{name} must be of type {types[name]}, not {value!r}")


def _properties(table: Mapping[str, Mapping[str, Any]]) -> tuple[Property, ...]:
    return tuple(Property(name, row["type"], row["about"], row.get("index", False)) for name, row in table.items())


@cache
def load_schema() -> Schema:
    """Read the schema that ships with the package.

    >>> load_schema().relationships["PROPOSES"].ends
    (('Paper', 'Method'),)
    """
    data = tomllib.loads(resources.files(__package__).joinpath("schema.toml").read_text("utf-8"))
    named, stated = (_properties(data[part]["properties"]) for part in ("named", "stated"))
    nodes = {
        label: NodeType(
            label,
            row["about"],
            row.get("named", False),
            (named if row.get("named") else ()) + _properties(row.get("properties", {})),
        )
        for label, row in data["nodes"].items()
    }
    relationships = {
        type_: RelationshipType(
            type_,
            row["about"],
            row.get("stated", False),
            tuple((head, tail) for head, tail in row["ends"]),
            (stated if row.get("stated") else ()) + _properties(row.get("properties", {})),
        )
        for type_, row in data["relationships"].items()
    }
    return Schema(data["version"], nodes, relationships)
