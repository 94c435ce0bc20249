"""citegraph rank."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import click

from citegraph.cli.options import format_option, label_option, limit_option, store_option
from citegraph.cli.output import print_rows

__all__ = ["rank"]


@click.command()
@store_option
@label_option
@click.option(
    "--by",
    "measure",
    type=click.Choice(("papers", "pagerank", "co-use")),
    default="papers",
    show_default=True,
    help="Papers that name it; PageRank on the graph of papers and entities; pairs evaluated on by the same papers.",
)
@limit_option
@format_option
def rank(store: str, label: str, measure: str, limit: int, output_format: str) -> None:
    """Rank methods, datasets, benchmarks, tasks or metrics.

    \b
    citegraph rank
    citegraph rank --label Method --by pagerank --limit 50 --format csv
    citegraph rank --by co-use
    """
    from citegraph.cypher import open_store
    from citegraph.graph import analytics

    measures: Mapping[str, Callable[..., list[Any]]] = {
        "papers": analytics.degree,
        "pagerank": analytics.pagerank,
        "co-use": analytics.co_use,
    }
    with open_store(store, read_only=True) as opened:
        graph = opened.read_graph()
    rows = measures[measure](graph, label=label)
    columns = [field.name for field in dataclasses.fields(rows[0])] if rows else []
    print_rows(columns, [dataclasses.astuple(row) for row in rows[:limit]], output_format)
