"""citegraph explain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from citegraph.cli.options import ENTITY_LABELS, limit_option, store_option
from citegraph.cli.output import note, print_rows

if TYPE_CHECKING:
    from rich.text import Text

    from citegraph.cypher import Statement

__all__ = ["explain"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


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
    show_default=True,
    help="How to print sentences.",
)
@limit_option
def explain(name: str, other: str | None, store: str, output_format: str, limit: int) -> None:
    """Print the sentences that say what NAME is to OTHER, or to anything.

    \b
    citegraph explain SimCLR ImageNet
    citegraph explain "contrastive learning" --limit 5 --format json

    With OTHER, these are the sentences of relationships in either direction, of results of the one on or by the
    other, and those in which a paper relates to both; the newest first. The two names and the words that say so are
    coloured and underlined, or, where the output is no terminal, [names] stand in brackets and *words* in stars.

    A name that stands for several things, such as a method and a data set, stands for all of them; a key for one.
    """
    from citegraph.cypher import Statement, evidence_between, evidence_of, open_store

    with open_store(store, read_only=True) as opened:
        keys = opened.resolve_all(name, ENTITY_LABELS)
        if other is None:
            found = evidence_of(opened, keys, limit + 1)
        else:
            found = evidence_between(opened, keys, opened.resolve_all(other, ENTITY_LABELS), limit + 1)
    rows = found[:limit]
    if output_format == "text":
        _print_statements(rows)
    else:
        columns = Statement.__slots__
        print_rows(columns, [[getattr(row, column) for column in columns] for row in rows], output_format)
    if not rows:
        note("no sentence says so")
    elif len(found) > limit:
        note(f"the first {limit}; --limit prints more")


def _print_statements(rows: Iterable[Statement]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    for row in rows:
        year = f", {row.year}" if row.year else ""
        sentence = _styled(row) if console.color_system else Text(_bracketed(row))
        console.print(Text.assemble((_heading(row), "bold"), f"  {row.confidence:.2f}"))
        console.print(Text("  ") + sentence)
        console.print(Text(f"  {_shown(row.title)} ({row.paper}{year})\n", style="dim"))


def _heading(row: Statement) -> str:
    """Say in the schema's words what the sentence says.

    A relationship is "head TYPE tail", a result "value metric ROLE head ROLE tail", a paper that relates to both
    "this paper ROLE head, ROLE tail".
    """
    roles = row.type.split(", ")
    if len(roles) == 1:
        return f"{'this paper' if row.head == row.title else row.head} {row.type} {row.tail}"
    ends = list(zip(roles, (row.head, row.tail), strict=True))
    if row.value is None:
        return "this paper " + ", ".join(f"{role} {end}" for role, end in ends)
    places = "".join(f" {role} {end}" for role, end in ends if role != "MEASURED_BY")
    return f"{row.value}{f' {row.metric}' if row.metric else ''}{places}, {row.kind}"


def _styled(row: Statement) -> Text:
    from rich.text import Text

    text = Text(_shown(row.sentence))
    for spans, style in (
        (row.head_spans, "bold cyan"), (row.tail_spans, "bold green"), (row.cue_spans, "underline"),
    ):  # fmt: skip
        for start, stop in spans:
            text.stylize(style, start, stop)
    return text


def _bracketed(row: Statement) -> str:
    """Put names into brackets and the cue into stars, the shorter span inside the longer."""
    spans = {(start, stop, 0) for start, stop in (*row.head_spans, *row.tail_spans)}
    spans |= {(start, stop, 1) for start, stop in row.cue_spans}
    marks = [(start, 1, -stop, kind, "[*"[kind]) for start, stop, kind in spans]
    marks += [(stop, 0, -start, -kind, "]*"[kind]) for start, stop, kind in spans]
    text = _shown(row.sentence)
    for place, *_, mark in sorted(marks, reverse=True):
        text = text[:place] + mark + text[place:]
    return text


def _shown(text: str) -> str:
    """Keep control characters from the terminal, and every other one in its place."""
    return _CONTROL.sub(" ", text)
