from citegraph.graph.analytics import summary
from citegraph.graph.example import example_graph
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Node, Relationship


def test_an_empty_graph_has_no_papers_and_no_years():
    found = summary(KnowledgeGraph())
    assert (found.papers, found.papers_with_year, found.papers_without_entities, found.years) == (0, 0, 0, None)


def test_nodes_and_relationships_are_counted_as_the_graph_counts_them():
    found = summary(example_graph())
    assert {"nodes": found.nodes, "relationships": found.relationships} == example_graph().counts()


def test_papers_without_a_year_are_left_out_of_the_years():
    found = summary(example_graph())
    assert (found.papers, found.papers_with_year, found.years) == (3, 2, (2020, 2021))


def test_a_paper_with_nothing_but_a_result_names_nothing():
    nodes = [Node("p", "Paper", {"extractor": "rules@1"}), Node("x", "Result", {})]
    found = summary(KnowledgeGraph(nodes, [Relationship("r", "REPORTS", "p", "x", {})]))
    assert found.papers_without_entities == 1


def test_relationships_are_counted_by_confidence_with_the_lower_bound_inside():
    nodes = [Node("p", "Paper", {"extractor": "rules@1"}), Node("m", "Method", {})]
    values = (1.0, 0.9, 0.89, 0.7, 0.5, 0.49, 0.0)
    edges = [Relationship(f"r{i}", "USES", "p", "m", {"confidence": value}) for i, value in enumerate(values)]
    assert summary(KnowledgeGraph(nodes, edges)).confidence == {"0.9-1.0": 2, "0.7-0.9": 2, "0.5-0.7": 1, "0.0-0.5": 2}


def test_links_of_results_have_no_confidence_to_count():
    nodes = [Node("p", "Paper", {"extractor": "rules@1"}), Node("x", "Result", {})]
    found = summary(KnowledgeGraph(nodes, [Relationship("r", "REPORTS", "p", "x", {})]))
    assert sum(found.confidence.values()) == 0


def test_extractors_come_with_most_papers_first():
    nodes = [
        Node(key, "Paper", {"extractor": by}) for key, by in (("a", "rules@1"), ("b", "rules@2"), ("c", "rules@2"))
    ]
    assert list(summary(KnowledgeGraph(nodes)).extractors.items()) == [("rules@2", 2), ("rules@1", 1)]
