"""citegraph stats."""

from __future__ import annotations

import json

import click

from citegraph.cli.options import format_option, store_option
from citegraph.cli.output import print_rows

__all__ = ["stats"]


@click.command()
@store_option
@format_option
def stats(store: str, output_format: str) -> None:
    """Count nodes by label and relationships by type.

    \b
    citegraph stats
    citegraph stats --store bolt://localhost:7687 --format json
    """
    from citegraph.cypher import open_store

    with open_store(store, read_only=True) as opened:
        counts = opened.counts()
    if output_format == "json":
        click.echo(json.dumps(counts))
        return
    rows = [[kind, name, count] for kind, group in counts.items() for name, count in group.items()]
    print_rows(["kind", "name", "count"], rows, output_format)
