"""The store on a Neo4j server, version 5."""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import neo4j
from neo4j import exceptions, graph

from citegraph.cypher.engine import EngineStore
from citegraph.cypher.facts_log import facts_lines
from citegraph.cypher.library import Query
from citegraph.cypher.manifest import check_manifest, new_manifest, with_input
from citegraph.cypher.neo4j_graph import Neo4jGraph, constraints
from citegraph.cypher.plan import merge_batch, plan_changes
from citegraph.cypher.store import LoadReport, Table
from citegraph.cypher.text import check_statement
from citegraph.cypher.values import plain, record
from citegraph.errors import CitegraphError, QueryError, StoreError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Node, Relationship
from citegraph.graph.records import PaperFacts
from citegraph.graph.schema import load_schema

__all__ = ["Neo4jStore", "open_neo4j"]

_T = TypeVar("_T")

_TIMEOUT = 10.0
"""Seconds to wait for a connection."""
_FIND = "MATCH (m:CitegraphManifest {key: 'manifest'}) RETURN m.content"
_WRITE = "MERGE (m:CitegraphManifest {key: 'manifest'}) SET m.content = $content"
_LOCK = "MATCH (m:CitegraphManifest {key: 'manifest'}) SET m.locked = true REMOVE m.locked"
_UNKNOWN_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"


def open_neo4j(url: str, *, create: bool = False, read_only: bool = False) -> Neo4jStore:
    """Open the store in a Neo4j database; ``create`` makes it where the database holds no graph of papers.

    Raises:
        StoreError: the server, the login or the database is wrong, or the store cannot be used.

    """
    _check_address(url)
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    store = Neo4jStore(url, os.environ.get("NEO4J_DATABASE") or "neo4j", read_only=read_only)
    try:
        store.prepare(create=create and not read_only)
    except BaseException:
        store.close()
        raise
    return store


def _check_address(url: str) -> None:
    if "@" in url:
        raise StoreError("the address of a server must hold no login; set NEO4J_USERNAME and NEO4J_PASSWORD")


class Neo4jStore(EngineStore):
    """A store in one database of a Neo4j server."""

    def __init__(self, url: str, database: str, *, read_only: bool) -> None:
        """Make a driver, without connecting; see `open_neo4j`."""
        self.url = url
        self.database = database
        self.read_only = read_only
        login = os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ.get("NEO4J_PASSWORD", "")
        with self._failures():
            self._driver = neo4j.GraphDatabase.driver(
                url, auth=login, connection_timeout=_TIMEOUT, notifications_min_severity="OFF"
            )

    def close(self) -> None:
        """Close all connections; closing twice is allowed."""
        self._driver.close()

    def prepare(self, *, create: bool) -> None:
        """Check the manifest; with ``create`` write it, and the constraints and indexes, where there is none."""
        try:
            with self._failures():
                self._driver.verify_connectivity()
        except ValueError as error:
            raise StoreError(f"the address {self.url} is wrong: {_first_line(error)}") from None
        stored = self._read_manifest()
        if stored is None:
            self._check_empty()
            if not create:
                raise StoreError(f"no store in {self._where}; make one with citegraph build")
            self._constrain()
            self._write(lambda tx: tx.run(_WRITE, content=json.dumps(new_manifest())).consume())
        else:
            check_manifest(stored, self._where, "citegraph load FACTS --store NEW (an empty database)")

    def load(self, batch: Sequence[PaperFacts]) -> LoadReport:
        """Join a batch with what is stored, in one transaction; writers wait for each other."""
        papers = merge_batch(batch)
        if not papers:
            return LoadReport()

        def work(transaction: neo4j.ManagedTransaction) -> LoadReport:
            transaction.run(_LOCK).consume()
            stored = Neo4jGraph(transaction)
            changes = plan_changes(papers, stored)
            facts_lines(facts for facts in batch if facts.paper.key in changes.papers)
            stored.apply(changes)
            return changes.report

        return self._write(work)

    def query(self, text: str, parameters: Mapping[str, object] | None = None, *, write: bool = False) -> Table:
        """Run one Cypher statement; reading ones in a session in which the server refuses to write."""
        parameters = parameters or {}
        check_statement(text, parameters)

        def work(transaction: neo4j.ManagedTransaction) -> Table:
            result = transaction.run(text, dict(parameters))
            columns = tuple(result.keys())
            return Table(columns, [tuple(plain(value, _graph_value) for value in row.values()) for row in result])

        try:
            return self._write(work, QueryError) if write else self._read(work, QueryError)
        except (TypeError, ValueError, OverflowError) as error:
            raise QueryError(f"a parameter cannot be sent: {_first_line(error)}") from None

    def read_graph(self) -> KnowledgeGraph:
        """Read the whole graph."""

        def work(transaction: neo4j.ManagedTransaction) -> tuple[list[Node], list[Relationship]]:
            stored = Neo4jGraph(transaction)
            return list(stored.all_nodes()), list(stored.all_relationships())

        return KnowledgeGraph(*self._read(work))

    def manifest(self) -> dict[str, Any]:
        """Tell versions, extractors and inputs."""
        return (self._read_manifest() or {}) | {"extractors": self._extractors()}

    def record_input(self, name: str, digest: str, papers: int) -> None:
        """Note an input in the manifest's node."""

        def work(transaction: neo4j.ManagedTransaction) -> None:
            transaction.run(_LOCK).consume()
            stored = transaction.run(_FIND).single(strict=True)[0]
            content = json.dumps(with_input(json.loads(stored), name, digest, papers))
            transaction.run(_WRITE, content=content).consume()

        self._write(work)

    @property
    def _where(self) -> str:
        return f"{self.url} (database {self.database})"

    def _text(self, query: Query) -> str:
        return query.text

    def _read_manifest(self) -> dict[str, Any] | None:
        with self._failures():
            row = self._read(lambda tx: tx.run(_FIND).single())
        return cast("dict[str, Any]", json.loads(row[0])) if row else None

    def _check_empty(self) -> None:
        labels = "|".join(load_schema().nodes)
        if self._read(lambda tx: tx.run(f"MATCH (n:{labels}) RETURN n.key LIMIT 1").single()):
            raise StoreError(f"{self._where} holds another graph of papers or methods; give another database")

    def _constrain(self) -> None:
        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                for text in constraints():
                    session.run(text).consume()
        except exceptions.Forbidden:
            warnings.warn(
                f"{self._where} does not let this user make constraints; loads and queries will be slow", stacklevel=3
            )

    def _read(self, work: Callable[[neo4j.ManagedTransaction], _T], refusal: type[CitegraphError] = StoreError) -> _T:
        with self._failures(refusal), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def _write(self, work: Callable[[neo4j.ManagedTransaction], _T], refusal: type[CitegraphError] = StoreError) -> _T:
        if self.read_only:
            raise StoreError(f"the store in {self._where} is open for reading only; open it for writing")
        with self._failures(refusal), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self.database, default_access_mode=access)

    @contextmanager
    def _failures(self, refusal: type[CitegraphError] = StoreError) -> Iterator[None]:
        """Turn failures into errors that say what to do; ``refusal`` is for a statement that the server refuses."""
        try:
            yield
        except exceptions.ServiceUnavailable:
            raise StoreError(
                f"no Neo4j server answers at {self.url}; start it (docker compose up --wait), or correct the address"
            ) from None
        except exceptions.AuthError:
            raise StoreError(
                f"the server at {self.url} refuses the login; set NEO4J_USERNAME and NEO4J_PASSWORD"
            ) from None
        except exceptions.ConfigurationError as error:
            raise StoreError(f"the address {self.url} is wrong: {_first_line(error)}") from None
        except exceptions.ClientError as error:
            if error.code == _UNKNOWN_DATABASE:
                raise StoreError(
                    f"the server at {self.url} has no database {self.database}; set NEO4J_DATABASE to one that it has"
                ) from None
            raise refusal(_first_line(error)) from None
        except (exceptions.DriverError, exceptions.Neo4jError) as error:
            raise StoreError(f"{self._where} failed: {_first_line(error)}; run it again") from None


def _first_line(error: Exception) -> str:
    message = error.message if isinstance(error, exceptions.Neo4jError) else str(error)
    return (message or str(error)).strip().partition("\n")[0]


def _graph_value(value: Any) -> Any:  # noqa: ANN401
    """Turn the driver's nodes, relationships and paths into the dicts that both engines give."""
    if isinstance(value, graph.Node):
        return record(next(iter(sorted(value.labels)), ""), "label", value)
    if isinstance(value, graph.Relationship):
        return record(value.type, "type", value)
    if isinstance(value, graph.Path):
        return {"nodes": list(value.nodes), "relationships": list(value.relationships)}
    return value
