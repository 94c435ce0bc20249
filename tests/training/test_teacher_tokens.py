"""Word pieces, the tags of gold spans, and the best well-formed tags of scores."""

import numpy as np
import pytest

from training.teacher.decode import best_tags
from training.teacher.labels import TAGS, Span
from training.teacher.tokens import Pieces, piece_shape, tags_of, word_shape


def pieces(*tokens):
    """Pieces of an abstract with one blank between words; "##" goes on with a word, "|" is a mark."""
    places, at = [], 0
    for token in tokens:
        text = token.removeprefix("##")
        at += 0 if token.startswith("##") or token == "|" else 1
        places.append(None if token == "|" else ("abstract", at, at + len(text)))
        at += 0 if token == "|" else len(text)
    count = len(tokens)
    return Pieces(
        (9,) * count, tuple(places), tuple(t.startswith("##") for t in tokens), (1,) * count, (1,) * count, (0,) * count
    )


def scores(*names):
    """Scores that favour one tag a piece, a little."""
    table = np.zeros((len(names), len(TAGS)), np.float32)
    for row, name in enumerate(names):
        table[row, TAGS.index(name)] = 1.0
    return table


def names(tags):
    return [TAGS[tag] for tag in tags]


def span(start, end, core=True):
    return Span("abstract", start, end, "Method", "USES", core, 1.0)


def test_the_first_piece_of_a_span_begins_and_the_others_are_inside():
    tags, _ = tags_of([span(4, 10)], pieces("|", "of", "sim", "##clr", "|"))
    assert names(tags) == ["O", "O", "B-Method", "I-Method", "O"]


def test_a_span_is_placed_by_its_first_piece_and_the_piece_after_its_last():
    _, placed = tags_of([span(4, 10)], pieces("|", "of", "sim", "##clr", "|"))
    assert [(first, after) for first, after, _ in placed] == [(2, 4)]


def test_an_optional_span_is_outside():
    assert tags_of([span(4, 10, core=False)], pieces("|", "of", "sim", "##clr", "|")) == ([0, 0, 0, 0, 0], [])


def test_an_inside_tag_never_starts_a_mention():
    assert names(best_tags(scores("O", "I-Task"), pieces("a", "b"))) in (["O", "O"], ["B-Task", "I-Task"])


def test_a_mention_does_not_end_within_a_word():
    found = names(best_tags(scores("B-Method", "O", "O"), pieces("sim", "##clr", "works")))
    assert found == ["O", "O", "O"]


def test_a_mention_does_not_start_within_a_word():
    table = scores("O", "B-Method")
    table[1] *= 3
    assert names(best_tags(table, pieces("sim", "##clr"))) == ["O", "O"]


def test_marks_are_never_inside_a_mention():
    table = scores("B-Method", "I-Method", "I-Method")
    assert names(best_tags(table, pieces("a", "|", "b")))[1] == "O"


def test_two_mentions_side_by_side_stay_two():
    assert names(best_tags(scores("B-Task", "B-Task"), pieces("a", "b"))) == ["B-Task", "B-Task"]


@pytest.mark.parametrize(("text", "shape"), [("net", 1), ("Net", 2), ("A", 2), ("CLR", 3), ("fooBar", 4), ("50", 5)])
def test_a_piece_has_the_shape_of_its_letters(text, shape):
    assert piece_shape(text) == shape


@pytest.mark.parametrize(("word", "shape"), [("loss", 1), ("Adam", 2), ("AdamW", 3), ("3d", 4), ("Llama2", 5)])
def test_a_word_has_the_shape_of_its_capitals_and_digits(word, shape):
    assert word_shape(word) == shape
