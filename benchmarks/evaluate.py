"""Score the extractor's models on the two annotated development sets, beside look-up alone and the teacher.

    python -m benchmarks.evaluate [--json FILE] [--page]

Prints F1 by class and relation, how far confidences can be trusted, and words per CPU second. With --page the speed and
the scores of optional models are also written into docs/quality.md; its other tables are written by `make docs`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.calibration import Judged, calibration_error, equal_mass, equal_width, judge
from benchmarks.gold_sets import SETS, read_gold
from benchmarks.methods import methods
from benchmarks.rates import Rate, rates
from benchmarks.report import Report, calibration_table, error_table, score_table, speed_table
from benchmarks.score import score
from benchmarks.tables import Table, show
from citegraph.errors import CitegraphError
from citegraph.extractors import DEFAULT_MODEL

__all__ = ["Evaluation", "evaluate", "tables", "to_json"]


class Evaluation(NamedTuple):
    """For each set and method its scores and its judged mentions; for each method that is missing why it is."""

    scores: dict[str, dict[str, Report]]
    judged: dict[str, dict[str, list[Judged]]]
    missing: dict[str, str]


def evaluate(names: Iterable[str] | None = None) -> Evaluation:
    """Score methods, by default all, on each set."""
    chosen = {name: predict for name, predict in methods().items() if names is None or name in names}
    done = Evaluation({title: {} for title in SETS}, {title: {} for title in SETS}, {})
    for title, file in SETS.items():
        gold = read_gold(file)
        for name, predict in chosen.items():
            try:
                predicted = predict(file, gold)
            except CitegraphError as error:
                done.missing[name] = str(error)
            except FileNotFoundError as error:
                done.missing[f"{name} on {title}"] = f"no file {Path(error.filename).name}"
            else:
                done.scores[title][name] = score(gold, predicted)[0]
                if _has_confidence(predicted):
                    done.judged[title][name] = judge(gold, predicted)
    return done


def _has_confidence(predicted: list[dict[str, Any]]) -> bool:
    return any("confidence" in mention for row in predicted for e in row["entities"] for mention in e["mentions"])


def tables(done: Evaluation, model: str) -> list[Table]:
    """Lay scores and calibration out; precision, recall and reliability are those of one model."""
    scored = [score_table(title, reports, model) for title, reports in done.scores.items()]
    reliability = [
        calibration_table(f"Reliability of {model}'s confidences, {title}", judged[model])
        for title, judged in done.judged.items()
        if model in judged
    ]
    return [*scored, error_table(done.judged), *reliability]


def to_json(done: Evaluation, speed: dict[str, Rate]) -> dict[str, Any]:
    """Give everything measured as it is written."""
    calibration = {
        title: {
            name: {
                "error, equal width": round(calibration_error(equal_width(judged)), 4),
                "error, equal mass": round(calibration_error(equal_mass(judged)), 4),
                "bins": [bin_._asdict() for bin_ in equal_width(judged)],
            }
            for name, judged in methods_.items()
        }
        for title, methods_ in done.judged.items()
    }
    return {
        "scores": done.scores,
        "calibration": calibration,
        "speed": {name: rate._asdict() for name, rate in speed.items()},
        "missing": done.missing,
    }


def main() -> None:
    """Print the tables, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures as JSON")
    parser.add_argument("--page", action="store_true", help="write the speed into docs/quality.md")
    arguments = parser.parse_args()
    speed = rates()
    done = evaluate()
    show([*tables(done, DEFAULT_MODEL), speed_table(speed)])
    for name, reason in done.missing.items():
        print(f"not scored: {name} ({reason})")
    if arguments.json:
        arguments.json.write_text(json.dumps(to_json(done, speed), indent=2) + "\n", "utf-8")
    if arguments.page:
        from docs.quality import write_measured

        write_measured(done, speed)


if __name__ == "__main__":
    main()
