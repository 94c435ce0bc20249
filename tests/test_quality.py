"""The page of the extraction's quality: what it is made of, and when it counts as current."""

import pytest

from benchmarks.ablation import FULL, SCORES, ablation_table
from benchmarks.calibration import judge
from benchmarks.evaluate import Evaluation
from benchmarks.rates import Rate
from benchmarks.score import score
from citegraph.extractors import DEFAULT_MODEL
from docs import quality
from tests.benchmarks.papers import GOLD, PREDICTED

MODEL = DEFAULT_MODEL
REPORT = score([GOLD], [PREDICTED])[0]
DONE = Evaluation(
    scores={"sample pages": {MODEL: REPORT, "teacher": REPORT}, "recent papers": {MODEL: REPORT}},
    judged={title: {MODEL: judge([GOLD], [PREDICTED])} for title in ("sample pages", "recent papers")},
    missing={},
)
ABLATION = ablation_table("", {FULL: {name: {"f1": 0.5} for name in SCORES}})


@pytest.fixture
def page():
    return quality.render(DONE, ABLATION, quality._measured(""))


def test_floors_stand_beside_what_the_model_and_the_teacher_reach(page):
    assert f"| on the sample pages | floor | {MODEL} | teacher's floor | teacher |\n" in page
    assert "| All F1 | 0.62 | 0.667 | 0.69 | 0.667 |\n" in page
    assert "| Calibration error of mentions | at most 0.05 | 0.225 |  |  |\n" in page


def test_each_set_has_a_table_of_entities_and_one_of_relations(page):
    section = page.partition("## Sample pages: 1 papers\n")[2].partition("\n## ")[0]
    assert "| Method | 2 | 1.000 | 0.500 | 0.667 | 0.667 |\n" in section
    assert "| EVALUATED_ON | 1 | 0.000 | 0.000 | 0.000 | 0.000 |\n" in section
    assert section.count("|---|") == 2


def test_reliability_and_ablation_have_their_tables(page):
    assert "| 0.8 to 0.9 | 2 | 0.900 | 1.000 |\n" in page
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


def test_speed_is_written_into_its_part_alone_and_kept_when_the_rest_is_written(page, monkeypatch, tmp_path):
    (tmp_path / "quality.md").write_text(page)
    monkeypatch.setattr(quality, "PAGE", tmp_path / "quality.md")
    quality.write_measured(DONE, {MODEL: Rate(500, 10_000, 0.05)})
    written = (tmp_path / "quality.md").read_text()
    assert f"| {MODEL} | 500 | 10,000 | 0.050 | 0.667 | 0.667 |\n" in written
    assert written.startswith(page.removesuffix(quality._measured(page)))
    assert quality.render(DONE, ABLATION, quality._measured(written)) == written
