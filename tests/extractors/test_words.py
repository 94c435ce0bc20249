import spacy

from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.extractors.words import read_words, word_id


def words_of(text):
    return read_words(make_tokenizer(spacy.blank("en").vocab)(text))


def test_hyphens_and_spaces_are_left_out():
    words = words_of("self-supervised  ViT")
    assert words.lower == [word_id("self"), word_id("supervised"), word_id("vit")]
    assert (words.starts, words.ends) == ([0, 5, 17], [4, 15, 20])


def test_line_ends_are_words_so_that_nothing_crosses_them():
    assert words_of("a\n\nb").orth == [word_id("a"), word_id("\n"), word_id("\n"), word_id("b")]


def test_an_empty_text_has_no_words():
    assert words_of("").starts == []


def test_an_offset_gives_the_next_word():
    assert [words_of("ab cd").at(offset) for offset in (0, 1, 3, 5)] == [0, 1, 1, 2]
