import json

import pytest

from benchmarks import evaluate, methods
from benchmarks.calibration import JUDGES
from benchmarks.rates import Rate
from citegraph.errors import ExtractionError
from citegraph.extractors import DEFAULT_MODEL
from tests.benchmarks.papers import GOLD, PREDICTED

SETS = ["sample pages", "recent papers"]


@pytest.fixture(scope="module")
def done():
    return evaluate.evaluate(["lexicon", "catalogue", DEFAULT_MODEL])


@pytest.fixture
def small(monkeypatch):
    """Two sets of one paper each, a model that finds some of it, one that is not installed, and a missing file."""

    def missing(name, gold):
        raise ExtractionError("install it")

    def no_file(name, gold):
        raise FileNotFoundError(2, "no such file", f"somewhere/{name}.gz")

    found = {DEFAULT_MODEL: lambda name, gold: [PREDICTED], "gone": missing, "teacher": no_file}
    monkeypatch.setattr(evaluate, "read_gold", lambda name: [GOLD])
    monkeypatch.setattr(evaluate, "methods", lambda: found)
    monkeypatch.setattr(evaluate, "given_methods", lambda: {name: found[name] for name in (DEFAULT_MODEL, "gone")})
    monkeypatch.setattr(evaluate, "golden_summary", lambda model: {"end to end": {"relations F1": 0.5}})
    return evaluate.evaluate()


@pytest.mark.parametrize(
    ("name", "least"), [("All", 0.55), ("Resource", 0.62), ("Named method", 0.65), ("rel:PROPOSES", 0.5)]
)
@pytest.mark.parametrize("papers", SETS)
def test_the_extractor_keeps_its_quality(done, papers, name, least):
    assert done.scores[papers][DEFAULT_MODEL][name]["f1"] >= least


@pytest.mark.parametrize("papers", SETS)
def test_the_extractor_is_better_than_look_up_alone(done, papers):
    scores = {name: report["All"]["f1"] for name, report in done.scores[papers].items()}
    assert scores["lexicon"] < scores["catalogue"] - 0.1 < scores[DEFAULT_MODEL] - 0.2


def test_every_paper_is_predicted(done):
    assert [report[DEFAULT_MODEL]["papers"] for report in done.scores.values()] == [
        {"gold": 177, "not_predicted": 0},
        {"gold": 120, "not_predicted": 0},
    ]


def test_only_what_gives_confidences_is_judged(done):
    assert [list(judged) for judged in done.judged.values()] == [[DEFAULT_MODEL]] * 2


@pytest.mark.parametrize(("what", "name"), [("relations", "Relations"), ("results", "Results")])
@pytest.mark.parametrize("papers", SETS)
def test_what_is_judged_right_is_what_is_scored_as_right(done, papers, what, name):
    judged, scored = done.judged[papers][DEFAULT_MODEL][what], done.scores[papers][DEFAULT_MODEL][name]
    assert len(judged) == scored["predicted"]
    assert sum(one.right for one in judged) == pytest.approx(scored["recall"] * scored["gold"], abs=0.1)


@pytest.mark.parametrize("papers", SETS)
def test_with_entities_given_relations_are_better(done, papers):
    assert list(done.given[papers]) == [DEFAULT_MODEL]
    given, found = (scores[papers][DEFAULT_MODEL]["Relations"]["f1"] for scores in (done.given, done.scores))
    assert given > found + 0.1


def test_scores_are_those_of_the_scorer(small):
    row = {"precision": 0.6667, "recall": 0.6667, "f1": 0.6667, "gold": 3, "predicted": 3}
    assert [reports[DEFAULT_MODEL]["All"] for reports in small.scores.values()] == [row, row]
    assert [{what: len(of) for what, of in judged[DEFAULT_MODEL].items()} for judged in small.judged.values()] == [
        {"mentions": 4, "relations": 1, "results": 0}
    ] * 2
    assert list(JUDGES) == ["mentions", "relations", "results"]


def test_what_is_missing_is_named_with_its_reason(small):
    assert small.missing == {
        "gone": "install it",
        "teacher on sample pages": "no file dev.jsonl.gz",
        "teacher on recent papers": "no file dev_corpus.jsonl.gz",
    }


def test_models_that_are_installed_are_scored_with_entities_given_and_on_golden_sentences(small):
    assert small.given == {title: {DEFAULT_MODEL: reports[DEFAULT_MODEL]} for title, reports in small.scores.items()}
    assert small.golden == {DEFAULT_MODEL: {"end to end": {"relations F1": 0.5}}}


def test_everything_is_printed_and_written_as_json(small, tmp_path, monkeypatch, capsys):
    cost = {"candidates": 3.0, "entities": 1.0, "relations": 1.5, "results": 0.5}
    monkeypatch.setattr(evaluate, "evaluate", lambda: small)
    monkeypatch.setattr(evaluate, "rates", lambda: {"lexicon": Rate(10, 20, 0.5)})
    monkeypatch.setattr(evaluate, "costs", lambda: {DEFAULT_MODEL: cost})
    monkeypatch.setattr("sys.argv", ["evaluate", "--json", str(tmp_path / "scores.json")])
    evaluate.main()
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 100
    assert "sample pages: 1 papers" in printed
    assert "sample pages, entities given: 1 papers" in printed
    assert "Golden sentences, all cases" in printed
    assert f"{DEFAULT_MODEL}: relations and results together take 2.00 µs a word" in printed
    assert "not scored: gone (install it)\n" in printed
    written = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert written["scores"] == small.scores
    assert written["entities given"] == small.given
    assert written["golden sentences"] == small.golden
    assert written["speed"] == {"lexicon": {"words": 10, "blank": 20, "ratio": 0.5}}
    assert written["cost, microseconds a word"] == {DEFAULT_MODEL: cost}
    calibration = written["calibration"]["sample pages"][DEFAULT_MODEL]
    assert {what: figures["error, equal width"] for what, figures in calibration.items()} == {
        "mentions": 0.225,
        "relations": 0.2,
        "results": 0.0,
    }


@pytest.mark.usefixtures("small")
def test_with_gold_entities_nothing_else_is_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["evaluate", "--gold-entities", "--json", str(tmp_path / "scores.json")])
    evaluate.main()
    printed = capsys.readouterr().out
    assert [line.strip() for line in printed.splitlines() if "papers" in line] == [
        "sample pages, entities given: 1 papers",
        "recent papers, entities given: 1 papers",
    ]
    assert "Method" not in printed
    assert "not scored: gone (install it)\n" in printed
    written = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert list(written) == ["entities given", "missing"]
    assert written["entities given"]["sample pages"][DEFAULT_MODEL]["Relations"]["f1"] == 0.6667


def test_the_teachers_files_are_beside_the_gold():
    assert methods.TEACHER.name == "teacher"
    assert (methods.TEACHER.parent / "gold").is_dir()
