"""The data of a picture's page: what its panels, filters and search need, as plain JSON values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote, urlsplit

from citegraph.graph.model import Node, Properties
from citegraph.graph.schema import load_schema
from citegraph.graph.view_selection import ViewSelection

__all__ = ["EDGE_STYLES", "NODE_STYLES", "link_of", "node_name", "node_radius", "page_data"]

_Row: TypeAlias = dict[str, Any]
_T = TypeVar("_T", bound=Hashable)

NODE_STYLES: Mapping[str, tuple[str, str]] = {
    "Paper": ("#8a929e", "hexagon"),
    "Method": ("#0072b2", "dot"),
    "Dataset": ("#009e73", "square"),
    "Benchmark": ("#d55e00", "diamond"),
    "Task": ("#cc79a7", "triangle"),
    "Metric": ("#e69f00", "star"),
}
"""Colour (after Okabe and Ito, distinct to the colour-blind) and shape of each label that is drawn."""

EDGE_STYLES: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "PROPOSES": ("#0072b2", ()),
    "INTRODUCES": ("#009e73", ()),
    "EVALUATED_ON": ("#d55e00", ()),
    "TRAINED_ON": ("#009e73", (9, 5)),
    "USES": ("#56a0d0", ()),
    "OUTPERFORMS": ("#b8860b", ()),
    "COMPARED_WITH": ("#b8860b", (9, 5)),
    "ADDRESSES": ("#cc79a7", ()),
    "MEASURED_BY": ("#e69f00", (2, 5)),
    "MENTIONS": ("#8a929e", (2, 5)),
}
"""Colour and dashes (pixels on and off, none for a full line) of each relationship type that is drawn."""

_OTHER_EDGE = ("#8a929e", (6, 6))
_PAPERS_LISTED = 50
_RESOLVERS = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
    "openalex": "https://openalex.org/",
}


def node_name(node: Node) -> str:
    """Give the text that names a node in the picture."""
    properties = node.properties
    return str(properties.get("name") or properties.get("title") or properties.get("value") or node.key)


def node_radius(label: str, papers: int) -> float:
    """Give a node's radius in pixels, which grows with the number of papers behind it.

    >>> node_radius("Method", 1), node_radius("Method", 32), node_radius("Paper", 1)
    (8.0, 17.0, 6.0)
    """
    return 6.0 if label == "Paper" else min(5.0 + 3.0 * max(papers, 1) ** 0.4, 36.0)


def link_of(properties: Properties) -> str | None:
    """Give where to read a paper: its own http(s) address, else the resolver of its identifier.

    >>> link_of({"id": "arxiv:1412.6980"})
    'https://arxiv.org/abs/1412.6980'
    >>> link_of({"id": "title:00", "url": "javascript:alert(1)"}) is None
    True
    """
    url = str(properties.get("url") or "")
    if url.lower().startswith(("http://", "https://")) and _has_host(url):
        return url
    scheme, _, rest = str(properties.get("id") or "").partition(":")
    return _RESOLVERS[scheme] + quote(rest, safe="/.-_()", errors="replace") if scheme in _RESOLVERS and rest else None


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


class _Index(Generic[_T]):
    """Numbers for values, in the order of their first use."""

    def __init__(self) -> None:
        self.numbers: dict[_T, int] = {}

    def __call__(self, value: _T) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables that rows of the page refer to by number."""

    papers: _Index[str]
    statements: _Index[tuple[int, str]]
    sentences: _Index[tuple[str, int, str]]

    def statement(self, properties: Properties) -> int:
        """Give a statement's number; its rows are [sentence, head spans, tail spans, confidence, by, cue spans]."""
        rows = [
            [
                self.sentences((str(row.get("field")), row.get("start") or 0, str(row.get("sentence") or ""))),
                row.get("head") or [],
                row.get("tail") or [],
                row.get("confidence"),
                row.get("by"),
                row.get("cue") or [],
            ]
            for row in _evidence(properties)
        ]
        paper = properties.get("paper")
        return self.statements((self.papers(str(paper)) if paper else -1, json.dumps(rows)))


def _evidence(properties: Properties) -> list[_Row]:
    """Read a relationship's list of evidence.

    A result's only evidence is its own properties: its resource, else its method, is the head, its metric the tail,
    its value the cue (see `citegraph.graph.view_edges`).
    """
    text = properties.get("evidence")
    if isinstance(text, str):
        rows: list[_Row] = json.loads(text)
        return rows
    if not properties.get("sentence"):
        return []
    spans = json.loads(str(properties.get("spans") or "{}"))
    ends = {"head": spans.get("ON", spans.get("OF")), "tail": spans.get("MEASURED_BY"), "cue": spans.get("value")}
    return [{**properties, **ends}]


def page_data(view: ViewSelection) -> _Row:
    """Build all but the network itself: nodes and edges in drawing order, and the tables that they refer to.

    ``papers`` of a node are [paper, type, statement] rows, newest first, at most 50; ``hidden_papers`` counts
    the rest. Spans are code points from the sentence's start, as in the graph.
    """
    tables = _Tables(_Index(), _Index(), _Index())
    number = {key: index for index, key in enumerate(view.drawn)}
    types = _edge_types(view)
    roles = _roles(view, number)
    nodes = [_node(view, key, roles[key], tables, types) for key in view.drawn]
    edges = [
        {
            "type": types.index(edge.type),
            "head": number[edge.head],
            "tail": number[edge.tail],
            "statements": [tables.statement(properties) for properties in edge.statements],
            "via": edge.via_paper,
        }
        for edge in view.edges
    ]
    results = _results(view, number, tables)
    return {
        "available": view.available,
        "focus": number.get(view.focus) if view.focus else None,
        "labels": [_style(label, NODE_STYLES[label]) for label in NODE_STYLES],
        "types": [_style(type_, EDGE_STYLES.get(type_, _OTHER_EDGE)) for type_ in types],
        "nodes": nodes,
        "edges": edges,
        "results": results,
        "papers": [_paper(view, key, number) for key in tables.papers.numbers],
        "statements": [[paper, json.loads(rows)] for paper, rows in tables.statements.numbers],
        "sentences": [list(sentence) for sentence in tables.sentences.numbers],
    }


def _edge_types(view: ViewSelection) -> list[str]:
    """List the types of the drawn edges and of the papers' roles, in the order of the styles, then the others."""
    used = {edge.type for edge in view.edges} | {r.type for r in view.relationships.values()}
    return [type_ for type_ in EDGE_STYLES if type_ in used] + sorted(used - EDGE_STYLES.keys())


def _style(name: str, style: tuple[str, str | tuple[int, ...]]) -> _Row:
    schema = load_schema()
    row = schema.nodes.get(name) or schema.relationships.get(name)
    key = "shape" if isinstance(style[1], str) else "dashes"
    return {"name": name, "about": row.about if row else "", "color": style[0], key: style[1]}


def _roles(view: ViewSelection, number: Mapping[str, int]) -> dict[str, list[tuple[str, str, Properties]]]:
    """Give for each drawn entity what papers say of it: (paper, relationship type, properties), newest first."""
    roles: dict[str, list[tuple[str, str, Properties]]] = defaultdict(list)
    for r in view.relationships.values():
        if r.tail in number and view.nodes[r.head].label == "Paper":
            roles[r.tail].append((r.head, r.type, r.properties))
    for rows in roles.values():
        rows.sort(key=lambda row: (-_year(view, row[0]), row[0], row[1]))
    return roles


def _year(view: ViewSelection, paper: str) -> int:
    year = view.nodes[paper].properties.get("year")
    return year if isinstance(year, int) else 0


def _node(
    view: ViewSelection, key: str, roles: list[tuple[str, str, Properties]], tables: _Tables, types: list[str]
) -> _Row:
    node = view.nodes[key]
    papers = list(dict.fromkeys(paper for paper, _, _ in roles))
    listed = set(papers[:_PAPERS_LISTED])
    row: _Row = {
        "key": key,
        "label": node.label,
        "name": node_name(node),
        "paper_count": len(papers),
        "hidden_papers": len(papers) - len(listed),
        "papers": [
            [tables.papers(paper), types.index(type_), tables.statement(properties)]
            for paper, type_, properties in roles
            if paper in listed
        ],
    }
    aliases = node.properties.get("aliases")
    if isinstance(aliases, list):
        row["aliases"] = [alias for alias in aliases if alias != row["name"]]
    if node.label == "Paper":
        row["paper"] = tables.papers(key)
    return row


def _paper(view: ViewSelection, key: str, number: Mapping[str, int]) -> _Row:
    node = view.nodes.get(key)
    if node is None:
        return {"key": key, "title": key}
    row: _Row = {name: node.properties.get(name) for name in ("title", "abstract", "authors", "year", "venue")}
    row |= {"key": key, "title": node_name(node), "url": link_of(node.properties), "node": number.get(key)}
    return {name: value for name, value in row.items() if value not in (None, [])}


def _results(view: ViewSelection, number: Mapping[str, int], tables: _Tables) -> list[_Row]:
    """Give each result with its paper and statement, and the method, resource and metric: a node, else a name."""
    links: dict[str, dict[str, str]] = defaultdict(dict)
    for r in view.relationships.values():
        if r.head in view.nodes and view.nodes[r.head].label == "Result":
            links[r.head][r.type] = r.tail
    rows = []
    for key, node in view.nodes.items():
        if node.label != "Result":
            continue
        properties = node.properties
        row: _Row = {
            "value": node_name(node),
            "kind": properties.get("kind"),
            "statement": tables.statement(properties),
        }
        for name, type_ in (("method", "OF"), ("on", "ON"), ("metric", "MEASURED_BY")):
            row[name] = number.get(links[key].get(type_, ""))
        row["metric_name"] = properties.get("metric")
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows
