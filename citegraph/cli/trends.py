"""citegraph trends."""

from __future__ import annotations

import click

from citegraph.cli.options import format_option, label_option, store_option
from citegraph.cli.output import note, print_rows

__all__ = ["trends"]


@click.command()
@store_option
@label_option
@click.option("--name", "-N", "names", multiple=True, help="Only this one (may be repeated); a name, alias or key.")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="The most named ones.")
@format_option
def trends(store: str, label: str, names: tuple[str, ...], top: int, output_format: str) -> None:
    """Show by year how many papers name a thing, and how many are evaluated on it.

    \b
    citegraph trends --top 5
    citegraph trends --name ImageNet --name CIFAR-10
    citegraph trends --label Method --format csv

    The share is that of all papers of the year. Papers without a year have a row of their own.
    """
    from citegraph.cypher import open_store
    from citegraph.graph.analytics import trends as by_year

    with open_store(store, read_only=True) as opened:
        keys = {opened.resolve(name, (label,)) for name in names}
        graph = opened.read_graph()
    rows = [row for row in by_year(graph, label, None if keys else top) if not keys or row.key in keys]
    columns = ("name", "year", "papers", "evaluated", "share", "first", "last")
    print_rows(columns, [[getattr(row, column) for column in columns] for row in rows], output_format)
    undated = sum(1 for node in graph.nodes.values() if node.label == "Paper" and node.properties.get("year") is None)
    if undated:
        note(f"{undated:,} papers have no year")
