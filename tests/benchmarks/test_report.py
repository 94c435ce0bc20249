from benchmarks.calibration import Judged
from benchmarks.rates import Rate
from benchmarks.report import (
    calibration_table,
    cost_line,
    cost_table,
    error_table,
    given_table,
    score_table,
    speed_table,
)
from benchmarks.score import score
from tests.benchmarks.papers import GOLD, PREDICTED

NOTHING = {"title": "FooNet", "entities": [], "relations": [], "results": []}
REPORTS = {"nothing": score([GOLD], [NOTHING])[0], "some": score([GOLD], [PREDICTED])[0]}


def test_each_score_is_a_row_with_the_methods_side_by_side():
    table = score_table("set", REPORTS, "some")
    assert table.title == "set: 1 papers"
    assert table.header == ("F1", "gold", "some P", "some R", "nothing", "some")
    assert [list(row) for row in table.rows] == [
        ["All", "3", "0.667", "0.667", "0.000", "0.667"],
        ["Resource", "1", "1.000", "1.000", "0.000", "1.000"],
        ["type right", "", "", "", "0.000", "0.000"],
        ["Named method", "2", "1.000", "0.500", "0.000", "0.667"],
        ["Method", "2", "1.000", "0.500", "0.000", "0.667"],
        ["Task", "0", "0.000", "0.000", "0.000", "0.000"],
        ["Metric", "0", "0.000", "0.000", "0.000", "0.000"],
        ["Relations", "2", "1.000", "0.500", "0.000", "0.667"],
        ["EVALUATED_ON", "1", "0.000", "0.000", "0.000", "0.000"],
        ["PROPOSES", "1", "1.000", "1.000", "0.000", "1.000"],
        ["Results", "0", "0.000", "0.000", "0.000", "0.000"],
    ]


def test_where_entities_are_given_they_have_no_scores():
    table = given_table("set", REPORTS, "some")
    assert table.title == "set, entities given: 1 papers"
    assert table.header == ("F1", "gold", "some P", "some R", "nothing", "some")
    assert [list(row) for row in table.rows] == [
        ["Relations", "2", "1.000", "0.500", "0.000", "0.667"],
        ["EVALUATED_ON", "1", "0.000", "0.000", "0.000", "0.000"],
        ["PROPOSES", "1", "1.000", "1.000", "0.000", "1.000"],
        ["Results", "0", "0.000", "0.000", "0.000", "0.000"],
    ]


def test_a_model_that_is_not_there_has_no_precision():
    assert score_table("set", REPORTS, "other").rows[0][2:4] == ["-", "-"]


def test_errors_of_all_sets_stand_side_by_side():
    one = {"mentions": [Judged(0.9, True)], "relations": [Judged(0.5, True)], "results": []}
    two = {"mentions": [Judged(0.8, False)], "relations": [], "results": [Judged(0.3, False)]}
    table = error_table({"one": {"m": one}, "two": {"n": two}})
    assert list(table.header)[1:] == ["one, equal width", "one, equal mass", "two, equal width", "two, equal mass"]
    assert table.rows == [
        ["m: mentions", "0.100", "0.100", "-", "-"],
        ["m: relations", "0.500", "0.500", "-", "-"],
        ["m: results", "-", "-", "-", "-"],
        ["n: mentions", "-", "-", "0.800", "0.800"],
        ["n: relations", "-", "-", "-", "-"],
        ["n: results", "-", "-", "0.300", "0.300"],
    ]


def test_reliability_is_a_row_a_bin():
    table = calibration_table("t", "relations", [Judged(0.95, True), Judged(0.95, False), Judged(0.42, True)])
    assert table.header == ("confidence", "relations", "mean confidence", "share right")
    assert table.rows == [("0.4 to 0.5", "1", "0.420", "1.000"), ("0.9 to 1.0", "2", "0.950", "0.500")]


def test_speed_is_given_beside_the_tokenizer():
    assert speed_table({"m": Rate(1234, 24680, 0.05)}).rows == [("m", "1,234", "24,680", "0.050")]


def test_the_cost_of_parts_is_given_as_share_and_a_word():
    small = {"reading": 1.0, "entities": 2.0, "relations": 0.75, "results": 0.25}
    large = {"reading": 1.0, "tagger": 15.0, "entities": 2.0, "relations": 1.5, "results": 0.5}
    table = cost_table({"s": small, "l": large})
    assert list(table.header) == ["part", "s, share", "s, µs a word", "l, share", "l, µs a word"]
    assert table.rows == [
        ["reading", "25.0%", "1.00", "5.0%", "1.00"],
        ["entities", "50.0%", "2.00", "10.0%", "2.00"],
        ["relations", "18.8%", "0.75", "7.5%", "1.50"],
        ["results", "6.2%", "0.25", "2.5%", "0.50"],
        ["tagger", "-", "-", "75.0%", "15.00"],
        ["all", "100.0%", "4.00", "100.0%", "20.00"],
    ]


def test_relations_and_results_are_compared_with_what_finds_entities():
    cost = {"reading": 9.0, "candidates": 1.0, "tagger": 2.0, "entities": 0.5, "relations": 2.0, "results": 0.8}
    assert cost_line("m", cost) == (
        "m: relations and results together take 2.80 µs a word, more than tagger and entities (2.50) and less than "
        "candidates, tagger and entities (3.50)."
    )
