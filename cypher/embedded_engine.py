"""The embedded engine, Ladybug: one database file, opened, asked and written in transactions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import ladybug

from citegraph.cypher.store import Table
from citegraph.cypher.values import plain, record
from citegraph.errors import QueryError, StoreError

__all__ = ["Engine", "LockedError", "UnreadableError"]

_ADDRESS_SPACE = 2**38
"""Bytes that the database file may grow to: reserved addresses, no memory."""
_SMALLEST_POOL = 2**28
_LARGEST_POOL = 2**31
_LEAST_LOG = 2**27
"""Bytes of log after which the engine rewrites the tables that changed, while the database is smaller than that."""
_HOLDER = re.compile(r"held by PID (\d+)")
_UNREADABLE = ("checkpoint recovery is pending", "the WAL file is corrupted", "Reading past the end of the file")


class LockedError(StoreError):
    """Another process has the database open for writing."""


class UnreadableError(StoreError):
    """A writer rewrites the database, or was interrupted in that; then it must be opened for writing once."""


class Engine:
    """An open database; statements that fail raise StoreError, those of a user QueryError."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Open the database, or make an empty one.

        The log of a writer, alive or interrupted, may have a torn end; what was committed before it is read.

        Raises:
            LockedError: another process writes.
            UnreadableError: it cannot be read right now.
            StoreError: the file is damaged.

        """
        self.path = path
        try:
            self._database = ladybug.Database(
                path,
                read_only=read_only,
                buffer_pool_size=_pool_size(),
                max_db_size=_ADDRESS_SPACE,
                checkpoint_threshold=_LEAST_LOG,
                throw_on_wal_replay_failure=False,
            )
            self._connection = ladybug.Connection(self._database)
        except RuntimeError as error:
            raise self._refusal(error, read_only) from None

    def close(self) -> None:
        """Close the database; closing twice is allowed."""
        self._connection.close()
        self._database.close()

    def execute(self, text: str, parameters: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401
        """Run a statement of our own and return the engine's result."""
        try:
            return self._connection.execute(text, dict(parameters or {}))
        except RuntimeError as error:
            _pass_on_interrupt(error)
            raise StoreError(f"the store at {self.path.parent} failed: {_first_line(error)}") from None

    def answer(self, text: str, parameters: Mapping[str, object]) -> Table:
        """Run a user's statement and return its rows as plain values."""
        try:
            result = cast("ladybug.QueryResult", self._connection.execute(text, dict(parameters)))
            columns = tuple(result.get_column_names())
            rows = result.get_all() if columns else []
        except (RuntimeError, ValueError, TypeError) as error:
            _pass_on_interrupt(error)
            raise QueryError(_first_line(error)) from None
        return Table(columns, [tuple(_value(c, v) for c, v in zip(columns, row, strict=True)) for row in rows])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block writes, or nothing of it."""
        self.execute("BEGIN TRANSACTION")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with suppress(StoreError):
                self.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Run the block in a transaction in which the engine refuses to write."""
        self.execute("BEGIN TRANSACTION READ ONLY")
        try:
            yield
        finally:
            with suppress(StoreError):
                self.execute("ROLLBACK")

    def let_log_grow(self) -> None:
        """Let the log grow to the size of the database before it is rewritten, so that long loads stay linear."""
        self.execute(f"CALL checkpoint_threshold={max(_LEAST_LOG, self.path.stat().st_size)}")

    def log_size(self) -> int:
        """Give the bytes of log that closing the database will write into it."""
        log = self.path.with_name(self.path.name + ".wal")
        return log.stat().st_size if log.exists() else 0

    def _refusal(self, error: RuntimeError, read_only: bool) -> StoreError:
        folder = self.path.parent
        holder = _HOLDER.search(str(error))
        if holder:
            return LockedError(f"the store at {folder} is being written by process {holder[1]}; wait until it ends")
        if read_only and any(words in str(error) for words in _UNREADABLE):
            return UnreadableError(
                f"the store at {folder} is being rewritten, or its writer was interrupted; try again"
            )
        return StoreError(
            f"cannot open the store at {folder}: {_first_line(error)}; "
            f"if it is damaged, rebuild it: citegraph load {folder / 'facts'} --store NEW"
        )


def _pool_size() -> int:
    """Give the database a quarter of the memory, within bounds (bytes)."""
    if not hasattr(os, "sysconf"):
        return _SMALLEST_POOL
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(_SMALLEST_POOL, min(_LARGEST_POOL, memory // 4))


def _pass_on_interrupt(error: Exception) -> None:
    """Raise Ctrl-C again, which the engine wraps when it comes while it calls Python."""
    if str(error).startswith("KeyboardInterrupt"):
        raise KeyboardInterrupt from None


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
