import gzip
import json

import pytest

from benchmarks import methods
from benchmarks.baselines import LookUp, entry_of
from benchmarks.gold_sets import papers_of
from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.pipeline import MODELS
from tests.benchmarks.papers import GOLD, PREDICTED


def test_every_model_is_scored_between_look_up_and_the_teacher():
    assert list(methods.methods()) == ["lexicon", "catalogue", *MODELS, "teacher"]


def test_a_model_predicts_in_the_scorers_form():
    (row,) = methods.methods()[DEFAULT_MODEL]("dev.jsonl", [GOLD])
    assert row["title"] == "FooNet"
    assert "ImageNet" in {entity["name"] for entity in row["entities"]}


def test_each_model_is_scored_with_entities_given():
    assert list(methods.given_methods()) == list(MODELS)


def test_entities_that_are_given_are_those_that_are_annotated():
    (row,) = methods.given_methods()[DEFAULT_MODEL]("dev.jsonl", [GOLD])
    assert [(entity["id"], entity["type"], entity["name"]) for entity in row["entities"]] == [
        ("e1", "Method", "FooNet"),
        ("e2", "Method", "BarNet"),
        ("e3", "Benchmark", "ImageNet"),
        ("e4", "Method", "deep model"),
    ]
    assert ("PAPER", "PROPOSES", "e1") in [(row["head"], row["type"], row["tail"]) for row in row["relations"]]


def test_the_teacher_is_read_from_its_file_and_the_line_of_provenance_is_no_paper(tmp_path, monkeypatch):
    lines = [{"provenance": "from somewhere"}, PREDICTED]
    (tmp_path / "dev.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    monkeypatch.setattr(methods, "TEACHER", tmp_path)
    assert methods.methods()["teacher"]("dev.jsonl", []) == [PREDICTED]


def test_a_teacher_without_a_file_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(methods, "TEACHER", tmp_path)
    with pytest.raises(FileNotFoundError):
        methods.methods()["teacher"]("dev.jsonl", [])


def test_looking_up_finds_known_names_of_all_spellings_and_nothing_else():
    rows = [
        {"name": "BarNet", "type": "METHOD", "is_benchmark": False, "aliases": []},
        {"name": "ILSVRC", "type": "DATASET/BENCHMARK", "is_benchmark": True, "aliases": ["ImageNet"]},
        {"name": "foonet", "type": "TASK", "is_benchmark": False, "aliases": []},
    ]
    predicted = LookUp(CatalogueMatcher(map(entry_of, rows)))(papers_of([GOLD])[0])
    assert predicted == {
        "title": "FooNet",
        "entities": [
            {"id": "e1", "type": "Task", "name": "foonet", "mentions": [{"text": "FooNet"}]},
            {"id": "e2", "type": "Method", "name": "BarNet", "mentions": [{"text": "BarNet"}]},
            {"id": "e3", "type": "Benchmark", "name": "ILSVRC", "mentions": [{"text": "ImageNet"}]},
        ],
        "relations": [],
        "results": [],
    }
