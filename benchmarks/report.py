"""Scores, calibration, speed and cost as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from benchmarks.calibration import BINS, JUDGES, Judged, calibration_error, equal_mass, equal_width
from benchmarks.cost import ENTITY_MODEL, FINDING, RELATING, Cost, of_parts
from benchmarks.rates import Rate
from benchmarks.tables import Table, figure

__all__ = [
    "Report",
    "calibration_table",
    "cost_line",
    "cost_table",
    "error_table",
    "given_table",
    "score_table",
    "speed_table",
]

Report: TypeAlias = dict[str, Any]

CLASSES = ("All", "Resource", "type right", "Named method", "Method", "Task", "Metric")
_TYPE_RIGHT = "type right"


def score_table(title: str, reports: Mapping[str, Report], model: str) -> Table:
    """Give one set's table: F1 of each method, and precision and recall of one model."""
    return _table(title, reports, model, [*CLASSES, *_relating(reports)])


def given_table(title: str, reports: Mapping[str, Report], model: str) -> Table:
    """Give one set's table where the entities were given: that of the scores without those of entities."""
    return _table(f"{title}, entities given", reports, model, _relating(reports))


def _table(title: str, reports: Mapping[str, Report], model: str, names: Sequence[str]) -> Table:
    papers = next(iter(reports.values()))["papers"]["gold"]
    header = ("F1", "gold", f"{model} P", f"{model} R", *reports)
    return Table(f"{title}: {papers} papers", header, [_row(name, reports, model) for name in names])


def _relating(reports: Mapping[str, Report]) -> list[str]:
    relations = {name for report in reports.values() for name in report if name.startswith("rel:")}
    return ["Relations", *sorted(relations), "Results"]


def _row(name: str, reports: Mapping[str, Report], model: str) -> list[str]:
    shown = name.removeprefix("rel:")
    if name == _TYPE_RIGHT:
        return [shown, "", "", "", *(figure(report["resource_type_accuracy"]) for report in reports.values())]
    gold = max(report[name]["gold"] for report in reports.values() if name in report)
    best = reports.get(model, {}).get(name, {})
    scores = [report.get(name, {}).get("f1", 0.0) for report in reports.values()]
    return [shown, str(gold), figure(best.get("precision")), figure(best.get("recall")), *map(figure, scores)]


def error_table(judged: Mapping[str, Mapping[str, Mapping[str, Sequence[Judged]]]]) -> Table:
    """Give the expected calibration error of each method on each set, in bins of equal width and of equal mass."""
    names = list(dict.fromkeys(name for methods in judged.values() for name in methods))
    header = ["method", *(f"{title}, equal {kind}" for title in judged for kind in ("width", "mass"))]
    rows = [
        [f"{name}: {what}", *(cell for methods in judged.values() for cell in _errors(methods.get(name, {}).get(what)))]
        for name in names
        for what in JUDGES
    ]
    return Table(f"Expected calibration error, {BINS} bins", header, rows)


def _errors(judged: Sequence[Judged] | None) -> tuple[str, str]:
    if not judged:
        return "-", "-"
    return figure(calibration_error(equal_width(judged))), figure(calibration_error(equal_mass(judged)))


def calibration_table(title: str, what: str, judged: Sequence[Judged]) -> Table:
    """Give the reliability table: by confidence, how many mentions, say, there are and which share is right."""
    rows = [
        (f"{b.low:.1f} to {b.high:.1f}", str(b.number), figure(b.confidence), figure(b.right))
        for b in equal_width(judged)
    ]
    return Table(title, ("confidence", what, "mean confidence", "share right"), rows)


def speed_table(measured: Mapping[str, Rate]) -> Table:
    """Give the speed of each method and its ratio to the blank tokenizer."""
    header = ("method", "words per CPU second", "blank tokenizer, same run", "ratio")
    rows = [(name, f"{rate.words:,}", f"{rate.blank:,}", figure(rate.ratio)) for name, rate in measured.items()]
    return Table("Speed, one process", header, rows)


def cost_table(measured: Mapping[str, Cost]) -> Table:
    """Give what each part of each model takes: the share of the whole, and microseconds a word."""
    header = ["part", *(f"{model}, {unit}" for model in measured for unit in ("share", "µs a word"))]
    parts = dict.fromkeys(part for cost in measured.values() for part in cost)
    rows = [[part, *(cell for cost in measured.values() for cell in _spent(cost, (part,)))] for part in parts]
    whole = ["all", *(cell for cost in measured.values() for cell in _spent(cost, tuple(cost)))]
    return Table("Cost of the parts, one process", header, [*rows, whole])


def _spent(cost: Cost, parts: Sequence[str]) -> tuple[str, str]:
    if not cost.keys() & set(parts):
        return "-", "-"
    spent = of_parts(cost, parts)
    return f"{spent / sum(cost.values()):.1%}", f"{spent:.2f}"


def cost_line(model: str, cost: Cost) -> str:
    """Say whether relations and results together cost less than what finds entities.

    >>> cost_line("m", {"candidates": 3.0, "entities": 1.5, "relations": 2.0, "results": 0.5})
    'm: relations and results together take 2.50 µs a word, more than tagger and entities (1.50) and less than \
candidates, tagger and entities (4.50).'
    """
    relating = of_parts(cost, RELATING)
    compared = [
        f"{'less' if relating < of_parts(cost, parts) else 'more'} than {named} ({of_parts(cost, parts):.2f})"
        for named, parts in (("tagger and entities", ENTITY_MODEL), ("candidates, tagger and entities", FINDING))
    ]
    return f"{model}: relations and results together take {relating:.2f} µs a word, {' and '.join(compared)}."
