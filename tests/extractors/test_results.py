import numpy as np
import pytest

from citegraph.extractors.cues import load_cues
from citegraph.extractors.measures import load_measures
from citegraph.extractors.result_features import LINK_TEMPLATES, NUMBER_TEMPLATES
from citegraph.extractors.results import ResultFinder
from citegraph.extractors.weights import LogOdds
from citegraph.graph.records import PAPER, Evidence, Relation

NAMES = {
    "Method": ["ZorbNet", "BERT", "GPT-4", "LLaMA"],
    "Dataset": ["ImageNet"],
    "Benchmark": ["GLUE", "SQuAD", "Zorbench"],
    "Task": ["image classification", "question answering"],
    "Metric": ["top-1 accuracy"],
}
TITLE = "ZorbNet: a simple network"
NEW = "We propose ZorbNet, a novel network for image classification. "


@pytest.fixture(scope="module")
def results(related):
    """Give the results of a paper that proposes ZorbNet."""

    def read(sentence):
        return related(NEW + sentence, TITLE, **NAMES).results

    return read


def numbers(result):
    """What the result's number is made of."""
    parts = ("number", "upper", "origin", "spread", "hedge")
    return {part: getattr(result, part) for part in parts if getattr(result, part) is not None}


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "kind", "parts"),
    [
        ("ZorbNet achieves 76.5% accuracy on ImageNet.", "76.5%", "%", "absolute", {"number": 76.5}),
        ("It outperforms BERT by 2.8 points on GLUE.", "2.8 points", "points", "improvement", {"number": 2.8}),
        (
            "It achieves up to 14x speedup over BERT.",
            "up to 14x",
            "x",
            "ratio",
            {"number": 14.0, "hedge": "up to"},
        ),
        (
            "ZorbNet reaches 91.2 ± 0.3% accuracy on GLUE.",
            "91.2 ± 0.3%",
            "%",
            "absolute",
            {"number": 91.2, "spread": 0.3},
        ),
        (
            "ZorbNet reaches 10-20% accuracy on GLUE.",
            "10-20%",
            "%",
            "absolute",
            {"number": 10.0, "upper": 20.0},
        ),
        (
            "ZorbNet improves BLEU by about 2.5 points on GLUE.",
            "about 2.5 points",
            "points",
            "improvement",
            {"number": 2.5, "hedge": "about"},
        ),
    ],
)
def test_a_number_with_its_parts_and_kind(results, sentence, value, unit, kind, parts):
    (result,) = results(sentence)
    assert (result.value, result.unit, result.kind, numbers(result)) == (value, unit, kind, parts)
    assert (result.method, result.by) == ("ZorbNet", "number-2")


def test_a_change_is_followed_by_the_number_that_it_ends_at(results):
    change, end = results("ZorbNet improves accuracy from 70.5% to 78.8% on GLUE.")
    assert (change.value, change.kind, numbers(change)) == (
        "from 70.5% to 78.8%",
        "improvement",
        {"number": 78.8, "origin": 70.5},
    )
    assert (end.value, end.kind, numbers(end)) == ("78.8%", "absolute", {"number": 78.8})


@pytest.mark.parametrize(
    ("sentence", "on", "metric", "direction"),
    [
        ("ZorbNet achieves 76.5% top-1 accuracy on ImageNet.", "ImageNet", "top-1 accuracy", "higher"),
        ("ZorbNet achieves 76.5% accuracy on ImageNet.", "ImageNet", "accuracy", "higher"),
        ("ZorbNet reduces the perplexity by 3.2 points on GLUE.", "GLUE", "perplexity", "lower"),
        ("ZorbNet reaches a word error rate of 4.5% on GLUE.", "GLUE", "word error rate", "lower"),
        ("It outperforms BERT by 2.8 points on GLUE.", "GLUE", None, None),
        ("It achieves up to 14x speedup over BERT.", None, "speedup", "higher"),
    ],
)
def test_what_a_number_is_measured_on_and_by(results, sentence, on, metric, direction):
    (result,) = results(sentence)
    assert (result.on, result.metric, result.direction) == (on, metric, direction)


def test_a_measure_that_is_no_entity_is_written_as_in_the_text(results):
    (result,) = results("ZorbNet achieves an Accuracy of 76.5% on ImageNet.")
    assert result.metric == "Accuracy"


def test_the_number_of_another_method_is_that_methods(related):
    text = (
        "We introduce Zorbench, a new benchmark for question answering. "
        "GPT-4 reaches 55.1% accuracy, while LLaMA reaches 40.2%."
    )
    found = related(text, "Zorbench: a benchmark for question answering", **NAMES).results
    assert [(r.method, r.value) for r in found] == [("GPT-4", "55.1%"), ("LLaMA", "40.2%")]


def test_so_it_is_where_the_paper_has_its_own(results):
    assert [(r.method, r.value) for r in results("BERT achieves 80.1% accuracy on GLUE.")] == [("BERT", "80.1%")]


def test_a_number_on_two_resources_is_a_result_on_each(results):
    found = results("ZorbNet achieves an accuracy of 90.1% on both GLUE and SQuAD.")
    assert sorted((r.on, r.value) for r in found) == [("GLUE", "90.1%"), ("SQuAD", "90.1%")]


def test_respectively_gives_each_number_its_resource(results):
    found = results("ZorbNet achieves 90.1% and 85.2% accuracy on GLUE and SQuAD, respectively.")
    assert [(r.on, r.value) for r in found] == [("GLUE", "90.1%"), ("SQuAD", "85.2%")]


def test_without_entities_a_number_is_the_papers(related):
    (result,) = related("We propose a network and achieve 76.5% accuracy.").results
    assert (result.method, result.on, result.metric) == (PAPER, None, "accuracy")


@pytest.mark.parametrize(
    "sentence",
    ["ZorbNet has 3 layers.", "It was released in 2017.", "We train for 90 epochs with 8 GPUs.", "It is fast."],
)
def test_other_numbers_are_no_results(results, sentence):
    assert results(sentence) == ()


@pytest.mark.parametrize(
    ("title", "abstract", "field"),
    [
        ("ZorbNet reaches 76.5% accuracy on ImageNet", "We propose ZorbNet.", "title"),
        ("ZorbNet: a network", "É𝔸: we propose ZorbNet. ZorbNet reaches 76.5% accuracy on ImageNet.", "abstract"),
    ],
)
def test_the_evidence_is_the_numbers_sentence_and_the_cue_its_value(related, title, abstract, field):
    (result,) = related(abstract, title, **NAMES).results
    text = title if field == "title" else abstract
    evidence, start = result.evidence, text.index("76.5%")
    assert evidence.field == field
    assert text[evidence.start : evidence.end].rstrip(".") == "ZorbNet reaches 76.5% accuracy on ImageNet"
    assert (evidence.cue.start, evidence.cue.end, evidence.cue.text) == (start, start + 5, "76.5%")


# What follows is decided by the code alone: each number is a result, linked to all that it may be.


def finder(kind=1, link=0.9, threshold=0.45):
    """A finder for which each number is of one kind, and each link has the same probability."""
    kinds = np.zeros((1, 4), np.float32)
    kinds[0, kind] = 3.0
    links = np.full((1, 3), np.log(link / (1 - link)), np.float32)
    return ResultFinder(
        LogOdds({name: {} for name in NUMBER_TEMPLATES}, kinds),
        LogOdds({name: {} for name in LINK_TEMPLATES}, links),
        threshold,
        load_cues(),
        load_measures(),
    )


def proposed(*names):
    return tuple(Relation(PAPER, "PROPOSES", name, Evidence("abstract", 0, 1), 0.9, "test-1") for name in names)


@pytest.fixture(scope="module")
def all_of(named):
    """Give method, resource, metric and value of each result where everything is linked that may be."""

    def read(text, own=(), **settings):
        draft = named(text)
        draft.relations = proposed(*own)
        finder(**settings).read(draft)
        return [(r.method, r.on, r.metric, r.value) for r in draft.results]

    return read


def test_each_resource_has_a_result_and_one_metric_and_method(all_of):
    assert all_of("Alpha and Beta reach 80.5% accuracy on GLUE and Photos.") == [
        ("Alpha", "GLUE", "accuracy", "80.5%"),
        ("Alpha", "Photos", "accuracy", "80.5%"),
    ]


def test_with_respectively_each_number_has_one_resource(all_of):
    assert len(all_of("They reach 80.5% and 70.1% on GLUE and Photos, respectively.")) == 2
    assert len(all_of("They reach 80.5% and 70.1% on GLUE and Photos.")) == 4


def test_a_resource_named_twice_is_one(all_of):
    assert [on for _, on, _, _ in all_of("On GLUE, it is 80.5%, for GLUE is hard.")] == ["GLUE"]


def test_without_links_a_number_is_the_papers_own(all_of):
    text = "Alpha reaches 80.5% accuracy on GLUE. Ours is new."
    assert all_of(text, link=0.1) == [(PAPER, None, "accuracy", "80.5%")]
    assert all_of(text, own=["Ours"], link=0.1) == [("Ours", None, "accuracy", "80.5%")]


def test_of_several_own_methods_the_nearest_in_the_sentence_has_it(all_of):
    text = "Ours and Gamma are new. Delta and Gamma are fast, and reach 80.5%."
    own = ["Ours", "Gamma", "Delta"]
    assert [method for method, *_ in all_of(text, own=own)] == ["Gamma"]
    assert [method for method, *_ in all_of("Ours and Gamma are new. They reach 80.5%.", own=own)] == ["Ours"]


@pytest.mark.parametrize(("kind", "name"), [(1, "absolute"), (2, "improvement"), (3, "ratio")])
def test_the_most_probable_kind_is_the_kind(named, kind, name):
    draft = named("Alpha reaches 80.5%.")
    finder(kind=kind).read(draft)
    assert [result.kind for result in draft.results] == [name]


def test_what_is_more_probably_none_is_no_result(all_of):
    assert all_of("Alpha reaches 80.5%.", kind=0) == []


def test_a_confidence_is_that_of_number_and_link(named):
    draft = named("Alpha reaches 80.5% on GLUE. Beta is new.")
    finder(link=0.9).read(draft)
    number = 1 - 1 / (3 + np.exp(3.0))
    (result,) = draft.results
    assert result.confidence == round(float(number) * 0.9, 3)


@pytest.mark.parametrize("text", ["", "Alpha.", "In 2017."])
def test_without_numbers_there_are_no_results(all_of, text):
    assert all_of(text) == []


KINDS = (
    "ZorbNet improves accuracy from 70.5% to 78.8% on GLUE and by 2.8 points on SQuAD. "
    "It reaches 91.2 ± 0.3% on ImageNet, 10-20% less than BERT, and is up to 14x faster."
)


def test_facts_with_all_kinds_of_numbers_are_read_as_written(related, check):
    facts = related(NEW + KINDS, TITLE, **NAMES)
    for part in ("number", "upper", "origin", "spread", "hedge"):
        assert any(getattr(result, part) is not None for result in facts.results)
    assert {result.kind for result in facts.results} == {"absolute", "improvement", "ratio"}
    check(facts)


def test_a_lone_surrogate_beside_a_number_is_kept(related):
    text = "We reach 80.5\udfff and 76.5% accuracy on GL\ud800UE."
    for result in related(text, "A title", Benchmark=["GL\ud800UE"]).results:
        cue = result.evidence.cue
        assert text[cue.start : cue.end] == cue.text == result.value
