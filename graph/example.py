"""A graph of three papers, small enough to check by hand: for trying things out, and for the examples in the docs."""

from __future__ import annotations

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PAPER, Entity, EntityType, Evidence, Field, Mention, Paper, PaperFacts, Relation

__all__ = ["example_facts", "example_graph"]

_BY = "example@1"


def example_facts() -> tuple[PaperFacts, ...]:
    """Give the facts of three papers that propose FooNet, BarNet and BazNet; the last has no year.

    >>> [facts.paper.title for facts in example_facts()]
    ['FooNet: Nets for Foo', 'BarNet beats FooNet', 'On BazNet']
    """
    return (
        _facts(
            Paper("arxiv:2001.00001", "FooNet: Nets for Foo", "We propose FooNet. We test on ZooBench.", year=2020),
            {"FooNet": "Method", "ZooBench": "Benchmark"},
            [("PROPOSES", "FooNet"), ("EVALUATED_ON", "ZooBench")],
        ),
        _facts(
            Paper("arxiv:2101.00002", "BarNet beats FooNet", "BarNet wins on ZooBench and FarmBench.", year=2021),
            {"BarNet": "Method", "FooNet": "Method", "ZooBench": "Benchmark", "FarmBench": "Benchmark"},
            [
                ("PROPOSES", "BarNet"),
                ("OUTPERFORMS", "FooNet"),
                ("EVALUATED_ON", "ZooBench"),
                ("EVALUATED_ON", "FarmBench"),
            ],
        ),
        _facts(
            Paper("doi:10.1/baz", "On BazNet", "BazNet learns. Scores on ZooBench and FarmBench are high."),
            {"BazNet": "Method", "ZooBench": "Benchmark", "FarmBench": "Benchmark"},
            [("PROPOSES", "BazNet"), ("EVALUATED_ON", "ZooBench"), ("EVALUATED_ON", "FarmBench")],
        ),
    )


def example_graph() -> KnowledgeGraph:
    """Build the graph of `example_facts`.

    >>> example_graph().counts()["nodes"]["Benchmark"]
    2
    """
    return KnowledgeGraph.from_facts(example_facts())


def _facts(paper: Paper, names: dict[str, EntityType], relations: list[tuple[str, str]]) -> PaperFacts:
    return PaperFacts(
        paper,
        _BY,
        tuple(Entity(name, type_, name, (_mention(paper, name),)) for name, type_ in names.items()),
        tuple(_relation(paper, type_, name) for type_, name in relations),
    )


def _mention(paper: Paper, name: str) -> Mention:
    field: Field = "title" if name in paper.title else "abstract"
    start = paper.field(field).index(name)
    return Mention(field, start, start + len(name), name, 0.9, _BY)


def _relation(paper: Paper, type_: str, name: str) -> Relation:
    mention = _mention(paper, name)
    evidence = Evidence(mention.field, 0, len(paper.field(mention.field)))
    return Relation(PAPER, type_, name, evidence, 0.9, _BY)
