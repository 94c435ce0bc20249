"""The embedded store: a folder with the facts, the graph database made from them, and a manifest.

The facts are the truth. A batch is first written as a part, then committed to the database together with the
number of that part; whatever interrupts this, opening for writing brings the database up to the last part.
"""

from __future__ import annotations

import errno
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from citegraph.cypher.embedded_engine import Engine, LockedError, UnreadableError
from citegraph.cypher.embedded_graph import EmbeddedGraph
from citegraph.cypher.embedded_tables import STATE, definitions
from citegraph.cypher.engine import EngineStore
from citegraph.cypher.facts_log import (
    check_parts,
    facts_lines,
    part_path,
    read_parts,
    remove_temporary,
    write_atomically,
    write_part,
)
from citegraph.cypher.library import Query
from citegraph.cypher.manifest import check_manifest, new_manifest, with_input
from citegraph.cypher.plan import Changes, merge_batch, plan_changes
from citegraph.cypher.store import LoadReport, Table
from citegraph.cypher.text import check_statement
from citegraph.errors import StoreError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PaperFacts

__all__ = ["EmbeddedStore", "open_embedded"]

_MANIFEST = "manifest.json"
_DATABASE = "graph.lbug"
_FACTS = "facts"
_PATIENCE = 30.0
"""Seconds that a reader waits while a writer rewrites the database."""
_GROWTH = 8
"""Bytes that the database may need for a byte of facts, at most, as measured."""


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
    return _open_for_reading(folder) if read_only else EmbeddedStore(folder, read_only=False)


def _open_for_reading(folder: Path) -> EmbeddedStore:
    """Open a store that a writer may be rewriting (then wait), or may have left half rewritten (then recover it)."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return EmbeddedStore(folder, read_only=True)
        except UnreadableError:
            try:
                EmbeddedStore(folder, read_only=False).close()
            except LockedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


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
        if read_only and not (folder / _DATABASE).exists():
            raise StoreError(f"the store at {folder} is empty; fill it with citegraph build")
        self._engine = Engine(folder / _DATABASE, read_only=read_only)
        try:
            if not read_only:
                self._make_tables()
            check_parts(folder / _FACTS, self._part())
            if not read_only:
                self._catch_up()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the database; closing twice is allowed."""
        self._engine.close()

    def load(self, batch: Sequence[PaperFacts]) -> LoadReport:
        """Join a batch with what is stored: its facts become a part, its changes one transaction."""
        self._check_writable()
        papers = merge_batch(batch)
        if not papers:
            return LoadReport()
        self._engine.let_log_grow()
        with self._engine.transaction():
            changes = plan_changes(papers, EmbeddedGraph(self._engine.execute))
            if changes.papers:
                self._write(batch, changes)
        return changes.report

    def query(self, text: str, parameters: Mapping[str, object] | None = None, *, write: bool = False) -> Table:
        """Run one Cypher statement; reading ones in a transaction in which the engine refuses to write."""
        parameters = parameters or {}
        check_statement(text, parameters)
        if write:
            self._check_writable()
            return self._engine.answer(text, parameters)
        with self._engine.reading():
            return self._engine.answer(text, parameters)

    def read_graph(self) -> KnowledgeGraph:
        """Read the whole graph."""
        graph = EmbeddedGraph(self._engine.execute)
        return KnowledgeGraph(graph.all_nodes(), graph.all_relationships())

    def facts(self) -> Iterator[PaperFacts]:
        """Read the facts that the graph is made from, in the order in which they were loaded."""
        return read_parts(self.folder / _FACTS, 1, self._part())

    def manifest(self) -> dict[str, Any]:
        """Tell versions, extractors and inputs."""
        stored: dict[str, Any] = json.loads((self.folder / _MANIFEST).read_text("utf-8"))
        return stored | {"extractors": self._extractors()}

    def record_input(self, name: str, digest: str, papers: int) -> None:
        """Note an input in manifest.json."""
        self._check_writable()
        path = self.folder / _MANIFEST
        stored = json.loads(path.read_text("utf-8"))
        with self._disk():
            write_atomically(path, _encode(with_input(stored, name, digest, papers)))

    def _text(self, query: Query) -> str:
        return query.embedded or query.text

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"the store at {self.folder} is open for reading only; open it for writing")

    def _write(self, batch: Sequence[PaperFacts], changes: Changes) -> None:
        """Write the part, then the changes; a commit that fails leaves the part, for the next opening."""
        number = self._part() + 1
        lines = facts_lines(facts for facts in batch if facts.paper.key in changes.papers)
        with self._disk():
            self._check_space(sum(map(len, lines)))
            write_part(self.folder / _FACTS, number, lines)
        try:
            self._apply(changes, number)
        except BaseException:
            part_path(self.folder / _FACTS, number).unlink()
            raise

    def _apply(self, changes: Changes, number: int) -> None:
        EmbeddedGraph(self._engine.execute).apply(changes)
        self._engine.execute(f"MATCH (s:{STATE} {{name: 'facts'}}) SET s.part = $part", {"part": number})

    def _check_space(self, size: int) -> None:
        """Keep the engine from a full disk, which it does not survive.

        Raises:
            OSError: ENOSPC, where the disk has less room than the batch (``size`` bytes) and the log may need.

        """
        if shutil.disk_usage(self.folder).free < _GROWTH * size + self._engine.log_size():
            raise OSError(errno.ENOSPC, "too little room")

    def _make_tables(self) -> None:
        """Make the tables of a new database; all or none."""
        tables = self._engine.execute("CALL show_tables() RETURN name").get_all()
        if [STATE] not in tables:
            with self._engine.transaction():
                for text in definitions():
                    self._engine.execute(text)

    def _catch_up(self) -> None:
        """Load the parts that were written and never committed, since something interrupted the load."""
        folder = self.folder / _FACTS
        remove_temporary(folder)
        number = self._part() + 1
        while part_path(folder, number).exists():
            with self._engine.transaction():
                papers = merge_batch(read_parts(folder, number, number))
                self._apply(plan_changes(papers, EmbeddedGraph(self._engine.execute)), number)
            number += 1

    def _part(self) -> int:
        return int(self._engine.execute(f"MATCH (s:{STATE} {{name: 'facts'}}) RETURN s.part").get_all()[0][0])

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = "the disk is full; free some space and run again" if error.errno == errno.ENOSPC else error.strerror
            raise StoreError(
                f"cannot write the store at {self.folder}: {what} (what was loaded before is whole)"
            ) from None
