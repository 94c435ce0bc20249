import pytest

from benchmarks import cost
from benchmarks.gold_sets import papers_of
from citegraph.errors import ExtractionError
from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.pipeline import MODELS
from tests.benchmarks.papers import GOLD

ORDER = ["reading", "candidates", "tagger", "entities", "relations", "results"]


@pytest.mark.parametrize("model", MODELS)
def test_every_component_but_the_last_is_of_a_part(model):
    *measured, last = MODELS[model][1]
    assert set(measured) <= cost.PARTS.keys()
    assert last not in cost.PARTS


def test_each_part_of_a_model_is_measured(monkeypatch):
    monkeypatch.setattr(cost, "MODELS", {DEFAULT_MODEL: MODELS[DEFAULT_MODEL]})
    measured = cost.costs(papers_of([GOLD]) * 40)
    assert {model: list(parts) for model, parts in measured.items()} == {DEFAULT_MODEL: ORDER}
    assert min(measured[DEFAULT_MODEL].values()) > 0


def test_a_model_that_is_not_installed_is_left_out(monkeypatch):
    def missing(model):
        raise ExtractionError("not installed")

    monkeypatch.setattr(cost, "build_pipeline", missing)
    assert cost.costs(papers_of([GOLD])) == {}


def test_a_component_reads_some_papers_before_the_next_one_does(monkeypatch):
    read = []

    class Pipeline:
        pipeline = (
            ("citegraph_roles_v1", lambda paper: read.append(("roles", paper))),
            ("citegraph_annotate_v1", lambda paper: read.append(("annotate", paper))),
            ("citegraph_pairs_v1", lambda paper: read.append(("pairs", paper))),
        )

    monkeypatch.setattr(cost, "make_doc", lambda nlp, paper: paper)
    monkeypatch.setattr(cost, "_TOGETHER", 2)
    assert list(cost._seconds(Pipeline, [1, 2, 3])) == ["reading", "relations"]
    assert read == [
        ("roles", 1), ("roles", 2), ("pairs", 1), ("pairs", 2), ("roles", 3), ("pairs", 3),
    ]  # fmt: skip
