"""Scores, calibration and speed as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from benchmarks.calibration import BINS, Judged, calibration_error, equal_mass, equal_width
from benchmarks.rates import Rate
from benchmarks.tables import Table, figure

__all__ = ["Report", "calibration_table", "error_table", "score_table", "speed_table"]

Report: TypeAlias = dict[str, Any]

ENTITIES = ("All", "Resource", "type right", "Named method", "Method", "Task", "Metric")
_TYPE_RIGHT = "type right"


def score_table(title: str, reports: Mapping[str, Report], model: str) -> Table:
    """Give one set's table: F1 of each method, and precision and recall of one model."""
    papers = next(iter(reports.values()))["papers"]["gold"]
    header = ("F1", "gold", f"{model} P", f"{model} R", *reports)
    rows = [_row(name, reports, model) for name in _names(reports)]
    return Table(f"{title}: {papers} papers", header, rows)


def _names(reports: Mapping[str, Report]) -> list[str]:
    relations = {name for report in reports.values() for name in report if name.startswith("rel:")}
    return [*ENTITIES, "Relations", *sorted(relations), "Results"]


def _row(name: str, reports: Mapping[str, Report], model: str) -> list[str]:
    shown = name.removeprefix("rel:")
    if name == _TYPE_RIGHT:
        return [shown, "", "", "", *(figure(report["resource_type_accuracy"]) for report in reports.values())]
    gold = max(report[name]["gold"] for report in reports.values() if name in report)
    best = reports.get(model, {}).get(name, {})
    scores = [report.get(name, {}).get("f1", 0.0) for report in reports.values()]
    return [shown, str(gold), figure(best.get("precision")), figure(best.get("recall")), *map(figure, scores)]


def error_table(judged: Mapping[str, Mapping[str, Sequence[Judged]]]) -> Table:
    """Give the expected calibration error of each method on each set, in bins of equal width and of equal mass."""
    names = list(dict.fromkeys(name for methods in judged.values() for name in methods))
    header = ["method", *(f"{title}, equal {kind}" for title in judged for kind in ("width", "mass"))]
    rows = [[name, *(cell for methods in judged.values() for cell in _errors(methods.get(name)))] for name in names]
    return Table(f"Expected calibration error of mentions, {BINS} bins", header, rows)


def _errors(judged: Sequence[Judged] | None) -> tuple[str, str]:
    if not judged:
        return "-", "-"
    return figure(calibration_error(equal_width(judged))), figure(calibration_error(equal_mass(judged)))


def calibration_table(title: str, judged: Sequence[Judged]) -> Table:
    """Give the reliability table: by confidence, how many mentions there are and which share is right."""
    rows = [
        (f"{b.low:.1f} to {b.high:.1f}", str(b.mentions), figure(b.confidence), figure(b.right))
        for b in equal_width(judged)
    ]
    return Table(title, ("confidence", "mentions", "mean confidence", "share right"), rows)


def speed_table(measured: Mapping[str, Rate]) -> Table:
    """Give the speed of each method and its ratio to the blank tokenizer."""
    header = ("method", "words per CPU second", "blank tokenizer, same run", "ratio")
    rows = [(name, f"{rate.words:,}", f"{rate.blank:,}", figure(rate.ratio)) for name, rate in measured.items()]
    return Table("Speed, one process", header, rows)
