import pytest

from citegraph.extractors.abbreviations import AbbreviationFinder
from citegraph.extractors.draft import draft_of


@pytest.fixture
def defined(nlp):
    def find(text, **rules):
        draft = draft_of(AbbreviationFinder(**rules)(nlp.make_doc(text)))
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


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("We give BOOM (Bootstrap Off-policy with WOrld Model).", ("BOOM", "Bootstrap Off-policy with WOrld Model")),
        ("by RAG (retrieval-augmented generation; ours)", ("RAG", "retrieval-augmented generation")),
    ],
)
def test_the_short_form_may_come_first(defined, text, pair):
    assert defined(text) == [pair[::-1]]
    assert defined(text, reversed_forms=False) == []


@pytest.mark.parametrize(
    "text", ["CNN (a network)", "BERT (base and large)", "AAAI (2020)", "GPT (see Figure)", "MAP (map)"]
)
def test_other_brackets_after_a_name_define_nothing(defined, text):
    assert defined(text) == []


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (r"we use \textit{Differential Privacy} (DP) here", (r"\textit{Differential Privacy}", "DP")),
        (r"the Foo Bar Network (\textbf{FBN}) here", ("Foo Bar Network", "FBN")),
        (
            r"the \textbf{C}ollaborative \textbf{A}dversarial \textbf{F}ramework (\textbf{CAF}), a",
            (r"\textbf{C}ollaborative \textbf{A}dversarial \textbf{F}ramework", "CAF"),
        ),
    ],
)
def test_latex_commands_are_looked_through(defined, text, pair):
    assert defined(text) == [pair]
    assert defined(text, latex=False) != [pair]
