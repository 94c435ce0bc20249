import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegraph.extractors.pipeline import MODELS, extract_papers, shared_pipeline
from citegraph.graph.records import PAPER, Paper

NAMES = {
    "Method": ["ZorbNet", "SimCLR", "BERT", "RoBERTa", "contrastive learning"],
    "Dataset": ["ImageNet"],
    "Benchmark": ["GLUE", "CIFAR-100", "Zorbench"],
    "Task": ["image classification", "question answering"],
}
TEXT = (
    "We propose ZorbNet, a novel framework for image classification based on contrastive learning. "
    "Experiments on CIFAR-100 show that ZorbNet outperforms SimCLR."
)
TITLE = "ZorbNet: a simple framework"
NEW = "We propose ZorbNet, a novel network for image classification. "


@pytest.fixture(scope="module")
def roles(related):
    """Give the relations of a paper that proposes ZorbNet, to a method or a resource."""

    def read(sentence, tail):
        facts = related(NEW + sentence, TITLE, **NAMES)
        return {r.type: r for r in facts.relations if r.tail == tail and r.head in ("ZorbNet", PAPER)}

    return read


def relations(facts):
    return {(r.head, r.type, r.tail) for r in facts.relations}


@pytest.mark.parametrize(
    "triple",
    [
        (PAPER, "PROPOSES", "ZorbNet"),
        ("ZorbNet", "ADDRESSES", "image classification"),
        ("ZorbNet", "USES", "contrastive learning"),
        ("ZorbNet", "EVALUATED_ON", "CIFAR-100"),
        ("ZorbNet", "OUTPERFORMS", "SimCLR"),
    ],
)
def test_the_role_of_each_entity(related, triple):
    assert triple in relations(related(TEXT, TITLE, **NAMES))


def test_a_paper_without_a_method_of_its_own_is_the_head(related):
    facts = related("We evaluate BERT on GLUE and CIFAR-100. Our analysis shows that BERT fails.", **NAMES)
    assert (PAPER, "EVALUATED_ON", "GLUE") in relations(facts)
    assert "PROPOSES" not in {r.type for r in facts.relations}


def test_a_new_benchmark_is_introduced(related):
    text = "We introduce Zorbench, a new benchmark for question answering."
    assert (PAPER, "INTRODUCES", "Zorbench") in relations(related(text, "Zorbench: a benchmark", **NAMES))


@pytest.mark.parametrize(
    ("sentence", "cue", "by"),
    [
        ("ZorbNet outperforms BERT.", "outperforms", "cue:outperform-1"),
        ("It outperforms BERT by 2.8 points.", "outperforms", "cue:outperform-1"),
        ("BERT is outperformed by ZorbNet.", "outperformed by", "cue:outperformed_by-1"),
        ("BERT lags behind ZorbNet.", "lags behind", "cue:worse-1"),
    ],
)
def test_the_winner_is_the_head(roles, sentence, cue, by):
    found = roles(sentence, "BERT")
    assert list(found) == ["OUTPERFORMS"]
    evidence = found["OUTPERFORMS"].evidence
    start = len(NEW) + sentence.index(cue)
    assert (evidence.field, evidence.start, evidence.end) == ("abstract", len(NEW), len(NEW) + len(sentence))
    assert (evidence.cue.start, evidence.cue.end, evidence.cue.text) == (start, start + len(cue), cue)
    assert (found["OUTPERFORMS"].head, found["OUTPERFORMS"].by) == ("ZorbNet", by)


@pytest.mark.parametrize("sentence", ["ZorbNet is outperformed by BERT.", "BERT outperforms ZorbNet."])
def test_what_the_papers_own_loses_to_is_not_outperformed(roles, sentence):
    assert "OUTPERFORMS" not in roles(sentence, "BERT")


@pytest.mark.parametrize(
    ("sentence", "cue", "by"),
    [
        ("ZorbNet does not outperform BERT.", "outperform", "cue:outperform-1"),
        ("ZorbNet is on par with BERT.", "on par with", "cue:parity-1"),
    ],
)
def test_without_a_winner_two_are_compared(roles, sentence, cue, by):
    found = roles(sentence, "BERT")
    assert list(found) == ["COMPARED_WITH"]
    assert found["COMPARED_WITH"].evidence.cue.text == cue
    assert found["COMPARED_WITH"].by == by


@pytest.mark.parametrize(
    "sentence",
    [
        "Does ZorbNet outperform BERT?",
        "We ask whether ZorbNet outperforms BERT.",
        "ZorbNet works without using BERT.",
        "ZorbNet does not use BERT.",
    ],
)
def test_what_is_open_or_denied_is_no_relation(roles, sentence):
    assert roles(sentence, "BERT") == {}


def test_a_second_mention_that_says_so_counts(roles):
    assert "USES" in roles("ZorbNet uses BERT. On a phone ZorbNet works without BERT.", "BERT")


def test_what_is_trained_on_is_not_what_is_evaluated_on(roles):
    sentence = "ZorbNet is trained on ImageNet and evaluated on GLUE."
    trained, evaluated = roles(sentence, "ImageNet"), roles(sentence, "GLUE")
    assert list(trained) == ["TRAINED_ON"]
    assert (trained["TRAINED_ON"].by, trained["TRAINED_ON"].evidence.cue.text) == ("cue:train_on-1", "trained on")
    assert list(evaluated) == ["EVALUATED_ON"]
    assert evaluated["EVALUATED_ON"].evidence.cue.text == "evaluated on"


def test_what_others_are_trained_on_the_papers_own_is_not(roles):
    assert "TRAINED_ON" not in roles("BERT is trained on ImageNet.", "ImageNet")


def test_without_a_cue_the_first_mention_is_the_evidence(related):
    facts = related(NEW, TITLE, **NAMES)
    (relation,) = [r for r in facts.relations if r.type == "ADDRESSES"]
    assert (relation.evidence.field, relation.evidence.start, relation.evidence.end) == ("abstract", 0, len(NEW) - 1)


def test_every_relation_names_its_rule_and_confidence(related):
    for found in related(TEXT, TITLE, **NAMES).relations:
        assert found.by.startswith(("cue:", "pair-2", "default-1", "title-colon-1"))
        assert 0 < found.confidence < 1


def test_a_cue_is_named_as_it_is_cited(related):
    for found in related(TEXT, TITLE, **NAMES).relations:
        assert (found.evidence.cue is not None) == (found.by.startswith("cue:") or ":" in found.by[6:])


def test_a_proposed_method_has_no_relation_to_itself(related):
    assert all(r.head != r.tail for r in related(TEXT, TITLE, **NAMES).relations)


@pytest.mark.parametrize(("title", "abstract"), [("", ""), ("A title", ""), ("", "Nothing here.")])
def test_without_entities_there_are_no_relations(related, title, abstract):
    assert related(abstract, title, **NAMES).relations == ()


def test_entities_beyond_the_text_change_nothing(related):
    more = NAMES | {"Metric": ["FOO"], "Method": [*NAMES["Method"], "GPT-9"]}
    assert related(TEXT, TITLE, **NAMES).relations == related(TEXT, TITLE, **more).relations


GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "relations.jsonl").read_text("utf-8").splitlines()
]
TEXTS = (
    "It improves accuracy from 70.5% to 78.8% by 2.8 points up to 14x and reaches 91.2 ± 0.3% on GLUE . ZorbNet BERT "
    "outperforms does not is trained on ImageNet , without whether ? É𝔸 the benchmark our method"
)


@pytest.mark.parametrize("case", sorted({item["case"] for item in GOLDEN}))
def test_facts_of_golden_sentences_are_read_as_written(related, check, case):
    for item in GOLDEN:
        if item["case"] == case:
            names = defaultdict(list)
            for entity in item["entities"]:
                names[entity["type"]] += entity["surfaces"]
            check(related(item["abstract"], item["title"] or "A title", **names))


@pytest.mark.parametrize("model", ["fast", "standard"])
def test_facts_of_golden_sentences_with_their_own_entities_are_read_as_written(check, model):
    papers = [Paper("test:1", item["title"] or "A title", item["abstract"]) for item in GOLDEN]
    for facts in extract_papers(shared_pipeline(model), papers, MODELS[model][0]):
        check(facts)


@given(st.lists(st.sampled_from([*TEXTS.split(), "\n\n"]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_facts_of_shuffled_words_are_read_as_written(related, check, words):
    check(related(" ".join(words), "T " + " ".join(words), **NAMES))
