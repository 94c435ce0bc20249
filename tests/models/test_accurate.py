"""The encoder of the accurate model: what it tags, that a text's tags depend on that text alone, and odd texts."""

import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

import numpy as np
import pytest
import spacy
from citegraph_accurate.encoder import EncoderTagger, make_encoder_tagger
from citegraph_accurate.pieces import windows

from citegraph.errors import ExtractionError
from citegraph.extractors import extract, load
from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.tags import TAGS, columns
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.catalogue import load_catalogue
from citegraph.graph.records import Paper
from citegraph.readers import read_papers
from tests.extractors.test_bad_input import BAD as SHORT_BAD

TITLE = "MRL: Matryoshka Representation Learning"
ABSTRACT = "We propose MRL, a method for image classification. MRL beats ResNet-50 on ImageNet by 2% accuracy."
BAD = SHORT_BAD | {"one long word": "a" * 100_000, "many marks": "(" * 100_000}


@pytest.fixture(scope="module")
def nlp():
    made = spacy.blank("en")
    made.tokenizer = make_tokenizer(made.vocab)
    made.max_length = 1 << 30
    return made


@pytest.fixture(scope="module")
def tag(nlp):
    matcher, tagger = CatalogueMatcher(load_catalogue().entries), make_encoder_tagger(nlp, "encoder")

    def tag_paper(abstract, title=""):
        draft = draft_of(tagger(matcher(make_doc(nlp, Paper("test:1", title, abstract)))))
        return [draft.text[s:e] for s, e in zip(draft.words.starts, draft.words.ends, strict=True)], draft.tags

    return tag_paper


def test_each_word_has_a_probability_for_each_tag(tag):
    words, tags = tag(ABSTRACT, TITLE)
    assert (tags.shape, tags.dtype) == ((len(words), len(TAGS)), np.float32)
    assert tags.sum(1) == pytest.approx(np.ones(len(words)), abs=1e-4)


def test_a_data_set_of_an_experiment_is_tagged_as_evaluated_on(tag):
    words, tags = tag(ABSTRACT, TITLE)
    assert tags[words.index("ImageNet"), columns(role="EVALUATED_ON")].sum() > 0.5


def test_a_new_method_is_tagged_as_proposed(tag):
    words, tags = tag(ABSTRACT, TITLE)
    assert tags[words.index("MRL"), columns(type_="Method", role="PROPOSES")].sum() > 0.5


def test_plain_words_are_outside(tag):
    words, tags = tag(ABSTRACT)
    assert tags[words.index("propose"), 0] > 0.9


def test_the_same_text_gives_the_same_bits_whatever_was_read_between(tag):
    first = tag(ABSTRACT, TITLE)[1]
    tag("We evaluate BERT on GLUE. " * 100)
    assert np.array_equal(first, tag(ABSTRACT, TITLE)[1])


def in_process(_):
    made = spacy.blank("en")
    made.tokenizer = make_tokenizer(made.vocab)
    doc = make_doc(made, Paper("test:1", TITLE, ABSTRACT))
    return draft_of(make_encoder_tagger(made, "encoder")(doc)).tags


def test_the_same_text_gives_the_same_bits_in_other_processes():
    here = in_process(0)
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        assert all(np.array_equal(here, there) for there in pool.map(in_process, range(2), timeout=120))


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_odd_texts_do_no_harm(tag, text):
    words, tags = tag(text, title=text)
    assert len(tags) == len(words)
    assert np.isfinite(tags).all()


def test_a_gap_between_paragraphs_is_outside(tag):
    words, tags = tag("a\n\nb")
    assert tags[words.index("\n"), 0] == 1.0


def test_names_are_found_throughout_a_long_text(tag):
    words, tags = tag("We evaluate SimCLR on ImageNet and report accuracy. " * 300)
    places = [index for index, word in enumerate(words) if word == "ImageNet"]
    assert (tags[places, 0] < 0.5).mean() > 0.9


def test_time_grows_with_the_length_alone(tag):
    times = []
    for count in (100, 800):
        start = time.process_time()
        tag("We evaluate SimCLR on ImageNet and report 76.5% accuracy. " * count)
        times.append(time.process_time() - start)
    assert times[1] < 30 * max(times[0], 0.01)


@pytest.mark.parametrize("count", [0, 1, 510, 511, 1000, 5000])
def test_windows_keep_each_piece_once(count):
    cut = [*windows(count)]
    assert [place for window in cut for place in range(window.kept_start, window.kept_end)] == [*range(count)]
    assert all(w.start <= w.kept_start and w.kept_end <= w.end <= w.start + 510 for w in cut)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ExtractionError, match=r"model\.onnx: missing; install citegraph-accurate anew"):
        EncoderTagger(tmp_path)


def test_spacy_finds_the_component_by_its_entry_point(nlp):
    assert nlp.has_factory("citegraph_encoder_v1")


def test_facts_are_the_same_with_two_processes_and_in_any_order(samples):
    papers = [*islice(read_papers([str(samples / "000_1af8fd3480a2917c.txt")]), 6)]
    alone = [facts.to_json() for facts in extract(papers, model="accurate")]
    assert [facts.to_json() for facts in extract(papers, processes=2, model="accurate")] == alone
    assert [facts.to_json() for facts in extract(papers[::-1], model="accurate")] == alone[::-1]


def test_the_pipeline_finds_what_the_encoder_sees():
    doc = load("accurate")(ABSTRACT)
    assert {("MRL", "Method"), ("ImageNet", "Benchmark")} <= {(ent.text, ent.label_) for ent in doc.ents}
