import pytest

from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.results import find_numbers
from citegraph.graph.records import Paper


@pytest.fixture
def numbers(nlp):
    def find(text):
        draft = draft_of(make_doc(nlp, Paper("test:1", "", text)))
        return [(draft.text[n.start : n.end], n.unit) for n in find_numbers(draft)]

    return find


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("reaches 76.5% accuracy", ("76.5%", "%")),
        ("reaches 94\\% accuracy", ("94\\%", "%")),
        ("by 2.8 points", ("2.8 points", "points")),
        ("by 3 percentage points", ("3 percentage points", "points")),
        ("is 14x smaller", ("14x", "x")),
        ("is 1.26$\\times$ faster", ("1.26$\\times$", "x")),
        ("is 10 times faster", ("10 times", "x")),
        ("of 0.618 F1", ("0.618 F1", "F1")),
        ("of 46.85 here", ("46.85", None)),
        ("of .78 here", (".78", None)),
        ("of 1,024.5 here", ("1,024.5", None)),
    ],
)
def test_numbers_with_their_units(numbers, text, number):
    assert numbers(text) == [number]


@pytest.mark.parametrize(
    "text", ["in 2017", "GPT-4", "ResNet-50", "CIFAR-10/100", "v1.2.3", "7 models", "x_{16}", "arXiv:2001.01234v1"]
)
def test_years_names_and_counts_are_no_results(numbers, text):
    assert numbers(text) == []


def test_a_result_has_its_metric_resource_method_and_kind(read):
    facts = read("We propose ZorbNet. ZorbNet achieves 76.5% top-1 accuracy on ImageNet.", "ZorbNet: a network")
    names = {e.id: e.name.lower() for e in facts.entities}
    (result,) = facts.results
    assert (result.value, result.unit, result.kind) == ("76.5%", "%", "absolute")
    assert (names[result.method], names[result.on], names[result.metric]) == ("zorbnet", "imagenet", "top-1 accuracy")


def test_a_gain_is_an_improvement(read):
    facts = read("We propose ZorbNet. It outperforms BERT by 2.8 points on GLUE.", "ZorbNet: a network")
    assert [(r.value, r.kind) for r in facts.results] == [("2.8 points", "improvement")]


def test_a_speedup_is_a_ratio(read):
    facts = read("We propose ZorbNet. It achieves up to 14x speedup over BERT.", "ZorbNet: a network")
    assert [(r.value, r.kind) for r in facts.results] == [("up to 14x", "ratio")]


def test_the_evidence_is_the_numbers_sentence(read):
    text = "We propose ZorbNet. ZorbNet achieves 76.5% accuracy on ImageNet."
    (result,) = read(text).results
    assert text[result.evidence.start : result.evidence.end] == "ZorbNet achieves 76.5% accuracy on ImageNet."
