"""The page of the extraction's quality: what it is made of, and when it counts as current."""

import pytest

from benchmarks.ablation import FULL, SCORES, ablation_table
from benchmarks.calibration import JUDGES
from benchmarks.evaluate import Evaluation, Measured
from benchmarks.rates import Rate
from benchmarks.score import score
from citegraph.extractors import DEFAULT_MODEL
from docs import quality
from tests.benchmarks.papers import GOLD, PREDICTED

MODEL = DEFAULT_MODEL
TITLES = ("sample pages", "recent papers")
REPORT = score([GOLD], [PREDICTED])[0]
JUDGED = {what: judge([GOLD], [PREDICTED]) for what, judge in JUDGES.items()}
SUMMARY = {
    "relations F1": 0.5, "relations P": 0.6, "relations R": 0.4, "results F1": None, "results P": None,
    "results R": None, "metric": 0.9, "direction": None,
}  # fmt: skip
DONE = Evaluation(
    scores={"sample pages": {MODEL: REPORT, "teacher": REPORT}, "recent papers": {MODEL: REPORT}},
    given={title: {MODEL: REPORT} for title in TITLES},
    judged={title: {MODEL: JUDGED} for title in TITLES},
    golden={MODEL: {"end to end": SUMMARY}},
    missing={},
)
ABLATION = ablation_table("", {FULL: {name: {"f1": 0.5} for name in SCORES}})


@pytest.fixture
def page():
    return quality.render(DONE, ABLATION, quality._measured(""))


def test_floors_stand_beside_what_the_model_reaches(page):
    assert f"| on the sample pages | floor | {MODEL} |\n" in page
    assert "| All F1 | 0.62 | 0.667 |\n" in page
    assert "| Dataset or Benchmark right | 0.85 | 0.000 |\n" in page
    assert "| PROPOSES F1 | 0.68 | 1.000 |\n" in page
    assert "| OUTPERFORMS F1 | 0.48 | - |\n" in page
    assert "| Relations F1, entities given | 0.70 | 0.667 |\n" in page
    assert "| Calibration error of mentions | at most 0.05 | 0.225 |\n" in page


def test_each_set_has_a_table_of_entities_and_one_of_relations(page):
    section = page.partition("## Sample pages: 1 papers\n")[2].partition("\n## ")[0]
    assert "| Method | 2 | 1.000 | 0.500 | 0.667 | 0.667 |\n" in section
    assert "| EVALUATED_ON | 1 | 0.000 | 0.000 | 0.000 | 0.000 |\n" in section
    assert section.count("|---|") == 2


def test_scores_with_entities_given_have_their_tables(page):
    section = page.partition("## Entities given\n")[2].partition("\n## ")[0]
    assert section.count("| Relations | 2 | 1.000 | 0.500 | 0.667 |\n") == 2
    assert "| Method |" not in section


def test_golden_sentences_have_their_table(page):
    assert "312 made-up texts" in page
    assert f"| {MODEL}, end to end | 0.500 | 0.600 | 0.400 | - | - | - | 0.900 | - |\n" in page


def test_reliability_and_ablation_have_their_tables(page):
    assert f"| {MODEL}: relations | 0.200 | 0.200 | 0.200 | 0.200 |\n" in page
    assert "| 0.8 to 0.9 | 2 | 0.900 | 1.000 |\n" in page
    assert f"Relations by `{MODEL}` on recent papers:\n\n| confidence | relations |" in page
    assert "| 0.7 to 0.8 | 1 | 0.800 | 1.000 |\n" in page
    assert "| full extractor | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 |\n" in page


def test_a_page_with_another_score_is_not_current(page):
    assert quality.is_same(page, page)
    assert quality.is_same(page, page.replace("0.667", "0.669"))
    assert not quality.is_same(page, page.replace("| All F1 | 0.62 | 0.667", "| All F1 | 0.62 | 0.670"))
    assert not quality.is_same(page, page.replace("full extractor", "extractor"))


def test_a_page_that_is_current_but_for_rounding_is_kept(page, monkeypatch, tmp_path):
    near = page.replace("0.667", "0.668")
    (tmp_path / "quality.md").write_text(near)
    monkeypatch.setattr(quality, "PAGE", tmp_path / "quality.md")
    monkeypatch.setattr(quality, "evaluate", lambda names: DONE)
    monkeypatch.setattr(quality, "ablate", lambda gold, model: {FULL: {name: {"f1": 0.5} for name in SCORES}})
    assert quality.quality_page() == near
    (tmp_path / "quality.md").write_text(page.replace("0.667", "0.677"))
    assert quality.quality_page() == page


def test_what_is_measured_is_written_into_its_part_alone_and_kept_when_the_rest_is_written(page, monkeypatch, tmp_path):
    (tmp_path / "quality.md").write_text(page)
    monkeypatch.setattr(quality, "PAGE", tmp_path / "quality.md")
    cost = {"candidates": 3.0, "entities": 1.0, "relations": 0.75, "results": 0.25}
    quality.write_measured(DONE, Measured({MODEL: Rate(500, 10_000, 0.05)}, {MODEL: cost}))
    written = (tmp_path / "quality.md").read_text()
    assert f"| {MODEL} | 500 | 10,000 | 0.050 | 0.667 | 0.667 |\n" in written
    assert "| relations | 15.0% | 0.75 |\n" in written
    assert f"- {MODEL}: relations and results together take 1.00 µs a word, " in written
    assert "## Floors of" not in written
    assert written.startswith(page.removesuffix(quality._measured(page)))
    assert quality.render(DONE, ABLATION, quality._measured(written)) == written


def test_an_optional_model_has_its_floors_where_it_is_installed(page, monkeypatch, tmp_path):
    (tmp_path / "quality.md").write_text(page)
    monkeypatch.setattr(quality, "PAGE", tmp_path / "quality.md")
    models = {"accurate": REPORT, MODEL: REPORT}
    both = DONE._replace(
        scores=dict.fromkeys(TITLES, models),
        given=dict.fromkeys(TITLES, models),
        judged={title: {"accurate": JUDGED, MODEL: JUDGED} for title in TITLES},
    )
    quality.write_measured(both, Measured({}, {}))
    section = (tmp_path / "quality.md").read_text().partition("## Floors of `accurate`\n")[2]
    assert "| on the sample pages | floor | accurate |\n" in section
    assert "| Relations F1 | 0.58 | 0.667 |\n" in section
