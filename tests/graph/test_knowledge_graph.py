from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegraph.errors import SchemaError
from citegraph.graph.assemble import assemble, merge_paper_graphs
from citegraph.graph.example import example_facts, example_graph
from citegraph.graph.knowledge_graph import KnowledgeGraph, join_entity
from citegraph.graph.model import Node, Relationship
from tests.graph.strategies import facts

FOO, BAR, BAZ = "title:2d5bac6ad87bb3ce", "title:b3b180fee8fd6b64", "title:cdf2fba6496ec4b3"


def content(graph):
    return list(graph.nodes.items()), list(graph.relationships.items())


def test_an_empty_graph_counts_zero_of_everything():
    counts = KnowledgeGraph().counts()
    assert list(counts["nodes"].items()) == [
        ("Paper", 0), ("Method", 0), ("Dataset", 0), ("Benchmark", 0), ("Task", 0), ("Metric", 0), ("Result", 0),
    ]  # fmt: skip
    assert set(counts["relationships"].values()) == {0}


def test_counts_are_by_label_and_type():
    counts = example_graph().counts()
    assert (counts["nodes"]["Method"], counts["relationships"]["EVALUATED_ON"]) == (3, 5)


def test_papers_that_name_the_same_thing_share_its_node():
    heads = [r.head for r in example_graph().relationships.values() if r.tail == "method:foonet"]
    assert heads == [BAR, FOO]


def test_nodes_come_in_the_order_of_their_keys():
    assert list(KnowledgeGraph([Node("b", "Task", {}), Node("a", "Task", {})]).nodes) == ["a", "b"]


def test_relationships_come_by_type_then_head_then_tail():
    order = [(r.type, r.head) for r in example_graph().relationships.values()]
    assert order == [
        ("EVALUATED_ON", FOO), ("EVALUATED_ON", BAR), ("EVALUATED_ON", BAR), ("EVALUATED_ON", BAZ),
        ("EVALUATED_ON", BAZ), ("OUTPERFORMS", BAR), ("PROPOSES", FOO), ("PROPOSES", BAR), ("PROPOSES", BAZ),
    ]  # fmt: skip


def test_joined_claims_unite_aliases_and_promote_the_label():
    node = join_entity("resource:zooset", [("Dataset", ["zoo-set"]), ("Benchmark", ["ZooSet", "zoo-set"])])
    assert node == Node("resource:zooset", "Benchmark", {"name": "ZooSet", "aliases": ["ZooSet", "zoo-set"]})


@settings(deadline=None, max_examples=50)
@given(st.lists(facts(), max_size=5).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_papers_does_not_matter(both):
    assert content(KnowledgeGraph.from_facts(both[0])) == content(KnowledgeGraph.from_facts(both[1]))


@settings(deadline=None, max_examples=50)
@given(st.lists(facts(), max_size=4), st.integers(1, 3))
def test_papers_that_come_again_change_nothing(found, times):
    assert content(KnowledgeGraph.from_facts(found * times)) == content(KnowledgeGraph.from_facts(found))


@settings(deadline=None, max_examples=50)
@given(st.lists(facts(), max_size=6), st.integers(0, 6))
def test_papers_may_be_merged_in_groups_first(found, cut):
    grouped = []
    for group in (found[:cut], found[cut:]):
        by_key = {}
        for paper in map(assemble, group):
            by_key.setdefault(paper.paper.key, []).append(paper)
        grouped += [reduce(merge_paper_graphs, papers) for papers in by_key.values()]
    assert content(KnowledgeGraph.from_papers(grouped)) == content(KnowledgeGraph.from_facts(found))


@settings(deadline=None, max_examples=50)
@given(st.lists(facts(), max_size=5))
def test_a_graph_of_any_facts_fits_the_schema(found):
    assert KnowledgeGraph.from_facts(found).check() is None


@settings(deadline=None, max_examples=50)
@given(st.lists(facts(), max_size=5))
def test_a_graph_of_its_own_nodes_and_relationships_is_the_same(found):
    graph = KnowledgeGraph.from_facts(found)
    assert content(KnowledgeGraph(graph.nodes.values(), graph.relationships.values())) == content(graph)


def test_a_wrong_node_does_not_pass_the_check():
    with pytest.raises(SchemaError, match=r"^unknown label 'Model'; the schema has Paper, "):
        KnowledgeGraph([Node("a", "Model", {})]).check()


def test_a_wrong_pair_of_ends_does_not_pass_the_check():
    nodes = [Node("a", "Task", {}), Node("b", "Method", {})]
    with pytest.raises(SchemaError, match=r"^USES may not join Task to Method$"):
        KnowledgeGraph(nodes, [Relationship("r", "USES", "a", "b", {})]).check()


def test_a_missing_end_does_not_pass_the_check():
    graph = KnowledgeGraph([Node("a", "Method", {})], [Relationship("r", "USES", "a", "b", {})])
    with pytest.raises(SchemaError, match=r"^relationship r \(USES\) joins b, which is no node of the graph$"):
        graph.check()


def test_networkx_has_nodes_and_edges_by_key_with_attributes():
    graph = example_graph().to_networkx()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (8, 9)
    assert graph.nodes["method:foonet"] == {"label": "Method", "name": "FooNet", "aliases": ["FooNet"]}
    (edge,) = graph.get_edge_data(BAR, "method:foonet").values()
    assert (edge["type"], edge["sentence"]) == ("OUTPERFORMS", "BarNet beats FooNet")


def test_parallel_edges_of_two_papers_stay_two_in_networkx():
    nodes = [Node("a", "Method", {}), Node("b", "Method", {})]
    edges = [Relationship(key, "USES", "a", "b", {"paper": key}) for key in ("p1", "p2")]
    assert sorted(KnowledgeGraph(nodes, edges).to_networkx()["a"]["b"]) == ["p1", "p2"]


def test_the_example_is_three_papers_that_fit_the_schema():
    assert len(example_facts()) == 3
    assert example_graph().check() is None
