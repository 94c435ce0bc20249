"""Counted statistics of the training papers: word lists, what known names were annotated as, and log-odds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from citegraph.extractors.accurate import find_package
from citegraph.extractors.calibration import Calibration
from citegraph.extractors.words import word_id

__all__ = [
    "CLASSES",
    "PAIR_ROLES",
    "ROLES",
    "WORD_TEMPLATES",
    "LogOdds",
    "Numbers",
    "Weights",
    "load_weights",
    "parse_weights",
]

CLASSES = ("None", "Method", "Benchmark", "Dataset", "Task", "Metric")
"""What a candidate may be, in the order of the columns of the log-odds."""

ROLES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Method",), "PROPOSES"),
    (("Method",), "USES"),
    (("Method",), "OUTPERFORMS"),
    (("Method",), "COMPARED_WITH"),
    (("Dataset", "Benchmark"), "INTRODUCES"),
    (("Dataset", "Benchmark"), "EVALUATED_ON"),
    (("Dataset", "Benchmark"), "TRAINED_ON"),
    (("Task",), "ADDRESSES"),
    (("Task",), "INTRODUCES"),
    (("Metric",), "INTRODUCES"),
)
"""The roles that an entity may play in its paper: its types and the relation, in the order of the columns."""

WORD_TEMPLATES = frozenset({"first", "last", "before", "before2", "near", "after", "after2", "lead", "lead2", "follow"})
"""The features whose value is a word; they are looked up by the word's id."""

PAIR_ROLES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Dataset", "Benchmark"), "EVALUATED_ON"),
    (("Dataset", "Benchmark"), "TRAINED_ON"),
    (("Method",), "USES"),
    (("Method",), "OUTPERFORMS"),
    (("Method",), "COMPARED_WITH"),
    (("Task",), "ADDRESSES"),
)
"""The relations that a method of others may have: the types of its tail, and the relation, in the columns' order."""

Numbers: TypeAlias = npt.NDArray[np.float32]
"""What is known of items beside their features: items by numbers."""


class LogOdds:
    """A table of log-odds: one row for a feature, one column for an outcome; row 0 is the prior of all.

    Beside features that an item has or has not there may be numbers, the same for each item; ``slopes`` gives what one
    of each adds to the log-odds: numbers by outcomes.
    """

    def __init__(
        self,
        rows: Mapping[str, Mapping[Any, int]],
        table: npt.NDArray[np.float32],
        slopes: npt.NDArray[np.float32] | None = None,
    ) -> None:
        """Take the row of each feature by template and value, the table, and the slopes of the numbers."""
        self.rows = rows
        self.table = table
        self.slopes = slopes

    def probabilities(self, features: list[list[int]], numbers: Numbers | None = None) -> npt.NDArray[np.float32]:
        """Give the probability of each outcome where one excludes the others: items by outcomes."""
        scores = self._scores(features, numbers)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        total: npt.NDArray[np.float32] = scores / scores.sum(axis=1, keepdims=True)
        return total

    def independent(self, features: list[list[int]], numbers: Numbers | None = None) -> npt.NDArray[np.float32]:
        """Give the probability of each outcome where several may hold: items by outcomes."""
        chance: npt.NDArray[np.float32] = np.reciprocal(1 + np.exp(-self._scores(features, numbers)))
        return chance

    def _scores(self, features: list[list[int]], numbers: Numbers | None) -> npt.NDArray[np.float32]:
        """Sum the rows of each item's features, and what its numbers add."""
        flat = [row for item in features for row in (0, *item)]
        offsets = list(accumulate((len(item) + 1 for item in features[:-1]), initial=0))
        scores: npt.NDArray[np.float32] = np.add.reduceat(self.table[flat], offsets, axis=0)
        if numbers is not None and self.slopes is not None:
            scores += np.einsum("ij,jk->ik", numbers, self.slopes)
        return scores


@dataclass(frozen=True, slots=True)
class Weights:
    """All counted statistics.

    ``seen`` gives, for a folded name, in how many training papers it was a candidate and in how many it was
    annotated as each class; ``observed`` says the same of the papers that the teacher read. ``thresholds`` is the least
    probability to accept for each class, ``relation_threshold`` and ``result_threshold`` those of relations and
    results; ``reliability`` is the share of statements of each form that are right. The calibrations make confidences
    of probabilities.
    """

    starts: Mapping[str, float]
    heads: Mapping[str, float]
    outside: tuple[str, ...]
    seen: Mapping[str, tuple[int, ...]]
    observed: Mapping[str, tuple[int, ...]]
    entities: LogOdds
    thresholds: Mapping[str, float]
    calibration: Calibration
    roles: LogOdds
    pairs: LogOdds
    relation_threshold: float
    reliability: Mapping[str, float]
    relation_calibration: Calibration
    results: LogOdds
    links: LogOdds
    result_threshold: float
    result_calibration: Calibration

    @property
    def names(self) -> dict[str, Mapping[str, tuple[int, ...]]]:
        """What names were annotated as, by the template of the features that say so."""
        return {"seen": self.seen, "observed": self.observed}


def parse_weights(data: Mapping[str, Any]) -> Weights:
    """Build the statistics from their decoded JSON form."""
    return Weights(
        data["starts"],
        data["heads"],
        tuple(data["outside"]),
        {name: tuple(counts) for name, counts in data["seen"].items()},
        {name: tuple(counts) for name, counts in data["observed"].items()},
        _log_odds(data["entities"], data["entity_slopes"]),
        data["thresholds"],
        (data["calibration"][0], data["calibration"][1]),
        _log_odds(data["roles"], data["role_slopes"]),
        _log_odds(data["pairs"]),
        data["relation_threshold"],
        data["reliability"],
        (data["relation_calibration"][0], data["relation_calibration"][1]),
        _log_odds(data["results"]),
        _log_odds(data["links"]),
        data["result_threshold"],
        (data["result_calibration"][0], data["result_calibration"][1]),
    )


def _log_odds(data: Mapping[str, Mapping[str, list[float]]], slopes: list[list[float]] | None = None) -> LogOdds:
    rows: dict[str, dict[Any, int]] = {}
    table: list[list[float]] = []
    for template, values in data.items():
        table_rows = rows[template] = {}
        for value, weights in values.items():
            table_rows[word_id(value) if template in WORD_TEMPLATES else value] = len(table)
            table.append(weights)
    return LogOdds(rows, np.array(table, dtype=np.float32), np.array(slopes, dtype=np.float32) if slopes else None)


@cache
def load_weights(model: str) -> Weights:
    """Read the statistics of a model."""
    if model == "accurate":
        path = find_package(model).weights
    else:
        path = resources.files(__package__).joinpath(f"weights-{model}.json.gz")
    data = path.read_bytes()
    return parse_weights(json.loads(gzip.decompress(data)))
