"""The tagger as it ships, and what its numbers may depend on."""

import io
import random
import time

import numpy as np
import pytest
import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

from citegraph.errors import ExtractionError
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.tagger import TARGETS, network_bytes, read_network
from citegraph.extractors.tagger_layers import places_of, word_features
from citegraph.extractors.tags import TAGS
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.extractors.words import word_id
from citegraph.graph.records import Paper
from tests.extractors.test_bad_input import BAD

TITLE = "ResNet: Deep Residual Learning for Image Recognition"
ABSTRACT = "We propose ResNet, a residual network. We evaluate ResNet on ImageNet and report accuracy."
SMALL = {
    "@architectures": "citegraph.WordTagger.v1",
    "width": 8,
    "reach": 3,
    "embed": {"@architectures": "citegraph.WordEmbed.v1", "width": 8, "rows": [50, 20, 20, 20], "pieces": 2},
    "encode": {"@architectures": "citegraph.DilatedEncoder.v1", "width": 8, "dilations": [1, 2], "pieces": 2},
}


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.max_length = 1 << 30
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    nlp.add_pipe("citegraph_tagger_v1")
    return nlp


@pytest.fixture
def small():
    """A tagger with a small network that knows nothing yet."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    tagger = nlp.add_pipe("citegraph_tagger_v1", config={"model": SMALL})
    fix_random_seed(1)
    tagger.model.initialize()
    return nlp, tagger


def tagged(nlp, abstract, title=""):
    doc = make_doc(nlp, Paper("", title, abstract))
    return draft_of(nlp.get_pipe("citegraph_tagger_v1")(doc))


def likeliest(draft):
    text, words = draft.text, draft.words
    return [
        (text[start:end], TAGS[tag])
        for start, end, tag in zip(words.starts, words.ends, draft.tags.argmax(axis=1), strict=True)
    ]


def test_names_are_tagged_with_type_and_role(nlp):
    found = likeliest(tagged(nlp, ABSTRACT, TITLE))
    assert found[0] == ("ResNet", "B-Method:PROPOSES")
    assert ("ImageNet", "B-Dataset:EVALUATED_ON") in found or ("ImageNet", "B-Benchmark:EVALUATED_ON") in found
    assert [tag for word, tag in found if word in {"We", "propose", "and", "."}] == ["O"] * 6


def test_there_is_a_row_for_each_word_and_none_for_hyphens(nlp):
    draft = draft_of(nlp("A state-of-the-art model."))
    assert draft.tags.shape == (7, 37)
    assert draft.tags.dtype == np.float32


def test_rows_are_probabilities(nlp):
    tags = tagged(nlp, ABSTRACT, TITLE).tags
    assert tags.min() >= 0
    assert tags.sum(axis=1) == pytest.approx(np.ones(len(tags)), abs=1e-5)


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_odd_texts_have_a_row_for_each_word(nlp, text):
    draft = tagged(nlp, text, text)
    assert draft.tags.shape == (len(draft.words.orth), len(TAGS))
    assert draft.tags.sum(axis=1) == pytest.approx(np.ones(len(draft.tags)), abs=1e-5)


def test_an_empty_doc_has_no_rows(nlp):
    assert draft_of(nlp("")).tags.shape == (0, len(TAGS))


def test_a_paper_has_the_same_bits_alone_and_after_and_among_others(nlp):
    texts = [ABSTRACT[start:] for start in range(0, 60, 3)] + ["BERT", "", "word " * 3000]
    alone = []
    for text in texts:
        fresh = spacy.blank("en")
        fresh.tokenizer = make_tokenizer(fresh.vocab)
        fresh.add_pipe("citegraph_tagger_v1")
        alone.append(draft_of(fresh(text)).tags)
    random.Random(1).shuffle(shuffled := list(enumerate(texts)))
    docs = nlp.pipe([text for _, text in shuffled], batch_size=7)
    for (index, _), doc in zip(shuffled, docs, strict=True):
        assert draft_of(doc).tags.tobytes() == alone[index].tobytes()


def test_a_long_text_has_the_bits_of_its_stretches_together(nlp, monkeypatch):
    text = " ".join([ABSTRACT] * 30)
    whole = tagged(nlp, text).tags
    monkeypatch.setattr("citegraph.extractors.tagger._STRETCH", 50)
    assert tagged(nlp, text).tags.tobytes() == whole.tobytes()


def test_a_text_of_a_megabyte_takes_seconds(nlp):
    text = (ABSTRACT + " ") * (1_000_000 // len(ABSTRACT))
    began = time.process_time()
    assert len(tagged(nlp, text).tags) > 150_000
    assert time.process_time() - began < 30


def test_many_distinct_words_do_not_pile_up(small, monkeypatch):
    monkeypatch.setattr("citegraph.extractors.tagger_layers._MAX_TABLE", 10)
    nlp, tagger = small
    first = draft_of(tagger(nlp.make_doc(ABSTRACT))).tags
    tagger(nlp.make_doc("quite other words of which there are more than ten in this text"))
    assert draft_of(tagger(nlp.make_doc(ABSTRACT))).tags.tobytes() == first.tobytes()


def test_the_network_loads_fast():
    began = time.process_time()
    spacy.blank("en").add_pipe("citegraph_tagger_v1")
    assert time.process_time() - began < 2


def test_features_are_case_prefix_suffix_and_shape():
    assert word_features("ImageNet") == tuple(map(word_id, ("imagenet", "ima", "net", "XxxxxXxx")))


def test_places_tell_title_quarter_and_what_is_around(nlp):
    draft = draft_of(make_doc(nlp, Paper("", "A-b c", "d. e")))
    words = [draft.text[start:end] for start, end in zip(draft.words.starts, draft.words.ends, strict=True)]
    places = places_of(draft).tolist()
    assert words == ["A", "b", "c", "\n", "\n", "d", ".", "e"]
    assert [(place // 9, place // 3 % 3, place % 3) for place in places] == [
        (0, 2, 1),
        (0, 1, 2),
        (0, 2, 0),
        (0, 0, 0),
        (0, 0, 0),
        (1, 0, 0),
        (2, 0, 2),
        (4, 2, 2),
    ]


def test_training_lowers_the_loss_and_the_kept_vectors_follow(small):
    nlp, tagger = small
    doc = nlp.make_doc("We use BERT on GLUE .")
    target = np.zeros((6, len(TAGS)), np.float32)
    target[np.arange(6), [0, 0, TAGS.index("B-Method:USES"), 0, TAGS.index("B-Benchmark:EVALUATED_ON"), 0]] = 1
    doc.user_data[TARGETS] = target
    before = tagger.predict([doc])[0]
    optimizer = nlp.create_optimizer()
    losses = [tagger.update([Example(doc, doc)], sgd=optimizer)[tagger.name] for _ in range(300)]
    assert losses[-1] < losses[0] / 2
    assert not np.array_equal(tagger.predict([doc])[0], before)
    assert tagger.score([Example(doc, doc)]) == {"tags_f": 1.0}


def test_the_gradient_is_that_of_the_loss(small):
    nlp, tagger = small
    doc = nlp.make_doc("We use BERT")
    doc.user_data[TARGETS] = np.full((3, len(TAGS)), 1 / len(TAGS), np.float32)
    given = tagger.predict([doc])[0]
    loss, (gradient,) = tagger.get_loss([Example(doc, doc)], [given])
    assert loss == pytest.approx(-np.log(given).mean() * 3, rel=1e-5)
    assert gradient == pytest.approx((given - 1 / len(TAGS)) / 3, abs=1e-6)


def test_a_network_is_the_same_after_packing(small):
    nlp, tagger = small
    doc = nlp.make_doc(ABSTRACT)
    before = tagger.predict([doc])[0]
    tagger.model = read_network(network_bytes(tagger.model, SMALL, "float32"), "here")
    assert tagger.predict([doc])[0].tobytes() == before.tobytes()


def test_damaged_networks_are_refused(small):
    data = network_bytes(small[1].model, SMALL)
    for damaged in (b"", b"PK\x03\x04", data[:1000], io.BytesIO(data).read(len(data) - 40)):
        with pytest.raises(ExtractionError, match=r"here: the tagger's network is damaged .*; install citegraph again"):
            read_network(damaged, "here")
