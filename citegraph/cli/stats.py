"""citegraph stats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from citegraph.cli.options import format_option, store_option
from citegraph.cli.output import print_rows

if TYPE_CHECKING:
    from citegraph.graph.analytics import Summary

__all__ = ["stats"]


@click.command()
@store_option
@click.option("--coverage", is_flag=True, help="Tell too how much is known: years, confidence, extractors.")
@format_option
def stats(store: str, coverage: bool, output_format: str) -> None:
    """Count nodes by label and relationships by type.

    \b
    citegraph stats
    citegraph stats --coverage
    citegraph stats --store bolt://localhost:7687 --format json
    """
    from citegraph.cypher import open_store
    from citegraph.graph.analytics import summary

    with open_store(store, read_only=True) as opened:
        counts: dict[str, dict[str, int]] = dict(opened.counts())
        if coverage:
            counts |= _coverage(summary(opened.read_graph()))
    if output_format == "json":
        click.echo(json.dumps(counts))
        return
    rows = [[kind, name, count] for kind, group in counts.items() for name, count in group.items()]
    print_rows(["kind", "name", "count"], rows, output_format)


def _coverage(found: Summary) -> dict[str, dict[str, int]]:
    first, last = found.years or (0, 0)
    return {
        "papers": {"with a year": found.papers_with_year, "that name nothing": found.papers_without_entities},
        "years": {"first": first, "last": last} if found.years else {},
        "confidence": dict(found.confidence),
        "extractors": dict(found.extractors),
    }
