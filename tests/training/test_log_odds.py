"""Fitting log-odds and thresholds."""

import doctest

import numpy as np
import pytest

from training import thresholds
from training.examples import Item
from training.log_odds import (
    Fitted,
    fit,
    fit_apart,
    fit_new,
    fit_one,
    frozen,
    new_rows,
    row_penalties,
    without_outcomes,
    without_rare,
)

FREE = np.zeros(1)
"""The penalty of the prior, where there is no other row."""


def items(*rows):
    return [Item(list(features), None, outcome) for features, outcome in rows]


def test_the_prior_alone_gives_the_shares_of_the_outcomes():
    table = fit_new(items(((), 0), ((), 0), ((), 0), ((), 1)), FREE, 2)
    assert np.exp(table[0, 1] - table[0, 0]) == pytest.approx(1 / 3, abs=1e-3)


def test_a_feature_that_tells_the_outcomes_apart_gets_weight():
    table = fit_new(items(*[((1,), 1)] * 20, *[((), 0)] * 20), np.array([0.0, 1.0]), 2)
    assert table[1, 1] - table[1, 0] > 2


def test_a_penalty_keeps_what_is_known():
    known = np.array([[0.0, 0.0], [0.0, 3.0]])
    table = fit(items(*[((1,), 0)] * 5), known, np.array([1e6, 1e6]))
    assert table == pytest.approx(known, abs=1e-3)


def test_a_row_with_more_penalty_gets_less_weight():
    some = items(*[((1, 2), 1)] * 20, *[((), 0)] * 20)
    table = fit_new(some, np.array([0.0, 0.5, 8.0]), 2)
    strong, weak = table[1, 1] - table[1, 0], table[2, 1] - table[2, 0]
    assert strong > 10 * weak > 0


def test_the_penalty_of_a_row_is_that_of_its_template():
    rows = {"cue": {"use": 1, "train": 3}, "frame": {"win first own": 2}, "plain": {}}
    assert row_penalties(rows, 4, 8.0).tolist() == [0.0, 8.0, 8.0, 8.0]
    assert row_penalties(rows, 4, 8.0, {"frame": 0.5, "plain": 2.0}).tolist() == [0.0, 8.0, 0.5, 8.0]


def test_numbers_get_slopes_behind_the_rows():
    some = [Item([], np.array([value], np.float32), int(value > 0)) for value in (-2, -1, 1, 2) * 5]
    table = fit_new(some, FREE, 2)
    assert table.shape == (2, 2)
    assert table[1, 1] > 0.5 > -0.5 > table[1, 0]


def test_each_relation_is_fitted_on_the_items_that_it_may_hold_for():
    some = [Item([], None, {0: 1}), Item([], None, {0: 1}), Item([], None, {1: 0}), Item([], None, {0: 0, 1: 0})]
    table = fit_apart(some, FREE, 2)
    assert 1 / (1 + np.exp(-table[0, 0])) == pytest.approx(2 / 3, abs=1e-2)
    assert table[0, 1] < -3


def test_one_relation_is_the_log_odds_of_both_outcomes():
    table = fit_one(items(*[((), 1)] * 3, ((), 0)), FREE)
    assert table == pytest.approx([np.log(3)], abs=1e-2)


def test_what_is_not_asked_of_an_item_does_not_count():
    item = Item([1, 2], None, {0: 1, 1: 0, 3: 1})
    assert without_outcomes(item, frozenset({1, 2})).outcome == {0: 1, 3: 1}
    assert without_outcomes(item, frozenset()).outcome == item.outcome
    assert without_outcomes(item, frozenset({1, 2})).rows == [1, 2]
    assert item.outcome == {0: 1, 1: 0, 3: 1}


def test_fitted_rows_give_the_probabilities_that_were_fitted():
    rows, last = new_rows(("plain",))
    row = rows["plain"].get("x")
    some = items(*[((row,), {0: 1})] * 20, *[((), {0: 0})] * 20)
    fitted = Fitted(frozen(rows), fit_apart(some, np.array([0.0, 0.1]), 1), last[0] + 1)
    chances = fitted.log_odds().independent([[row], []])[:, 0]
    assert chances[0] > 0.95
    assert chances[1] < 0.05
    assert fitted.slopes() == []


def test_rare_features_are_left_out():
    some = without_rare(items(((1, 2), 0), ((1,), 0)), 2)
    assert [item.rows for item in some] == [[1], [1]]


def test_small_weights_are_not_written():
    rows, last = new_rows(("plain",))
    strong, weak = rows["plain"].get("strong"), rows["plain"].get("weak")
    table = np.zeros((3, 2))
    table[strong, 0], table[weak, 0] = 1.234, 0.049
    fitted = Fitted(frozen(rows), np.concatenate((table, [[0.12345, 0]])), last[0] + 1)
    assert fitted.to_json(str) == {"prior": {"": [0.0, 0.0]}, "plain": {"strong": [1.23, 0.0]}}
    assert fitted.slopes() == [[0.1235, 0.0]]


def test_the_threshold_is_where_f1_is_best():
    found = [(0.9, True)] * 10 + [(0.45, True)] * 5 + [(0.35, False)] * 10
    assert thresholds.best_threshold(found, 20) == pytest.approx(0.40)


def test_the_examples_of_thresholds_hold():
    assert doctest.testmod(thresholds).attempted == 3
