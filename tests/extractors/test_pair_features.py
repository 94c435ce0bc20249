import time

import pytest

from citegraph.extractors.comparisons import find_comparisons
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.given import Given, give
from citegraph.extractors.pair_features import PAIR_TEMPLATES, PairFeatures, find_pairs, pair_paper
from citegraph.graph.records import PAPER, Evidence, Relation

CUES = load_cues()


def of_paper(type_, *names):
    return tuple(Relation(PAPER, type_, name, Evidence("abstract", 0, 1), 0.9, "test-1") for name in names)


class Named(dict):
    """Rows that are the template and the value themselves."""

    def __init__(self, template):
        self._template = template

    def get(self, key, default=None):
        return f"{self._template}: {key}"


@pytest.fixture(scope="module")
def paired(named):
    """Give a draft with its comparisons and relations, and its pairs."""

    def read(text, title="", relations=()):
        draft = named(text, title)
        own = [n for n, found in enumerate(draft.found) if ("PROPOSES", found.entity.id) in kinds(relations)]
        draft.comparisons = tuple(find_comparisons(draft, cues_of(draft, CUES), CUES, own))
        draft.relations = relations
        return draft, list(find_pairs(draft, cues_of(draft, CUES)))

    return read


def kinds(relations):
    return {(relation.type, relation.tail) for relation in relations}


@pytest.fixture(scope="module")
def pairs(paired):
    """Give the names of the pairs of a text."""

    def read(text, title="", relations=()):
        draft, found = paired(text, title, relations)
        return [(draft.found[pair.head].entity.id, draft.found[pair.tail].entity.id) for pair in found]

    return read


@pytest.fixture(scope="module")
def sentences(paired):
    """Give the number of the sentence that each pair stands in, and its words there."""

    def read(text, title="", relations=()):
        draft, found = paired(text, title, relations)
        starts, ends = draft.words.starts, draft.words.ends
        return [
            (
                pair.sentence,
                *(draft.text[starts[a] : ends[b - 1]] for a, b in pair.places),
                pair.places[0] < pair.places[1],
            )
            for pair in found
        ]

    return read


@pytest.fixture(scope="module")
def values(paired):
    """Give all that is known of the first pair of a text."""

    def read(text, relations=()):
        draft, found = paired(text, relations=relations)
        sentences = cues_of(draft, CUES)
        features = PairFeatures({template: Named(template) for template in PAIR_TEMPLATES}, CUES.names)
        return set(features(found[0], draft, sentences, pair_paper(draft, sentences)))

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We evaluate Alpha on GLUE.", [("Alpha", "GLUE")]),
        ("We evaluate Alpha on GLUE and Photos.", [("Alpha", "GLUE"), ("Alpha", "Photos")]),
        ("On GLUE, Alpha fails.", [("Alpha", "GLUE")]),
        ("Alpha beats Beta.", [("Alpha", "Beta"), ("Beta", "Alpha")]),
        ("Alpha is used for parsing.", [("Alpha", "parsing")]),
        ("Alpha has an accuracy of 80%.", []),
        ("We use GLUE and Photos for parsing.", []),
        ("Alpha is new.", []),
        ("", []),
    ],
)
def test_each_method_is_paired_with_what_its_sentence_names(pairs, text, expected):
    assert pairs(text) == expected


def test_no_pair_crosses_sentences_or_fields(pairs):
    assert pairs("We use Alpha. We test on GLUE.") == []
    assert pairs("We test on GLUE.", "On Alpha") == []
    assert pairs("GLUE is old.", "Alpha on Photos") == [("Alpha", "Photos")]


def test_two_names_are_one_pair_wherever_they_stand_together(sentences):
    text = "We test Alpha on GLUE. Alpha fails on GLUE. On GLUE, Alpha and Alpha fail."
    assert sentences(text) == [(0, "Alpha", "GLUE", True)]


def test_the_sentence_of_a_comparison_comes_before_the_first(sentences):
    text = "We use Alpha and Beta. They differ. Alpha outperforms Beta."
    assert sentences(text) == [(2, "Alpha", "Beta", True), (2, "Beta", "Alpha", False)]


def test_of_two_comparisons_the_first_counts(sentences):
    text = "We use Alpha and Beta. Beta is outperformed by Alpha. Alpha beats Beta."
    assert {sentence for sentence, *_ in sentences(text)} == {1}


def test_a_comparison_with_another_changes_nothing(sentences):
    text = "We use Alpha and Beta. Alpha beats Gamma."
    assert [sentence for sentence, *_ in sentences(text)] == [0, 0, 1, 1]


def test_the_papers_own_methods_are_in_no_pair(pairs):
    text = "Ours beats Alpha on GLUE."
    assert pairs(text, relations=of_paper("PROPOSES", "Ours")) == [("Alpha", "GLUE")]
    assert ("Ours", "GLUE") in pairs(text)


def test_a_reference_counts_as_a_mention(sentences):
    text = "We introduce GLUE. We evaluate Alpha on it. Beta fails on the benchmark."
    assert sentences(text, relations=of_paper("INTRODUCES", "GLUE")) == [
        (1, "Alpha", "it", True),
        (2, "Beta", "the benchmark", True),
    ]
    assert sentences(text) == []


def test_a_name_comes_before_a_reference_in_its_sentence(sentences):
    text = "GLUE is new: on it and on GLUE, Alpha fails."
    assert sentences(text, relations=of_paper("INTRODUCES", "GLUE")) == [(0, "Alpha", "GLUE", False)]


def test_only_the_first_forty_entities_are_paired(named):
    names = [f"Net{number}x" for number in range(60)]
    draft = named("We use " + ", ".join(names) + ".")
    give(draft, [Given(name, "Method", name, [name]) for name in names])
    assert len(list(find_pairs(draft, cues_of(draft, CUES)))) == 40 * 39


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Alpha outperforms Beta.", "frame: win head first"),
        ("Alpha is outperformed by Beta.", "frame: win tail first"),
        ("Alpha does not outperform Beta.", "frame: parity head first"),
        ("Does Alpha outperform Beta?", "frame: open head first"),
        ("Alpha and Beta beat Gamma.", "frame: win head first of False"),
        ("Our method beats Alpha and Beta.", "frame: win head second to True"),
        ("Alpha is used for parsing.", "plain: Task"),
        ("Alpha fails on GLUE.", "plain: Benchmark"),
        ("Alpha fails on GLUE.", "plain: together near True"),
        ("On GLUE, Alpha fails.", "plain: together near False"),
        ("Alpha fails on GLUE.", "plain: between True fails on"),
        ("On GLUE, Alpha fails.", "plain: between False ,"),
        ("Alpha and Beta fail.", "plain: one list"),
        ("Alpha and Beta fail.", "plain: others between 0 True"),
        ("Alpha fails on GLUE.", "plain: head named True"),
        ("We test Alpha on GLUE.", "plain: evaluate before Benchmark True"),
        ("Alpha is trained on GLUE.", "plain: train_on between Benchmark True"),
        ("Alpha is not trained on GLUE.", "plain: not train_on between Benchmark True"),
        ("Alpha, Beta fail.", "plain: own 0 False"),
        ("Alpha, Beta fail.", "plain: head none"),
    ],
)
def test_what_is_known_of_a_pair(values, text, value):
    assert value in values(text)


def test_what_the_paper_does_with_both_is_known(values):
    relations = of_paper("USES", "Alpha") + of_paper("INTRODUCES", "GLUE")
    found = values("Alpha fails on GLUE.", relations)
    assert {"plain: head USES", "plain: tail INTRODUCES", "plain: own 0 True"} <= found


def test_names_far_apart_have_no_words_between_them(values):
    found = values("Alpha was, as it seems to all of us and to many others too, in the end bad on GLUE.")
    assert "plain: together far True" in found
    assert not any(value.startswith("plain: between") for value in found)


def test_features_that_are_not_known_have_no_row(paired):
    draft, (pair,) = paired("We evaluate Alpha on GLUE.")
    features = PairFeatures({template: {} for template in PAIR_TEMPLATES}, CUES.names)
    assert features(pair, draft, cues_of(draft, CUES), pair_paper(draft, cues_of(draft, CUES))) == []


def test_a_thousand_comparisons_in_one_sentence_take_no_time(paired):
    start = time.process_time()
    _, found = paired("Alpha outperforms Beta and " * 1_000 + "Gamma.")
    assert time.process_time() - start < 10
    assert len(found) == 6
