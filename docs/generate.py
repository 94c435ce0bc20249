"""Write what the code itself dictates into the pages: references, and the output of examples.

Run as ``python -m docs.generate``; with ``--check`` it only tells whether the pages are current.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from citegraph.cli import main
from citegraph.cypher import Parameter, Query, queries
from citegraph.graph.schema import NodeType, Property, RelationshipType, load_schema
from docs.examples import with_console_output, with_example_facts
from docs.quality import quality_page

DOCS = Path(__file__).parent
ROOT = DOCS.parent
WIDTH = 100
NOTICE = "<!-- Written by `make docs` from the code; do not edit. -->\n"


def cli_page() -> str:
    """Render the help of every command, as `citegraph COMMAND --help` prints it at 100 columns."""
    parts = [NOTICE, "# Command line\n", "`citegraph COMMAND --help` prints the same.\n"]
    for path, command, context in walk(
        main, click.Context(main, info_name="citegraph", **main.context_settings, **context_settings())
    ):
        parts += [f"## {path}\n", f"```text\n{command.get_help(context).rstrip()}\n```\n"]
    return "\n".join(parts)


def context_settings() -> dict[str, Any]:
    """Give the settings that fix the width of help texts."""
    return {"terminal_width": WIDTH, "max_content_width": WIDTH}


def walk(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield (full name, command, context) of a command and of all commands below it, in their order."""
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from walk(inner, click.Context(inner, context, name, **context_settings()))


def schema_page() -> str:
    """Render labels, relationship types, what they join, and their properties."""
    schema = load_schema()
    parts = [
        NOTICE,
        "# Schema of the graph\n",
        f"Version {schema.version}, from `graph/schema.toml`. Every node and relationship also has a `key`, "
        "a string unique in the graph. Offsets count Unicode code points, the end excluded.\n",
        "## Nodes\n",
        table(("label", "what it is"), [(code(node.label), node.about) for node in schema.nodes.values()]),
        "## Relationships\n",
        table(("type", "from → to", "what it says"), [ends_row(type_) for type_ in schema.relationships.values()]),
        "## Properties of nodes\n",
        *property_sections(schema.nodes),
        "## Properties of relationships\n",
        *property_sections(schema.relationships),
    ]
    return "\n".join(parts)


def ends_row(type_: RelationshipType) -> tuple[str, str, str]:
    """Give one row of the table of relationships; targets of one source stand together."""
    tails: dict[str, list[str]] = {}
    for head, tail in type_.ends:
        tails.setdefault(head, []).append(tail)
    joined = "; ".join(f"{head} → {', '.join(targets)}" for head, targets in tails.items())
    return code(type_.type), joined, type_.about


def property_sections(owners: Mapping[str, NodeType] | Mapping[str, RelationshipType]) -> Iterator[str]:
    """Yield a heading and a table for each set of properties; owners that share one stand in one heading."""
    groups: dict[tuple[Property, ...], list[str]] = {}
    for name, owner in owners.items():
        if owner.properties:
            groups.setdefault(owner.properties, []).append(name)
    for properties, names in groups.items():
        yield f"### {', '.join(names)}\n"
        rows = [(code(p.name), p.type, "yes" if p.index else "", p.about) for p in properties]
        yield table(("property", "type", "indexed", "what it is"), rows)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Render a Markdown table; a bar inside a cell is escaped."""
    lines = [header, ["---"] * len(header), *rows]
    rendered = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    rendered[1] = "|" + "---|" * len(header)
    return "\n".join(rendered) + "\n"


def code(text: str) -> str:
    """Set a text as code."""
    return f"`{text}`"


def queries_page() -> str:
    """Render the query library: purpose, parameters, columns and text of each query."""
    parts = [
        NOTICE,
        "# Query library\n",
        "Run one with `citegraph query NAME --param NAME=VALUE`; `citegraph query --list` prints the names. Entities "
        "are given by name, alias or key. The answers are the same on the embedded store and on Neo4j.\n",
        table(("query", "what it answers"), [(f"[{code(q.name)}](#{q.name})", q.purpose) for q in queries().values()]),
    ]
    for query in queries().values():
        parts += [f"## {query.name}\n", f"{query.purpose}\n", *parameter_table(query)]
        parts += [f"Columns: {', '.join(map(code, query.columns))}.\n", f"```cypher\n{query.text}\n```\n"]
        if query.embedded:
            parts += ["On the embedded store:\n", f"```cypher\n{query.embedded}\n```\n"]
    return "\n".join(parts)


def parameter_table(query: Query) -> Iterator[str]:
    """Yield the table of a query's parameters, or nothing where it has none."""
    rows = [(code(p.name), p.type, default_of(p), p.about) for p in query.parameters]
    if rows:
        yield table(("parameter", "type", "default", "what it is"), rows)


def default_of(parameter: Parameter) -> str:
    """Give a parameter's default as JSON, or say that it is required or may be left out."""
    if parameter.required:
        return "required"
    return "may be left out" if parameter.default is None else code(json.dumps(parameter.default))


def readme_page() -> str:
    """Render README.md with what its commands print now."""
    return with_console_output((ROOT / "README.md").read_text("utf-8"))


def guide_page() -> str:
    """Render the guide with the example facts as they are extracted now."""
    return with_example_facts((DOCS / "guide.md").read_text("utf-8"))


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/schema.md": schema_page,
    "docs/queries.md": queries_page,
    "docs/quality.md": quality_page,
    "docs/guide.md": guide_page,
    "README.md": readme_page,
}


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail where a page differs from what the code says.")
def generate(check: bool) -> None:
    """Write what the code dictates into the pages."""
    stale = {name: text for name, render in PAGES.items() if not is_current(name, text := render())}
    if check and stale:
        raise click.ClickException(f"{', '.join(stale)} differ from what the code says; run `make docs`")
    for name, text in stale.items():
        (ROOT / name).write_text(text, "utf-8")
        click.echo(f"wrote {name}")


def is_current(name: str, text: str) -> bool:
    """Tell whether a page is there and says this text."""
    path = ROOT / name
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    generate()
