import pytest

from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.shapes import ShapeFinder
from citegraph.graph.records import Paper


@pytest.fixture
def candidates(nlp):
    def find(abstract, title=""):
        doc = make_doc(nlp, Paper("test:1", title, abstract))
        draft = draft_of(ShapeFinder()(SentenceSplitter()(doc)))
        starts, ends = draft.words.starts, draft.words.ends
        return {draft.text[starts[c.start] : ends[c.end - 1]] for c in draft.candidates}

    return find


@pytest.mark.parametrize(
    "name", ["SimCLR", "ResNet-50", "GPT-4", "ViT-B/16", "mT5", "nDCG@10", "C++", "LLaMA-2-7B", "CIFAR-10", "Mamba"]
)
def test_names_are_told_by_their_shape(candidates, name):
    assert name in candidates(f"We study {name} here.")


@pytest.mark.parametrize("text", ["We study it here.", "However, this is all.", "only small letters, 12 of them"])
def test_ordinary_words_are_no_names(candidates, text):
    assert candidates(text) == set()


def test_what_is_glued_to_a_name_is_also_left_off(candidates):
    assert "BERT" in candidates("We use BERT-based models.")


def test_the_first_of_coordinated_names_stands_alone_too(candidates):
    assert candidates("On CIFAR-10/100 we win.") >= {"CIFAR-10", "CIFAR-10/100"}


def test_capitalised_words_run_together(candidates):
    assert "Matryoshka Representation Learning" in candidates("We propose Matryoshka Representation Learning today.")


def test_small_words_may_link_capitalised_ones(candidates):
    assert "Mixture of Experts" in candidates("We use Mixture of Experts layers.")


def test_a_name_before_the_titles_colon_is_one(candidates):
    assert "Lumen" in candidates("", title="Lumen: light for models")


def test_names_in_a_url_are_left_out(candidates):
    assert candidates("code at https://github.com/MyLab/SuperNet today") == set()


def test_a_possessive_is_no_part_of_a_name(candidates):
    assert "CLIP" in candidates("We probe CLIP's features.")


def test_latex_is_kept_exact(candidates):
    assert "DAVIS_{16}" in candidates("On DAVIS_{16} we win.")


def test_a_latex_command_is_no_part_of_a_name(candidates):
    assert "FooNet" in candidates("We call it $\\textbf{FooNet}$ here.")
