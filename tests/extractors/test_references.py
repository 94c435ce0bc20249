import pytest

from citegraph.extractors.references import find_references
from citegraph.graph.records import PAPER, Evidence, Relation


def introduced(*names):
    return tuple(Relation(PAPER, "INTRODUCES", name, Evidence("abstract", 0, 1), 0.9, "test-1") for name in names)


GLUE = introduced("GLUE")


@pytest.fixture(scope="module")
def references(named):
    """Give the references of a text with what they stand for; "GLUE" is introduced where nothing else is said."""

    def read(text, title="", relations=GLUE):
        draft = named(text, title)
        draft.relations = relations
        starts, ends = draft.words.starts, draft.words.ends
        return [
            (draft.text[starts[start] : ends[end - 1]], draft.found[number].entity.id)
            for start, end, number in find_references(draft)
        ]

    return read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GLUE is new. Alpha fails on the benchmark.", "the benchmark"),
        ("GLUE is new. Alpha fails on our dataset.", "our dataset"),
        ("GLUE is new. This benchmark is hard.", "This benchmark"),
        ("GLUE is new. THE CORPUS is large.", "THE CORPUS"),
        ("GLUE is new. We release the leaderboard.", "the leaderboard"),
        ("GLUE is new. The datasets are large.", "The datasets"),
        ("GLUE is new. Alpha fails on it.", "it"),
        ("GLUE is new, and Alpha fails on it.", "it"),
    ],
)
def test_what_stands_for_the_resource_that_is_introduced(references, text, words):
    assert references(text) == [(words, "GLUE")]


@pytest.mark.parametrize(
    "text",
    [
        "GLUE is new. A benchmark is hard.",
        "GLUE is new. The large benchmark is hard.",
        "GLUE is new. It is hard.",
        "GLUE is new. The method is good.",
        "GLUE is new. It builds on its size.",
        "GLUE is new on",
        "GLUE is new: the",
        "GLUE",
    ],
)
def test_other_words_stand_for_nothing(references, text):
    assert references(text) == []


def test_each_reference_counts(references):
    text = "GLUE is new. The benchmark is hard, and Alpha fails on it. Our benchmark is large."
    assert [words for words, _ in references(text)] == ["The benchmark", "it", "Our benchmark"]


def test_a_reference_stands_behind_the_first_mention(references):
    assert references("The benchmark is hard. Alpha fails on it. We call it GLUE.") == []
    assert references("The benchmark is hard. It is GLUE. Our benchmark is large.") == [("Our benchmark", "GLUE")]


def test_a_mention_in_the_title_is_the_first(references):
    assert references("The benchmark is hard.", "GLUE for all") == [("The benchmark", "GLUE")]


def test_a_name_beside_the_word_is_what_it_says(references):
    assert references("GLUE is new. We test on the SuperGLUE benchmark.") == []
    assert references("GLUE is new. We test on the benchmark SuperGLUE.") == []
    assert references("GLUE is new. We test on the GLUE benchmark.") == []
    assert references("GLUE is new. We test on the benchmark of SuperGLUE.") == []


def test_of_two_introduced_resources_neither_is_meant(references):
    text = "GLUE and Photos are new. The benchmark is hard."
    assert references(text, relations=introduced("GLUE", "Photos")) == []
    assert references(text, relations=introduced("Photos")) == [("The benchmark", "Photos")]


def test_without_an_introduced_resource_there_are_none(references):
    assert references("GLUE is known. The benchmark is hard.", relations=()) == []


def test_only_what_is_introduced_is_meant(references):
    other = Relation(PAPER, "EVALUATED_ON", "GLUE", Evidence("abstract", 0, 1), 0.9, "test-1")
    assert references("GLUE is known. The benchmark is hard.", relations=(other,)) == []


def test_an_introduced_task_or_metric_is_no_resource(references):
    text = "We define parsing and accuracy. The benchmark is hard."
    assert references(text, relations=introduced("parsing", "accuracy")) == []
    text = "We define parsing and GLUE. The benchmark is hard."
    assert references(text, relations=introduced("parsing", "GLUE")) == [("The benchmark", "GLUE")]


def test_a_resource_that_is_introduced_twice_is_one(references):
    assert references("GLUE is new. The benchmark is hard.", relations=introduced("GLUE", "GLUE")) == [
        ("The benchmark", "GLUE")
    ]


@pytest.mark.parametrize("text", ["", " ", "The benchmark."])
def test_a_text_without_entities_has_none(references, text):
    assert references(text) == []
