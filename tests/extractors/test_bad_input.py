import time

import pytest

from citegraph.extractors.pipeline import MODELS, extract_papers, shared_pipeline
from citegraph.graph.records import Paper

BAD = {
    "empty": "",
    "blank": " \n\t ",
    "control characters": "We \x00 use \x07 BERT\x1b on \x7f GLUE.",
    "other scripts": "我们提出了一种新方法。Мы предлагаем метод. نقترح طريقة",
    "only LaTeX": "$\\mathcal{L}_{\\text{CE}} = \\sum_{i=1}^{N} \\log p_i$",
    "lone surrogates": "We use \ud800BERT\udfff.",
    "combining marks": "e\u0301\u0301\u0301 BERT\u0301 on GLUE",
    "right to left": "We \u202euse BERT\u202c on GLUE.",
    "only marks": "((((((((([[[[{{{{$$$$%%%%----____////",
}

LONG = {
    "words": "word ",
    "letters": "a",
    "capitals": "A",
    "capitalised": "Aa ",
    "hyphens": "A-",
    "numbers": "1.",
    "digits": "1",
    "names": "SimCLR, ",
    "parentheses": "(AB) ",
    "opening": "(",
    "stops": ". ",
    "line ends": "\n",
    "spaces": " ",
    "braces": "A{",
    "definitions": "Aa Bb (AB) ",
    "terms": "image classification ",
    "commas": "1,111",
}


@pytest.fixture(scope="module", params=["fast", "standard"])
def read(request):
    """Extract the facts of a text of one's own, by each model."""
    nlp = shared_pipeline(request.param)

    def extract_text(abstract, title=""):
        return next(extract_papers(nlp, [Paper("test:1", title, abstract)], MODELS[request.param][0]))

    return extract_text


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_odd_texts_do_no_harm(read, text):
    facts = read(text, title=text)
    assert all(text[m.start : m.end] == m.text for e in facts.entities for m in e.mentions)


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_time_grows_with_the_length_alone(read, piece):
    short, long = (piece * (size // len(piece)) for size in (20_000, 160_000))
    times = []
    for text in (short, long):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    assert times[1] < 30 * max(times[0], 0.01)


def test_an_abstract_of_a_megabyte_is_read(read):
    start = time.process_time()
    facts = read("We evaluate SimCLR on ImageNet and report 76.5% accuracy. " * 18_000)
    assert time.process_time() - start < 60
    assert {"SimCLR", "ImageNet"} <= {e.name for e in facts.entities}
