import pytest

from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.draft import draft_of
from citegraph.graph.catalogue import CatalogueEntry

ENTRIES = (
    CatalogueEntry("CIFAR-10", "Benchmark"),
    CatalogueEntry("CIFAR-10-C", "Benchmark"),
    CatalogueEntry("Adam", "Method"),
    CatalogueEntry("MATH", "Benchmark"),
    CatalogueEntry("variational autoencoder", "Method", ("VAE",)),
    CatalogueEntry("Visual Genome", "Dataset"),
)


@pytest.fixture
def matches(nlp):
    def find(text, **rules):
        draft = draft_of(CatalogueMatcher(ENTRIES, **rules)(nlp.make_doc(text)))
        starts, ends = draft.words.starts, draft.words.ends
        return [(text[starts[c.start] : ends[c.end - 1]], c.entry.name) for c in draft.candidates]

    return find


def test_the_longest_name_wins(matches):
    assert matches("on CIFAR-10-C, not CIFAR-10.") == [("CIFAR-10-C", "CIFAR-10-C"), ("CIFAR-10", "CIFAR-10")]


@pytest.mark.parametrize("text", ["ADAM and adam", "math word problems", "a cifar 10"])
def test_short_names_match_only_as_written(matches, text):
    assert matches(text) == []


def test_a_name_matches_with_a_space_for_its_hyphen(matches):
    assert matches("on CIFAR 10") == [("CIFAR 10", "CIFAR-10")]


def test_terms_match_in_any_case_and_in_the_plural(matches):
    assert matches("Variational Autoencoders") == [("Variational Autoencoders", "variational autoencoder")]


def test_names_of_several_words_match_in_any_case(matches):
    assert matches("the visual genome") == [("visual genome", "Visual Genome")]


def test_an_alias_gives_its_entry(matches):
    assert matches("a VAE") == [("VAE", "variational autoencoder")]


def test_a_name_is_not_cut_out_of_a_word(matches):
    assert matches("Adamant CIFAR-100") == []


@pytest.mark.parametrize("text", ["on CIFAR-10-Subset", "on Split-CIFAR-10", "on Visual Genome-2"])
def test_a_data_set_is_not_cut_out_of_a_longer_name(matches, text):
    assert matches(text) == []


@pytest.mark.parametrize("text", ["CIFAR-10-trained nets", "pre-CIFAR-10 days"])
def test_a_data_set_is_found_in_a_compound_of_words(matches, text):
    assert matches(text) == [("CIFAR-10", "CIFAR-10")]


def test_a_name_at_the_end_is_not_read_beyond_it(matches):
    assert matches("with Adam") == [("Adam", "Adam")]


@pytest.mark.parametrize("url", ["https://foo.bar/Visual-Genome", "foo.github.io/CIFAR-10"])
def test_names_in_a_url_are_left_out(matches, url):
    assert matches(f"see {url} for it") == []
    assert len(matches(f"see {url} for it", urls=False)) == 1


def test_a_data_set_in_a_longer_name_is_left_out_by_rule(matches):
    assert matches("on Split-CIFAR-10 here") == []
    assert matches("on Split-CIFAR-10 here", whole_names=False) == [("CIFAR-10", "CIFAR-10")]
