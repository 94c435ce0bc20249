"""Score the extractor's models on the two annotated development sets, beside look-up alone and the teacher.

    python -m benchmarks.evaluate [--json FILE] [--page | --gold-entities]

Prints F1 by class and relation, F1 of relations and results where the annotated entities are given, the scores on the
golden sentences, how far confidences can be trusted, words per CPU second, and what each part of a model costs; with
--gold-entities nothing but the scores where entities are given. With --page speed, cost and the floors of optional
models are also written into docs/quality.md; its other tables are written by `make docs`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

from benchmarks.calibration import JUDGES, Judged, calibration_error, equal_mass, equal_width
from benchmarks.cost import Cost, costs
from benchmarks.gold_sets import SETS, Row, read_gold
from benchmarks.golden import Summary, golden_summary, summary_table
from benchmarks.methods import Predict, given_methods, methods
from benchmarks.rates import Rate, rates
from benchmarks.report import (
    Report,
    calibration_table,
    cost_line,
    cost_table,
    error_table,
    given_table,
    score_table,
    speed_table,
)
from benchmarks.score import score
from benchmarks.tables import WIDTH, Table, show
from citegraph.errors import CitegraphError
from citegraph.extractors import DEFAULT_MODEL

__all__ = ["RELIABILITY", "Evaluation", "Measured", "evaluate", "evaluate_given", "given_tables", "tables", "to_json"]

RELIABILITY = ("mentions", "relations")
"""The confidences that have a table of their own."""


class Evaluation(NamedTuple):
    """For each set and method its scores, those where entities are given, and what is judged of its confidences.

    Of each model also the scores on the golden sentences; for each method that is missing why it is.
    """

    scores: dict[str, dict[str, Report]]
    given: dict[str, dict[str, Report]]
    judged: dict[str, dict[str, dict[str, list[Judged]]]]
    golden: dict[str, dict[str, Summary]]
    missing: dict[str, str]


class Measured(NamedTuple):
    """What differs from run to run: speed and cost of each method or model."""

    speed: dict[str, Rate]
    cost: dict[str, Cost]


def evaluate(names: Iterable[str] | None = None) -> Evaluation:
    """Score methods, by default all, on each set, and models on the golden sentences too."""
    chosen = _chosen(methods(), names)
    scores: dict[str, dict[str, Report]] = {title: {} for title in SETS}
    judged: dict[str, dict[str, dict[str, list[Judged]]]] = {title: {} for title in SETS}
    missing: dict[str, str] = {}
    for title, name, gold, predicted in _predicted(chosen, missing):
        scores[title][name] = score(gold, predicted)[0]
        if _has_confidence(predicted):
            judged[title][name] = {what: judge(gold, predicted) for what, judge in JUDGES.items()}
    models = [name for name in chosen if name in given_methods() and name not in missing]
    golden = {model: golden_summary(model) for model in models}
    return Evaluation(scores, evaluate_given(models)[0], judged, golden, missing)


def evaluate_given(names: Iterable[str] | None = None) -> tuple[dict[str, dict[str, Report]], dict[str, str]]:
    """Score models, by default all, with the annotated entities given; and say why those are missing that are."""
    scores: dict[str, dict[str, Report]] = {title: {} for title in SETS}
    missing: dict[str, str] = {}
    for title, name, gold, predicted in _predicted(_chosen(given_methods(), names), missing):
        scores[title][name] = score(gold, predicted)[0]
    return scores, missing


def _chosen(found: Mapping[str, Predict], names: Iterable[str] | None) -> dict[str, Predict]:
    return {name: predict for name, predict in found.items() if names is None or name in names}


def _predicted(
    chosen: Mapping[str, Predict], missing: dict[str, str]
) -> Iterator[tuple[str, str, list[Row], list[Row]]]:
    """Yield set, method, gold and prediction; what is missing is noted there with its reason."""
    for title, file in SETS.items():
        gold = read_gold(file)
        for name, predict in chosen.items():
            try:
                predicted = predict(file, gold)
            except CitegraphError as error:
                missing[name] = str(error)
            except FileNotFoundError as error:
                missing[f"{name} on {title}"] = f"no file {Path(error.filename).name}"
            else:
                yield title, name, gold, predicted


def _has_confidence(predicted: list[Row]) -> bool:
    return any("confidence" in mention for row in predicted for e in row["entities"] for mention in e["mentions"])


def tables(done: Evaluation, model: str) -> list[Table]:
    """Lay scores and calibration out; precision, recall and reliability are those of one model."""
    scored = [score_table(title, reports, model) for title, reports in done.scores.items()]
    reliability = [
        calibration_table(f"Reliability of {model}'s {what}, {title}", what, judged[model][what])
        for what in RELIABILITY
        for title, judged in done.judged.items()
        if model in judged
    ]
    given = given_tables(done.given, model)
    return [*scored, *given, summary_table(done.golden), error_table(done.judged), *reliability]


def given_tables(given: Mapping[str, Mapping[str, Report]], model: str) -> list[Table]:
    """Lay the scores out where entities are given."""
    return [given_table(title, reports, model) for title, reports in given.items() if reports]


def to_json(done: Evaluation, measured: Measured) -> dict[str, Any]:
    """Give everything measured as it is written."""
    calibration = {
        title: {
            name: {what: _calibration(judged) for what, judged in by_kind.items()} for name, by_kind in methods_.items()
        }
        for title, methods_ in done.judged.items()
    }
    return {
        "scores": done.scores,
        "entities given": done.given,
        "golden sentences": done.golden,
        "calibration": calibration,
        "speed": {name: rate._asdict() for name, rate in measured.speed.items()},
        "cost, microseconds a word": measured.cost,
        "missing": done.missing,
    }


def _calibration(judged: list[Judged]) -> dict[str, Any]:
    return {
        "error, equal width": round(calibration_error(equal_width(judged)), 4),
        "error, equal mass": round(calibration_error(equal_mass(judged)), 4),
        "bins": [bin_._asdict() for bin_ in equal_width(judged)],
    }


def main() -> None:
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures as JSON")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--page", action="store_true", help="write what is measured into docs/quality.md")
    either.add_argument("--gold-entities", action="store_true", help="score with the annotated entities given, only")
    arguments = parser.parse_args()
    written = _with_gold_entities() if arguments.gold_entities else _with_all(arguments.page)
    for name, reason in written["missing"].items():
        print(f"not scored: {name} ({reason})")
    if arguments.json:
        arguments.json.write_text(json.dumps(written, indent=2) + "\n", "utf-8")


def _with_gold_entities() -> dict[str, Any]:
    given, missing = evaluate_given()
    show(given_tables(given, DEFAULT_MODEL))
    return {"entities given": given, "missing": missing}


def _with_all(page: bool) -> dict[str, Any]:
    measured = Measured(rates(), costs())
    done = evaluate()
    show([*tables(done, DEFAULT_MODEL), speed_table(measured.speed), cost_table(measured.cost)])
    for model, cost in measured.cost.items():
        print(fill(cost_line(model, cost), WIDTH))
    if page:
        from docs.quality import write_measured

        write_measured(done, measured)
    return to_json(done, measured)


if __name__ == "__main__":
    main()
