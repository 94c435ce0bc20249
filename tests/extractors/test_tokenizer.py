import pytest
import spacy

from citegraph.extractors.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def tokenizer():
    return make_tokenizer(spacy.blank("en").vocab)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CIFAR-10/100", ["CIFAR", "-", "10", "/", "100"]),
        ("DAVIS_{16}", ["DAVIS", "_", "{", "16", "}"]),
        ("(ViT-B/16).", ["(", "ViT", "-", "B", "/", "16", ")", "."]),
        ("can't", ["can", "'", "t"]),
    ],
)
def test_every_mark_is_a_token(tokenizer, text, tokens):
    assert [token.text for token in tokenizer(text)] == tokens


def test_tokens_keep_the_text(tokenizer):
    text = "  a\tb \n\n c-d  $\\textbf{X}$\u00a0é "
    assert tokenizer(text).text == text


def test_the_cache_is_large_enough_for_a_corpus(tokenizer):
    assert tokenizer.max_cache_size == 2_000_000
