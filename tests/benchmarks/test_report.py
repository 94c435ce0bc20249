from benchmarks.calibration import Judged
from benchmarks.rates import Rate
from benchmarks.report import calibration_table, error_table, score_table, speed_table
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


def test_a_model_that_is_not_there_has_no_precision():
    assert score_table("set", REPORTS, "other").rows[0][2:4] == ["-", "-"]


def test_errors_of_all_sets_stand_side_by_side():
    table = error_table({"one": {"m": [Judged(0.9, True)]}, "two": {"n": [Judged(0.8, False)]}})
    assert list(table.header)[1:] == ["one, equal width", "one, equal mass", "two, equal width", "two, equal mass"]
    assert table.rows == [["m", "0.100", "0.100", "-", "-"], ["n", "-", "-", "0.800", "0.800"]]


def test_reliability_is_a_row_a_bin():
    table = calibration_table("t", [Judged(0.95, True), Judged(0.95, False), Judged(0.42, True)])
    assert table.rows == [("0.4 to 0.5", "1", "0.420", "1.000"), ("0.9 to 1.0", "2", "0.950", "0.500")]


def test_speed_is_given_beside_the_tokenizer():
    assert speed_table({"m": Rate(1234, 24680, 0.05)}).rows == [("m", "1,234", "24,680", "0.050")]
