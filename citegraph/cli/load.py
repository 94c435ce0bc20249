"""citegraph load."""

from __future__ import annotations

import click

from citegraph.cli.options import batch_size_option, store_option
from citegraph.cli.report import listening, print_report

__all__ = ["load"]


@click.command()
@click.argument("facts", nargs=-1, required=True, metavar="FACTS...")
@store_option
@click.option("--strict", is_flag=True, help="Stop at the first broken line.")
@batch_size_option
def load(facts: tuple[str, ...], store: str, strict: bool, batch_size: int) -> None:
    """Load facts files into a store.

    \b
    citegraph load facts.jsonl --store bolt://localhost:7687
    citegraph load old-store/facts --store new-store

    Facts may come in any order, any number of times: the graph is the same.
    """
    from citegraph.cypher import open_store
    from citegraph.facts import facts_files
    from citegraph.pipeline import load_store

    files = facts_files(facts)
    with listening(files) as listener, open_store(store, create=True) as opened:
        report = load_store(files, opened, strict=strict, batch_size=batch_size, listener=listener)
        counts = opened.counts()
    print_report(report, counts, store)
