import pytest
import spacy

from citegraph.extractors.comparisons import find_comparisons
from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.draft import draft_of
from citegraph.extractors.given import Given, give
from citegraph.extractors.items import OWN
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import Paper

METHODS = [Given(name, "Method", name, [name]) for name in ("Ours", "Alpha", "Beta", "Gamma", "Delta")]
OTHERS = [Given("GLUE", "Dataset", "GLUE", ["GLUE"]), Given("speech", "Task", "speech", ["speech"])]


@pytest.fixture(scope="module")
def compared():
    """Give the comparisons of a text that hold: the frame, and the methods on each side; "Ours" is the paper's own."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)

    def find(abstract, title=""):
        draft = draft_of(SentenceSplitter()(make_doc(nlp, Paper("test:1", title, abstract))))
        give(draft, METHODS + OTHERS)
        names = {number: found.entity.name for number, found in enumerate(draft.found)} | {OWN: "own"}
        own = [number for number, name in names.items() if name == "Ours"]
        found = find_comparisons(draft, cues_of(draft, load_cues()), load_cues(), own)
        return [
            (c.name, " ".join(names[n] for n in c.first), " ".join(names[n] for n in c.second))
            for c in found
            if c.frame != "open"
        ]

    return find


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Alpha outperforms Beta.", "Alpha", "Beta"),
        ("Alpha beats Beta.", "Alpha", "Beta"),
        ("Alpha surpasses the performance of Beta.", "Alpha", "Beta"),
        ("Alpha and Beta outperform Gamma and Delta.", "Alpha Beta", "Gamma Delta"),
        ("Alpha, Beta and Gamma outperform Delta.", "Alpha Beta Gamma", "Delta"),
        ("Alpha outperforms strong baselines such as Beta, Gamma and Delta.", "Alpha", "Beta Gamma Delta"),
        ("Alpha outperforms state-of-the-art methods including Beta and Gamma.", "Alpha", "Beta Gamma"),
        ("Alpha significantly outperforms both Beta and Gamma.", "Alpha", "Beta Gamma"),
        ("Alpha outperforms Beta by 2.5%, Gamma by 3.1% and Delta by 4.0%.", "Alpha", "Beta Gamma Delta"),
        ("Alpha outperforms Beta on GLUE.", "Alpha", "Beta"),
        ("Alpha outperforms Beta when used with Gamma.", "Alpha", "Beta"),
        ("Alpha outperforms the best model, Beta.", "Alpha", "Beta"),
        ("On average, Alpha outperforms Beta.", "Alpha", "Beta"),
        ("On GLUE, Alpha outperforms Beta.", "Alpha", "Beta"),
        ("Alpha can outperform Beta.", "Alpha", "Beta"),
        ("Alpha not only outperforms Beta.", "Alpha", "Beta"),
    ],
)
def test_the_subject_wins_over_the_objects(compared, text, first, second):
    assert compared(text) == [("win", first, second)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Our method outperforms Beta.", "Beta"),
        ("Our new method outperforms Beta.", "Beta"),
        ("The proposed framework outperforms Beta.", "Beta"),
        ("This model outperforms Beta.", "Beta"),
        ("It outperforms Beta and Gamma.", "Beta Gamma"),
        ("We outperform Beta.", "Beta"),
        ("Ours outperforms Beta.", "Beta"),
        ("Our method (Ours) outperforms Beta.", "Beta"),
        ("We propose Ours, which outperforms Beta.", "Beta"),
        ("Our method outperforms existing approaches.", ""),
    ],
)
def test_the_papers_own_method_may_be_named_or_not(compared, text, second):
    assert compared(text) == [("win", "own", second)]


@pytest.mark.parametrize(
    "text",
    [
        "Alpha with Gamma outperforms Beta.",
        "Alpha trained on Gamma outperforms Beta.",
        "Alpha based on Gamma outperforms Beta.",
        "Alpha, which uses Gamma, outperforms Beta.",
        "Alpha for speech outperforms Beta.",
    ],
)
def test_what_a_preposition_adds_is_no_subject(compared, text):
    assert compared(text) == [("win", "Alpha", "Beta")]


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("Alpha is outperformed by Beta.", "Beta", "Alpha"),
        ("Alpha and Beta are outperformed by Gamma and Delta.", "Gamma Delta", "Alpha Beta"),
        ("Alpha is surpassed by our method.", "own", "Alpha"),
        ("Alpha is only outperformed by Beta.", "Beta", "Alpha"),
        ("Alpha lags behind Beta.", "Beta", "Alpha"),
        ("Alpha is worse than Beta.", "Beta", "Alpha"),
        ("Alpha performs worse than Beta and Gamma.", "Beta Gamma", "Alpha"),
        ("Alpha is inferior to Beta.", "Beta", "Alpha"),
        ("Alpha underperforms Beta.", "Beta", "Alpha"),
        ("Alpha falls short of Beta.", "Beta", "Alpha"),
        ("Alpha trails Beta and Gamma by 2 points.", "Beta Gamma", "Alpha"),
        ("Alpha is slower than Beta.", "Beta", "Alpha"),
    ],
)
def test_the_better_may_stand_behind(compared, text, better, worse):
    assert compared(text) == [("win", better, worse)]


@pytest.mark.parametrize(
    ("text", "frame", "first", "second"),
    [
        ("Alpha is better than Beta.", "than", "Alpha", "Beta"),
        ("Alpha is 3x faster than Beta and Gamma.", "than", "Alpha", "Beta Gamma"),
        ("Alpha achieves higher accuracy than Beta.", "than", "Alpha", "Beta"),
        ("Alpha has 10x fewer parameters than Beta.", "than", "Alpha", "Beta"),
        ("Alpha gives better results than Beta.", "than", "Alpha", "Beta"),
        ("Alpha is superior to Beta.", "than", "Alpha", "Beta"),
        ("Alpha improves over Beta by 2 points.", "over", "Alpha", "Beta"),
        ("Alpha achieves gains over Beta and Gamma.", "over", "Alpha", "Beta Gamma"),
        ("Alpha shows a 2.5x speedup over Beta.", "over", "Alpha", "Beta"),
        ("Alpha is faster compared to Beta.", "compared gain", "Alpha", "Beta"),
        ("Alpha reduces latency by 20% compared to Beta.", "compared gain", "Alpha", "Beta"),
        ("Alpha uses memory compared to Beta.", "compared", "Alpha", "Beta"),
        ("Alpha is comparable to Beta.", "parity", "Alpha", "Beta"),
        ("Alpha performs on par with Beta.", "parity", "Alpha", "Beta"),
        ("Alpha is competitive with Beta and Gamma.", "parity", "Alpha", "Beta Gamma"),
        ("Alpha matches Beta.", "parity", "Alpha", "Beta"),
    ],
)
def test_each_frame_has_its_sides(compared, text, frame, first, second):
    assert compared(text) == [(frame, first, second)]


@pytest.mark.parametrize(
    ("text", "frame", "first", "second"),
    [
        ("Compared to Alpha, Beta is faster.", "compared gain", "Beta", "Alpha"),
        ("Relative to Alpha, Beta saves memory.", "compared gain", "Beta", "Alpha"),
        ("In comparison to Alpha, our model is faster.", "compared gain", "own", "Alpha"),
        ("When compared to Alpha, our approach is faster.", "compared gain", "own", "Alpha"),
        ("Compared with Alpha, Beta and Gamma, our method is faster.", "compared gain", "own", "Alpha Beta Gamma"),
        ("Compared to Alpha, Beta and Gamma, our method is new.", "compared", "own", "Alpha Beta Gamma"),
    ],
)
def test_the_rivals_may_open_the_sentence(compared, text, frame, first, second):
    assert compared(text) == [(frame, first, second)]


@pytest.mark.parametrize(
    "text", ["We compare Alpha with Beta.", "We compare Alpha and Beta.", "We compared Alpha, Beta."]
)
def test_who_compares_says_nothing_of_a_winner(compared, text):
    assert compared(text) == [("compare", "own", "Alpha Beta")]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Alpha reaches 80%, outperforming Beta by 2 points and Gamma by 3 points.", "Alpha", "Beta Gamma"),
        ("Alpha reaches 80% on GLUE, outperforming Beta.", "Alpha", "Beta"),
        ("Our method reaches 80%, surpassing Beta and Gamma.", "own", "Beta Gamma"),
        ("Alpha with Gamma reaches 80%, outperforming Beta.", "Alpha", "Beta"),
    ],
)
def test_a_participle_has_the_subject_of_the_sentence(compared, text, first, second):
    assert compared(text) == [("win", first, second)]


@pytest.mark.parametrize(
    "text",
    [
        "Alpha does not outperform Beta.",
        "Alpha doesn't outperform Beta.",
        "Alpha fails to outperform Beta.",
        "Alpha never beats Beta.",
        "Alpha is not better than Beta.",
        "Alpha is no better than Beta.",
        "Alpha is hardly better than Beta.",
        "Alpha without Gamma does not outperform Beta.",
    ],
)
def test_what_is_denied_has_no_winner(compared, text):
    assert compared(text) == [("parity", "Alpha", "Beta")]


@pytest.mark.parametrize(
    "text",
    [
        "We ask whether Alpha outperforms Beta.",
        "Alpha could outperform Beta.",
        "Alpha might be better than Beta.",
        "Alpha aims to outperform Beta.",
        "If Alpha outperforms Beta, it works.",
        "Does Alpha outperform Beta?",
        "Is Alpha better than Beta?",
        "It is unclear whether Alpha does not outperform Beta.",
    ],
)
def test_what_is_open_holds_not(compared, text):
    assert compared(text) == []


@pytest.mark.parametrize(
    ("text", "comparisons"),
    [
        (
            "Alpha outperforms Beta, while Gamma lags behind Delta.",
            [("win", "Alpha", "Beta"), ("win", "Delta", "Gamma")],
        ),
        ("Alpha outperforms Beta, but Gamma outperforms Alpha.", [("win", "Alpha", "Beta"), ("win", "Gamma", "Alpha")]),
        ("Alpha outperforms Beta; it also outperforms Gamma.", [("win", "Alpha", "Beta"), ("win", "own", "Gamma")]),
        ("Alpha outperforms Beta and is faster than Gamma.", [("win", "Alpha", "Beta"), ("than", "Alpha", "Gamma")]),
        ("Alpha beats Beta, outperforming Gamma.", [("win", "Alpha", "Beta"), ("win", "Alpha", "Gamma")]),
        ("Does Alpha win? Alpha outperforms Beta.", [("win", "Alpha", "Beta")]),
        ("Alpha is new. It outperforms Beta.", [("win", "own", "Beta")]),
    ],
)
def test_each_clause_compares_its_own(compared, text, comparisons):
    assert compared(text) == comparisons


@pytest.mark.parametrize(
    "text", ["", "Alpha.", "There is nothing to compare.", "Alpha and Beta.", "Beta is used in 2017."]
)
def test_other_sentences_compare_nothing(compared, text):
    assert compared(text) == []


def test_an_unnamed_rival_leaves_a_side_empty(compared):
    assert compared("Alpha outperforms all baselines.") == [("win", "Alpha", "")]


def test_only_methods_are_compared(compared):
    assert compared("Alpha outperforms Beta on GLUE and speech.") == [("win", "Alpha", "Beta")]


def test_no_comparison_crosses_title_and_abstract(compared):
    assert compared("Beta is old.", "Alpha outperforms") == [("win", "Alpha", "")]


def test_a_long_text_is_read_at_once(compared):
    text = "Alpha outperforms Beta, and Gamma is faster than Delta. " * 300
    assert len(compared(text)) == 600
