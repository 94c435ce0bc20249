import pytest

from citegraph.extractors.abbreviations import AbbreviationFinder
from citegraph.extractors.draft import draft_of


@pytest.fixture
def defined(nlp):
    def find(text):
        draft = draft_of(AbbreviationFinder()(nlp.make_doc(text)))
        starts, ends = draft.words.starts, draft.words.ends
        return [
            (text[starts[d.long_start] : ends[d.long_end - 1]], text[starts[d.short_start] : ends[d.short_end - 1]])
            for d in draft.definitions
        ]

    return find


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("We use Matryoshka Representation Learning (MRL) here.", ("Matryoshka Representation Learning", "MRL")),
        ("with convolutional neural networks (CNNs).", ("convolutional neural networks", "CNNs")),
        ("Mixture of Experts (MoE)", ("Mixture of Experts", "MoE")),
        ("the Deep Q-Network (DQN) agent", ("Deep Q-Network", "DQN")),
        ("by graph attention (GAT; ours)", ("graph attention", "GAT")),
    ],
)
def test_long_forms_are_found(defined, text, pair):
    assert defined(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "We train it for long (XYZ).",
        "as shown (see Figure 2)",
        "in 2020 (a)",
        "no long form before.(ABC)",
        "((((((",
        "(AB)",
    ],
)
def test_other_parentheses_define_nothing(defined, text):
    assert defined(text) == []


def test_a_long_form_does_not_cross_a_sentence(defined):
    assert defined("We like Models. Really (MR)") == []
