"""Score the teacher's facts, and tune its few thresholds on the held-out papers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from benchmarks.score import score
from training.teacher.facts import ScoredMention, facts_of
from training.teacher.model import Teacher
from training.teacher.predict import Encoded, scored_mentions
from training.teacher.rules import Rules

__all__ = ["all_mentions", "report", "tune"]

_GRID: dict[str, tuple[float, ...]] = {
    "outside": (-0.5, 0.0, 0.5, 1.0, 1.5),
    "least": (0.0, 0.3, 0.35, 0.4, 0.45, 0.5),
    "resource": (-0.5, 0.0, 0.5, 1.0),
    "task": (-0.5, 0.0, 0.5),
    "metric": (-0.5, 0.0, 0.5, 1.0, 1.5),
    "benchmark": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "no_role": (-1.0, -0.5, 0.0, 0.5, 1.0),
}


def all_mentions(teacher: Teacher, papers: Sequence[Encoded], rules: Rules) -> list[list[ScoredMention]]:
    """Return the mentions of each paper under `rules`."""
    return [scored_mentions(teacher, encoded, rules) for encoded in papers]


def report(papers: Sequence[Encoded], mentions: Sequence[list[ScoredMention]], rules: Rules) -> dict[str, Any]:
    """Return the scorer's report on annotated papers under `rules`."""
    facts = [facts_of(encoded.paper, found, rules) for encoded, found in zip(papers, mentions, strict=True)]
    scored: dict[str, Any] = score([encoded.paper for encoded in papers], facts)[0]
    return scored


def merit(found: dict[str, Any]) -> float:
    """Return what tuning maximises: the F1 of entities and of relations, and a little of telling resources apart."""
    return float(found["All"]["f1"] + found["Relations"]["f1"] + 0.1 * found["resource_type_accuracy"])


def tune(teacher: Teacher, held_out: Sequence[Encoded]) -> Rules:
    """Return the best rules on held-out papers, one threshold after the other, in two rounds."""
    mentions: dict[tuple[float, ...], list[list[ScoredMention]]] = {}

    def reach(rules: Rules) -> float:
        shifts = rules.tag_shifts()
        if shifts not in mentions:
            mentions[shifts] = all_mentions(teacher, held_out, rules)
        return merit(report(held_out, mentions[shifts], rules))

    best = Rules()
    reached = reach(best)
    for name, values in (*_GRID.items(), *_GRID.items()):
        for tried in (replace(best, **{name: value}) for value in values):
            merits = reach(tried)
            if merits > reached:
                best, reached = tried, merits
    return best
