"""The pipeline, short cuts to what it finds, and drafts whose entities are given."""

import pytest
import spacy

from citegraph.extractors.draft import draft_of
from citegraph.extractors.given import Given, give, relate
from citegraph.extractors.pipeline import MODELS, extract_papers, make_doc, shared_pipeline
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import Paper, PaperFacts

_GIVEN = {
    "Method": ("Ours", "Alpha", "Beta", "Gamma", "Delta"),
    "Dataset": ("Corpora", "Photos"),
    "Benchmark": ("GLUE", "SuperGLUE"),
    "Task": ("parsing",),
    "Metric": ("accuracy",),
}


@pytest.fixture(scope="session")
def nlp():
    return shared_pipeline("fast")


@pytest.fixture(scope="session")
def read(nlp):
    """Extract the facts of a text of one's own."""

    def extract_text(abstract, title=""):
        return next(extract_papers(nlp, [Paper("test:1", title, abstract)], MODELS["fast"][0]))

    return extract_text


@pytest.fixture(scope="session")
def named():
    """Give a draft whose entities are those of made-up names, each with its name for its id; no model decides."""
    blank = spacy.blank("en")
    blank.tokenizer = make_tokenizer(blank.vocab)

    def draft_text(abstract, title=""):
        draft = draft_of(SentenceSplitter()(make_doc(blank, Paper("test:1", title, abstract))))
        give(draft, [Given(name, type_, name, [name]) for type_, names in _GIVEN.items() for name in names])
        return draft

    return draft_text


@pytest.fixture(scope="session")
def related():
    """Extract relations and results of a text whose entities are given: names by type, each its own id."""
    standard = shared_pipeline("standard")

    def relate_text(abstract, title="", **names):
        given = [Given(name, type_, name, [name]) for type_, found in names.items() for name in found]
        return relate(standard, Paper("test:1", title, abstract), given, MODELS["standard"][0])

    return relate_text


@pytest.fixture(scope="session")
def check():
    """Check what a store demands of facts: they are read as written, and each cue lies in its sentence."""

    def check_facts(facts):
        assert PaperFacts.from_json(facts.to_json()) == facts
        for found in (*facts.relations, *facts.results):
            at, field = found.evidence, facts.paper.field(found.evidence.field)
            if at.cue is not None:
                assert at.start <= at.cue.start < at.cue.end <= at.end
                assert field[at.cue.start : at.cue.end] == at.cue.text
        assert all(result.evidence.cue.text == result.value for result in facts.results)

    return check_facts
