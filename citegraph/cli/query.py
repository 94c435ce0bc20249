"""citegraph query."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from citegraph.cli.options import format_option, pairs, store_option
from citegraph.cli.output import note, print_rows

__all__ = ["query"]


def complete_name(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of the library's queries to the shell."""
    from citegraph.cypher import queries

    return [CompletionItem(q.name, help=q.purpose) for q in queries().values() if q.name.startswith(incomplete)]


@click.command()
@click.argument("name", required=False, shell_complete=complete_name)
@click.option("--param", "-p", "parameters", multiple=True, callback=pairs, metavar="NAME=VALUE", help="A parameter.")
@click.option("--limit", "-n", type=click.IntRange(min=1), help="Print at most so many rows.")
@click.option("--list", "list_", is_flag=True, help="List the queries with their parameters.")
@click.option("--cypher", metavar="TEXT", help="Your own statement; @FILE reads it from a file, - from standard input.")
@click.option("--write", is_flag=True, help="Let --cypher change the store.")
@store_option
@format_option
def query(
    name: str | None,
    parameters: Mapping[str, str],
    limit: int | None,
    list_: bool,
    cypher: str | None,
    write: bool,
    store: str,
    output_format: str,
) -> None:
    """Run a query of the library, or your own Cypher.

    \b
    citegraph query --list
    citegraph query methods_on_benchmark --param benchmark=ImageNet
    citegraph query benchmarks_by_year --limit 5 --format csv
    citegraph query --cypher 'MATCH (t:Task) RETURN t.name ORDER BY t.name' --format jsonl

    An entity is given by its name, an alias, or its key. Your own Cypher only reads unless --write is given; its
    parameters are JSON values (--param n=5), or text.
    """
    from citegraph.cypher import open_store, portability_warnings

    if list_:
        _print_library(output_format)
        return
    if (name is None) == (cypher is None):
        raise click.UsageError("give the NAME of a query (see --list), or --cypher TEXT")
    if write and cypher is None:
        raise click.UsageError("--write goes with --cypher")
    with open_store(store, read_only=not write) as opened:
        if cypher is not None:
            statement = _statement(cypher)
            if "://" not in store:
                for warning in portability_warnings(statement):
                    note(f"warning: {warning}")
            values = {key: _json_or_text(value) for key, value in parameters.items()}
            table = opened.query(statement, values, write=write)
        else:
            assert name is not None
            table = opened.run(name, dict(parameters) | ({"limit": limit} if limit else {}))
    rows = table.rows[:limit] if limit else table.rows
    print_rows(table.columns, rows, output_format)
    if output_format == "table":
        note(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}")


def _print_library(output_format: str) -> None:
    from citegraph.cypher import queries

    rows = [
        [
            q.name,
            [f"{p.name}: {p.type}" + ("" if p.required else f" = {json.dumps(p.default)}") for p in q.parameters],
            q.purpose,
        ]
        for q in queries().values()
    ]
    print_rows(["query", "parameters", "purpose"], rows, output_format)


def _statement(cypher: str) -> str:
    if cypher == "-":
        return sys.stdin.read()
    if cypher.startswith("@"):
        return Path(cypher[1:]).read_text("utf-8")
    return cypher


def _json_or_text(value: str) -> object:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
