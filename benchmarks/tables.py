"""Tables of figures, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

__all__ = ["WIDTH", "Table", "figure", "markdown", "show"]

WIDTH = 100


class Table(NamedTuple):
    """A title, the names of the columns, and rows of cells; the first column is text, the others are figures."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def figure(value: float | None, sign: bool = False) -> str:
    """Give a share with three decimals; a dash where there is none.

    >>> figure(0.71249), figure(None), figure(0.0104, sign=True), figure(-0.0001, sign=True)
    ('0.712', '-', '+0.010', '±0.000')
    """
    if value is None:
        return "-"
    if not sign:
        return f"{value:.3f}"
    return f"{value:+.3f}" if round(value, 3) else "±0.000"


def markdown(table: Table) -> str:
    r"""Render a table for a page, without its title.

    >>> print(markdown(Table("", ("what", "F1"), [("a|b", "0.5")])))
    | what | F1 |
    |---|---:|
    | a\|b | 0.5 |
    """
    rows = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in (table.header, *table.rows)]
    rule = "|---|" + "---:|" * (len(table.header) - 1)
    return "\n".join([f"| {rows[0]} |", rule, *(f"| {row} |" for row in rows[1:])])


def show(tables: Sequence[Table]) -> None:
    """Print tables to standard output, 100 columns wide."""
    console = Console(width=WIDTH, highlight=False, markup=False)
    for table in tables:
        shown = RichTable(title=table.title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for number, name in enumerate(table.header):
            shown.add_column(name, justify="right" if number else "left", no_wrap=not number)
        for row in table.rows:
            shown.add_row(*map(Text, row))
        console.print(shown)
