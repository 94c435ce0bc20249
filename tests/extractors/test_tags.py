"""The labels of words, what they say about places, and the mentions that they make."""

import numpy as np
import pytest

from citegraph.extractors import extract
from citegraph.extractors.draft import Candidate, draft_of
from citegraph.extractors.groups import group_candidates, tagged_places
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.tag_features import (
    ENTITY_TAG_FEATURES,
    ROLE_TAG_FEATURES,
    entity_numbers,
    role_numbers,
    tagged_spans,
)
from citegraph.extractors.tagged import TaggedSpanFinder
from citegraph.extractors.tags import TAGS, columns
from citegraph.graph.records import Paper

METHOD, TASK = 0, 3


def tagged(*labels, sure=0.9):
    """Words with these labels, the rest of the probability being outside; "O" is a word outside."""
    table = np.zeros((len(labels), len(TAGS)), np.float32)
    for row, label in enumerate(labels):
        table[row, 0] = 1 - sure
        table[row, TAGS.index(label)] += sure
    return table


TEXT = tagged("O", "B-Method:USES", "I-Method:USES", "B-Task:ADDRESSES", "O")


def test_there_are_37_labels():
    assert (len(TAGS), TAGS[0], TAGS[1], TAGS[-1]) == (37, "O", "B-Dataset:none", "I-Metric:INTRODUCES")


@pytest.mark.parametrize(
    ("place", "type_", "role", "count"), [("", "", "", 36), ("B", "", "", 18), ("", "Task", "", 6)]
)
def test_columns_are_chosen_by_place_type_and_role(place, type_, role, count):
    assert len(columns(place, type_, role)) == count


def test_the_mentions_are_the_runs_of_words_that_are_not_outside():
    assert list(tagged_spans(TEXT)) == [(1, 3), (3, 4)]


def test_doubtful_words_are_mentions_at_the_higher_level_of_doubt_alone():
    doubtful = tagged("B-Method:USES", "I-Method:USES")
    doubtful[1, 0], doubtful[1, TAGS.index("I-Method:USES")] = 0.5, 0.5
    assert list(tagged_spans(doubtful)) == [(0, 1), (0, 2)]


def test_a_text_without_words_has_no_mentions():
    assert list(tagged_spans(tagged())) == []


def test_an_exact_place_is_likelier_than_a_part_of_it():
    numbers = entity_numbers(TEXT, [[(1, 3)], [(1, 2)], [(2, 3)]])
    assert numbers.shape == (3, ENTITY_TAG_FEATURES)
    assert np.exp(numbers[:, METHOD]) == pytest.approx([0.81, 0.09, 0.001], abs=1e-3)


def test_a_group_has_the_mean_over_its_places():
    both = entity_numbers(TEXT, [[(1, 3), (4, 5)]])
    assert np.exp(both[0, METHOD]).round(3) == pytest.approx(0.405)


def test_the_type_that_the_words_have_is_the_likeliest():
    assert entity_numbers(TEXT, [[(3, 4)]])[0, : TASK + 2].argmax() == TASK


def test_roles_are_given_the_type():
    numbers = role_numbers(TEXT, [[(1, 3)], [(3, 4)], [(3, 4)]], ["Method", "Task", "Method"])
    assert numbers.shape == (3, ROLE_TAG_FEATURES)
    assert np.exp(numbers[:, : ROLE_TAG_FEATURES // 2]).round(2).max(axis=1).tolist() == [1.0, 1.0, 0.0]


def test_nothing_has_no_numbers():
    assert entity_numbers(TEXT, []).shape == (0, ENTITY_TAG_FEATURES)
    assert role_numbers(TEXT, [], []).shape == (0, ROLE_TAG_FEATURES)


def test_the_numbers_do_not_depend_on_the_other_groups():
    together = entity_numbers(TEXT, [[(1, 3)], [(3, 4)]])
    assert entity_numbers(TEXT, [[(3, 4)]]).tobytes() == together[1:].tobytes()


def test_tagged_mentions_become_candidates(nlp):
    doc = nlp.make_doc("we use Zorb Net here")
    draft_of(doc).tags = tagged("O", "O", "B-Method:USES", "I-Method:USES", "O")
    assert draft_of(TaggedSpanFinder()(doc)).candidates == [Candidate(2, 4, "tagger-1")]


def test_a_brace_that_a_mention_opens_is_closed(nlp):
    doc = nlp.make_doc("on DAVIS_{16} now")
    draft_of(doc).tags = tagged("O", *["B-Benchmark:none"], *["I-Benchmark:none"] * 3, "O", "O")
    assert draft_of(TaggedSpanFinder()(doc)).candidates == [Candidate(1, 6, "tagger-1")]


def test_a_place_as_a_tagger_sees_it_has_no_brace_at_its_end(nlp):
    draft = draft_of(nlp.make_doc("on DAVIS_{16} and ImageNet"))
    draft.candidates += [Candidate(1, 6, "shape-1"), Candidate(7, 8, "shape-1")]
    assert tagged_places(group_candidates(draft, frozenset()), draft) == [[(1, 5)], [(7, 8)]]


@pytest.mark.parametrize("model", ["fast", "standard"])
def test_a_name_in_latex_is_whole(model):
    (facts,) = extract([Paper("", "Motion", "Experiments on DAVIS_{16} and ImageNet show gains.")], model=model)
    assert [e.name for e in facts.entities if "DAVIS" in e.name] == ["DAVIS_{16}"]


def test_without_tags_there_are_no_candidates(nlp):
    assert draft_of(TaggedSpanFinder()(nlp.make_doc("we use Zorb"))).candidates == []


def test_no_mention_goes_over_the_end_of_the_title(nlp):
    doc = make_doc(nlp, Paper("", "Zorb", "Net"))
    draft_of(doc).tags = tagged("B-Method:USES", "I-Method:USES", "I-Method:USES")
    assert draft_of(TaggedSpanFinder()(doc)).candidates == []


def test_the_tagger_is_named_only_where_no_other_rule_found_the_name(nlp):
    draft = draft_of(nlp.make_doc("Zorb and Adam"))
    draft.candidates += [Candidate(0, 1, "tagger-1"), Candidate(2, 3, "tagger-1"), Candidate(2, 3, "shape-1")]
    assert [list(group.rules) for group in group_candidates(draft, frozenset())] == [["tagger-1"], ["shape-1"]]
