"""citegraph schema."""

from __future__ import annotations

import click

from citegraph.cli.options import format_option
from citegraph.cli.output import print_rows

__all__ = ["schema"]


@click.command()
@format_option
def schema(output_format: str) -> None:
    """Print the graph's schema: what may join what.

    \b
    citegraph schema
    citegraph schema --format json
    """
    from citegraph.graph.schema import load_schema

    loaded = load_schema()
    rows: list[list[object]] = [
        ["node", label, "", [prop.name for prop in node.properties], node.about] for label, node in loaded.nodes.items()
    ]
    for type_, relationship in loaded.relationships.items():
        ends = [f"{head}->{tail}" for head, tail in relationship.ends]
        rows.append(["relationship", type_, ends, [p.name for p in relationship.properties], relationship.about])
    print_rows(["kind", "name", "joins", "properties", "about"], rows, output_format)
