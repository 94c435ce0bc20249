import os
import subprocess
import sys

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citegraph.errors import ExtractionError
from citegraph.extractors import DEFAULT_MODEL, MODEL_NAMES, load
from citegraph.extractors.pipeline import MODELS, extract_papers, shared_pipeline
from citegraph.graph.parsing import parse_facts
from citegraph.graph.records import Paper, PaperFacts

TEXT = "We propose ZorbNet, a network for image classification. On CIFAR-10, ZorbNet outperforms BERT by 2.5% accuracy."

PIECES = st.sampled_from(
    (
        *(
            "We propose ",
            "ZorbNet",
            "(ZN)",
            " on ImageNet",
            " CIFAR-10/100 ",
            ". ",
            "\n\n",
            "$\\textbf{X}$",
            "BERT-based ",
        ),
        *("76.5% ", "accuracy ", "https://a.b/CeeDee ", "é", "\U0001f600", "日本語", "\u00a0", "-", "{", "}"),
        *("image classification", "Graph Net (GN)"),
    )
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join))


def check_offsets(facts):
    for entity in facts.entities:
        for mention in entity.mentions:
            assert facts.paper.field(mention.field)[mention.start : mention.end] == mention.text != ""
    for found in (*facts.relations, *facts.results):
        field = facts.paper.field(found.evidence.field)
        assert 0 <= found.evidence.start < found.evidence.end <= len(field)
        if cue := found.evidence.cue:
            assert found.evidence.start <= cue.start < cue.end <= found.evidence.end
            assert field[cue.start : cue.end] == cue.text


@given(title=TEXTS, abstract=TEXTS)
@example(title="", abstract="")
@example(title="\ud800 BERT", abstract="We use BERT\udfff on GLUE.")
@settings(max_examples=150, deadline=None)
def test_offsets_hold_on_any_text(title, abstract):
    facts = extract_one(Paper("test:1", title, abstract))
    check_offsets(facts)


@given(title=TEXTS, abstract=TEXTS)
@settings(max_examples=50, deadline=None)
def test_facts_survive_the_facts_file(title, abstract):
    clean = [text.encode("utf-8", "replace").decode("utf-8") for text in (title, abstract)]
    facts = extract_one(Paper("test:1", "T" + clean[0], clean[1]))
    assert parse_facts(facts.to_json()) == facts


def extract_one(paper):
    return next(extract_papers(shared_pipeline("fast"), [paper], "fast-3.1"))


def test_the_record_names_the_extractor(read):
    assert MODELS["fast"][0] == "fast-3.1" == read("We use BERT.").extractor


def test_every_model_has_a_name_and_components():
    assert tuple(MODELS) == MODEL_NAMES
    assert DEFAULT_MODEL in MODELS


def test_an_unknown_model_is_named_with_the_known_ones():
    with pytest.raises(ExtractionError, match="no extraction model 'x': choose one of fast"):
        load("x")


def test_a_doc_carries_entities_relations_and_results(nlp):
    doc = nlp(TEXT)
    assert {(ent.text, ent.label_) for ent in doc.ents} >= {("ZorbNet", "Method"), ("CIFAR-10", "Benchmark")}
    assert {r.type for r in doc._.relations} >= {"PROPOSES", "EVALUATED_ON"}
    assert [r.value for r in doc._.results] == ["2.5%"]
    assert {e.name for e in doc._.entities} >= {"ZorbNet", "CIFAR-10"}


def test_a_doc_has_sentences(nlp):
    assert [sentence.text for sentence in nlp("We use BERT. It works.").sents] == ["We use BERT.", "It works."]


def test_an_empty_doc_has_nothing(nlp):
    doc = nlp("")
    assert (len(doc.ents), doc._.relations, doc._.results) == (0, (), ())


def test_every_component_is_an_entry_point():
    nlp = spacy.blank("en")
    for factory in MODELS["fast"][1]:
        assert nlp.has_factory(factory)


def test_the_components_work_in_a_pipeline_of_ones_own():
    nlp = spacy.blank("en")
    for factory in MODELS["fast"][1]:
        nlp.add_pipe(factory)
    assert "ZorbNet" in {ent.text for ent in nlp(TEXT).ents}


def test_piping_gives_the_same_as_calling(nlp):
    docs = list(nlp.pipe([TEXT, "We use BERT.", TEXT]))
    assert docs[0]._.relations == docs[2]._.relations == nlp(TEXT)._.relations


def test_facts_do_not_depend_on_the_hash_seed():
    code = (
        "from citegraph.extractors import extract\n"
        "from citegraph.graph.records import Paper\n"
        f"print(next(extract([Paper('t:1', 'ZorbNet: a network', {TEXT!r})])).to_json())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


def test_importing_the_package_does_not_import_spacy():
    code = "import sys, citegraph.extractors; print('spacy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout == "False\n"


def test_facts_are_records(read):
    assert isinstance(read(TEXT), PaperFacts)
