"""Files of a whole graph for other tools: GraphML, JSON lines, CSV. The same graph always gives the same bytes."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from citegraph.files import replaced, unwritable
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Properties, Value
from citegraph.graph.schema import NodeType, RelationshipType, load_schema

__all__ = ["EXPORTERS", "Exporter", "write_csv", "write_graphml", "write_jsonl"]

Exporter: TypeAlias = Callable[[KnowledgeGraph, str | Path], None]

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GRAPHML_TYPES = {"integer": "long", "float": "double", "string[]": "string"}
_ATTRIBUTES = {"id": "identifier"}
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


def write_graphml(graph: KnowledgeGraph, path: str | Path) -> None:
    r"""Write one GraphML file, as NetworkX, igraph, Gephi and yEd read it, in constant memory.

    Node and edge ids are the keys; the attribute ``label`` is a node's label, ``type`` a relationship's type. A
    paper's ``id`` is called ``identifier``, because readers keep ``id`` for the key. A list is written as a JSON
    array. Characters that XML cannot hold (control characters, carriage returns, lone surrogates) are written as
    backslash escapes such as ``\x00``. The attributes declared are those of the schema.

    Brandes, Eiglsperger, Herman, Himsolt and Marshall, "GraphML Progress Report", Graph Drawing 2001.

    Raises:
        InputError: the file cannot be written.

    """
    schema = load_schema()
    with replaced(path) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_GRAPHML_HEAD)
        file.writelines(_graphml_keys("node", {"label": "string"} | _types(schema.nodes)))
        file.writelines(_graphml_keys("edge", {"type": "string"} | _types(schema.relationships)))
        file.write('<graph edgedefault="directed">\n')
        for n in graph.nodes.values():
            file.write(
                f"<node id={_xml_quoted(n.key)}>\n{_graphml_data('node', {'label': n.label, **n.properties})}</node>\n"
            )
        for r in graph.relationships.values():
            ends = f"id={_xml_quoted(r.key)} source={_xml_quoted(r.head)} target={_xml_quoted(r.tail)}"
            file.write(f"<edge {ends}>\n{_graphml_data('edge', {'type': r.type, **r.properties})}</edge>\n")
        file.write("</graph>\n</graphml>\n")


def write_jsonl(graph: KnowledgeGraph, path: str | Path) -> None:
    """Write one JSON object a line: the nodes by key, then the relationships by type, head, tail and key.

    A node is ``{"key", "label", "properties"}``, a relationship ``{"key", "type", "head", "tail", "properties"}``.

    Raises:
        InputError: the file cannot be written.

    """
    with replaced(path) as new, new.open("w", encoding="utf-8", newline="\n") as file:
        for node in graph.nodes.values():
            file.write(_json_line({"key": node.key, "label": node.label, "properties": node.properties}))
        for r in graph.relationships.values():
            row = {"key": r.key, "type": r.type, "head": r.head, "tail": r.tail, "properties": r.properties}
            file.write(_json_line(row))


def write_csv(graph: KnowledgeGraph, folder: str | Path) -> None:
    """Write nodes.csv and relationships.csv into a folder, which is made if need be; other files in it stay.

    The columns are those of the schema, whatever the graph holds: ``key, label, …`` and
    ``key, type, head, tail, …``. A list is written as a JSON array, an absent value as an empty cell.
    UTF-8, comma, quotes where needed, line feeds.

    Raises:
        InputError: the folder or a file in it cannot be written.

    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None
    schema = load_schema()
    nodes = ([n.key, n.label, n.properties] for n in graph.nodes.values())
    _write_table(folder / "nodes.csv", ["key", "label"], list(_types(schema.nodes)), nodes)
    links = ([r.key, r.type, r.head, r.tail, r.properties] for r in graph.relationships.values())
    _write_table(
        folder / "relationships.csv", ["key", "type", "head", "tail"], list(_types(schema.relationships)), links
    )


EXPORTERS: Mapping[str, Exporter] = {"graphml": write_graphml, "jsonl": write_jsonl, "csv": write_csv}
"""The formats by name; each writes a graph to a path, which is a folder for csv."""


def _types(types: Mapping[str, NodeType] | Mapping[str, RelationshipType]) -> dict[str, str]:
    """Give the types of all properties by name, each once, in the schema's order."""
    return {prop.name: prop.type for type_ in types.values() for prop in type_.properties}


def _write_table(path: Path, first: list[str], names: list[str], rows: Iterator[list[Any]]) -> None:
    with replaced(path) as new, new.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(first + names)
        for *fixed, properties in rows:
            writer.writerow(fixed + [_cell(properties.get(name)) for name in names])


def _cell(value: Value) -> str | int | float | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _json_line(row: Mapping[str, object]) -> str:
    """Serialise with sorted properties; a lone surrogate, which UTF-8 cannot hold, stays a JSON escape."""
    properties = row["properties"]
    assert isinstance(properties, Mapping)
    text = json.dumps({**row, "properties": dict(sorted(properties.items()))}, ensure_ascii=False)
    return _NOT_UTF8.sub(_escape, text) + "\n"


def _graphml_keys(kind: str, types: Mapping[str, str]) -> Iterator[str]:
    for name, type_ in types.items():
        attribute = f'attr.name="{_ATTRIBUTES.get(name, name)}" attr.type="{_GRAPHML_TYPES.get(type_, type_)}"'
        yield f'<key id="{kind}.{name}" for="{kind}" {attribute}/>\n'


def _graphml_data(kind: str, properties: Properties) -> str:
    cells = ((name, _cell(value)) for name, value in sorted(properties.items()))
    return "".join(
        f'<data key="{kind}.{name}">{escape(_xml_text(str(cell)))}</data>\n' for name, cell in cells if cell is not None
    )


def _xml_quoted(text: str) -> str:
    return quoteattr(_xml_text(text))


def _xml_text(text: str) -> str:
    r"""Escape what XML cannot hold.

    >>> print(_xml_text("a\x00b\r\n"))
    a\x00b\x0d
    <BLANKLINE>
    """
    return _NOT_XML.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
