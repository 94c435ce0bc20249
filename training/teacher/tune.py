"""Score the teacher's facts, and tune its few thresholds on the held-out papers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from benchmarks.score import score
from training.teacher.facts import Rules, facts_of
from training.teacher.model import Teacher
from training.teacher.predict import Encoded, scored_mentions

__all__ = ["report", "tune"]

_GRID: dict[str, tuple[float, ...]] = {
    "outside": (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0),
    "least": (0.0, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "benchmark": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "no_role": (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0),
}


def report(teacher: Teacher, papers: Sequence[Encoded], rules: Rules) -> dict[str, Any]:
    """Return the scorer's report on annotated papers under `rules`."""
    facts = [facts_of(encoded.paper, scored_mentions(teacher, encoded, rules.outside), rules) for encoded in papers]
    found: dict[str, Any] = score([encoded.paper for encoded in papers], facts)[0]
    return found


def merit(found: dict[str, Any]) -> float:
    """Return what tuning maximises: the F1 of entities and of relations, and a little of telling resources apart."""
    return float(found["All"]["f1"] + found["Relations"]["f1"] + 0.1 * found["resource_type_accuracy"])


def tune(teacher: Teacher, held_out: Sequence[Encoded]) -> Rules:
    """Return the best rules on held-out papers, one threshold after the other, in two rounds."""
    best = Rules()
    reached = merit(report(teacher, held_out, best))
    for name, values in (*_GRID.items(), *_GRID.items()):
        for value in values:
            tried = replace(best, **{name: value})
            merits = merit(report(teacher, held_out, tried)) if tried != best else reached
            if merits > reached:
                best, reached = tried, merits
    return best
