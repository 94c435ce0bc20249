import pytest

from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pairs import find_pairs

TEXT = "We introduce Zorbench, a new benchmark for question answering. We evaluate GPT-4 and LLaMA on Zorbench."
TITLE = "Zorbench: a benchmark for question answering"


def evaluated(facts):
    names = {entity.id: entity.name for entity in facts.entities}
    return {(names.get(r.head), names[r.tail]) for r in facts.relations if r.type == "EVALUATED_ON"}


def test_the_models_that_a_benchmark_paper_scores_are_evaluated_on_it(read):
    assert ("GPT-4", "Zorbench") in evaluated(read(TEXT, TITLE))


def test_each_such_relation_has_the_sentence_that_holds_both(read):
    facts = read(TEXT, TITLE)
    relation = next(r for r in facts.relations if r.by == "pair-1")
    assert TEXT[relation.evidence.start : relation.evidence.end] == "We evaluate GPT-4 and LLaMA on Zorbench."


@pytest.fixture
def pairs(nlp):
    def find(text):
        draft = draft_of(nlp(text))
        found = find_pairs(draft, cues_of(draft, load_cues()))
        return [(pair.head.entity.name, pair.tail.entity.name) for pair in found]

    return find


def test_a_pair_stands_in_one_sentence(pairs):
    assert pairs("We evaluate BERT on GLUE. We also use RoBERTa.") == [("BERT", "GLUE")]


def test_without_a_resource_there_are_no_pairs(pairs):
    assert pairs("We use BERT and RoBERTa.") == []
