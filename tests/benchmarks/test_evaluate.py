import json

import pytest

from benchmarks import evaluate


@pytest.fixture(scope="module")
def reports():
    return evaluate.evaluate()


@pytest.mark.parametrize(
    ("name", "least"), [("All", 0.55), ("Resource", 0.62), ("Named method", 0.65), ("rel:PROPOSES", 0.5)]
)
@pytest.mark.parametrize("papers", evaluate.SETS)
def test_the_extractor_keeps_its_quality(reports, papers, name, least):
    assert reports[papers]["extractor"][name]["f1"] >= least


@pytest.mark.parametrize("papers", evaluate.SETS)
def test_the_extractor_is_better_than_the_catalogue_alone(reports, papers):
    scores = reports[papers]
    assert scores["extractor"]["All"]["f1"] > scores["catalogue alone"]["All"]["f1"] + 0.1


def test_every_paper_is_predicted(reports):
    assert [report["extractor"]["papers"] for report in reports.values()] == [
        {"gold": 177, "not_predicted": 0},
        {"gold": 120, "not_predicted": 0},
    ]


def test_the_table_has_a_line_for_each_score(reports):
    lines = evaluate.table(reports).splitlines()
    assert sum(line.split()[:1] == ["All"] for line in lines) == 2


def test_the_scores_are_written_as_json(reports, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(evaluate, "evaluate", lambda: reports)
    monkeypatch.setattr("sys.argv", ["evaluate", "--json", str(tmp_path / "scores.json")])
    evaluate.main()
    assert json.loads((tmp_path / "scores.json").read_text("utf-8")) == reports
    assert "sample pages (177 papers)" in capsys.readouterr().out
