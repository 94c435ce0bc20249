from itertools import combinations

import pytest

from citegraph.errors import QueryError, SchemaError
from citegraph.graph.analytics import CoUse, Trend, co_use, trends
from citegraph.graph.example import example_graph
from citegraph.graph.knowledge_graph import KnowledgeGraph
from tests.graph.graphs import graph_of, random_graph


def uses(paper, *keys):
    return [(paper, "EVALUATED_ON", key) for key in keys]


def test_co_use_gives_papers_in_common_of_each_and_jaccard():
    papers = dict.fromkeys(("p1", "p2", "p3", "p4"), 2020)
    graph = graph_of(papers, uses("p1", "B1", "B2") + uses("p2", "B1", "B2") + uses("p3", "B2") + uses("p4", "B1"))
    assert co_use(graph) == [CoUse("B1", "B1", "B2", "B2", 2, 3, 3, 0.5)]


def test_co_use_sorts_by_papers_then_jaccard_then_names():
    papers = dict.fromkeys(("p1", "p2", "p3"), None)
    graph = graph_of(papers, uses("p1", "B1", "B2", "B3") + uses("p2", "B1", "B2") + uses("p3", "B1"))
    assert [(row.first, row.second) for row in co_use(graph)] == [("B1", "B2"), ("B2", "B3"), ("B1", "B3")]


def test_a_paper_that_only_mentions_or_trains_on_a_benchmark_does_not_use_it():
    edges = [*uses("p1", "B1"), ("p1", "MENTIONS", "B2"), ("p1", "TRAINED_ON", "B3")]
    assert co_use(graph_of({"p1": 2020}, edges)) == []


def test_what_a_method_is_evaluated_on_does_not_count_for_a_paper():
    assert co_use(graph_of({}, uses("M1", "B1", "B2"))) == []


def test_two_relationships_of_a_paper_to_a_pair_count_once():
    graph = graph_of({"p1": 2020}, uses("p1", "B1", "B2", "B1", "B2"))
    assert co_use(graph) == [CoUse("B1", "B1", "B2", "B2", 1, 1, 1, 1.0)]


def test_methods_are_used_together_where_a_paper_names_both():
    graph = graph_of({"p1": 2020}, [("p1", "PROPOSES", "M1"), ("p1", "OUTPERFORMS", "M2")])
    assert co_use(graph, "Method") == [CoUse("M1", "M1", "M2", "M2", 1, 1, 1, 1.0)]


def test_pairs_below_min_papers_are_left_out():
    graph = graph_of({"p1": None, "p2": None}, uses("p1", "B1", "B2", "B3") + uses("p2", "B1", "B2"))
    assert [(row.first, row.second) for row in co_use(graph, min_papers=2)] == [("B1", "B2")]


def test_co_use_counts_what_a_plain_count_counts():
    graph = random_graph(40, 24, 300, seed=7)
    used = {}
    for r in graph.relationships.values():
        if r.type == "EVALUATED_ON" and r.tail.startswith("B"):
            used.setdefault(r.tail, set()).add(r.head)
    expected = {
        (first, second): len(used[first] & used[second])
        for first, second in combinations(sorted(used), 2)
        if used[first] & used[second]
    }
    rows = co_use(graph)
    assert len(expected) >= 3
    assert {(row.first_key, row.second_key): row.papers for row in rows} == expected


@pytest.mark.parametrize("measure", [co_use, trends])
def test_an_empty_graph_has_no_rows(measure):
    assert measure(KnowledgeGraph()) == []


@pytest.mark.parametrize("measure", [co_use, trends])
def test_a_label_of_no_entity_is_refused(measure):
    with pytest.raises(SchemaError, match=r"^'Result' is no label of entities; choose one of Method, "):
        measure(example_graph(), "Result")


def test_min_papers_below_one_is_refused():
    with pytest.raises(QueryError, match=r"^min_papers must be at least 1, not 0$"):
        co_use(example_graph(), min_papers=0)


def test_trends_count_by_year_naming_and_evaluation_with_the_share_of_the_year():
    papers = {"p1": 2019, "p2": 2021, "p3": 2021, "p4": 2021, "p5": 2021}
    graph = graph_of(papers, [*uses("p1", "B1"), *uses("p2", "B1"), ("p3", "MENTIONS", "B1")])
    assert trends(graph) == [
        Trend("B1", "Benchmark", "B1", 2019, 1, 1, 1.0, 2019, 2021),
        Trend("B1", "Benchmark", "B1", 2021, 2, 1, 0.5, 2019, 2021),
    ]


def test_papers_without_a_year_are_counted_in_a_last_row_without_a_share():
    graph = graph_of({"p1": 2019, "p2": None, "p3": None}, uses("p1", "B1") + uses("p2", "B1"))
    assert trends(graph)[-1] == Trend("B1", "Benchmark", "B1", None, 1, 1, None, 2019, 2019)


def test_without_any_year_there_is_no_first_and_last():
    assert trends(graph_of({"p1": None}, uses("p1", "B1"))) == [
        Trend("B1", "Benchmark", "B1", None, 1, 1, None, None, None)
    ]


def test_an_entity_that_no_paper_names_has_no_trend():
    assert trends(graph_of({"p1": 2020}, [], ["B1"])) == []


def test_trends_of_the_entities_with_most_papers_come_first():
    graph = graph_of({"p1": 2020, "p2": 2021}, uses("p1", "B1", "B2") + uses("p2", "B2"))
    assert [(row.name, row.year) for row in trends(graph)] == [("B2", 2020), ("B2", 2021), ("B1", 2020)]


def test_top_keeps_entities_and_not_rows():
    graph = graph_of({"p1": 2020, "p2": 2021}, uses("p1", "B1", "B2") + uses("p2", "B2"))
    assert [(row.name, row.year) for row in trends(graph, top=1)] == [("B2", 2020), ("B2", 2021)]


def test_trends_are_of_one_label():
    graph = graph_of({"p1": 2020}, [*uses("p1", "B1"), ("p1", "USES", "M1")])
    assert [row.name for row in trends(graph, "Method")] == ["M1"]


def test_top_below_one_is_refused():
    with pytest.raises(QueryError, match=r"^top must be at least 1, not 0$"):
        trends(example_graph(), top=0)
