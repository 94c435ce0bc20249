"""The contract of a store: what every engine does alike, and the records that it answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, runtime_checkable

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PaperFacts

__all__ = ["Counts", "LoadReport", "Store", "Table"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records a load made, changed, took away, and found as they should be."""

    created: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Add count by count.

        >>> Counts(1, 2) + Counts(10, 0, 3)
        Counts(created=11, changed=2, deleted=3, unchanged=0)
        """
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.deleted + other.deleted,
            self.unchanged + other.unchanged,
        )

    def __bool__(self) -> bool:
        """Say whether anything was written.

        >>> bool(Counts(unchanged=5))
        False
        """
        return bool(self.created or self.changed or self.deleted)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, by papers, nodes (papers, entities and results) and relationships; reports add up."""

    papers: Counts = Counts()
    nodes: Counts = Counts()
    relationships: Counts = Counts()

    def __add__(self, other: LoadReport) -> LoadReport:
        """Add part by part."""
        return LoadReport(
            self.papers + other.papers, self.nodes + other.nodes, self.relationships + other.relationships
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: rows of plain Python values (str, int, float, bool, list, dict, None)."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@runtime_checkable
class Store(Protocol):
    """A graph on disk or on a server; a context manager that closes it."""

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        ...

    def close(self) -> None:
        """Give the files or the connection free."""
        ...

    def load(self, batch: Sequence[PaperFacts]) -> LoadReport:
        """Join a batch with what is stored, in one transaction: whole or absent.

        The graph depends on the facts alone, not on the order or size of batches; loading again changes nothing.

        Raises:
            StoreError: the store is open for reading only, or its disk or server fails.
            SchemaError: a text cannot be stored (a lone surrogate, an integer beyond 64 bits).

        """
        ...

    def query(self, text: str, parameters: Mapping[str, object] | None = None, *, write: bool = False) -> Table:
        """Run one Cypher statement; the engine refuses to write unless ``write``.

        Raises:
            QueryError: the statement is wrong, lacks a parameter, or would write.

        """
        ...

    def run(self, name: str, parameters: Mapping[str, object]) -> Table:
        """Run a query of the library; names of entities are resolved, text is converted to the declared types.

        Raises:
            QueryError: the query or a parameter is unknown, missing, or of the wrong type.
            NotFoundError: nothing is called by the name that a parameter gives.

        """
        ...

    def resolve(self, name: str, labels: Sequence[str]) -> str:
        """Give the key of the node of one of these labels that has this key, name or alias.

        Raises:
            NotFoundError: there is none; the text offers near names.

        """
        ...

    def resolve_all(self, name: str, labels: Sequence[str]) -> list[str]:
        """Give the keys of all nodes of these labels that a name stands for, such as a method and a data set.

        Raises:
            NotFoundError: there is none; the text offers near names.

        """
        ...

    def counts(self) -> dict[str, dict[str, int]]:
        """Count nodes by label and relationships by type, as `KnowledgeGraph.counts` does."""
        ...

    def read_graph(self) -> KnowledgeGraph:
        """Read the whole graph."""
        ...

    def manifest(self) -> dict[str, Any]:
        """Tell the versions of schema, citegraph, identity data and extractors, and the inputs loaded so far."""
        ...

    def record_input(self, name: str, digest: str, papers: int) -> None:
        """Note in the manifest that an input, with the hash of its bytes, gave this many papers."""
        ...
