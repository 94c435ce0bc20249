import time

import numpy as np
import pytest

from citegraph.extractors.chains import find_chains
from citegraph.extractors.comparisons import find_comparisons
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.pair_features import PAIR_TEMPLATES
from citegraph.extractors.pairs import PairFinder
from citegraph.extractors.statements import Statement, find_denied
from citegraph.extractors.weights import PAIR_ROLES, LogOdds
from citegraph.graph.records import PAPER, Evidence, Relation

TEXT = "We introduce Zorbench, a new benchmark for question answering. We evaluate GPT-4 and LLaMA on Zorbench."
TITLE = "Zorbench: a benchmark for question answering"
NAMES = {
    "Method": ["GPT-4", "LLaMA"],
    "Benchmark": ["Zorbench"],
    "Task": ["question answering"],
}
CUES = load_cues()


def of_others(facts, *types):
    return {(r.head, r.type, r.tail) for r in facts.relations if r.by.startswith("pair-2") and r.type in types}


def test_the_models_that_a_benchmark_paper_scores_are_evaluated_on_it(related):
    assert of_others(related(TEXT, TITLE, **NAMES), "EVALUATED_ON") == {
        ("GPT-4", "EVALUATED_ON", "Zorbench"),
        ("LLaMA", "EVALUATED_ON", "Zorbench"),
    }


def test_so_are_those_that_it_scores_on_what_stands_for_it(related):
    text = "We introduce Zorbench, a new benchmark for question answering. We evaluate GPT-4 and LLaMA on it."
    facts = related(text, TITLE, **NAMES)
    assert ("GPT-4", "EVALUATED_ON", "Zorbench") in of_others(facts, "EVALUATED_ON")
    (relation,) = [r for r in facts.relations if r.head == "GPT-4" and r.type == "EVALUATED_ON"]
    assert text[relation.evidence.start : relation.evidence.end] == "We evaluate GPT-4 and LLaMA on it."


def test_each_such_relation_has_the_sentence_that_holds_both_and_the_cue(related):
    relations = [r for r in related(TEXT, TITLE, **NAMES).relations if r.head == "GPT-4" and r.type == "EVALUATED_ON"]
    (evidence,) = [relation.evidence for relation in relations]
    assert TEXT[evidence.start : evidence.end] == "We evaluate GPT-4 and LLaMA on Zorbench."
    assert (evidence.cue.start, evidence.cue.end, evidence.cue.text) == (66, 74, "evaluate")
    assert [relation.by for relation in relations] == ["pair-2:evaluate"]


def test_of_the_methods_of_others_one_outperforms_the_other(related):
    text = "We introduce Zorbench, a new benchmark for question answering. GPT-4 outperforms LLaMA on Zorbench."
    assert of_others(related(text, TITLE, **NAMES), "OUTPERFORMS") == {("GPT-4", "OUTPERFORMS", "LLaMA")}


def test_a_turned_comparison_turns_the_relation(related):
    text = "We introduce Zorbench, a new benchmark for question answering. GPT-4 is outperformed by LLaMA on Zorbench."
    facts = related(text, TITLE, **NAMES)
    assert ("GPT-4", "OUTPERFORMS", "LLaMA") not in of_others(facts, "OUTPERFORMS")


def finder(prior, reliability=(), threshold=0.5):
    """A finder that gives each relation of each pair the same probability."""
    odds = np.log(prior / (1 - prior))
    table = np.full((1, len(PAIR_ROLES)), odds, np.float32)
    log_odds = LogOdds({template: {} for template in PAIR_TEMPLATES}, table)
    return PairFinder(log_odds, threshold, CUES, dict(reliability))


def read(draft, pair_finder):
    draft.comparisons = tuple(find_comparisons(draft, cues_of(draft, CUES), CUES, []))
    pair_finder.read(draft)
    return [
        (r.head, r.type, r.tail, r.confidence, r.by, r.evidence.cue and r.evidence.cue.text) for r in draft.relations
    ]


def test_each_relation_that_the_schema_allows_is_decided(named):
    assert read(named("Alpha is trained on GLUE."), finder(0.9)) == [
        ("Alpha", "EVALUATED_ON", "GLUE", 0.9, "pair-2", None),
        ("Alpha", "TRAINED_ON", "GLUE", 0.9, "pair-2:train_on", "trained on"),
    ]
    assert [(r[0], r[1], r[2]) for r in read(named("Alpha beats Beta."), finder(0.9))] == [
        ("Alpha", "USES", "Beta"),
        ("Alpha", "OUTPERFORMS", "Beta"),
        ("Alpha", "COMPARED_WITH", "Beta"),
        ("Beta", "USES", "Alpha"),
        ("Beta", "OUTPERFORMS", "Alpha"),
        ("Beta", "COMPARED_WITH", "Alpha"),
    ]
    assert [(r[0], r[1], r[2]) for r in read(named("Alpha is for parsing."), finder(0.9))] == [
        ("Alpha", "ADDRESSES", "parsing")
    ]


@pytest.mark.parametrize(("prior", "count"), [(0.49, 0), (0.51, 2)])
def test_less_than_the_threshold_is_no_relation(named, prior, count):
    assert len(read(named("Alpha is on GLUE."), finder(prior))) == count


def test_relations_that_are_there_stay_and_come_first(named):
    draft = named("Alpha is on GLUE.")
    there = Relation(PAPER, "USES", "Alpha", Evidence("abstract", 0, 17), 0.7, "test-1")
    draft.relations = (there,)
    read(draft, finder(0.9))
    assert draft.relations[0] is there
    assert len(draft.relations) == 3


def test_a_statement_raises_what_it_says(named):
    draft = named("Alpha outperforms Beta on GLUE.")
    (cue,) = (cue for cue in cues_of(draft, CUES).cues[0] if CUES.names[cue.number] == "outperform")
    draft.statements = (Statement(0, "OUTPERFORMS", 1, "win other", cue),)
    assert read(draft, finder(0.1, {"win other": 0.8})) == [
        ("Alpha", "OUTPERFORMS", "Beta", 0.8, "pair-2:outperform", "outperforms")
    ]


@pytest.mark.parametrize(("reliability", "count"), [({"": 0.8}, 1), ({"win other": 0.3, "": 0.8}, 0), ({}, 0)])
def test_a_form_that_is_not_known_has_the_share_of_any(named, reliability, count):
    draft = named("Alpha outperforms Beta on GLUE.")
    (cue,) = (cue for cue in cues_of(draft, CUES).cues[0] if CUES.names[cue.number] == "outperform")
    draft.statements = (Statement(0, "OUTPERFORMS", 1, "win other", cue),)
    assert len(read(draft, finder(0.1, reliability))) == count


def test_what_is_denied_has_no_relation(named):
    draft = named("Alpha works on GLUE without using Beta.")
    draft.denied = find_denied(draft, cues_of(draft, CUES), CUES, find_chains(draft))
    assert {(r[0], r[2]) for r in read(draft, finder(0.9))} == {("Alpha", "GLUE")}


def test_the_nearest_cue_for_the_relation_is_cited(named):
    text = "Alpha is trained on Photos and evaluated on GLUE."
    assert {(r[1], r[2]): r[5] for r in read(named(text), finder(0.9))} == {
        ("EVALUATED_ON", "Photos"): "evaluated on",
        ("TRAINED_ON", "Photos"): "trained on",
        ("EVALUATED_ON", "GLUE"): "evaluated on",
        ("TRAINED_ON", "GLUE"): "trained on",
    }


@pytest.mark.parametrize("text", ["", "Alpha.", "GLUE and Photos."])
def test_without_pairs_nothing_changes(named, text):
    assert read(named(text), finder(0.9)) == []


MANY = [f"Net{first}{second}x" for first in "ABCDEFGHIJKLMNOPQRST" for second in "abcdefghijklmno"]
SETS = [name.replace("Net", "Set") for name in MANY]
LONG = {
    "300 methods in one list": ("We use " + ", ".join(MANY) + " and reach 80.5%.", MANY),
    "150 methods, resources and numbers": (
        " and ".join(
            f"{one} reaches {number}.5% on {on}" for number, (one, on) in enumerate(zip(MANY[:150], SETS, strict=False))
        ),
        MANY[:150],
    ),
    "1,000 comparisons": ("ZorbNet outperforms BERT and " * 1_000, ["ZorbNet", "BERT"]),
    "100 KB of numbers and names": ("ZorbNet reaches 80.5% on GLUE, " * 3_300, ["ZorbNet", "BERT"]),
    "100 KB of comparisons": ("BERT outperforms GPT-4 by 2.5 points on GLUE, and " * 2_000, ["BERT", "GPT-4"]),
    "100 KB of training": ("BERT is trained on GLUE and " * 3_500, ["BERT"]),
}


@pytest.mark.parametrize("name", LONG)
def test_one_long_sentence_takes_seconds(related, check, name):
    text, methods = LONG[name]
    start = time.process_time()
    facts = related(text, "A title", Method=methods, Benchmark=["GLUE", *SETS[:150]])
    assert time.process_time() - start < 20
    check(facts)
