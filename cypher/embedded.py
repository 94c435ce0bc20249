"""The embedded store: a folder with the facts, the graph database made from them, and a manifest."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import ladybug

from citegraph.cypher.embedded_graph import EmbeddedGraph
from citegraph.cypher.embedded_tables import STATE, definitions
from citegraph.cypher.engine import EngineStore
from citegraph.cypher.facts_log import (
    check_parts,
    facts_lines,
    read_parts,
    remove_leftovers,
    write_atomically,
    write_part,
)
from citegraph.cypher.library import Query
from citegraph.cypher.manifest import check_manifest, new_manifest, with_input
from citegraph.cypher.plan import Changes, merge_batch, plan_changes
from citegraph.cypher.store import LoadReport, Table
from citegraph.cypher.text import check_statement
from citegraph.cypher.values import plain, record
from citegraph.errors import QueryError, StoreError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PaperFacts

__all__ = ["EmbeddedStore", "open_embedded"]

_MANIFEST = "manifest.json"
_DATABASE = "graph.lbug"
_FACTS = "facts"
_ADDRESS_SPACE = 2**38
"""Bytes that the database file may grow to: reserved addresses, no memory."""
_SMALLEST_POOL = 2**28
_LARGEST_POOL = 2**31
_LOG_SIZE = 2**27
"""Bytes of log after which the engine rewrites the tables that changed, which takes seconds."""
_HOLDER = re.compile(r"held by PID (\d+)")


def open_embedded(folder: Path, *, create: bool = False, read_only: bool = False) -> EmbeddedStore:
    """Open the store in a folder; ``create`` makes it where there is none.

    Raises:
        StoreError: there is no store, the folder is something else, or the store cannot be used.

    """
    try:
        if not (folder / _MANIFEST).is_file():
            _create(folder, create and not read_only)
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except json.JSONDecodeError:
        raise StoreError(f"{folder / _MANIFEST} is damaged; build a new store from {folder / _FACTS}") from None
    except OSError as error:
        raise StoreError(f"cannot open the store at {folder}: {error.strerror}") from None
    check_manifest(manifest, str(folder), f"citegraph load {folder / _FACTS} --store NEW")
    return EmbeddedStore(folder, read_only=read_only)


def _create(folder: Path, allowed: bool) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is no citegraph store and not empty; give another path")
    if not allowed:
        raise StoreError(f"no store at {folder}; make one with citegraph build")
    (folder / _FACTS).mkdir(parents=True)
    write_atomically(folder / _MANIFEST, _encode(new_manifest()))


def _encode(manifest: Mapping[str, Any]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


class EmbeddedStore(EngineStore):
    """A store in a folder; one process writes, others read what was there when they opened it."""

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        """Open the database; see `open_embedded`."""
        self.folder = folder
        self.read_only = read_only
        self._database, self._connection = _connect(folder, read_only)
        try:
            if not read_only:
                self._prepare()
            check_parts(folder / _FACTS, self._part())
            if not read_only:
                remove_leftovers(folder / _FACTS, self._part())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the database; closing twice is allowed."""
        self._connection.close()
        self._database.close()

    def load(self, batch: Sequence[PaperFacts]) -> LoadReport:
        """Join a batch with what is stored: its facts become a part, its changes one transaction."""
        if self.read_only:
            raise StoreError(f"the store at {self.folder} is open for reading only; open it for writing")
        papers = merge_batch(batch)
        if not papers:
            return LoadReport()
        with self._transaction():
            changes = plan_changes(papers, EmbeddedGraph(self._execute))
            if changes.papers:
                self._write(batch, changes)
        return changes.report

    def query(self, text: str, parameters: Mapping[str, object] | None = None, *, write: bool = False) -> Table:
        """Run one Cypher statement; reading ones in a transaction in which the engine refuses to write."""
        parameters = parameters or {}
        check_statement(text, parameters)
        if write and self.read_only:
            raise StoreError(f"the store at {self.folder} is open for reading only; open it for writing")
        if write:
            return self._answer(text, parameters)
        self._execute("BEGIN TRANSACTION READ ONLY")
        try:
            return self._answer(text, parameters)
        finally:
            with suppress(StoreError):
                self._execute("ROLLBACK")

    def read_graph(self) -> KnowledgeGraph:
        """Read the whole graph."""
        graph = EmbeddedGraph(self._execute)
        return KnowledgeGraph(graph.all_nodes(), graph.all_relationships())

    def facts(self) -> Iterator[PaperFacts]:
        """Read the facts that the graph is made from, in the order in which they were loaded."""
        return read_parts(self.folder / _FACTS, self._part())

    def manifest(self) -> dict[str, Any]:
        """Tell versions, extractors and inputs."""
        stored: dict[str, Any] = json.loads((self.folder / _MANIFEST).read_text("utf-8"))
        return stored | {"extractors": self._extractors()}

    def record_input(self, name: str, digest: str, papers: int) -> None:
        """Note an input in manifest.json."""
        if self.read_only:
            raise StoreError(f"the store at {self.folder} is open for reading only; open it for writing")
        path = self.folder / _MANIFEST
        stored = json.loads(path.read_text("utf-8"))
        with self._disk():
            write_atomically(path, _encode(with_input(stored, name, digest, papers)))

    def _text(self, query: Query) -> str:
        return query.embedded or query.text

    def _write(self, batch: Sequence[PaperFacts], changes: Changes) -> None:
        number = self._part() + 1
        lines = facts_lines(facts for facts in batch if facts.paper.key in changes.papers)
        with self._disk():
            write_part(self.folder / _FACTS, number, lines)
        EmbeddedGraph(self._execute).apply(changes)
        self._execute(f"MATCH (s:{STATE} {{name: 'facts'}}) SET s.part = $part", {"part": number})

    def _prepare(self) -> None:
        """Make the tables of a new database; all or none."""
        tables = self._execute("CALL show_tables() RETURN name").get_all()
        if [STATE] not in tables:
            with self._transaction():
                for text in definitions():
                    self._execute(text)

    def _part(self) -> int:
        return int(self._execute(f"MATCH (s:{STATE} {{name: 'facts'}}) RETURN s.part").get_all()[0][0])

    def _answer(self, text: str, parameters: Mapping[str, object]) -> Table:
        try:
            result = _run(self._connection, text, parameters)
            columns = tuple(result.get_column_names())
            rows = result.get_all() if columns else []
        except (RuntimeError, ValueError, TypeError) as error:
            raise QueryError(_first_line(error)) from None
        return Table(columns, [tuple(_value(c, v) for c, v in zip(columns, row, strict=True)) for row in rows])

    def _execute(self, text: str, parameters: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401
        try:
            return _run(self._connection, text, parameters or {})
        except RuntimeError as error:
            raise StoreError(f"the store at {self.folder} failed: {_first_line(error)}") from None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._execute("BEGIN TRANSACTION")
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            with suppress(StoreError):
                self._execute("ROLLBACK")
            raise

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = "the disk is full; free some space and run again" if error.errno == errno.ENOSPC else error.strerror
            raise StoreError(
                f"cannot write the store at {self.folder}: {what} (what was loaded before is whole)"
            ) from None


def _connect(folder: Path, read_only: bool) -> tuple[Any, Any]:
    path = folder / _DATABASE
    if read_only and not path.exists():
        raise StoreError(f"the store at {folder} is empty; fill it with citegraph build")
    try:
        database = ladybug.Database(
            path,
            read_only=read_only,
            buffer_pool_size=_pool_size(),
            max_db_size=_ADDRESS_SPACE,
            checkpoint_threshold=_LOG_SIZE,
        )
        return database, ladybug.Connection(database)
    except RuntimeError as error:
        holder = _HOLDER.search(str(error))
        if holder:
            raise StoreError(
                f"the store at {folder} is being written by process {holder[1]}; wait until it ends"
            ) from None
        raise StoreError(
            f"cannot open the store at {folder}: {_first_line(error)}; "
            f"if it is damaged, rebuild it: citegraph load {folder / _FACTS} --store NEW"
        ) from None


def _pool_size() -> int:
    """Give the database a quarter of the memory, within bounds (bytes)."""
    if not hasattr(os, "sysconf"):
        return _SMALLEST_POOL
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_SMALLEST_POOL, min(_LARGEST_POOL, memory // 4))


def _run(connection: Any, text: str, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401
    return connection.execute(text, dict(parameters))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _value(column: str, value: Any) -> Any:  # noqa: ANN401
    """Give a value its plain form; a column called ``labels`` is a list, as on Neo4j."""
    value = plain(value, _graph_value)
    return [value] if column == "labels" and isinstance(value, str) else value


def _graph_value(value: Any) -> Any:  # noqa: ANN401
    """Turn the engine's dicts of nodes, relationships and paths into those that both engines give."""
    if not isinstance(value, dict):
        return value
    if "_NODES" in value:
        return {"nodes": value["_NODES"], "relationships": value["_RELS"]}
    if "_LABEL" in value:
        properties = {name: part for name, part in value.items() if name not in ("_ID", "_LABEL", "_SRC", "_DST")}
        return record(value["_LABEL"], "type" if "_SRC" in value else "label", properties)
    return value
