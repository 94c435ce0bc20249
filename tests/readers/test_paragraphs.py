"""Shapes and labels of paragraphs."""

from citegraph.readers.paragraphs import TextLine, label_paragraphs, shape_of, unwrap, wrap_width

LONG = "We study how networks learn. They learn from examples, and they do so slowly. Our method is faster."


def lines(*texts):
    return [TextLine(number, text, False) for number, text in enumerate(texts, 1)]


def test_no_paragraphs_have_no_labels():
    assert label_paragraphs([]) == []


def test_titles_alone_are_titles():
    assert label_paragraphs(["One Thing", "Another Thing", "A Third Thing"]) == ["title", "title", "title"]


def test_short_sentence_after_an_abstract_continues_it():
    labels = label_paragraphs(["One Thing", LONG, "Code is public.", "Another Thing", LONG])
    assert labels == ["title", "abstract", "more", "title", "abstract"]


def test_short_sentence_between_abstracts_is_a_title():
    assert label_paragraphs(["One Thing", LONG, "All you need.", LONG]) == ["title", "abstract", "title", "abstract"]


def test_very_long_text_without_a_full_stop_is_long():
    assert shape_of("word " * 80) == "long"
    assert shape_of("word " * 60) == "sentence"


def test_chinese_full_stop_ends_a_sentence():
    assert shape_of("我们研究网络。") == "sentence"


FULL = "word " * 11 + "word"


def test_page_with_a_long_line_is_not_wrapped():
    assert wrap_width(lines(FULL, FULL, FULL, "word " * 30)) == 0


def test_long_address_does_not_hide_that_a_page_is_wrapped():
    assert wrap_width(lines(FULL, FULL, FULL, "https://example.org/" + "d" * 140)) == 59


def test_two_full_lines_are_no_evidence_of_wrapping():
    assert wrap_width(lines(FULL, FULL)) == 0


def test_lines_after_a_blank_one_are_not_joined():
    first, second = TextLine(1, "a" * 60, False), TextLine(3, "b" * 60, True)
    assert unwrap([first, second], 60) == [first, second]
