import pytest

from citegraph.extractors.cues import POSITIONS, Cue, CueTable, load_cues, position
from citegraph.extractors.draft import draft_of
from citegraph.graph.schema import load_schema

TABLE = CueTable({"use": {"phrases": ["use"]}, "train_on": {"phrases": ["trained on"], "roles": ["TRAINED_ON"]}})


@pytest.mark.parametrize(
    ("cue", "where"),
    [
        ((4, 6), "before near"),
        ((0, 1), "before middle"),
        ((12, 13), "after near"),
        ((30, 31), "after far"),
        ((8, 9), "inside"),
    ],
)
def test_where_a_cue_stands(cue, where):
    assert POSITIONS[position(Cue(0, *cue), 7, 10)] == where


def test_cues_are_found_in_their_sentence(nlp):
    draft = draft_of(nlp.make_doc("We use it. It is pre-trained on text."))
    draft.sentences = [(0, 10), (11, 37)]
    assert TABLE.find(draft).cues == [[Cue(0, 1, 2)], [Cue(1, 7, 9)]]


def test_the_cues_that_ship_name_relations_of_the_schema():
    known = set(load_schema().relationships)
    assert {role for roles in load_cues().roles for role in roles} <= known
