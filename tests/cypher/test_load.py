"""Loading: order-free, repeatable, whole, and true to the facts."""

import dataclasses
import random

import pytest

from citegraph.cypher import Counts, open_store
from citegraph.errors import SchemaError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from tests.cypher.papers import FORMER, GIANT, NET, NET_IN_PRINT, PAPER, PAPERS, PRETRAINING, QUIZ, STUDY, facts

OLD = facts(
    "arxiv:2201.00001", "One paper read twice", 2022,
    ["We propose ZzOne, scored on ZzBench and trained on ZzPile.", "ZzOne beats ZzGone."],
    {"ZzOne": "Method", "ZzBench": "Benchmark", "ZzPile": "Dataset", "ZzGone": "Method"},
    [(PAPER, "PROPOSES", "ZzOne", 0), ("ZzOne", "EVALUATED_ON", "ZzBench", 0), ("ZzOne", "TRAINED_ON", "ZzPile", 0),
     ("ZzOne", "OUTPERFORMS", "ZzGone", 1)],
    [("ZzOne", "ZzBench", None, "5%", 0, 5.0)],
)  # fmt: skip
NEW = facts(
    "arxiv:2201.00001", "One paper read twice", 2022,
    ["We propose ZzOne, scored on ZzBench and trained on ZzPile.", "ZzOne beats ZzGone."],
    {"ZzOne": "Method", "ZzBench": "Benchmark", "ZzPile": "Dataset"},
    [(PAPER, "PROPOSES", "ZzOne", 0), ("ZzOne", "EVALUATED_ON", "ZzBench", 0)],
    extractor="rules 2",
)  # fmt: skip


def graph_of(papers):
    graph = KnowledgeGraph.from_facts(papers)
    return graph.nodes, graph.relationships


def stored(store):
    graph = store.read_graph()
    return graph.nodes, graph.relationships


def test_a_load_reports_what_it_made(store):
    report = store.load([NET])

    assert report.papers == Counts(created=1)
    assert report.nodes == Counts(created=8)
    assert report.relationships == Counts(created=14)


def test_the_stored_graph_is_the_graph_of_the_facts(store):
    store.load(PAPERS)

    assert stored(store) == graph_of(PAPERS)


def test_counts_equal_those_of_the_graph_in_memory(store):
    store.load(PAPERS)

    assert store.counts() == KnowledgeGraph.from_facts(PAPERS).counts()


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 3), (3, 4), (4, 10)])
def test_order_and_batches_do_not_matter(store, seed, size):
    shuffled = random.Random(seed).sample(PAPERS, len(PAPERS))
    for start in range(0, len(shuffled), size):
        store.load(shuffled[start : start + size])

    assert stored(store) == graph_of(PAPERS)


def test_a_second_load_changes_nothing(store):
    first = store.load(PAPERS)
    second = store.load(PAPERS)

    assert second.papers == Counts(unchanged=9)
    assert second.nodes == Counts(unchanged=first.nodes.created)
    assert second.relationships == Counts(unchanged=first.relationships.created)


def test_an_empty_batch_changes_nothing(store):
    assert not store.load([]).papers


def test_two_records_of_one_paper_are_one_paper(store):
    store.load([NET_IN_PRINT])
    report = store.load([NET])

    assert report.papers == Counts(changed=1)
    row = store.query("MATCH (p:Paper) RETURN p.id, p.ids, p.sources, p.year, p.venue, p.title").rows
    assert row == [
        (
            "doi:10.1/zz.1",
            ["arxiv:1801.00001", "doi:10.1/zz.1"],
            ["journal", "zz"],
            2018,
            "Journal of Zz",
            "A first network for parsing",
        )
    ]


def test_a_record_that_says_less_changes_only_what_sources_say(store):
    store.load([NET])
    report = store.load([NET_IN_PRINT])

    assert report.papers == Counts(changed=1)
    assert report.relationships == Counts()
    assert stored(store) == graph_of([NET, NET_IN_PRINT])


def test_a_data_set_becomes_a_benchmark_once_a_paper_scores_on_it(store):
    store.load([NET, PRETRAINING])
    assert store.query("MATCH (d:Dataset) RETURN d.name ORDER BY d.name").rows == [("ZzCorpus",), ("ZzPile",)]

    report = store.load([STUDY])

    assert report.nodes.changed == 1
    assert store.query("MATCH (d:Dataset) RETURN d.name").rows == [("ZzPile",)]
    assert stored(store) == graph_of([NET, PRETRAINING, STUDY])


def test_a_benchmark_becomes_a_data_set_again_when_no_paper_scores_on_it(store):
    unscored = dataclasses.replace(STUDY, extractor="rules 2", entities=(), relations=())
    store.load([NET, STUDY])
    store.load([unscored])

    assert store.query("MATCH (d:Dataset) RETURN d.name ORDER BY d.name").rows == [("ZzCorpus",), ("ZzPile",)]
    assert stored(store) == graph_of([NET, unscored])


def test_a_newer_reading_replaces_a_papers_facts(store):
    store.load([*PAPERS, OLD])
    report = store.load([NEW])

    assert report.papers == Counts(changed=1)
    assert report.nodes.deleted == 2
    assert report.relationships == Counts(created=1, deleted=7, unchanged=3)
    assert stored(store) == graph_of([*PAPERS, NEW])


def test_an_older_reading_does_not_replace_a_newer_one(store):
    store.load([NEW])
    report = store.load([OLD])

    assert report.papers == Counts(unchanged=1)
    assert stored(store) == graph_of([NEW])


def test_an_entity_that_only_the_replaced_facts_named_goes(store):
    store.load([OLD])
    store.load([NEW])

    assert store.query("MATCH (m:Method) RETURN m.name").rows == [("ZzOne",)]
    assert store.query("MATCH (r:Result) RETURN r.key").rows == []


def test_an_alias_that_only_the_replaced_facts_used_goes(store):
    short = facts(
        "arxiv:9", "Short", 2022, ["ZZCORPUS and ZzCorpus."], {"ZzCorpus": ("Dataset", "ZZCORPUS")},
    )  # fmt: skip
    store.load([NET, short])
    store.load([dataclasses.replace(short, extractor="rules 2", entities=())])

    assert store.query("MATCH (d:Dataset {name: 'ZzCorpus'}) RETURN d.aliases").rows == [(["ZzCorpus"],)]


def test_a_batch_may_replace_some_papers_and_add_others(store):
    store.load([NET, OLD, QUIZ])
    store.load([NEW, FORMER, GIANT, STUDY])

    assert stored(store) == graph_of([NET, NEW, QUIZ, FORMER, GIANT, STUDY])


HOSTILE = {
    "quotes": """Zz "quoted" 'both' `ways`""",
    "backslashes": r"Zz \n \\ \' \u0041",
    "null character": "Zz\x00null",
    "emoji": "Zz 👩‍🔬🧪",
    "right to left": "Zz שלום‏ مرحبا",
    "Cypher": "Zz'}) MATCH (n) DETACH DELETE n //",
    "dollar": "Zz $rows ${x} {{y}}",
    "line ends": "Zz\r\n\tline\u2028end",
    "combining": "Zz e\u0301 ﬁ \ufeff",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_comes_back_as_it_was(store, text):
    paper = facts(
        "arxiv:0", f"Title {text}", 2022, [f"We propose {text}."], {text: "Method"},
        [(PAPER, "PROPOSES", text, 0)], authors=(text,), venue=text,
    )  # fmt: skip
    store.load([NET])
    store.load([paper])

    assert stored(store) == graph_of([NET, paper])
    assert store.query("MATCH (p:Paper {title: $title}) RETURN p.abstract", {"title": f"Title {text}"}).rows == [
        (f"We propose {text}.",)
    ]


def test_an_abstract_of_a_megabyte_comes_back_as_it_was(store):
    paper = facts("arxiv:0", "Long", 2022, ["We propose ZzNet.", "word " * 200_000], {"ZzNet": "Method"})
    store.load([paper])

    assert stored(store) == graph_of([paper])


def test_half_a_surrogate_pair_is_refused_and_named(store):
    broken = facts("arxiv:0", "Broken \ud800", 2022, ["Nothing."], {})

    with pytest.raises(SchemaError) as caught:
        store.load([NET, broken])

    assert str(caught.value) == (
        r"paper 'arxiv:0' holds the lone surrogate \ud800, which is no character; replace it, e.g. by \ufffd"
    )
    assert store.counts()["nodes"]["Paper"] == 0


def test_a_year_beyond_64_bits_is_refused_and_named(store):
    with pytest.raises(SchemaError) as caught:
        store.load([facts("arxiv:0", "Far future", 10**30, ["Nothing."], {})])

    assert str(caught.value) == "paper 'arxiv:0' has a year beyond 64 bits, which no store can keep; correct it"


def test_what_was_loaded_is_there_after_opening_again(store, address):
    store.load(PAPERS)
    store.close()

    with open_store(address) as opened:
        assert stored(opened) == graph_of(PAPERS)
