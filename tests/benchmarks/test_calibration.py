import pytest

from benchmarks.calibration import (
    JUDGES,
    Bin,
    Judged,
    calibration_error,
    equal_mass,
    equal_width,
    judge_mentions,
    judge_relations,
    judge_results,
)
from tests.benchmarks.papers import GOLD, PREDICTED, entity, relation, result


def test_mentions_are_judged_by_their_entity_and_optional_ones_are_left_out():
    assert judge_mentions([GOLD], [PREDICTED]) == [(0.9, True), (0.9, True), (0.6, True), (0.3, False)]


def test_a_second_entity_for_one_annotated_thing_is_wrong():
    twice = {
        **PREDICTED,
        "entities": [entity("e1", "Method", ("FooNet", 0.9)), entity("e2", "Method", ("foonet", 0.4))],
    }
    assert judge_mentions([GOLD], [twice]) == [(0.9, True), (0.4, False)]


def test_an_entity_of_another_class_that_overlaps_an_optional_one_is_left_out():
    other = {**PREDICTED, "entities": [entity("e1", "Task", ("deep models", 0.7))]}
    assert judge_mentions([GOLD], [other]) == []


@pytest.mark.parametrize("judge", JUDGES.values())
def test_of_papers_that_are_not_predicted_nothing_is_judged(judge):
    assert judge([GOLD], []) == []


def test_relations_are_judged_as_they_are_scored():
    relations = [
        relation("PAPER", "PROPOSES", "e1", 0.9),
        relation("e1", "EVALUATED_ON", "e2", 0.4),
        relation("PAPER", "EVALUATED_ON", "e2", 0.6),
        relation("PAPER", "ADDRESSES", "e3", 0.5),
        relation("PAPER", "USES", "e4", 0.3),
    ]
    assert judge_relations([GOLD], [{**PREDICTED, "relations": relations}]) == [(0.9, True), (0.6, True), (0.5, False)]


def test_results_are_judged_as_they_are_scored():
    gold = {**GOLD, "results": [result("e1", "e3", "76.5%"), result("e2", None, "3 points")]}
    results = [
        result("PAPER", "e2", "76.5", 0.9),
        result("e1", "e2", "76.5 %", 0.7),
        result("e1", None, "3 points", 0.6),
        result("e1", "e2", "best", 0.5),
    ]
    assert judge_results([gold], [{**PREDICTED, "results": results}]) == [(0.9, True), (0.6, False)]


def test_bins_of_equal_width_hold_their_upper_bound():
    judged = [Judged(0.0, False), Judged(0.1, True), Judged(0.11, True), Judged(1.0, True)]
    assert equal_width(judged) == [
        Bin(0.0, 0.1, 2, 0.05, 0.5),
        Bin(0.1, 0.2, 1, 0.11, 1.0),
        Bin(0.9, 1.0, 1, 1.0, 1.0),
    ]


def test_bins_of_equal_mass_share_the_mentions_out():
    judged = [Judged(0.9, True), Judged(0.2, False), Judged(0.4, True), Judged(0.8, True)]
    assert equal_mass(judged, 2) == [Bin(0.2, 0.4, 2, 0.3, 0.5), Bin(0.8, 0.9, 2, 0.85, 1.0)]


def test_fewer_mentions_than_bins_make_fewer_bins():
    assert [bin_.number for bin_ in equal_mass([Judged(0.5, True)] * 3)] == [1, 1, 1]


@pytest.mark.parametrize("bins", [equal_width, equal_mass])
def test_perfect_confidence_has_no_error(bins):
    judged = [Judged(0.5, True), Judged(0.5, False)] * 10
    assert calibration_error(bins(judged, 1)) == 0


def test_the_error_is_weighted_by_the_mentions():
    judged = [Judged(0.9, True)] * 3 + [Judged(0.2, True)]
    assert calibration_error(equal_width(judged)) == pytest.approx(0.75 * 0.1 + 0.25 * 0.8)


def test_no_mentions_have_no_error():
    assert calibration_error(equal_width([])) == 0
