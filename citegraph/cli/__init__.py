"""The command line: one command a module; `citegraph --help` is the table of contents."""

from __future__ import annotations

import click

import citegraph
from citegraph.cli.build import build
from citegraph.cli.explain import explain
from citegraph.cli.export import export
from citegraph.cli.extract import extract
from citegraph.cli.load import load
from citegraph.cli.query import query
from citegraph.cli.rank import rank
from citegraph.cli.root import RootGroup
from citegraph.cli.schema import schema
from citegraph.cli.stats import stats
from citegraph.cli.trends import trends
from citegraph.cli.view import view

__all__ = ["main"]


@click.group(cls=RootGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(citegraph.__version__, "-V", "--version", prog_name="citegraph")
def main() -> None:
    """Turn paper abstracts into a typed graph of methods, datasets and benchmarks.

    \b
    citegraph build papers.jsonl           read, extract, load: all in one
    citegraph query methods_on_benchmark -p benchmark=ImageNet
    citegraph view -o graph.html           a page to look at

    Everything runs offline, into a folder of its own or a Neo4j server (--store).
    """


for command in (build, extract, load, query, explain, stats, rank, trends, view, export, schema):
    main.add_command(command)
