"""Every sentence that joins two things, or that says what one is; alike on both stores."""

from dataclasses import astuple

import pytest

from citegraph.cypher import evidence_between, evidence_of
from citegraph.errors import QueryError
from tests.cypher.conftest import refusal
from tests.cypher.papers import PAPER, PAPERS, facts

FORMER = ("arxiv:1901.00002", "Parsing and reading with one model", 2019)
SCORED = "Both are applied to zz reading and scored on ZzCorpus."
WINS = "ZzFormer outperforms ZzNet on ZzBench, with up to 80.0% zz accuracy."
REPEATED = facts(
    "arxiv:2301.00001", "A paper that repeats itself", 2023,
    ["ZzOne is scored on ZzBench.", "Scores of ZzOne on ZzBench are high.", "We also try ZzTwo on ZzBench."],
    {"ZzOne": "Method", "ZzBench": "Benchmark", "ZzTwo": "Method"},
    [("ZzOne", "EVALUATED_ON", "ZzBench", 1), ("ZzOne", "EVALUATED_ON", "ZzBench", 0, "scored on"),
     ("ZzOne", "EVALUATED_ON", "ZzBench", 0, "on"), (PAPER, "USES", "ZzTwo", 2, "try"),
     (PAPER, "EVALUATED_ON", "ZzBench", 2, "on")],
    [("ZzOne", "ZzBench", None, "high", 1)],
)  # fmt: skip
OLDER = facts(
    "arxiv:2201.00001", "An older paper", 2022, ["ZzOne fails on ZzBench."],
    {"ZzOne": "Method", "ZzBench": "Benchmark"}, [("ZzOne", "EVALUATED_ON", "ZzBench", 0)],
)  # fmt: skip


@pytest.fixture
def full_store(store):
    """A store of the library's papers and of two more."""
    store.load([*PAPERS, OLDER, REPEATED])
    return store


def between(store, first, second, limit=50):
    keys = [store.resolve_all(name, ("Method", "Benchmark", "Task", "Metric")) for name in (first, second)]
    return evidence_between(store, *keys, limit)


def outline(statements):
    return [(s.head, s.type, s.tail, s.year, s.confidence, s.sentence) for s in statements]


def marked(statement):
    """The words that stand at the spans of head, tail and cue."""
    spans = (statement.head_spans, statement.tail_spans, statement.cue_spans)
    return tuple([statement.sentence[start:stop] for start, stop in part] for part in spans)


def test_a_relationship_gives_its_sentence_with_the_places_of_both_ends_and_the_cue(full_store):
    statement = between(full_store, "ZzNet", "ZzFormer")[1]

    assert astuple(statement) == (
        "ZzFormer", "OUTPERFORMS", "ZzNet", None, None, None, *FORMER, 0.75, "rule", "abstract", 42, 110, WINS,
        [[0, 8]], [[21, 26]], [[9, 20]],
    )  # fmt: skip


def test_a_result_gives_its_value_metric_and_kind_with_the_place_of_the_value(full_store):
    (statement,) = [s for s in between(full_store, "ZzBench", "ZzFormer") if s.value]

    assert astuple(statement) == (
        "ZzFormer", "OF, ON", "ZzBench", "80.0%", "zz accuracy", "absolute", *FORMER, 0.5, "rule", "abstract", 42, 110,
        WINS, [[0, 8]], [[30, 37]], [[50, 55]],
    )  # fmt: skip


def test_a_result_joins_its_method_and_its_resource_to_its_metric(full_store):
    assert [(s.head, s.type, s.tail, s.value) for s in between(full_store, "zz accuracy", "ZzBench")][:1] == [
        ("ZzBench", "ON, MEASURED_BY", "zz accuracy", "80.0%")
    ]
    assert [(s.head, s.type, s.tail, s.value) for s in between(full_store, "zz accuracy", "ZzNet")][-2:] == [
        ("zz accuracy", "MENTIONS, OUTPERFORMS", "ZzNet", None),
        ("ZzNet", "OF, MEASURED_BY", "zz accuracy", "71.5%"),
    ]


def test_a_sentence_in_which_a_paper_relates_to_both_gives_both_roles(full_store):
    statement = between(full_store, "ZzGiant", "ZzQuiz")[0]

    assert outline([statement]) == [
        ("ZzGiant", "OUTPERFORMS, EVALUATED_ON", "ZzQuiz", 2021, 0.75, "Our tricks outperform ZzGiant on ZzQuiz.")
    ]
    assert marked(statement) == (["ZzGiant"], ["ZzQuiz"], [])


def test_every_sentence_counts_once_the_newest_paper_first_then_the_surest(full_store):

    assert outline(between(full_store, "ZzOne", "ZzBench")) == [
        ("ZzOne", "EVALUATED_ON", "ZzBench", 2023, 0.75, "ZzOne is scored on ZzBench."),
        ("ZzOne", "EVALUATED_ON", "ZzBench", 2023, 0.75, "Scores of ZzOne on ZzBench are high."),
        ("ZzOne", "OF, ON", "ZzBench", 2023, 0.5, "Scores of ZzOne on ZzBench are high."),
        ("ZzOne", "EVALUATED_ON", "ZzBench", 2022, 0.75, "ZzOne fails on ZzBench."),
    ]


def test_what_one_paper_says_of_both_takes_the_cues_of_both(full_store):
    (statement,) = between(full_store, "ZzTwo", "ZzBench")

    assert (statement.type, marked(statement)) == ("USES, EVALUATED_ON", (["ZzTwo"], ["ZzBench"], ["try", "on"]))


def test_a_relationship_is_found_from_either_end(full_store):
    assert between(full_store, "ZzNet", "ZzFormer") == between(full_store, "ZzFormer", "ZzNet")


def test_the_limit_counts_sentences(full_store):
    every = between(full_store, "ZzOne", "ZzBench")
    of_one = evidence_of(full_store, ["method:zzone"], 50)

    assert [between(full_store, "ZzOne", "ZzBench", limit) for limit in (1, 3)] == [every[:1], every[:3]]
    assert [evidence_of(full_store, ["method:zzone"], limit) for limit in (1, 2)] == [of_one[:1], of_one[:2]]


def test_one_thing_gives_every_sentence_of_what_it_is_to_papers_and_methods(full_store):
    assert outline(evidence_of(full_store, ["method:zzone"], 50)) == [
        ("A paper that repeats itself", "MENTIONS", "ZzOne", 2023, 0.9, "ZzOne is scored on ZzBench."),
        ("A paper that repeats itself", "MENTIONS", "ZzOne", 2023, 0.9, "Scores of ZzOne on ZzBench are high."),
        ("An older paper", "MENTIONS", "ZzOne", 2022, 0.9, "ZzOne fails on ZzBench."),
    ]
    assert outline(evidence_of(full_store, ["resource:zzcorpus"], 1)) == [
        ("A study of networks", "EVALUATED_ON", "ZzCorpus", 2020, 0.75, SCORED)
    ]


def test_things_that_nothing_joins_give_nothing(full_store):
    assert between(full_store, "zz parsing", "ZzShift") == []


def test_one_thing_twice_is_refused(full_store):
    assert refusal(QueryError, evidence_between, full_store, ["method:zznet"], ["method:zznet"], 5) == (
        "both names stand for method:zznet; give two different things, or the one alone"
    )


def test_a_name_of_a_method_and_a_resource_stands_for_both(store):
    twins = facts(
        "arxiv:2301.00002", "Twins", 2023, ["ZzTwin beats ZzOne.", "We test ZzOne on the ZzTwin benchmark."],
        {"ZzTwin": "Method", "ZzOne": "Method", "the ZzTwin benchmark": "Benchmark"},
        [("ZzTwin", "OUTPERFORMS", "ZzOne", 0), ("ZzOne", "EVALUATED_ON", "the ZzTwin benchmark", 1)],
    )  # fmt: skip
    store.load([twins])

    assert store.resolve_all("ZzTwin", ("Method", "Benchmark")) == ["method:zztwin", "resource:zztwin"]
    assert [(s.head, s.type, s.tail) for s in between(store, "ZzOne", "ZzTwin")] == [
        ("ZzTwin", "OUTPERFORMS", "ZzOne"),
        ("ZzOne", "EVALUATED_ON", "the ZzTwin benchmark"),
    ]
    assert refusal(QueryError, between, store, "ZzTwin", "zztwin") == (
        "both names stand for method:zztwin and resource:zztwin; give two different things, or the one alone"
    )


@pytest.mark.parametrize("limit", [1, 3])
def test_a_statement_says_where_its_sentence_stands(full_store, limit):
    texts = dict(full_store.query("MATCH (p:Paper) RETURN p.id, p.abstract").rows)

    for statement in between(full_store, "ZzFormer", "ZzNet", limit):
        assert texts[statement.paper][statement.start : statement.stop] == statement.sentence
