import networkx as nx
import pytest

from citegraph.errors import QueryError, SchemaError
from citegraph.graph.analytics import Degree, Rank, degree, pagerank
from citegraph.graph.example import example_graph
from citegraph.graph.knowledge_graph import KnowledgeGraph
from tests.graph.graphs import graph_of, random_graph


def networkx_pagerank(graph, alpha):
    """PageRank by NetworkX on the graph of papers and entities."""
    simple = nx.Graph()
    simple.add_nodes_from(key for key, node in graph.nodes.items() if node.label != "Result")
    simple.add_edges_from((r.head, r.tail) for r in graph.relationships.values() if r.head.startswith("p"))
    return nx.pagerank(simple, alpha=alpha, tol=1e-12, max_iter=10_000)


def test_degree_counts_papers_and_relationships():
    assert degree(example_graph(), "Benchmark") == [
        Degree("resource:zoobench", "Benchmark", "ZooBench", 3, 3),
        Degree("resource:farmbench", "Benchmark", "FarmBench", 2, 2),
    ]


def test_a_paper_with_two_relationships_to_an_entity_counts_once():
    graph = graph_of({"p1": 2020}, [("p1", "EVALUATED_ON", "D1"), ("p1", "TRAINED_ON", "D1")])
    assert degree(graph) == [Degree("D1", "Dataset", "D1", 1, 2)]


def test_relationships_between_methods_count_at_both_ends_and_for_no_paper():
    graph = graph_of({"p1": 2020, "p2": 2020}, [("M1", "USES", "M2"), ("M1", "USES", "M2")])
    assert degree(graph) == [Degree("M1", "Method", "M1", 0, 2), Degree("M2", "Method", "M2", 0, 2)]


def test_degree_sorts_by_papers_then_relationships_then_name():
    edges = [
        ("p1", "USES", "M3"), ("p1", "USES", "M2"), ("p1", "USES", "M1"), ("p1", "COMPARED_WITH", "M2"),
        ("p1", "MENTIONS", "T1"), ("p2", "MENTIONS", "T1"),
    ]  # fmt: skip
    assert [row.key for row in degree(graph_of({"p1": None, "p2": None}, edges))] == ["T1", "M2", "M1", "M3"]


@pytest.mark.parametrize("measure", [degree, pagerank])
def test_an_empty_graph_has_no_rows(measure):
    assert measure(KnowledgeGraph()) == []


@pytest.mark.parametrize("measure", [degree, pagerank])
def test_a_graph_of_one_paper_that_names_nothing_has_no_rows(measure):
    assert measure(graph_of({"p1": 2020}, [])) == []


@pytest.mark.parametrize("measure", [degree, pagerank])
def test_a_label_of_no_entity_is_refused(measure):
    with pytest.raises(SchemaError, match=r"^'Paper' is no label of entities; choose one of Method, Dataset, "):
        measure(example_graph(), "Paper")


def test_pagerank_of_one_paper_and_one_entity_is_one_half_each():
    assert pagerank(graph_of({"p1": 2020}, [("p1", "USES", "M1")])) == [Rank("M1", "Method", "M1", 0.5)]


def test_an_entity_alone_gets_what_the_walker_leaves():
    assert pagerank(graph_of({}, [], ["M1"])) == [Rank("M1", "Method", "M1", 1.0)]


def test_entities_in_the_same_place_share_a_score_and_go_by_name():
    rows = pagerank(graph_of({"p1": None}, [("p1", "USES", f"M{i}") for i in (3, 1, 2)]))
    assert [row.key for row in rows] == ["M1", "M2", "M3"]
    assert len({row.score for row in rows}) == 1


@pytest.mark.parametrize("alpha", [0.5, 0.85, 0.99])
@pytest.mark.parametrize(("papers", "entities", "edges"), [(30, 20, 80), (50, 200, 60), (5, 3, 40)])
def test_pagerank_agrees_with_networkx(papers, entities, edges, alpha):
    graph = random_graph(papers, entities, edges, seed=papers)
    expected = networkx_pagerank(graph, alpha)
    rows = pagerank(graph, alpha=alpha)
    assert len(rows) == entities
    assert {row.key: row.score for row in rows} == pytest.approx({row.key: expected[row.key] for row in rows}, abs=1e-6)


def test_pagerank_of_one_label_has_the_scores_of_the_whole_graph():
    graph = random_graph(20, 10, 50, seed=1)
    assert pagerank(graph, "Method") == [row for row in pagerank(graph) if row.label == "Method"]


def test_an_entity_of_papers_that_name_few_others_ranks_above_one_of_papers_that_name_many():
    edges = [("p1", "USES", "M1"), ("p2", "USES", "M2")] + [("p2", "MENTIONS", f"T{i}") for i in range(5)]
    scores = {row.key: row.score for row in pagerank(graph_of({"p1": None, "p2": None}, edges))}
    assert scores["M1"] > scores["M2"]


@pytest.mark.parametrize("alpha", [0, 1, -0.5, 2, float("nan")])
def test_alpha_outside_0_to_1_is_refused(alpha):
    with pytest.raises(QueryError, match=r"^alpha must be above 0 and below 1, not "):
        pagerank(example_graph(), alpha=alpha)
