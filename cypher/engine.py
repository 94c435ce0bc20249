"""What both stores do alike, on top of `query`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from citegraph.cypher.library import Query, bind, find_query
from citegraph.cypher.lookup import resolve_all
from citegraph.cypher.store import Table
from citegraph.graph.schema import load_schema

__all__ = ["EngineStore"]


class EngineStore(ABC):
    """A store that answers Cypher: the query library, names, counts and the manifest."""

    @abstractmethod
    def close(self) -> None:
        """Give the files or the connection free."""

    @abstractmethod
    def query(self, text: str, parameters: Mapping[str, object] | None = None, *, write: bool = False) -> Table:
        """Run one Cypher statement; the engine refuses to write unless ``write``."""

    @abstractmethod
    def _text(self, query: Query) -> str:
        """Give the text of a library query for this engine."""

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def run(self, name: str, parameters: Mapping[str, object]) -> Table:
        """Run a query of the library; a column called ``label`` holds a node's label as text."""
        query = find_query(name)
        table = self.query(self._text(query), bind(query, parameters, self.resolve))
        return Table(table.columns, [_with_labels(table.columns, row) for row in table.rows])

    def resolve(self, name: str, labels: Sequence[str]) -> str:
        """Give the key of the node of one of these labels that has this key, name or alias."""
        return self.resolve_all(name, labels)[0]

    def resolve_all(self, name: str, labels: Sequence[str]) -> list[str]:
        """Give the keys of all nodes of these labels that a name stands for, the nearest first."""
        return resolve_all(lambda text, parameters: self.query(text, parameters).rows, name, labels)

    def counts(self) -> dict[str, dict[str, int]]:
        """Count nodes by label and relationships by type, zeros included, in the schema's order."""
        schema = load_schema()
        parts = [f"MATCH (n:{label}) RETURN '{label}' AS name, count(n) AS n" for label in schema.nodes]
        parts += [f"MATCH ()-[r:`{name}`]->() RETURN '{name}' AS name, count(r) AS n" for name in schema.relationships]
        found = dict(self.query(" UNION ALL ".join(parts)).rows)
        return {
            "nodes": {label: found.get(label, 0) for label in schema.nodes},
            "relationships": {type_: found.get(type_, 0) for type_ in schema.relationships},
        }

    def _extractors(self) -> list[str]:
        text = "MATCH (p:Paper) RETURN DISTINCT p.extractor AS extractor ORDER BY extractor"
        return [row[0] for row in self.query(text).rows]


def _with_labels(columns: tuple[str, ...], row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Take a label out of the list that one engine gives."""
    return tuple(
        value[0] if column == "label" and isinstance(value, list) and value else value
        for column, value in zip(columns, row, strict=True)
    )
