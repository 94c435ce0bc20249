"""Examples to fit on: what the annotation says of what was found."""

import pytest

from citegraph.extractors.chains import find_chains
from citegraph.extractors.comparisons import find_comparisons
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.pair_features import PAIR_TEMPLATES, PairFeatures
from citegraph.extractors.result_features import LINK_TEMPLATES, NUMBER_TEMPLATES, LinkFeatures, NumberFeatures
from citegraph.extractors.role_features import ROLE_TEMPLATES, RoleFeatures
from citegraph.extractors.scenes import LINKS
from citegraph.extractors.statements import find_statements
from citegraph.extractors.weights import PAIR_ROLES, ROLES
from citegraph.graph.records import PAPER, Evidence, Relation
from tests.training.made_up import of_a_benchmark, of_a_method, paper, read, result
from training.examples import (
    judged_statements,
    link_examples,
    pair_examples,
    predicted_facts,
    result_examples,
    role_examples,
)
from training.log_odds import new_rows

CUES = load_cues()
EVIDENCE = Evidence("abstract", 0, 1)


def features(kind, templates):
    return kind(new_rows(templates)[0], CUES.names)


def named(columns, outcome):
    """Give the relations that an item is asked for, and whether each holds."""
    return {columns[column][1]: holds for column, holds in outcome.items()}


def roles(*annotated, **settings):
    items = list(role_examples([read(p, **settings) for p in annotated], features(RoleFeatures, ROLE_TEMPLATES)))
    return [named(ROLES, item.outcome) for item in items]


def test_each_entity_has_what_is_decided_first_and_what_is_decided_then():
    text = "We propose Own. It beats Rival on Bench."
    relations = [(PAPER, "PROPOSES", "Own"), ("Own", "OUTPERFORMS", "Rival"), (PAPER, "EVALUATED_ON", "Bench")]
    assert roles(paper(text, {"Method": ["Own", "Rival"], "Benchmark": ["Bench"]}, relations)) == [
        {"PROPOSES": 1},
        {"USES": 0, "OUTPERFORMS": 0, "COMPARED_WITH": 0},
        {"PROPOSES": 0},
        {"USES": 0, "OUTPERFORMS": 1, "COMPARED_WITH": 0},
        {"INTRODUCES": 0},
        {"EVALUATED_ON": 1, "TRAINED_ON": 0},
    ]


def test_relations_of_methods_of_others_are_no_roles():
    text = "We use One and Other."
    relations = [("One", "OUTPERFORMS", "Other")]
    assert roles(paper(text, {"Method": ["One", "Other"]}, relations))[3] == {
        "USES": 0,
        "OUTPERFORMS": 0,
        "COMPARED_WITH": 0,
    }


def test_optional_entities_are_no_examples():
    annotated = paper("We use One and Other.", {"Method": ["One", "Other"]}, optional=["One"])
    assert len(roles(annotated)) == 2


def test_what_is_doubtful_is_neither_so_nor_not():
    annotated = paper("We use One.", {"Method": ["One"]})
    annotated["doubtful"] = [{"head": PAPER, "type": "USES", "tail": "One"}]
    assert roles(annotated) == [{"PROPOSES": 0}, {"OUTPERFORMS": 0, "COMPARED_WITH": 0}]


def test_what_was_not_found_is_no_example():
    assert len(roles(of_a_method(0), without=["Rival0net"])) == len(roles(of_a_method(0))) - 2


def test_comparisons_count_for_the_later_roles_alone():
    growing = new_rows(ROLE_TEMPLATES)[0]
    annotated = paper("We propose Own. It beats Rival.", {"Method": ["Own", "Rival"]}, [(PAPER, "PROPOSES", "Own")])
    items = list(role_examples([read(annotated)], RoleFeatures(growing, CUES.names)))
    row = growing["frame"]["win second own"]
    assert [row in item.rows for item in items] == [False, False, False, True]


def pairs(annotated, relations=()):
    annotated, draft = read(annotated)
    draft.relations = tuple(Relation(PAPER, type_, name, EVIDENCE, 0.9, "test-1") for type_, name in relations)
    items = list(pair_examples([(annotated, draft)], features(PairFeatures, PAIR_TEMPLATES)))
    return [named(PAIR_ROLES, item.outcome) for item in items]


def test_each_pair_is_asked_for_the_relations_of_its_tail():
    text = "One beats Other on Bench."
    relations = [("One", "OUTPERFORMS", "Other"), ("One", "EVALUATED_ON", "Bench")]
    methods = {"USES": 0, "OUTPERFORMS": 0, "COMPARED_WITH": 0}
    assert pairs(paper(text, {"Method": ["One", "Other"], "Benchmark": ["Bench"]}, relations)) == [
        methods | {"OUTPERFORMS": 1},
        {"EVALUATED_ON": 1, "TRAINED_ON": 0},
        methods,
        {"EVALUATED_ON": 0, "TRAINED_ON": 0},
    ]
    assert pairs(paper("One is for parsing.", {"Method": ["One"], "Task": ["parsing"]})) == [{"ADDRESSES": 0}]


def test_pairs_of_optional_entities_and_of_the_papers_own_are_left_out():
    entities = {"Method": ["One", "Other"], "Benchmark": ["Bench"]}
    assert len(pairs(paper("One and Other on Bench.", entities))) == 4
    assert len(pairs(paper("One and Other on Bench.", entities, optional=["Bench"]))) == 2
    assert len(pairs(paper("One and Other on Bench.", entities), [("PROPOSES", "One")])) == 1


def numbers(annotated):
    items = result_examples([read(annotated)], features(NumberFeatures, NUMBER_TEMPLATES))
    return [item.outcome for item in items]


def test_each_number_has_its_kind():
    text = "It is 80.5% and up by 2.5 points, 14x faster, on 64 cores."
    results = [result("80.5%"), result("2.5 points", "improvement"), result("14x", "ratio")]
    assert numbers(paper(text, {}, results=results)) == [1, 2, 3, 0]
    assert numbers(paper(text, {})) == [0, 0, 0, 0]
    assert numbers(paper("It is new.", {})) == []


def links(annotated):
    items = link_examples([read(annotated)], features(LinkFeatures, LINK_TEMPLATES))
    return [(list(LINKS)[column], holds) for item in items for column, holds in item.outcome.items()]


def test_each_result_is_asked_for_each_name_that_it_may_be_linked_to():
    text = "One reaches 80.5% accuracy on Bench, on 64 cores. Data is new."
    entities = {"Method": ["One"], "Metric": ["accuracy"], "Benchmark": ["Bench"], "Dataset": ["Data"]}
    results = [result("80.5%", method="One", on="Bench", metric="accuracy")]
    assert links(paper(text, entities, results=results)) == [
        ("on", 1),
        ("on", 0),
        ("metric", 1),
        ("method", 1),
    ]
    assert links(paper(text, entities, results=[result("80.5%")])) == [
        ("on", 0),
        ("on", 0),
        ("metric", 0),
        ("method", 0),
    ]
    assert links(paper(text, entities)) == []


def test_a_result_on_two_resources_is_linked_to_both():
    text = "One reaches 80.5% on Bench and Data."
    entities = {"Method": ["One"], "Benchmark": ["Bench"], "Dataset": ["Data"]}
    both = [result("80.5%", method="One", on=on) for on in ("Bench", "Data")]
    assert links(paper(text, entities, results=both)) == [("on", 1), ("on", 1), ("method", 1)]


def judged(annotated, found=()):
    annotated, draft = read(annotated)
    draft.relations = tuple(Relation(*triple, EVIDENCE, 0.9, "test-1") for triple in found)
    own = [
        number
        for number, entity in enumerate(draft.entities)
        if any((r.type, r.tail) == ("PROPOSES", entity.id) for r in draft.relations)
    ]
    sentences = cues_of(draft, CUES)
    draft.comparisons = tuple(find_comparisons(draft, sentences, CUES, own))
    draft.statements = tuple(find_statements(draft, sentences, CUES, find_chains(draft), own))
    return list(judged_statements([(annotated, draft)]))


TWO = {"Method": ["One", "Other"]}


@pytest.mark.parametrize(
    ("text", "relation", "expected"),
    [
        ("One beats Other.", ("One", "OUTPERFORMS", "Other"), [("win other", True)]),
        ("One beats Other.", ("Other", "OUTPERFORMS", "One"), [("win other", False)]),
        ("One beats Other.", ("One", "COMPARED_WITH", "Other"), [("win other", False)]),
        ("One lags behind Other.", ("Other", "OUTPERFORMS", "One"), [("inverse win other", True)]),
        ("One does not beat Other.", ("One", "COMPARED_WITH", "Other"), [("denied parity other", True)]),
        ("Our method beats Other.", (PAPER, "OUTPERFORMS", "Other"), [("win own", True)]),
        ("Our method beats Other.", ("One", "OUTPERFORMS", "Other"), [("win own", False)]),
        ("One and Other are old.", ("One", "OUTPERFORMS", "Other"), []),
    ],
)
def test_each_statement_is_right_where_the_annotation_has_it(text, relation, expected):
    assert judged(paper(text, TWO, [relation])) == expected


def test_a_statement_that_the_relations_have_is_not_judged():
    annotated = paper("One beats Other.", TWO, [("One", "OUTPERFORMS", "Other")])
    assert judged(annotated, [("One", "OUTPERFORMS", "Other")]) == []


def test_what_the_paper_proposes_stands_for_the_paper():
    relations = [(PAPER, "PROPOSES", "One"), ("One", "OUTPERFORMS", "Other")]
    annotated = paper("We propose One. It beats Other.", TWO, relations)
    assert judged(annotated, [(PAPER, "PROPOSES", "One")]) == [("win own", True)]
    assert judged(annotated, [(PAPER, "PROPOSES", "One"), ("One", "OUTPERFORMS", "Other")]) == []


def test_statements_of_optional_entities_are_not_judged():
    assert judged(paper("One beats Other.", TWO, optional=["Other"])) == []


def test_what_was_found_has_the_scorers_form():
    annotated, draft = read(of_a_benchmark(3))
    draft.relations = (Relation(PAPER, "INTRODUCES", "Bench3", EVIDENCE, 0.9, "test-1"),)
    row = predicted_facts(annotated, draft)
    assert (row["title"], row["abstract"]) == (annotated["title"], annotated["abstract"])
    assert [entity["name"] for entity in row["entities"]] == [
        "Bench3", "parsing", "One3net", "Other3net", "accuracy", "Photos3",
    ]  # fmt: skip
    assert [(r["head"], r["type"], r["tail"], r["confidence"]) for r in row["relations"]] == [
        (PAPER, "INTRODUCES", "Bench3", 0.9)
    ]
    assert row["results"] == []
