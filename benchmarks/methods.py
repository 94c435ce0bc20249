"""All that is scored: look-up alone, the teacher from its stored predictions, and each model that is installed.

A model is scored a second time with the annotated entities in place of those that it finds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from benchmarks.baselines import by_catalogue, by_lexicon
from benchmarks.gold_sets import Row, papers_of, read_rows
from citegraph.extractors import extract
from citegraph.extractors.given import Given, relate
from citegraph.extractors.pipeline import MODELS, shared_pipeline
from citegraph.graph.records import Paper

__all__ = ["OPTIONAL", "TEACHER", "Predict", "given_methods", "methods", "related", "runnable"]

TEACHER = Path(__file__).parent / "teacher"
OPTIONAL = frozenset({"accurate"})
"""Models that are packages of their own, and may be missing."""

Predict: TypeAlias = Callable[[str, list[Row]], list[Row]]
"""From the name of a set's file and its rows to predictions in the scorer's form."""


def runnable() -> dict[str, Callable[[Iterable[Paper]], Iterator[Row]]]:
    """Give each method that can be run on any papers, by name."""
    found = {"lexicon": by_lexicon, "catalogue": by_catalogue}
    return {**found, **{model: _by_model(model) for model in MODELS}}


def methods() -> dict[str, Predict]:
    """Give each method by name, in the order of the tables."""
    run = {name: _on_gold(predict) for name, predict in runnable().items()}
    teacher: dict[str, Predict] = {"teacher": _stored}
    return {"lexicon": run.pop("lexicon"), "catalogue": run.pop("catalogue"), **run, **teacher}


def given_methods() -> dict[str, Predict]:
    """Give each model with the annotated entities given, by name."""
    return {model: _given(model) for model in MODELS}


def related(gold: Iterable[Row], model: str) -> Iterator[Row]:
    """Predict relations and results of annotated papers with their entities given."""
    nlp, extractor = shared_pipeline(model), MODELS[model][0]
    for row in gold:
        entities = [Given(e["id"], e["type"], e["name"], e["surfaces"]) for e in row["entities"]]
        (paper,) = papers_of([row])
        yield json.loads(relate(nlp, paper, entities, extractor).to_json())


def _given(model: str) -> Predict:
    return lambda _, gold: list(related(gold, model))


def _on_gold(predict: Callable[[Iterable[Paper]], Iterator[Row]]) -> Predict:
    return lambda _, gold: list(predict(papers_of(gold)))


def _by_model(model: str) -> Callable[[Iterable[Paper]], Iterator[Row]]:
    return lambda papers: (json.loads(facts.to_json()) for facts in extract(papers, model=model))


def _stored(name: str, _: list[Row]) -> list[Row]:
    """Read the teacher's predictions; lines without a title say where they come from."""
    return [row for row in read_rows(TEACHER / f"{name}.gz") if "title" in row]
