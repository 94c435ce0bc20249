"""The summary that build and load print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from citegraph.cli.output import print_rows

if TYPE_CHECKING:
    from citegraph.pipeline import BuildReport

__all__ = ["print_report"]


def print_report(report: BuildReport, counts: Mapping[str, Mapping[str, int]], store: str) -> None:
    """Print what a run read, found and changed, and what the store holds now."""
    held = counts["nodes"]
    print_rows(
        ["in the store", "count"], [[kind, n] for group in counts.values() for kind, n in group.items()], "table"
    )
    click.echo(
        f"{report.read + report.broken:,} entries read: {report.read:,} extracted, {report.broken:,} broken; "
        f"{held['Paper']:,} different papers stored in {store}"
    )
    click.echo(f"found {report.entities:,} entities, {report.relations:,} relations, {report.results:,} results")
    papers, nodes, edges = report.load.papers, report.load.nodes, report.load.relationships
    click.echo(
        f"papers: {papers.created:,} created, {papers.changed:,} changed; nodes: {nodes.created:,} created, "
        f"{nodes.changed:,} changed, {nodes.deleted:,} deleted; relationships: {edges.created:,} created, "
        f"{edges.changed:,} changed, {edges.deleted:,} deleted"
    )
