import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegraph.graph.assemble import assemble, merge_paper_graphs, merge_paper_properties
from citegraph.graph.catalogue import Catalogue
from citegraph.graph.records import PAPER, Cue, Entity, Evidence, Mention, Paper, PaperFacts, Relation, Result
from tests.graph.strategies import facts

EMPTY = Catalogue(())
TITLE = "ZooNet: Nets"
ABSTRACT = "We present ZooNet. It beats FarmNet on ZooSet by 2%. FarmNet is old."
PAPER_RECORD = Paper("arxiv:1", TITLE, ABSTRACT, ("Ann Lee",), 2020, source="a.txt")
FIRST = Evidence("abstract", 0, 18, Cue(3, 10, "present"))
SECOND = Evidence("abstract", 19, 52, Cue(22, 27, "beats"))
GAIN = Evidence("abstract", 19, 52, Cue(49, 51, "2%"))
KEY = "title:ce323de121685612"


def entity(id_, type_, *names):
    """An entity with a mention at the first place of each name in the abstract."""
    starts = [(name, ABSTRACT.index(name)) for name in names]
    mentions = tuple(Mention("abstract", at, at + len(name), name, 0.9, "rules@1") for name, at in starts)
    return Entity(id_, type_, names[0], mentions)


ZOONET = entity("e1", "Method", "ZooNet")
FARMNET = entity("e2", "Method", "FarmNet")
ZOOSET = entity("e3", "Benchmark", "ZooSet")
PROPOSES = Relation(PAPER, "PROPOSES", "e1", FIRST, 0.9, "rules@1")
BEATS = Relation("e1", "OUTPERFORMS", "e2", SECOND, 0.8, "rules@1")


def graph_of(entities=(), relations=(), results=(), paper=PAPER_RECORD):
    return assemble(PaperFacts(paper, "rules@1", tuple(entities), tuple(relations), tuple(results)), EMPTY)


def triples(graph):
    return [(r.head, r.type, r.tail) for r in graph.relationships]


def test_the_paper_node_holds_what_the_source_says():
    node = graph_of().paper
    assert (node.key, node.label) == (KEY, "Paper")
    assert {name: value for name, value in node.properties.items() if name != "digest"} == {
        "id": "arxiv:1",
        "ids": ["arxiv:1"],
        "title": TITLE,
        "abstract": ABSTRACT,
        "authors": ["Ann Lee"],
        "year": 2020,
        "sources": ["a.txt"],
        "extractor": "rules@1",
    }


def test_surface_forms_of_one_key_are_one_node():
    twice = [entity("e1", "Dataset", "ZooSet"), entity("e2", "Benchmark", "ZooSet")]
    nodes = graph_of(twice).entities
    assert [(n.key, n.label, n.properties) for n in nodes] == [
        ("resource:zooset", "Benchmark", {"name": "ZooSet", "aliases": ["ZooSet"]})
    ]


def test_an_entity_in_no_relation_is_mentioned():
    assert triples(graph_of([FARMNET])) == [(KEY, "MENTIONS", "method:farmnet")]


def test_a_mention_is_evidenced_by_its_sentence():
    properties = graph_of([FARMNET]).relationships[0].properties
    assert (properties["sentence"], properties["start"], properties["stop"]) == (
        "It beats FarmNet on ZooSet by 2%.",
        19,
        52,
    )


def test_a_relation_of_the_proposed_method_is_also_one_of_the_paper():
    assert triples(graph_of([ZOONET, FARMNET], [PROPOSES, BEATS])) == [
        ("method:zoonet", "OUTPERFORMS", "method:farmnet"),
        (KEY, "OUTPERFORMS", "method:farmnet"),
        (KEY, "PROPOSES", "method:zoonet"),
    ]


def test_a_relation_of_another_method_is_not_one_of_the_paper():
    relation = Relation("e2", "OUTPERFORMS", "e1", SECOND, 0.8, "rules@1")
    assert triples(graph_of([ZOONET, FARMNET], [relation])) == [
        ("method:farmnet", "OUTPERFORMS", "method:zoonet"),
        (KEY, "MENTIONS", "method:farmnet"),
        (KEY, "MENTIONS", "method:zoonet"),
    ]


@pytest.mark.parametrize("type_", ["EVALUATED_ON", "TRAINED_ON"])
def test_what_any_method_is_evaluated_or_trained_on_so_is_the_paper(type_):
    relation = Relation("e2", type_, "e3", SECOND, 0.8, "rules@1")
    assert (KEY, type_, "resource:zooset") in triples(graph_of([FARMNET, ZOOSET], [relation]))


def test_a_relation_between_two_names_of_one_thing_is_left_out():
    other = Entity("e9", "Method", "ZooNets", ZOONET.mentions)
    relation = Relation("e1", "USES", "e9", SECOND, 0.8, "rules@1")
    assert triples(graph_of([ZOONET, other], [relation])) == [(KEY, "MENTIONS", "method:zoonet")]


def test_a_relationship_holds_its_best_evidence_and_all_of_it():
    weak = Relation(PAPER, "PROPOSES", "e1", SECOND, 0.5, "rules@1")
    properties = graph_of([ZOONET], [weak, PROPOSES]).relationships[0].properties
    assert (properties["sentence"], properties["cue"], properties["confidence"]) == (
        "We present ZooNet.",
        "present",
        0.9,
    )
    assert [(row["start"], row["confidence"]) for row in json.loads(properties["evidence"])] == [(0, 0.9), (19, 0.5)]


def test_evidence_places_head_and_tail_from_the_start_of_the_sentence():
    relationship = graph_of([ZOONET, FARMNET], [BEATS]).relationships[0]
    row = json.loads(relationship.properties["evidence"])[0]
    assert (row["head"], row["tail"], row["sentence"][9:16]) == ([], [[9, 16]], "FarmNet")


def test_evidence_places_the_cue_from_the_start_of_the_sentence():
    properties = graph_of([ZOONET, FARMNET], [BEATS]).relationships[0].properties
    row = json.loads(properties["evidence"])[0]
    assert (row["cue"], row["sentence"][3:8], properties["cue"]) == ([[3, 8]], "beats", "beats")


def test_evidence_without_a_cue_has_no_place_of_it():
    properties = graph_of([FARMNET]).relationships[0].properties
    assert (json.loads(properties["evidence"])[0]["cue"], properties.get("cue")) == ([], None)


def test_the_same_evidence_twice_counts_once():
    properties = graph_of([ZOONET], [PROPOSES, PROPOSES]).relationships[0].properties
    assert len(json.loads(properties["evidence"])) == 1


def test_only_edges_of_the_paper_carry_surfaces_and_label_of_the_tail():
    edges = {r.head: r.properties for r in graph_of([ZOONET, FARMNET], [PROPOSES, BEATS]).relationships}
    assert (edges[KEY]["surfaces"], edges[KEY]["tail_label"]) == (["ZooNet"], "Method")
    assert "surfaces" not in edges["method:zoonet"]


def test_a_result_is_a_node_joined_to_paper_method_resource_and_metric():
    metric = Entity("e4", "Metric", "gain", FARMNET.mentions)
    result = Result("e1", "e3", "e4", "2%", "%", "improvement", GAIN, 0.7, "rules@1", 2.0, hedge="up to")
    graph = graph_of([ZOONET, ZOOSET, metric], [PROPOSES], [result])
    (node,) = graph.results
    assert node.properties == {
        "paper": KEY,
        "value": "2%",
        "number": 2.0,
        "hedge": "up to",
        "unit": "%",
        "kind": "improvement",
        "field": "abstract",
        "start": 19,
        "stop": 52,
        "sentence": "It beats FarmNet on ZooSet by 2%.",
        "spans": '{"OF": [], "ON": [[20, 26]], "MEASURED_BY": [[9, 16]], "value": [[30, 32]]}',
        "confidence": 0.7,
        "by": "rules@1",
    }
    assert {triple for triple in triples(graph) if node.key in triple} == {
        (KEY, "REPORTS", node.key),
        (node.key, "OF", "method:zoonet"),
        (node.key, "ON", "resource:zooset"),
        (node.key, "MEASURED_BY", "metric:gain"),
    }


def test_a_result_of_the_paper_is_one_of_the_only_method_that_it_proposes():
    result = Result(PAPER, None, "gain", "2%", "%", "improvement", SECOND, 0.7, "rules@1")
    graph = graph_of([ZOONET], [PROPOSES], [result])
    assert (graph.results[0].key, "OF", "method:zoonet") in triples(graph)


def test_two_proposed_names_of_one_method_still_own_the_papers_result():
    again = Entity("e5", "Method", "ZooNets", ZOONET.mentions)
    proposals = [PROPOSES, Relation(PAPER, "PROPOSES", "e5", SECOND, 0.5, "rules@1")]
    result = Result(PAPER, None, None, "2%", "%", "improvement", SECOND, 0.7, "rules@1")
    graph = graph_of([ZOONET, again], proposals, [result])
    assert (graph.results[0].key, "OF", "method:zoonet") in triples(graph)


def test_a_result_of_a_paper_that_proposes_two_methods_has_no_method():
    proposals = [PROPOSES, Relation(PAPER, "PROPOSES", "e2", SECOND, 0.5, "rules@1")]
    result = Result(PAPER, None, None, "2%", "%", "improvement", SECOND, 0.7, "rules@1")
    assert "OF" not in [r.type for r in graph_of([ZOONET, FARMNET], proposals, [result]).relationships]


def test_a_result_keeps_its_range_origin_spread_and_direction():
    parts = {"number": 7.4, "upper": 8.0, "origin": 3.2, "spread": 0.1, "direction": "lower"}
    result = Result(PAPER, None, None, "7.4", None, "absolute", SECOND, 0.7, "rules@1", **parts)
    properties = graph_of(results=[result]).results[0].properties
    assert {name: properties[name] for name in parts} == parts


def test_a_number_that_the_facts_do_not_give_is_not_read_from_the_value():
    result = Result(PAPER, None, None, "76.5%", None, "absolute", SECOND, 0.7, "rules@1")
    assert "number" not in graph_of(results=[result]).results[0].properties


def test_a_metric_that_is_plain_text_stays_a_property():
    result = Result(PAPER, None, "gain", "2%", None, "absolute", SECOND, 0.7, "rules@1")
    assert graph_of(results=[result]).results[0].properties["metric"] == "gain"


def test_the_digest_changes_with_the_facts_and_not_with_the_source():
    other = Paper("doi:10.1/a", TITLE, ABSTRACT, year=1999)
    digests = [
        graph.paper.properties["digest"]
        for graph in (graph_of([ZOONET]), graph_of([ZOONET], paper=other), graph_of([ZOONET], [PROPOSES]))
    ]
    assert digests[0] == digests[1] != digests[2]


@settings(deadline=None)
@given(facts())
def test_every_entity_is_the_tail_of_a_relationship_of_the_paper(found):
    graph = assemble(found, EMPTY)
    tails = {r.tail for r in graph.relationships if r.head == graph.paper.key}
    assert {node.key for node in graph.entities} <= tails


@settings(deadline=None)
@given(facts())
def test_no_relationship_joins_a_node_to_itself(found):
    assert not [r for r in assemble(found, EMPTY).relationships if r.head == r.tail]


def properties_of(year=None, date=None, authors=(), extractor="rules@1", abstract="x", id_="arxiv:1", source=None):
    paper = Paper(id_, "A", abstract, authors, year, date, source=source)
    return assemble(PaperFacts(paper, extractor), EMPTY).paper.properties


def test_merging_unites_identifiers_and_sources():
    first, second = properties_of(id_="arxiv:1", source="b.txt"), properties_of(id_="doi:10.1/a", source="a.bib")
    joined, _ = merge_paper_properties(first, second)
    assert (joined["id"], joined["ids"], joined["sources"]) == (
        "doi:10.1/a",
        ["arxiv:1", "doi:10.1/a"],
        ["a.bib", "b.txt"],
    )


def test_merging_keeps_the_earliest_year_and_the_longest_list_of_authors():
    first, second = properties_of(2021, "2021-05", ("Ann Lee",)), properties_of(2020, None, ("A. Lee", "B. Xu"))
    joined, _ = merge_paper_properties(first, second)
    assert (joined["year"], joined["date"], joined["authors"]) == (2020, "2021-05", ["A. Lee", "B. Xu"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"extractor": "rules@2"}, {"extractor": "rules@10"}),
        ({"abstract": "short"}, {"abstract": "longer"}),
        ({"extractor": "rules@1", "abstract": "longer"}, {"extractor": "rules@2", "abstract": "short"}),
    ],
    ids=["newer extractor", "longer abstract", "extractor before abstract"],
)
def test_the_facts_of_the_better_record_win(first, second):
    assert merge_paper_properties(properties_of(**first), properties_of(**second))[1] is True
    assert merge_paper_properties(properties_of(**second), properties_of(**first))[1] is False


same_paper = st.builds(assemble, facts(titles=("Foo Nets", "foo  nets.")), st.just(EMPTY))


@settings(deadline=None)
@given(facts())
def test_merging_a_record_with_itself_changes_nothing(found):
    graph = assemble(found, EMPTY)
    assert merge_paper_graphs(graph, graph) == graph


@settings(deadline=None)
@given(same_paper, same_paper)
def test_merging_commutes(first, second):
    assert merge_paper_graphs(first, second) == merge_paper_graphs(second, first)


@settings(deadline=None)
@given(same_paper, same_paper, same_paper)
def test_merging_is_associative(first, second, third):
    left = merge_paper_graphs(merge_paper_graphs(first, second), third)
    assert left == merge_paper_graphs(first, merge_paper_graphs(second, third))
