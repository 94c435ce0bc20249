"""citegraph extract."""

from __future__ import annotations

from collections.abc import Mapping

import click

from citegraph.cli.options import input_options, model_option, processes_option
from citegraph.cli.output import note
from citegraph.cli.report import listening

__all__ = ["extract"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--output", "-o", default="-", show_default=True, help="Facts file; .gz compresses; - is standard output."
)
@input_options
@processes_option
@model_option
def extract(
    inputs: tuple[str, ...],
    output: str,
    input_format: str | None,
    columns: Mapping[str, str],
    strict: bool,
    processes: int,
    model: str,
) -> None:
    """Extract facts from papers, one JSON object a line.

    \b
    citegraph extract papers.bib -o facts.jsonl
    citegraph extract papers.jsonl.gz -o facts.jsonl.gz --processes 4
    cat papers.jsonl | citegraph extract - | jq .entities

    The facts depend on the text and the extractor's version alone: same papers, same bytes.
    """
    from citegraph.facts import write_facts
    from citegraph.pipeline import BuildReport, Source, extract_facts

    report = BuildReport()
    source = Source(inputs, input_format, columns, strict)
    with listening(inputs) as listener:
        write_facts(extract_facts(source, report, processes=processes, model=model, listener=listener), output)
    note(
        f"{report.read:,} papers, {report.entities:,} entities, {report.relations:,} relations, "
        f"{report.results:,} results, {report.broken:,} broken records skipped"
    )
