"""Rows to standard output, messages and progress to standard error."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

__all__ = ["note", "print_rows", "progress"]

_WIDTH_WITHOUT_TERMINAL = 140


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], output_format: str) -> None:
    """Print rows as a table, one JSON list, JSON Lines or CSV with a header."""
    if output_format == "table":
        _print_table(columns, rows)
    elif output_format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    elif output_format == "jsonl":
        for row in rows:
            click.echo(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
    else:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))


def note(message: str) -> None:
    """Write one line to standard error."""
    click.echo(message, err=True)


@contextmanager
def progress(total: int | None) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """Show a progress bar on standard error while a run goes on, if standard error is a terminal.

    Args:
        total: bytes of input, or None where that is not known.

    Yields:
        two callbacks: bytes of input consumed since the last call, and papers done so far.

    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.fields[papers]:>8,} papers"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%" if total else ""),
        TextColumn("{task.fields[rate]:>6,.0f} papers/s"),
        TimeRemainingColumn() if total else TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total, papers=0, rate=0.0)

        def on_papers(papers: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            bar.update(task, papers=papers, rate=papers / elapsed if elapsed else 0.0)

        yield lambda consumed: bar.advance(task, consumed), on_papers


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    listed = [list(row) for row in rows]
    for index, column in enumerate(columns):
        numeric = bool(listed) and all(isinstance(row[index], int | float | None) for row in listed)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*(Text(_shown(value)) for value in row))
    console.print(table)


def _shown(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, float):
        return _cell(value)
    return f"{value:.4g}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)
