import time

import pytest

from citegraph.graph.sentences import sentence_at, sentence_spans


def split(text):
    return [text[start:end] for start, end in sentence_spans(text)]


def test_a_stop_before_a_capital_ends_a_sentence():
    assert split("We win. They lose! Why? Ask.") == ["We win.", "They lose!", "Why?", "Ask."]


@pytest.mark.parametrize(
    "text",
    [
        "As Smith et al. Show, it works.",
        "Methods, e.g. BERT, work.",
        "We test BERT vs. GPT here.",
        "A gain of 2.5 F1 in Fig. 3 holds.",
        "Code at https://a.b/c.D is free.",
        "The work of J. Doe counts.",
        "all small letters. no capital follows",
        "We use i.e. The best.",
    ],
)
def test_other_stops_do_not(text):
    assert split(text) == [text]


def test_closing_quotes_and_brackets_belong_to_the_sentence_before():
    assert split('He said "Stop." Then (he left.) We stay.') == ['He said "Stop."', "Then (he left.)", "We stay."]


def test_an_empty_line_ends_a_sentence():
    assert split("one\n\ntwo") == ["one", "two"]


def test_a_single_line_end_does_not():
    assert split("one\ntwo") == ["one\ntwo"]


def test_a_sentence_may_start_with_a_digit_or_latex():
    assert split("It works. 3 runs. $x$ is. $X$ too.") == ["It works.", "3 runs. $x$ is.", "$X$ too."]


@pytest.mark.parametrize("text", ["", "  ", "\n\n \n"])
def test_blank_texts_have_no_sentences(text):
    assert sentence_spans(text) == []


def test_the_sentence_of_an_offset():
    spans = [(0, 5), (6, 9)]
    assert [sentence_at(spans, offset) for offset in (0, 5, 6, 20)] == [(0, 5), (0, 5), (6, 9), (6, 9)]


@pytest.mark.parametrize("piece", [".", "A. ", "\n", ". ", '."', "x.\n"])
def test_time_grows_with_the_length_alone(piece):
    start = time.process_time()
    sentence_spans(piece * (400_000 // len(piece)))
    assert time.process_time() - start < 3
