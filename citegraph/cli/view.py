"""citegraph view."""

from __future__ import annotations

import click

from citegraph.cli.options import ENTITY_LABELS, confidence_option, store_option
from citegraph.cli.output import note

__all__ = ["view"]


def parse_years(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[int | None, int | None] | None:
    """Turn "2019:2023", "2019:", ":2023" or "2021" into a pair of years, either of which may be open.

    Raises:
        click.BadParameter: it is none of these.

    """
    if value is None:
        return None
    first, colon, last = value.partition(":")
    try:
        start = int(first) if first else None
        end = (int(last) if last else None) if colon else start
    except ValueError:
        raise click.BadParameter(f"{value!r} is not A:B, A: or :B with years") from None
    return start, end


@click.command()
@store_option
@click.option("--output", "-o", default="graph.html", show_default=True, help="The page to write.")
@click.option("--around", metavar="NAME", help="Only what is near this entity.")
@click.option("--depth", type=click.IntRange(1, 5), default=1, show_default=True, help="How many steps around it.")
@click.option("--type", "labels", multiple=True, type=click.Choice(("Paper", *ENTITY_LABELS)), help="Only these types.")
@click.option("--years", callback=parse_years, metavar="A:B", help="Only what papers of these years say.")
@confidence_option
@click.option(
    "--max-nodes", type=click.IntRange(min=1), default=300, show_default=True, help="The most connected ones."
)
@click.option("--title", default="citegraph", show_default=True, help="Title of the page.")
def view(
    store: str,
    output: str,
    around: str | None,
    depth: int,
    labels: tuple[str, ...],
    years: tuple[int | None, int | None] | None,
    min_confidence: float,
    max_nodes: int,
    title: str,
) -> None:
    """Write the graph, or a part of it, as one HTML page that needs no network.

    \b
    citegraph view
    citegraph view --around ImageNet --depth 2 -o imagenet.html
    citegraph view --type Method --type Benchmark --years 2022:
    """
    from citegraph.cypher import open_store
    from citegraph.graph.view import select_view, write_view

    with open_store(store, read_only=True) as opened:
        key = opened.resolve(around, ENTITY_LABELS) if around else None
        graph = opened.read_graph()
    selected = select_view(
        graph,
        around=key,
        depth=depth,
        labels=labels or None,
        years=years,
        min_confidence=min_confidence,
        max_nodes=max_nodes,
    )
    report = write_view(selected, output, title=title)
    note(f"{output}: {report.nodes:,} nodes, {report.relationships:,} relationships, {report.bytes / 1e6:.1f} MB")
