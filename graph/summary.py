"""What a graph holds and how well it is covered: years, confidence, extractors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from citegraph.graph.knowledge_graph import KnowledgeGraph

__all__ = ["CONFIDENCE_BANDS", "Summary", "summary"]

CONFIDENCE_BANDS: tuple[tuple[str, float], ...] = (("0.9-1.0", 0.9), ("0.7-0.9", 0.7), ("0.5-0.7", 0.5), ("0.0-0.5", 0))
"""Bands by name, with the lowest confidence that falls into each, highest band first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and coverage of a graph.

    ``nodes`` and ``relationships`` count by label and type, zeros included; ``papers_without_entities`` name
    nothing; ``years`` are the first and last, None without any; ``confidence`` counts the relationships that a
    paper states by band, ``extractors`` the papers by extractor, most first.
    """

    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    papers: int
    papers_with_year: int
    papers_without_entities: int
    years: tuple[int, int] | None
    confidence: Mapping[str, int]
    extractors: Mapping[str, int]


def summary(graph: KnowledgeGraph) -> Summary:
    """Count nodes and relationships, and how much is known of them; linear in both.

    >>> from citegraph.graph.example import example_graph
    >>> found = summary(example_graph())
    >>> found.papers, found.papers_with_year, found.years, found.confidence["0.9-1.0"]
    (3, 2, (2020, 2021), 9)
    """
    counts = graph.counts()
    papers = [node for node in graph.nodes.values() if node.label == "Paper"]
    years = sorted(year for node in papers if isinstance(year := node.properties.get("year"), int))
    heads = {r.head for r in graph.relationships.values() if r.type != "REPORTS"}
    extractors = Counter(str(node.properties["extractor"]) for node in papers)
    return Summary(
        counts["nodes"],
        counts["relationships"],
        len(papers),
        len(years),
        sum(node.key not in heads for node in papers),
        (years[0], years[-1]) if years else None,
        _confidence(graph),
        dict(sorted(extractors.items(), key=lambda item: (-item[1], item[0]))),
    )


def _confidence(graph: KnowledgeGraph) -> dict[str, int]:
    bands = dict.fromkeys((name for name, _ in CONFIDENCE_BANDS), 0)
    for relationship in graph.relationships.values():
        confidence = relationship.properties.get("confidence")
        if isinstance(confidence, (int, float)):
            bands[next(name for name, low in CONFIDENCE_BANDS if confidence >= low)] += 1
    return bands
