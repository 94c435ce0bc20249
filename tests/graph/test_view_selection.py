import pytest

from citegraph.errors import InputError, NotFoundError, SchemaError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.view_selection import select_view
from tests.graph.view_graphs import FROBNET, SURVEY, ZEBONET, crowd, small_graph

SURVEY_KEY = SURVEY.paper.key


def triples(view):
    return [(edge.head, edge.type, edge.tail) for edge in view.edges]


def test_an_overview_draws_papers_as_the_methods_they_propose_and_others_as_themselves():
    assert select_view(small_graph()).drawn == (
        "method:frobnet",
        "method:zebonet",
        "metric:zaccuracy",
        "resource:quxbench",
        "task:widget sorting",
        SURVEY_KEY,
    )


def test_edges_go_from_the_proposed_method_where_only_its_paper_states_them():
    view = select_view(small_graph())
    assert triples(view) == [
        ("method:frobnet", "EVALUATED_ON", "resource:quxbench"),
        ("method:frobnet", "OUTPERFORMS", "method:zebonet"),
        ("method:zebonet", "ADDRESSES", "task:widget sorting"),
        ("method:zebonet", "EVALUATED_ON", "resource:quxbench"),
        ("resource:quxbench", "MEASURED_BY", "metric:zaccuracy"),
        (SURVEY_KEY, "ADDRESSES", "task:widget sorting"),
        (SURVEY_KEY, "USES", "method:zebonet"),
    ]
    assert [edge.head for edge in view.edges if edge.via_paper] == ["method:zebonet"]


def test_an_overview_leaves_out_what_is_only_mentioned():
    assert "resource:flimset" not in select_view(small_graph()).drawn


def test_a_neighbourhood_holds_what_is_only_mentioned():
    assert "resource:flimset" in select_view(small_graph(), around=SURVEY_KEY).drawn


def test_depth_counts_drawn_edges_from_the_focus():
    near = select_view(small_graph(), around="task:widget sorting", depth=1)
    assert near.drawn == ("method:zebonet", "task:widget sorting", SURVEY_KEY)
    alone = select_view(small_graph(), around="task:widget sorting", depth=0)
    assert alone.drawn == ("task:widget sorting",)


def test_a_paper_that_is_the_focus_is_drawn_itself():
    view = select_view(small_graph(), around=FROBNET.paper.key)
    assert (FROBNET.paper.key, "PROPOSES", "method:frobnet") in triples(view)
    assert view.focus == FROBNET.paper.key


def test_a_result_as_focus_stands_for_its_paper():
    result = next(node.key for node in small_graph().nodes.values() if node.label == "Result")
    assert select_view(small_graph(), around=result).focus == FROBNET.paper.key


def test_labels_choose_the_entities_and_papers_join_them():
    view = select_view(small_graph(), labels=["Task", "Benchmark"])
    assert view.drawn == (
        "resource:quxbench",
        "task:widget sorting",
        *sorted([ZEBONET.paper.key, FROBNET.paper.key, SURVEY_KEY]),
    )


def test_papers_among_the_labels_are_all_drawn():
    view = select_view(small_graph(), labels=["Paper", "Method"])
    assert (ZEBONET.paper.key, "PROPOSES", "method:zebonet") in triples(view)


def test_years_are_included_at_both_ends_and_may_be_open():
    assert "method:frobnet" in select_view(small_graph(), years=(2021, 2021)).drawn
    assert "method:frobnet" not in select_view(small_graph(), years=(None, 2020)).drawn
    assert SURVEY_KEY in select_view(small_graph(), years=(2023, None)).drawn


def test_what_is_less_sure_than_the_least_confidence_is_left_out():
    assert triples(select_view(small_graph(), min_confidence=0.8)) == [
        ("method:zebonet", "ADDRESSES", "task:widget sorting"),
        ("method:zebonet", "EVALUATED_ON", "resource:quxbench"),
        ("resource:quxbench", "MEASURED_BY", "metric:zaccuracy"),
    ]


def test_a_cut_view_grows_from_the_most_named_node_and_counts_what_there_was():
    view = select_view(small_graph(), max_nodes=2)
    assert view.drawn == ("method:zebonet", "resource:quxbench")
    assert view.available == 6


def test_a_cut_view_of_a_crowd_is_one_connected_part():
    view = select_view(crowd(200), max_nodes=50)
    joined = {key for edge in view.edges for key in (edge.head, edge.tail)}
    assert len(view.drawn) == 50
    assert joined == set(view.drawn)


def test_the_papers_and_results_behind_the_drawn_nodes_come_with_them():
    view = select_view(small_graph(), max_nodes=1)
    assert view.drawn == ("method:zebonet",)
    assert sorted(n.key for n in view.nodes.values() if n.label == "Paper") == sorted(
        [ZEBONET.paper.key, FROBNET.paper.key, SURVEY_KEY]
    )


def test_a_selection_is_a_part_of_the_graph_that_keeps_to_the_schema():
    graph, view = small_graph(), select_view(small_graph(), max_nodes=3)
    view.check()
    assert view.nodes.items() <= graph.nodes.items()
    assert view.relationships.items() <= graph.relationships.items()


def test_the_order_of_the_papers_does_not_change_the_selection():
    first = select_view(KnowledgeGraph.from_facts([ZEBONET, FROBNET, SURVEY]), max_nodes=3)
    second = select_view(KnowledgeGraph.from_facts([SURVEY, FROBNET, ZEBONET]), max_nodes=3)
    assert (first.drawn, first.edges) == (second.drawn, second.edges)


def test_an_empty_graph_gives_an_empty_selection():
    view = select_view(KnowledgeGraph())
    assert (view.drawn, view.edges, view.available) == ((), (), 0)


def test_an_unknown_key_is_refused_with_near_ones():
    with pytest.raises(NotFoundError, match=r"^no node has the key 'method:zebonot'; near keys: method:zebonet"):
        select_view(small_graph(), around="method:zebonot")


def test_a_key_like_no_other_is_refused_with_an_example():
    with pytest.raises(NotFoundError, match=r"name a node by its key, such as 'method:simclr'$"):
        select_view(small_graph(), around="&&")


def test_an_unknown_label_is_refused():
    with pytest.raises(SchemaError, match=r"^unknown label 'Thing'; the schema has Paper, Method"):
        select_view(small_graph(), labels=["Thing"])


def test_a_view_of_no_nodes_is_refused():
    with pytest.raises(InputError, match=r"^a view needs at least 1 node, not 0$"):
        select_view(small_graph(), max_nodes=0)


def test_a_negative_depth_is_refused():
    with pytest.raises(InputError, match=r"^depth must be 0 or more, not -1$"):
        select_view(small_graph(), around="method:zebonet", depth=-1)
