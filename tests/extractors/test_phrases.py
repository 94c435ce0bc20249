import pytest

from citegraph.extractors.draft import draft_of
from citegraph.extractors.phrases import PhraseFinder


@pytest.fixture
def phrases(nlp):
    finder = PhraseFinder(
        starts={"": 0.0, "video": 0.0, "deep": 0.0, "fast": -9.0},
        heads={"classification": 0.0},
        outside=["of", "the", "."],
    )

    def find(text):
        draft = draft_of(finder(nlp.make_doc(text)))
        starts, ends = draft.words.starts, draft.words.ends
        return [text[starts[c.start] : ends[c.end - 1]] for c in draft.candidates]

    return find


def test_a_head_word_gives_its_phrases_from_short_to_long(phrases):
    assert phrases("the deep video classification") == [
        "classification",
        "video classification",
        "deep video classification",
    ]


def test_words_that_never_stand_in_a_term_end_the_phrase(phrases):
    assert phrases("video of classification") == ["classification"]


def test_a_phrase_does_not_start_with_an_unlikely_word(phrases):
    assert phrases("fast video classification") == ["classification", "video classification"]


def test_a_phrase_has_at_most_five_words(phrases):
    assert max(len(phrase.split()) for phrase in phrases("a b c d e f classification")) == 5


def test_a_hyphen_does_not_end_a_phrase(phrases):
    assert "video-classification" in phrases("the video-classification")


def test_words_in_a_url_give_no_phrase(nlp):
    text = "see foo.github.io/video-classification now"
    lists = ({"": 0.0}, {"classification": 0.0}, [".", "/"])
    assert draft_of(PhraseFinder(*lists)(nlp.make_doc(text))).candidates == []
    assert len(draft_of(PhraseFinder(*lists, urls=False)(nlp.make_doc(text))).candidates) == 2
