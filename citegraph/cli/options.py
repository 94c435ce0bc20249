"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from citegraph.extractors import DEFAULT_MODEL, MODEL_NAMES
from citegraph.readers import FORMATS

__all__ = [
    "batch_size_option",
    "confidence_option",
    "format_option",
    "input_options",
    "label_option",
    "limit_option",
    "model_option",
    "pairs",
    "processes_option",
    "store_option",
]

Command = TypeVar("Command", bound=Callable[..., Any])

OUTPUT_FORMATS = ("table", "json", "jsonl", "csv")
ENTITY_LABELS = ("Method", "Dataset", "Benchmark", "Task", "Metric")

store_option = click.option(
    "--store",
    "-s",
    envvar="CITEGRAPH_STORE",
    default="citegraph-store",
    show_default=True,
    show_envvar=True,
    help="A folder (embedded store), or neo4j://HOST or bolt://HOST:PORT with NEO4J_USERNAME, NEO4J_PASSWORD, "
    "NEO4J_DATABASE in the environment.",
)
format_option = click.option(
    "--format",
    "-f",
    "output_format",
    type=click.Choice(OUTPUT_FORMATS),
    default="table",
    show_default=True,
    help="How to print rows.",
)
limit_option = click.option(
    "--limit", "-n", type=click.IntRange(min=1), default=20, show_default=True, help="Print at most so many rows."
)
label_option = click.option(
    "--label",
    "-l",
    type=click.Choice(ENTITY_LABELS),
    default="Benchmark",
    show_default=True,
    help="What kind of thing.",
)
processes_option = click.option(
    "--processes",
    "-j",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Extract in so many processes; the output is the same.",
)
model_option = click.option(
    "--model",
    "-m",
    type=click.Choice(MODEL_NAMES),
    default=DEFAULT_MODEL,
    show_default=True,
    help="The extraction model; later ones take longer. The accurate one is a package of its own.",
)
batch_size_option = click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Papers in one transaction.",
)
confidence_option = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out weaker edges."
)


def pairs(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Turn repeated NAME=VALUE into a dictionary, as a click callback.

    Raises:
        click.BadParameter: a value has no "=".

    """
    result = {}
    for value in values:
        name, equals, content = value.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
        result[name] = content
    return result


def input_options(command: Command) -> Command:
    """Add the options that say how to read source files."""
    for option in (
        click.option("--strict", is_flag=True, help="Stop at the first broken record."),
        click.option(
            "--column",
            "columns",
            multiple=True,
            callback=pairs,
            metavar="FIELD=NAME",
            help="Where to find a field, e.g. --column abstract=Zusammenfassung.",
        ),
        click.option(
            "--from",
            "input_format",
            type=click.Choice(list(FORMATS)),
            help="Format of the input; told from the content if not given.",
        ),
    ):
        command = option(command)
    return command
