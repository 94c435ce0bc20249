"""citegraph export."""

from __future__ import annotations

import click

from citegraph.cli.options import store_option
from citegraph.cli.output import note
from citegraph.graph.export import EXPORTERS

__all__ = ["export"]


@click.command()
@store_option
@click.option(
    "--to", "target", type=click.Choice(list(EXPORTERS)), default="graphml", show_default=True, help="The format."
)
@click.option("--output", "-o", required=True, help="The file (graphml, jsonl) or folder (csv) to write.")
def export(store: str, target: str, output: str) -> None:
    """Write the whole graph for other tools.

    \b
    citegraph export --to graphml -o graph.graphml     Gephi, yEd, igraph
    citegraph export --to csv -o tables                nodes.csv, relationships.csv
    """
    from citegraph.cypher import open_store

    with open_store(store, read_only=True) as opened:
        graph = opened.read_graph()
    EXPORTERS[target](graph, output)
    note(f"{output}: {len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships")
