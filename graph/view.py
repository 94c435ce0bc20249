"""The graph one can look at: one HTML file that needs no network, with vis-network's picture by pyvis."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from citegraph.files import replaced
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.view_data import NODE_STYLES, node_radius, page_data
from citegraph.graph.view_layout import lay_out
from citegraph.graph.view_selection import ViewSelection, select_view

__all__ = ["ViewReport", "select_view", "write_view"]

_SCRIPTS = ("view.js", "view_labels.js", "view_panel.js", "view_controls.js")
_VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
_NETWORK_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {
        "smooth": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "selectionWidth": 1.5,
        "hoverWidth": 0.5,
    },
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "multiselect": False},
}


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What a written page shows, and its size."""

    nodes: int
    relationships: int
    bytes: int


def write_view(graph: KnowledgeGraph, path: str | Path, *, title: str = "citegraph") -> ViewReport:
    """Write a page that shows the graph; a graph that `select_view` did not choose is shown whole.

    The page is one file without links to others; the same graph and title give the same bytes. An older file
    stays until the new one is complete.

    Raises:
        InputError: the file cannot be written.

    """
    view = graph if isinstance(graph, ViewSelection) else select_view(graph, max_nodes=max(len(graph.nodes), 1))
    page = _page(view, title).encode("utf-8", "replace")
    with replaced(path) as new:
        new.write_bytes(page)
    return ViewReport(len(view.drawn), len(view.edges), len(page))


def _page(view: ViewSelection, title: str) -> str:
    data = page_data(view)
    data["title"] = title
    data["network"] = _network(data)
    library = _vis_network()
    script = '(() => {\n"use strict";\n' + "\n".join(_read(name) for name in _SCRIPTS) + "})();\n"
    style = _read("view.css")
    policy = (
        f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": html.escape(title),
        "style": style,
        "data": _embedded(data),
        "library": library,
        "script": script,
    }
    return _PLACEHOLDER.sub(lambda match: parts[match[1]], _read("view.html"))


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _vis_network() -> str:
    """Read the library that pyvis ships; line ends as an HTML parser gives them, so that the hash fits."""
    text = resources.files("pyvis").joinpath(_VIS_NETWORK).read_text("utf-8")
    return re.sub(r"\r\n?", "\n", text).partition("//# sourceMappingURL")[0]


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _embedded(data: Mapping[str, Any]) -> str:
    r"""Serialise for a script element: ASCII only, and no character that could end the element.

    >>> _embedded({"name": "</script>&"})
    '{"name":"\\u003c/script\\u003e\\u0026"}'
    """
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _network(data: Mapping[str, Any]) -> dict[str, Any]:
    """Build vis-network's nodes, edges and options; their ids are the places in ``data``."""
    from pyvis.network import Network

    nodes, edges = data["nodes"], data["edges"]
    radii = [node_radius(node["label"], node["paper_count"]) for node in nodes]
    pairs = [(edge["head"], edge["tail"]) for edge in edges]
    layout = lay_out(len(nodes), pairs, radii)
    network = Network(directed=True)
    for index, (node, radius, (x, y)) in enumerate(zip(nodes, radii, layout.positions, strict=True)):
        color, shape = NODE_STYLES[node["label"]]
        network.add_node(index, label=node["name"], shape=shape, color=color, size=round(radius, 1), x=x, y=y)
    seen: Counter[tuple[int, int]] = Counter()
    for index, (edge, (head, tail)) in enumerate(zip(edges, pairs, strict=True)):
        network.add_edge(head, tail, id=index, **_line(data["types"][edge["type"]], len(edge["statements"])))
        nth = seen[min(head, tail), max(head, tail)]
        if nth:
            network.edges[-1]["smooth"] = {"type": "curvedCW", "roundness": 0.12 * nth}
        seen[min(head, tail), max(head, tail)] += 1
    network.options = dict(_NETWORK_OPTIONS)
    return {
        "nodes": network.nodes,
        "edges": network.edges,
        "options": network.options,
        "clusters": layout.clusters,
    }


def _line(type_: Mapping[str, Any], statements: int) -> dict[str, Any]:
    width = min(1.0 + 0.6 * (statements - 1), 5.0)
    return {"color": type_["color"], "dashes": list(type_["dashes"]) or False, "width": round(width, 1)}
