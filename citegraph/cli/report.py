"""What a run shows: its progress, the records that it skips, and the summary at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from citegraph.cli.output import note, print_rows, progress

if TYPE_CHECKING:
    from citegraph.pipeline import BuildReport, Listener

__all__ = ["listening", "print_report"]


@contextmanager
def listening(inputs: Sequence[str]) -> Iterator[Listener]:
    """Show the progress of a run over these inputs, and name each broken record on standard error.

    Raises:
        InputError: an input is missing or a folder.

    """
    from citegraph.pipeline import Listener
    from citegraph.readers import total_bytes

    with progress(total_bytes(inputs)) as (on_bytes, on_papers):
        yield Listener(on_bytes, on_papers, lambda error: note(f"skipped {error}"))


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
