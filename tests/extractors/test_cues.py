from importlib import resources
from tomllib import loads

import pytest
import spacy

from citegraph.extractors.cues import POSITIONS, SCOPES, Cue, CueTable, cues_of, load_cues, position
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import Paper
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


@pytest.fixture(scope="module")
def blank():
    pipeline = spacy.blank("en")
    pipeline.tokenizer = make_tokenizer(pipeline.vocab)
    return pipeline


@pytest.fixture(scope="module")
def cues(blank):
    """Give the cues of each sentence of a text: what is said of each, and its words."""

    def find(abstract, title="", table=None):
        draft = draft_of(SentenceSplitter()(make_doc(blank, Paper("test:1", title, abstract))))
        starts, ends = draft.words.starts, draft.words.ends
        return [
            [SCOPES[cue.scope] + draft.text[starts[cue.start] : ends[cue.end - 1]] for cue in sentence]
            for sentence in cues_of(draft, table or load_cues()).cues
        ]

    return find


def test_cues_are_found_in_their_sentence(blank):
    draft = draft_of(blank.make_doc("We use it. It is pre-trained on text."))
    draft.sentences = [(0, 10), (11, 37)]
    assert TABLE.find(draft).cues == [[Cue(0, 1, 2)], [Cue(1, 7, 9)]]


def test_the_cues_that_ship_name_relations_of_the_schema():
    known = set(load_schema().relationships)
    assert {role for roles in load_cues().roles for role in roles} <= known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is pre-trained on text.", ["pre-trained on"]),
        ("It is fine-tuned on text.", ["fine-tuned on"]),
        ("It is compared to others.", ["compared to"]),
        ("In comparison to others.", ["In comparison to"]),
        ("It is outperformed by others.", ["outperformed by"]),
        ("It is better than others.", ["better than"]),
        ("It has the same accuracy as others.", ["the same accuracy as"]),
        ("It is STATE-OF-THE-ART.", ["STATE-OF-THE-ART"]),
        ("It OUTPERFORMS others.", ["OUTPERFORMS"]),
        ("It is comparable.", ["comparable"]),
        ("It is here.", []),
        ("", []),
    ],
)
def test_overlapping_phrases_give_the_longest(cues, text, expected):
    assert [cue for sentence in cues(text) for cue in sentence] == expected


def test_no_cue_stands_inside_another(cues):
    table = CueTable(
        {"long": {"phrases": ["a b c"]}, "late": {"phrases": ["b c d", "d e"]}, "one": {"phrases": ["c", "d"]}}
    )
    assert cues("a b c d e f d c.", table=table) == [["a b c", "d e", "d", "c"]]


def test_a_phrase_crosses_no_field(cues):
    assert cues("to the others we add.", "Compared") == [["Compared"], ["we"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It does not use labels.", ["not", "not use"]),
        ("It works without using labels.", ["without", "not using"]),
        ("It cannot outperform others.", ["cannot", "not outperform"]),
        ("It fails to outperform others.", ["fails to", "not outperform"]),
        ("It doesn't outperform others.", ["doesn", "not outperform"]),
        ("It never beats others.", ["never", "not beats"]),
        ("It is not worse than others.", ["not", "not worse than"]),
    ],
)
def test_a_denial_reaches_the_cues_behind_it(cues, text, expected):
    assert cues(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It not only outperforms others.", ["not only", "outperforms"]),
        ("It is no longer outperformed by others.", ["no longer", "outperformed by"]),
        ("It outperforms others, not less.", ["outperforms", "not"]),
    ],
)
def test_other_uses_of_not_deny_nothing(cues, text, expected):
    assert cues(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They ask whether it outperforms others.", ["whether", "open outperforms"]),
        ("It could outperform others.", ["could", "open outperform"]),
        ("They aim to outperform others.", ["aim to", "open outperform"]),
        ("They ask whether it does not outperform others.", ["whether", "open not", "open outperform"]),
        ("Does it outperform others?", ["open outperform"]),
    ],
)
def test_what_is_asked_is_open(cues, text, expected):
    assert cues(text) == [expected]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("It does not scale, outperforms others.", "outperforms"),
        ("It does not scale but outperforms others.", "outperforms"),
        ("It does not scale (outperforms others).", "outperforms"),
        ("It does not scale; it outperforms others.", "outperforms"),
        ("It does not scale: it outperforms others.", "outperforms"),
        ("It does not in any one of many long lists outperform others.", "outperform"),
        ("If it fits, it outperforms others.", "outperforms"),
        ("It does not fit. It outperforms others.", "outperforms"),
        ("Does it fit? It outperforms others.", "outperforms"),
    ],
)
def test_the_reach_ends_with_the_clause_and_after_some_words(cues, text, last):
    assert cues(text)[-1][-1] == last


def test_the_reach_is_counted_in_words(cues):
    table = CueTable({"not": {"phrases": ["not"], "scope": "not", "reach": 3}, "use": {"phrases": ["use"]}})
    found = [cues(f"not {'x ' * gap}use", table=table)[0][-1] for gap in range(5)]
    assert found == ["not use", "not use", "not use", "use", "use"]


def test_what_is_open_stays_open_when_denied(cues):
    table = CueTable({
        "not": {"phrases": ["not"], "scope": "not", "reach": 9},
        "if": {"phrases": ["if"], "scope": "open", "reach": 9},
        "use": {"phrases": ["use"]},
    })  # fmt: skip
    assert cues("if not use", table=table)[0][-1] == "open use"
    assert cues("not if use", table=table)[0][-1] == "open use"


def test_the_frames_that_ship_are_known():
    frames = {frame.name for frame in load_cues().frames if frame is not None}
    assert frames == {"win", "than", "over", "compared", "compare", "parity"}


def test_no_phrase_that_ships_has_a_hyphen_or_a_capital_or_stands_twice():
    data = loads(resources.files("citegraph.extractors").joinpath("cues.toml").read_text("utf-8"))
    phrases = [phrase for cue in data.values() for phrase in cue["phrases"]]
    assert [phrase for phrase in phrases if phrase != phrase.lower() or "-" in phrase] == []
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []


def test_a_long_text_is_read_at_once(cues):
    assert len(cues("It does not use labels, and could outperform others. " * 2000)) == 2000
