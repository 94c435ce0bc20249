"""All that is scored: look-up alone, the teacher from its stored predictions, and each model that is installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from benchmarks.baselines import by_catalogue, by_lexicon
from benchmarks.gold_sets import Row, papers_of, read_rows
from citegraph.extractors import extract
from citegraph.extractors.pipeline import MODELS
from citegraph.graph.records import Paper

__all__ = ["OPTIONAL", "TEACHER", "Predict", "methods", "runnable"]

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


def _on_gold(predict: Callable[[Iterable[Paper]], Iterator[Row]]) -> Predict:
    return lambda _, gold: list(predict(papers_of(gold)))


def _by_model(model: str) -> Callable[[Iterable[Paper]], Iterator[Row]]:
    return lambda papers: (json.loads(facts.to_json()) for facts in extract(papers, model=model))


def _stored(name: str, _: list[Row]) -> list[Row]:
    """Read the teacher's predictions; lines without a title say where they come from."""
    return [row for row in read_rows(TEACHER / f"{name}.gz") if "title" in row]
