import pytest
import spacy

from citegraph.extractors.chains import find_chains
from citegraph.extractors.draft import draft_of
from citegraph.extractors.given import Given, give
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import Paper

NAMES = [Given(name, "Dataset", name, [name]) for name in ("Alpha", "Beta", "Gamma-2", "Delta Set")]


@pytest.fixture(scope="module")
def chains():
    """Give the lists of a text, as written, in which its names stand."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)

    def find(abstract, title=""):
        draft = draft_of(make_doc(nlp, Paper("test:1", title, abstract)))
        give(draft, NAMES)
        starts, ends = draft.words.starts, draft.words.ends
        found = find_chains(draft)
        assert sorted(found) == sorted(start for entity in draft.found for start, _ in entity.places)
        return list(dict.fromkeys(draft.text[starts[first] : ends[last - 1]] for first, last in found.values()))

    return find


@pytest.mark.parametrize(
    "names",
    [
        "Alpha and Beta",
        "Alpha or Beta",
        "Alpha & Beta",
        "Alpha/Beta",
        "Alpha + Beta",
        "Alpha, Beta",
        "Alpha, the Beta",
        "Alpha and the Beta",
        "Alpha, and the Beta",
        "Alpha, Beta and Gamma-2",
        "Alpha, Beta, Gamma-2, and Delta Set",
        "Alpha and Beta, Gamma-2 and Delta Set",
    ],
)
def test_names_of_one_list(chains, names):
    assert chains(f"We test on {names} here.") == [names]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("on Alpha and Beta on Gamma-2", ["Alpha and Beta", "Gamma-2"]),
        ("on Alpha, Beta, with Gamma-2 and Delta Set", ["Alpha, Beta", "Gamma-2 and Delta Set"]),
        ("on Alpha and on Beta", ["Alpha", "Beta"]),
        ("on Alpha, that is Beta", ["Alpha", "Beta"]),
        ("on Alpha (Beta)", ["Alpha", "Beta"]),
        ("on Alpha; Beta", ["Alpha", "Beta"]),
        ("on Alpha. Beta", ["Alpha", "Beta"]),
        ("on Alpha Beta", ["Alpha", "Beta"]),
        ("on Alpha-Beta", ["Alpha", "Beta"]),
        ("unlike Alpha the Beta", ["Alpha", "Beta"]),
        ("on Alpha, and, the, Beta", ["Alpha", "Beta"]),
    ],
)
def test_other_words_part_lists(chains, text, lists):
    assert chains(text) == lists


def test_a_single_name_is_a_list_of_its_own(chains):
    assert chains("We test on Delta Set.") == ["Delta Set"]


@pytest.mark.parametrize("text", ["", "We test on others and more."])
def test_no_name_no_list(chains, text):
    assert chains(text) == []


@pytest.mark.parametrize("title", ["On Alpha", "On Alpha,", "On Alpha and"])
def test_no_list_crosses_title_and_abstract(chains, title):
    assert chains("Beta is new.", title) == ["Alpha", "Beta"]


def test_a_name_may_stand_in_two_lists(chains):
    assert chains("Alpha and Beta beat Alpha and Gamma-2") == ["Alpha and Beta", "Alpha and Gamma-2"]
