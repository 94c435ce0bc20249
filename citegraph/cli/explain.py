"""citegraph explain."""

from __future__ import annotations

import json
from typing import Any

import click

from citegraph.cli.options import ENTITY_LABELS, limit_option, store_option
from citegraph.cli.output import note, print_rows

__all__ = ["explain"]


@click.command()
@click.argument("name")
@click.argument("other", required=False)
@store_option
@click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(("text", "json", "jsonl", "csv")),
    default="text",
    help="How to print sentences.",
)
@limit_option
def explain(name: str, other: str | None, store: str, output_format: str, limit: int) -> None:
    """Print the sentences that say what NAME is to OTHER, or to anything.

    \b
    citegraph explain SimCLR ImageNet
    citegraph explain "contrastive learning" --limit 5 --format json
    """
    from citegraph.cypher import open_store

    with open_store(store, read_only=True) as opened:
        keys = [opened.resolve(text, ENTITY_LABELS) for text in (name, other) if text]
        if len(keys) == 1:
            table = opened.run("evidence_of_entity", {"entity": keys[0], "limit": limit})
        else:
            table = opened.run("evidence_of_pair", {"first": keys[0], "second": keys[1], "limit": limit})
    rows = [_unfold(dict(zip(table.columns, row, strict=True))) for row in table.rows]
    if output_format == "text":
        _print_sentences(rows)
    else:
        print_rows(list(rows[0]) if rows else table.columns, [list(row.values()) for row in rows], output_format)
    if not rows:
        note("no sentence says so")


def _unfold(row: dict[str, Any]) -> dict[str, Any]:
    """Replace the evidence as JSON text by the spans of head and tail in the best sentence."""
    best = json.loads(row.pop("evidence"))[0]
    return row | {"head_spans": best["head"], "tail_spans": best["tail"]}


def _print_sentences(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True)
    for row in rows:
        year = f", {row['year']}" if row["year"] else ""
        head = "this paper" if row["head"] == row["title"] else row["head"]
        console.print(Text.assemble((f"{head} {row['type']} {row['tail']}", "bold"), f"  {row['confidence']:.2f}"))
        sentence = Text(f"  {row['sentence']}")
        for spans, style in ((row["head_spans"], "bold cyan"), (row["tail_spans"], "bold green")):
            for start, end in spans:
                sentence.stylize(style, start + 2, end + 2)
        console.print(sentence)
        console.print(Text(f"  {row['title']} ({row['paper']}{year})\n", style="dim"))
