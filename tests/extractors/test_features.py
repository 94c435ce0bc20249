import pytest

from citegraph.extractors.draft import Candidate, draft_of
from citegraph.extractors.features import GroupFeatures, bucket, shape
from citegraph.extractors.groups import group_candidates
from citegraph.extractors.words import word_id


@pytest.mark.parametrize(
    ("surface", "pattern"),
    [("SimCLR", "XxxXX"), ("GPT-4", "XX-d"), ("ImageNet-1K", "XxxXxx-dX"), ("A" * 30, "XX"), ("Ünï", "Üxï")],
)
def test_the_pattern_of_a_name(surface, pattern):
    assert shape(surface) == pattern


def test_a_share_of_many_papers_is_told_from_one_of_few():
    assert bucket(1, 1) != bucket(20, 20)
    assert bucket(0, 5) != bucket(1, 5)


def rows(**templates):
    empty = dict.fromkeys(
        ("first", "last", "before", "before2", "near", "after", "after2", "plain", "shape", "seen", "observed")
    )
    return {name: templates.get(name) or {} for name in empty}


def test_a_group_has_the_rows_of_its_words_and_those_around(nlp):
    known = rows(
        first={word_id("image"): 1}, last={word_id("classification"): 2}, before={word_id("for"): 3},
        before2={word_id("used"): 4}, near={word_id("is"): 5, word_id("it"): 6}, after={word_id("now"): 7},
        after2={word_id("."): 8}, shape={"lower": 9}, plain={"a": 10, "size 2 1": 11}, seen={"never": 12},
        observed={"never": 13},
    )  # fmt: skip
    draft = draft_of(nlp.make_doc("it is used for image classification now."))
    draft.candidates.append(Candidate(4, 6, "a"))
    assert [
        sorted(found)
        for found in GroupFeatures(known, {"seen": {}, "observed": {}})(group_candidates(draft, frozenset()), draft)
    ] == [list(range(1, 14))]


def test_what_a_name_was_annotated_as_counts(nlp):
    draft = draft_of(nlp.make_doc("Adam"))
    draft.candidates.append(Candidate(0, 1, "a"))
    seen = {"adam": (1, 1, 0, 0, 0, 0, 0)}
    shares = {f"1 {bucket(1, 1)}": 5, "never": 6}
    features = GroupFeatures(rows(seen=shares, observed={"never": 7}), {"seen": seen, "observed": {}})
    assert [sorted(found) for found in features(group_candidates(draft, frozenset()), draft)] == [[5, 7]]


def test_no_groups_have_no_features(nlp):
    assert GroupFeatures(rows(), {})([], draft_of(nlp.make_doc(""))) == []
