import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citegraph.graph.normalise import entity_class, normalise

PIECES = (
    "the ", "a ", "our ", " dataset", " benchmarks", " corpora", " data sets", "s", "X", "GAN", "ABs", "4", " ", "-",
    "/", "_", ".", "$", "{", "}", "\\textbf", "\\bf", "^", "²", "#", "+", "*", "@", "é", "ß", "İ", "ﬁ", "\u0345",
)  # fmt: skip


@pytest.mark.parametrize(
    ("variants", "form"),
    [
        (("CIFAR-10", "CIFAR 10", "CIFAR10", "the CIFAR-10 dataset", "cifar‑10 benchmark"), "cifar10"),
        (("ImageNet", "the ImageNet data set", "ImageNet corpus", "ImageNet benchmarks"), "imagenet"),
        (
            ("Variational Autoencoder", "variational autoencoders", "Variational\u00a0Autoencoder"),
            "variational autoencoder",
        ),
        (("GAN", "GANs", "a GAN", "our GAN"), "gan"),
        (("multi-task learning", "Multi task learning", "multi–task learning"), "multi task learning"),
        (("\\textbf{SimCLR}", "{\\bf SimCLR}", "$SimCLR$", "\\emph{SimCLR}"), "simclr"),
        (("ﬁne-tuning", "fine-tuning"), "fine tuning"),
    ],
)
def test_spelling_variants_share_a_form(variants, form):
    assert {normalise(variant) for variant in variants} == {form}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("GPT-3", "GPT-3.5"),
        ("C4", "C-4"),
        ("C++", "C"),
        ("C#", "C"),
        ("CIFAR-10", "CIFAR-100"),
        ("BERT", "RoBERTa"),
        ("R²", "R2"),
        ("DALL-E", "DALL-E 2"),
        ("mT5", "T5"),
        ("AlphaZero", "AlphaGo"),
    ],
)
def test_different_names_keep_different_forms(first, second):
    assert normalise(first) != normalise(second)


@pytest.mark.parametrize(("surface", "form"), [("...", "..."), ("", ""), ("$$", "$$"), ("\x00", "\x00")])
def test_a_name_of_nothing_but_marks_is_its_own_form(surface, form):
    assert normalise(surface) == form


@settings(deadline=None, max_examples=300)
@example("the .the ")
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=8))
def test_normalising_twice_changes_nothing_more(surface):
    assert normalise(normalise(surface)) == normalise(surface)


def test_datasets_and_benchmarks_are_one_class():
    assert [entity_class(type_) for type_ in ("Method", "Dataset", "Benchmark", "Task", "Metric")] == [
        "method",
        "resource",
        "resource",
        "task",
        "metric",
    ]
