import pytest

from benchmarks import golden
from benchmarks.golden import WAYS, case_table, check, errors, summarise, summary_table
from citegraph.extractors import DEFAULT_MODEL
from tests.benchmarks.papers import entity, relation, result

ITEM = {
    "id": 1,
    "case": "over",
    "title": "",
    "abstract": "FooNet reaches 91.7 F1 on SQuAD, and BarNet 90.0 F1.",
    "entities": [
        {"id": "e1", "type": "Method", "name": "FooNet", "surfaces": ["FooNet"], "core": True},
        {"id": "e2", "type": "Method", "name": "BarNet", "surfaces": ["BarNet"], "core": True},
        {"id": "e3", "type": "Benchmark", "name": "SQuAD", "surfaces": ["SQuAD"], "core": True},
        {"id": "e4", "type": "Metric", "name": "F1", "surfaces": ["F1", "F1 score"], "core": False},
    ],
    "relations": [relation("PAPER", "PROPOSES", "e1"), relation("e1", "EVALUATED_ON", "e3")],
    "results": [
        result("e1", "e3", "91.7", metric="e4", number=91.7, unit="F1", kind="absolute", direction="higher"),
        result("e2", "e3", "90.0", metric="e4", number=90.0, unit="F1", kind="absolute"),
    ],
}
ENTITIES = [
    entity("a", "Method", ("FooNet", 0.9)),
    entity("b", "Method", ("BarNet", 0.9)),
    entity("c", "Benchmark", ("SQuAD", 0.9)),
    entity("d", "Task", ("reaches", 0.9)),
]
ANALYSIS = {**ITEM, "relations": [relation("PAPER", "INTRODUCES", "e3")], "results": []}


def found(relations=(), results=()):
    return {"entities": ENTITIES, "relations": list(relations), "results": list(results)}


def texts(checked):
    return [line.split(maxsplit=1) for line in list(errors([checked]))[1:]]


def test_what_is_missing_and_spurious_is_named():
    checked = check(ITEM, found([relation("PAPER", "PROPOSES", "a"), relation("b", "ADDRESSES", "d")]))
    assert list(errors([checked])) == [
        "over: FooNet reaches 91.7 F1 on SQuAD, and BarNet 90.0 F1.",
        "    missing   PAPER EVALUATED_ON SQuAD",
        "    missing   BarNet on SQuAD: unit F1, kind absolute, number 90.0",
        "    missing   PAPER on SQuAD: unit F1, kind absolute, number 91.7",
        "    spurious  BarNet ADDRESSES reaches",
    ]


def test_an_item_without_errors_is_not_named():
    assert list(errors([check(ANALYSIS, found([relation("PAPER", "INTRODUCES", "c")]))])) == []


@pytest.mark.parametrize("type_", ["USES", "EVALUATED_ON", "TRAINED_ON", "ADDRESSES"])
def test_where_nothing_is_proposed_more_of_the_paper_is_not_punished(type_):
    predicted = [relation("PAPER", "INTRODUCES", "c"), relation("PAPER", type_, "b"), relation("b", type_, "c")]
    assert texts(check(ANALYSIS, found(predicted))) == [["spurious", f"BarNet {type_} SQuAD"]]


@pytest.mark.parametrize("type_", ["PROPOSES", "OUTPERFORMS", "COMPARED_WITH"])
def test_what_the_paper_proposes_or_beats_is_punished_everywhere(type_):
    predicted = [relation("PAPER", "INTRODUCES", "c"), relation("PAPER", type_, "b")]
    assert texts(check(ANALYSIS, found(predicted))) == [["spurious", f"PAPER {type_} BarNet"]]


def test_where_something_is_proposed_more_of_the_paper_is_punished():
    predicted = [relation("PAPER", "PROPOSES", "a"), relation("a", "EVALUATED_ON", "c"), relation("a", "USES", "b")]
    assert texts(check({**ITEM, "results": []}, found(predicted))) == [["spurious", "PAPER USES BarNet"]]


def test_the_paper_may_be_evaluated_on_what_it_introduces():
    item = {**ITEM, "relations": [relation("PAPER", "PROPOSES", "e1"), relation("PAPER", "INTRODUCES", "e3")]}
    predicted = [relation("PAPER", "PROPOSES", "a"), relation("PAPER", "INTRODUCES", "c")]
    checked = check(item, found([*predicted, relation("a", "EVALUATED_ON", "c"), relation("a", "TRAINED_ON", "c")]))
    assert [key[1] for key in checked.relations.spurious] == ["TRAINED_ON"]


@pytest.mark.parametrize(
    "more",
    [
        {"number": 91.8}, {"upper": 95.0}, {"origin": 80.0}, {"spread": 0.1}, {"unit": "%"}, {"kind": "ratio"},
        {"hedge": "about"}, {"method": "b"}, {"on": None},
    ],
)  # fmt: skip
def test_a_result_is_right_where_all_of_it_agrees(more):
    whole = result("a", "c", "91.7 F1", number=91.7, unit="F1", kind="absolute")
    proposed = [relation("PAPER", "PROPOSES", "a")]
    assert len(check(ITEM, found(proposed, [whole])).results.right) == 1
    assert len(check(ITEM, found(proposed, [whole | more])).results.right) == 0


@pytest.mark.parametrize(("metric", "is_right"), [("F1 score", True), ("f1", True), ("accuracy", False), (None, False)])
def test_the_metric_is_counted_apart(metric, is_right):
    right = result("b", "c", "90.0", metric=metric, number=90.0, unit="F1", kind="absolute", direction="higher")
    checked = check(ITEM, found(results=[right]))
    assert (checked.metrics, checked.directions) == ([is_right], [False])


def test_no_metric_is_right_where_there_is_none():
    row = result("e1", None, "2x", number=2.0, unit="x", kind="ratio")
    checked = check({**ITEM, "results": [row]}, found(results=[row | {"method": "a"}]))
    assert (checked.metrics, checked.directions) == ([], [])
    proposed = [relation("PAPER", "PROPOSES", "a")]
    checked = check({**ITEM, "results": [row]}, found(proposed, [row | {"method": "a"}]))
    assert (checked.metrics, checked.directions) == ([True], [True])


def test_items_are_counted_together():
    row = result("a", "c", "91.7", metric="F1", number=91.7, unit="F1", kind="absolute", direction="higher")
    some = check(ITEM, found([relation("PAPER", "PROPOSES", "a"), relation("PAPER", "USES", "b")], [row]))
    none = check(ANALYSIS, found())
    assert summarise([some, none]) == {
        "relations F1": 0.4,
        "relations P": 0.5,
        "relations R": 0.3333,
        "results F1": 0.6667,
        "results P": 1.0,
        "results R": 0.5,
        "metric": 1.0,
        "direction": 1.0,
    }
    assert summarise([none])["results F1"] is None


def test_cases_and_models_have_their_rows():
    half = check(ANALYSIS, found([relation("PAPER", "INTRODUCES", "c")]))
    none = check({**ANALYSIS, "case": "other"}, found())
    table = case_table({WAYS[0]: [half, none], WAYS[1]: [none, none._replace(item=ANALYSIS)]}, "m")
    assert [list(row) for row in table.rows] == [
        ["over", "1", "1.000", "1.000", "1.000", "-", "-", "-", "0.000", "-"],
        ["other", "1", "0.000", "-", "0.000", "-", "-", "-", "0.000", "-"],
    ]
    assert summary_table({"m": {WAYS[0]: summarise([half])}}).rows == [
        ["m, entities given", "1.000", "1.000", "1.000", "-", "-", "-", "-", "-"]
    ]


def test_the_default_model_is_checked_with_entities_given_and_found(capsys, monkeypatch):
    items = [item for item in golden.read_golden() if item["case"] in ("trained_evaluated", "absolute")]
    monkeypatch.setattr(golden, "read_golden", lambda: items)
    monkeypatch.setattr("sys.argv", ["golden", "--errors"])
    golden.main()
    printed = capsys.readouterr().out
    assert max(len(line) for line in printed.splitlines() if not line.startswith(("trained", "absolute"))) <= 100
    assert " trained_evaluated     10 " in printed
    assert f" {DEFAULT_MODEL}, end to end " in printed


def test_relations_and_results_of_golden_sentences_are_found():
    summary = golden.golden_summary(DEFAULT_MODEL)
    assert summary["entities given"]["relations F1"] >= 0.8
    assert summary["entities given"]["results F1"] >= 0.8
    assert summary["end to end"]["relations F1"] >= 0.7
