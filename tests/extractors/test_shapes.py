import pytest

from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.shapes import ShapeFinder
from citegraph.graph.records import Paper


@pytest.fixture
def candidates(nlp):
    def find(abstract, title="", **rules):
        doc = make_doc(nlp, Paper("test:1", title, abstract))
        draft = draft_of(ShapeFinder(**rules)(SentenceSplitter()(doc)))
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
    assert "BERT" not in candidates("We use BERT-based models.", trims=False)


def test_a_type_noun_at_the_end_and_a_first_word_are_also_left_off(candidates):
    text = "All of The Stanford Cars Dataset here."
    assert candidates(text) >= {"The Stanford Cars Dataset", "Stanford Cars Dataset", "The Stanford Cars"}
    assert candidates(text, trims=False) & {"Stanford Cars Dataset", "The Stanford Cars"} == set()


def test_the_first_of_coordinated_names_stands_alone_too(candidates):
    assert candidates("On CIFAR-10/100 we win.") >= {"CIFAR-10", "CIFAR-10/100"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On PASCAL VOC 2007 and 2012 we win.", {"PASCAL VOC 2007", "PASCAL VOC 2007 and 2012"}),
        ("On CoNLL-2008, 2009 we win.", {"CoNLL-2008", "CoNLL-2008, 2009"}),
        ("We use ResNet-50 and 101 here.", {"ResNet-50", "ResNet-50 and 101"}),
    ],
)
def test_names_may_share_their_beginning(candidates, text, names):
    assert candidates(text) >= names
    assert len(candidates(text, coordination=False) & names) == 1


@pytest.mark.parametrize("text", ["We test GPT-4 and 500 prompts.", "In ResNet-50, 3.5% more.", "Of CIFAR-10, 5-fold."])
def test_other_numbers_after_a_name_are_no_second_name(candidates, text):
    assert candidates(text) == candidates(text, coordination=False)


@pytest.mark.parametrize("name", ["Llama 3.1", "PASCAL VOC 2012", "Audio Flamingo 2"])
def test_a_number_may_end_a_name(candidates, name):
    assert name in candidates(f"We use {name} here.")
    assert name not in candidates(f"We use {name} here.", numbers=False)


@pytest.mark.parametrize("text", ["We gain on BLEU 25.3 here.", "We gain with BERT 3% here.", "By BERT 2-layer nets."])
def test_a_score_after_a_name_is_no_part_of_it(candidates, text):
    assert candidates(text) == candidates(text, numbers=False)


def test_capitalised_words_run_together(candidates):
    assert "Matryoshka Representation Learning" in candidates("We propose Matryoshka Representation Learning today.")


def test_small_words_may_link_capitalised_ones(candidates):
    assert "Mixture of Experts" in candidates("We use Mixture of Experts layers.")


def test_a_name_before_the_titles_colon_is_one(candidates):
    assert "Lumen" in candidates("", title="Lumen: light for models")


@pytest.mark.parametrize("url", ["https://x.com/MyLab/SuperNet", "www.MyLab.org/SuperNet", "my-lab.github.io/SuperNet"])
def test_names_in_a_url_are_left_out(candidates, url):
    assert candidates(f"code at {url} today") == set()
    assert "SuperNet" in " ".join(candidates(f"code at {url} today", urls=False))


def test_a_possessive_is_no_part_of_a_name(candidates):
    assert "CLIP" in candidates("We probe CLIP's features.")


@pytest.mark.parametrize("name", ["DAVIS_{16}", "DAVIS_{val}", "Co$^3$Gesture", "U$^2$PL", "ME$^2$", "$K$-Means"])
def test_latex_is_kept_exact(candidates, name):
    assert name in candidates(f"On {name} we win.")
    assert name not in candidates(f"On {name} we win.", latex=False)


@pytest.mark.parametrize("written", ["$\\textbf{FooNet}$", "\\emph{FooNet}", "\\textsc{FooNet}'s", "{\\bf FooNet}"])
def test_a_latex_command_is_no_part_of_a_name(candidates, written):
    assert candidates(f"We call it {written} here.") == {"FooNet"}


def test_a_name_before_the_titles_colon_needs_its_rule(candidates):
    assert candidates("", title="lumen: light for models") == {"lumen"}
    assert candidates("", title="lumen: light for models", title_names=False) == set()
