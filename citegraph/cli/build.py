"""citegraph build."""

from __future__ import annotations

from collections.abc import Mapping

import click

from citegraph.cli.options import batch_size_option, input_options, model_option, processes_option, store_option
from citegraph.cli.report import listening, print_report

__all__ = ["build"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@store_option
@input_options
@processes_option
@model_option
@batch_size_option
def build(
    inputs: tuple[str, ...],
    store: str,
    input_format: str | None,
    columns: Mapping[str, str],
    strict: bool,
    processes: int,
    model: str,
    batch_size: int,
) -> None:
    """Read papers, extract facts, and load them into a store.

    \b
    citegraph build papers.bib reading-list.csv
    citegraph build samples/*.txt --store demo
    zcat papers.jsonl.gz | citegraph build - --store bolt://localhost:7687

    Run again with the same or more papers at any time: what is there already stays as it is.
    """
    from citegraph.cypher import open_store
    from citegraph.pipeline import Source, build_store

    source = Source(inputs, input_format, columns, strict)
    with listening(inputs) as listener, open_store(store, create=True) as opened:
        report = build_store(source, opened, processes=processes, model=model, batch_size=batch_size, listener=listener)
        counts = opened.counts()
    print_report(report, counts, store)
