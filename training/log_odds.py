"""Fit tables of log-odds: features that an item has or has not, and numbers that it has beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

from citegraph.extractors.weights import WORD_TEMPLATES, LogOdds
from training.examples import GrowingRows, Item

__all__ = [
    "Fitted",
    "fit",
    "fit_apart",
    "fit_new",
    "fit_one",
    "frozen",
    "new_rows",
    "row_penalties",
    "without_outcomes",
    "without_rare",
]

_LEAST_WEIGHT = 0.05
_ITERATIONS = 250
_SLOPE_PENALTY = 1.0
T = TypeVar("T")

Array = npt.NDArray[np.float64]


def _matrix(items: Sequence[Item[Any]], size: int) -> sparse.csr_matrix:
    """Give the items' features, row 0 being in each, and behind them their numbers."""
    indices = [row for item in items for row in (0, *item.rows)]
    pointers = np.cumsum([0] + [len(item.rows) + 1 for item in items])
    matrix = sparse.csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(items), size))
    numbers = [item.numbers for item in items if item.numbers is not None]
    return sparse.hstack([matrix, sparse.csr_matrix(np.array(numbers))], format="csr") if numbers else matrix


def fit(items: Sequence[Item[int]], known: Array, penalty: Array) -> Array:
    """Fit multinomial log-odds: rows by outcomes, row 0 the prior, the slopes of numbers last.

    ``penalty`` holds for each row the weight of its squared distance from ``known``, where the search starts.
    """
    matrix = _matrix(items, len(known) - _numbers(items))
    truth = np.array([item.outcome for item in items])
    rows, outcomes = known.shape
    target = np.zeros((len(items), outcomes))
    target[np.arange(len(items)), truth] = 1

    def loss(flat: Array) -> tuple[float, Array]:
        table = flat.reshape(rows, outcomes)
        scores = matrix @ table
        scores -= scores.max(axis=1, keepdims=True)
        log_total = np.log(np.exp(scores).sum(axis=1))
        away = table - known
        value = (log_total - scores[np.arange(len(items)), truth]).sum() + 0.5 * (penalty[:, None] * away**2).sum()
        gradient = matrix.T @ (np.exp(scores - log_total[:, None]) - target) + penalty[:, None] * away
        return value, gradient.ravel()

    found = minimize(loss, known.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    table: Array = found.x.reshape(rows, outcomes)
    return table


def row_penalties(
    rows: Mapping[str, Mapping[Any, int]], size: int, penalty: float, of: Mapping[str, float] | None = None
) -> Array:
    """Give the L2 penalty of each row: none for the prior, that of its template where ``of`` names it.

    >>> row_penalties({"cue": {"use": 1}, "plain": {"x": 2}}, 3, 20.0, {"cue": 1.0}).tolist()
    [0.0, 1.0, 20.0]
    """
    penalties = np.full(size, penalty)
    for template, own in (of or {}).items():
        penalties[list(rows[template].values())] = own
    penalties[0] = 0.0
    return penalties


def fit_new(items: Sequence[Item[int]], penalties: Array, outcomes: int) -> Array:
    """Fit multinomial log-odds of which nothing is known before; numbers have a penalty of their own."""
    everything = np.concatenate((penalties, np.full(_numbers(items), _SLOPE_PENALTY)))
    return fit(items, np.zeros((len(everything), outcomes)), everything)


def _numbers(items: Sequence[Item[Any]]) -> int:
    return 0 if not items or items[0].numbers is None else len(items[0].numbers)


def fit_one(items: Sequence[Item[int]], penalties: Array) -> Array:
    """Fit the log-odds of one relation: a value for each row, row 0 the prior; nothing where there are no items."""
    if not items:
        return np.zeros(len(penalties))
    two = fit_new(items, penalties, 2)
    return two[:, 1] - two[:, 0]


def fit_apart(items: Sequence[Item[dict[int, int]]], penalties: Array, columns: int) -> Array:
    """Fit each relation apart, on the items that it may hold for: rows by relations, row 0 the prior."""
    found = [
        fit_one([replace(item, outcome=item.outcome[column]) for item in items if column in item.outcome], penalties)
        for column in range(columns)
    ]
    return np.stack(found, axis=1)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Rows by template and value, and their log-odds, the slopes of numbers last."""

    rows: dict[str, dict[Any, int]]
    table: Array
    size: int

    def log_odds(self) -> LogOdds:
        """Give them as the extractor holds them."""
        table = self.table.astype(np.float32)
        return LogOdds(self.rows, table[: self.size], table[self.size :] if len(table) > self.size else None)

    def slopes(self) -> list[list[float]]:
        """Give the slopes of the numbers."""
        return [[round(float(slope), 4) for slope in row] for row in self.table[self.size :]]

    def to_json(self, word: Callable[[int], str]) -> dict[str, dict[str, list[float]]]:
        """Give the rows by template and value, small ones left out; ``word`` gives a word by its id."""
        data: dict[str, dict[str, list[float]]] = {"prior": {"": _rounded(self.table[0])}}
        for template, values in self.rows.items():
            named = {word(v) if template in WORD_TEMPLATES else v: self.table[row] for v, row in values.items()}
            data[template] = {
                value: _rounded(named[value]) for value in sorted(named) if np.abs(named[value]).max() >= _LEAST_WEIGHT
            }
        return data


def _rounded(weights: Array) -> list[float]:
    return [round(float(weight), 2) for weight in weights]


def new_rows(templates: Iterable[str]) -> tuple[dict[str, GrowingRows], list[int]]:
    """Start growing rows for each template; the list holds the number of the last row."""
    counter = [0]
    return {template: GrowingRows(counter) for template in templates}, counter


def frozen(rows: Mapping[str, GrowingRows]) -> dict[str, dict[Any, int]]:
    """Give rows that grow no more."""
    return {template: dict(values) for template, values in rows.items()}


def without_outcomes(item: Item[dict[int, int]], columns: frozenset[int]) -> Item[dict[int, int]]:
    """Leave out what is said of some relations, so that the item counts for the others alone."""
    return replace(item, outcome={column: holds for column, holds in item.outcome.items() if column not in columns})


def without_rare(items: Sequence[Item[T]], least: int) -> list[Item[T]]:
    """Leave out the features of fewer items than that."""
    frequency = Counter(row for item in items for row in item.rows)
    return [replace(item, rows=[row for row in item.rows if frequency[row] >= least]) for item in items]
