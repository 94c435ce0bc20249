"""Papers -> facts -> graph -> store: the one place that joins readers, extractors, graph and stores."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citegraph.cypher import LoadReport, Store, open_store
from citegraph.extractors import DEFAULT_MODEL, extract
from citegraph.facts import read_facts
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PaperFacts
from citegraph.readers import RecordError, read_papers
from citegraph.readers.source import STDIN, source_name

__all__ = [
    "BuildReport",
    "Listener",
    "Source",
    "StoredGraph",
    "build",
    "build_store",
    "extract_facts",
    "load_store",
]

BATCH_SIZE = 1_000
"""Papers in one transaction of a store."""


@dataclass(slots=True)
class BuildReport:
    """What a run did: entries read, by source too, broken records, what was found, and what changed in the store."""

    read: int = 0
    broken: int = 0
    entities: int = 0
    relations: int = 0
    results: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    load: LoadReport = field(default_factory=LoadReport)

    def count(self, facts: PaperFacts) -> None:
        """Add one paper's facts to the counts."""
        self.read += 1
        self.sources[facts.paper.source or ""] += 1
        self.entities += len(facts.entities)
        self.relations += len(facts.relations)
        self.results += len(facts.results)


@dataclass(frozen=True, slots=True)
class Source:
    """Where papers come from: files or "-", their format (None: told from the content), names of columns."""

    paths: Sequence[str]
    format: str | None = None
    columns: Mapping[str, str] | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Listener:
    """Callbacks of a run: bytes of input consumed since the last call, papers done so far, a broken record."""

    on_bytes: Callable[[int], None] = lambda _: None
    on_papers: Callable[[int], None] = lambda _: None
    on_error: Callable[[RecordError], None] = lambda _: None


def extract_facts(
    source: Source,
    report: BuildReport,
    *,
    processes: int = 1,
    model: str = DEFAULT_MODEL,
    listener: Listener | None = None,
) -> Iterator[PaperFacts]:
    """Read and extract, one paper after the other, in the order of the sources; count into ``report``.

    Raises:
        InputError: a source cannot be read, or (``strict``) one of its records is broken.
        ExtractionError: there is no such model, or its package is not installed.

    """
    listener = listener or Listener()
    papers = read_papers(
        source.paths,
        format=source.format,
        columns=source.columns,
        on_error=_counter(report, source.strict, listener),
        on_bytes=listener.on_bytes,
    )
    yield from _counted(extract(papers, processes=processes, model=model), report, listener)


def load_store(
    paths: Sequence[str],
    store: Store,
    *,
    strict: bool = False,
    batch_size: int = BATCH_SIZE,
    listener: Listener | None = None,
) -> BuildReport:
    """Load facts files into a store; the same facts again, in any order, change nothing.

    Raises:
        InputError: a file cannot be read, or (``strict``) one of its lines is no facts record.
        StoreError: the store cannot be written.

    """
    listener = listener or Listener()
    report = BuildReport()
    for path in paths:
        before = report.read
        facts = read_facts([path], on_error=_counter(report, strict, listener), on_bytes=listener.on_bytes)
        _load(_counted(facts, report, listener), store, report, batch_size)
        _record_input(path, store, report.read - before)
    return report


def build_store(
    source: Source,
    store: Store,
    *,
    processes: int = 1,
    model: str = DEFAULT_MODEL,
    batch_size: int = BATCH_SIZE,
    listener: Listener | None = None,
) -> BuildReport:
    """Read, extract and load; the same sources again change nothing."""
    report = BuildReport()
    facts = extract_facts(source, report, processes=processes, model=model, listener=listener)
    _load(facts, store, report, batch_size)
    for path in source.paths:
        _record_input(path, store, report.sources[source_name(path)])
    return report


def _counter(report: BuildReport, strict: bool, listener: Listener) -> Callable[[RecordError], None] | None:
    def broken(error: RecordError) -> None:
        report.broken += 1
        listener.on_error(error)

    return None if strict else broken


def _counted(facts: Iterable[PaperFacts], report: BuildReport, listener: Listener) -> Iterator[PaperFacts]:
    for record in facts:
        report.count(record)
        listener.on_papers(report.read)
        yield record


def _load(facts: Iterable[PaperFacts], store: Store, report: BuildReport, batch_size: int) -> None:
    """Load a batch a transaction; each is in the store whole or not at all."""
    stream = iter(facts)
    while batch := list(itertools.islice(stream, batch_size)):
        report.load += store.load(batch)


def _record_input(path: str, store: Store, papers: int) -> None:
    """Note in the store's manifest what it was made from, with the SHA-256 of the bytes; not for standard input."""
    if path != STDIN:
        with Path(path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        store.record_input(source_name(path), digest, papers)


class StoredGraph(KnowledgeGraph):
    """The knowledge graph of a store, in memory, with the store's queries."""

    def __init__(self, store: str | Path) -> None:
        """Read the whole graph of the store at this path or URL.

        Raises:
            StoreError: there is no such store, or it cannot be opened.

        """
        self.store = store
        with open_store(store, read_only=True) as opened:
            graph = opened.read_graph()
        super().__init__(graph.nodes.values(), graph.relationships.values())

    def query(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a query of the library; entities are given by name, alias or key.

        Raises:
            QueryError: no such query, or a wrong parameter.
            NotFoundError: no entity has the name that a parameter gives.

        """
        with open_store(self.store, read_only=True) as opened:
            table = opened.run(name, parameters)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def view(self, path: str | Path, **selection: Any) -> None:  # noqa: ANN401 - the options of select_view
        """Write an interactive page; ``selection`` as in `citegraph.graph.view.select_view`."""
        from citegraph.graph.view import select_view, write_view

        write_view(select_view(self, **selection), path)


def build(
    sources: str | Path | Iterable[str | Path],
    *,
    store: str | Path | None = None,
    processes: int = 1,
    model: str = DEFAULT_MODEL,
) -> StoredGraph:
    """Build the graph of these papers, in a store that stays (``store``) or one that goes with this process.

    Raises:
        InputError: a source cannot be read.
        ExtractionError: there is no such model, or its package is not installed.

    """
    paths = [str(sources)] if isinstance(sources, str | Path) else [str(path) for path in sources]
    folder = tempfile.mkdtemp(prefix="citegraph-") if store is None else ""
    target = Path(folder) / "store" if store is None else store
    with open_store(target, create=True) as opened:
        build_store(Source(paths), opened, processes=processes, model=model)
    graph = StoredGraph(target)
    if folder:
        weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
    return graph
