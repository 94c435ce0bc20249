"""The page of what the extraction is worth: scores, calibration and ablation as they are now, speed as measured."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.ablation import ablate, ablation_table
from benchmarks.calibration import calibration_error, equal_width
from benchmarks.evaluate import Evaluation, evaluate
from benchmarks.gold_sets import SETS, read_gold
from benchmarks.methods import OPTIONAL, methods
from benchmarks.rates import Rate
from benchmarks.report import calibration_table, error_table, score_table, speed_table
from benchmarks.tables import Table, figure, markdown
from citegraph.extractors import DEFAULT_MODEL

__all__ = ["PAGE", "is_same", "quality_page", "write_measured"]

PAGE = Path(__file__).parent / "quality.md"
_BEGIN, _END = "<!-- begin: measured -->", "<!-- end: measured -->"
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
_TOLERANCE, _COUNT_TOLERANCE = 0.0021, 2
_SAMPLE = "sample pages"
_ENTITY_ROWS = 7
_FLOORS = (
    ("All F1", "All", "f1", "0.62", "0.69"),
    ("Resource F1", "Resource", "f1", "0.80", "0.86"),
    ("Dataset or Benchmark right", "resource_type_accuracy", "", "0.85", "0.85"),
    ("Named method F1", "Named method", "f1", "0.80", "0.86"),
    ("Relations F1", "Relations", "f1", "0.48", "0.55"),
)

_HEAD = """<!-- Written by `make docs` from the code; do not edit. -->

# Quality of the extraction

Two sets of papers were annotated by hand and are never trained on: {sets}.
Each model reads titles and abstracts, and `benchmarks/score.py` compares what it finds with the annotations. The unit
is an entity of a paper with all its mentions: one found is right where it shares a surface form with an annotated one
of its class, each used once. *Resource* is data sets and benchmarks together, *type right* the share of those found
that have the right one of the two types, *Named method* the methods with a name of their own. A relation is right where
head, type and tail all are; a result where number, method and resource are. What annotators may differ on is neither
required nor punished.

The methods beside the models: *lexicon* takes every name of the raw list in `training/lexicon` for an entity, written
as there (long names in any case); *catalogue* does so with the list that ships, made from it; *teacher* is the large
encoder that the models learn from, too slow to ship, scored from its stored predictions. The annotation guidelines are
in `benchmarks/gold/GUIDELINES.md`.

`make evaluate` prints these tables and the speed, `make ablation` what each part is worth. A test fails where this page
is not what the code gives; differences up to 0.002 pass, for processors round differently.
"""

_FLOOR_NOTE = "The floors are for the sample pages; a dash where the teacher's predictions are not stored.\n"

_CALIBRATION = """## Confidence

Every mention has a confidence; of those with 0.8, eight in ten should be right. The expected calibration error is the
mean distance of the two over ten bins, weighted by the mentions in each ([Guo et al. 2017]({guo})),
with bins of equal width or of equal numbers of mentions. A mention counts as right where the scorer takes its entity
for right, and is left out where that entity is optional.
"""
_GUO = "https://proceedings.mlr.press/v70/guo17a.html"

_ABLATION = """## What each part is worth

F1 of `{model}` on the sample pages with one part switched off, and the difference to all parts; what costs most comes
first. Statistics that were fitted with a part are kept, so that a new fit without it could win some of the loss back.
*Abbreviations* are those that a text defines itself, by the algorithm of Schwartz and Hearst; *trimmed ends* the names
without a leading word, a type noun at the end, or what is glued to them ("BERT-based"); *pairs of others* the relations
of methods that the paper does not propose. What these papers hardly have, such as URLs, cannot show here.
"""

_SPEED = """## Speed

Measured by `python -m benchmarks.evaluate --page` on {day} ({machine}), on every eighth
training paper; words are runs of non-space characters, and the blank spaCy tokenizer reads the same texts in the same
run. F1 is that of all entities. The ratio's floor is 0.05.
"""


def quality_page() -> str:
    """Render the page; where it differs from the one that is there by rounding alone, give that one."""
    done = evaluate([name for name in methods() if name not in OPTIONAL])
    ablation = ablate(read_gold(SETS[_SAMPLE]), DEFAULT_MODEL)
    current = PAGE.read_text("utf-8") if PAGE.exists() else ""
    page = render(done, ablation_table("", ablation), _measured(current))
    return current if is_same(page, current) else page


def render(done: Evaluation, ablation: Table, measured: str) -> str:
    """Lay the page out."""
    model = DEFAULT_MODEL
    sets = " and ".join(f"{len(read_gold(file))} of {title}" for title, file in SETS.items())
    parts = [_HEAD.format(sets=sets), "## Floors\n", markdown(_floors(done, model)) + "\n", _FLOOR_NOTE]
    for title, reports in done.scores.items():
        table = score_table(title, reports, model)
        entities, relations = [*table.rows[:_ENTITY_ROWS], table.rows[-1]], table.rows[_ENTITY_ROWS:-1]
        parts.append(f"## {table.title.capitalize()}\n")
        parts += [markdown(table._replace(rows=rows)) + "\n" for rows in (entities, relations)]
    parts += [_CALIBRATION.format(guo=_GUO), markdown(error_table(done.judged)) + "\n"]
    for title, judged in done.judged.items():
        parts += [f"`{model}` on {title}:\n", markdown(calibration_table("", judged[model])) + "\n"]
    parts += [_ABLATION.format(model=model), markdown(ablation) + "\n", measured]
    return "\n".join(parts)


def _floors(done: Evaluation, model: str) -> Table:
    """Put what was asked for beside what there is."""
    reports = done.scores[_SAMPLE]
    rows = [
        (name, floor, _value(reports.get(model), key, part), teachers, _value(reports.get("teacher"), key, part))
        for name, key, part, floor, teachers in _FLOORS
    ]
    error = calibration_error(equal_width(done.judged[_SAMPLE][model]))
    rows.append(("Calibration error of mentions", "at most 0.05", figure(error), "", ""))
    return Table("", ("on the sample pages", "floor", model, "teacher's floor", "teacher"), rows)


def _value(report: Mapping[str, Any] | None, key: str, part: str) -> str:
    if report is None:
        return figure(None)
    return figure(report[key][part] if part else report[key])


def is_same(page: str, other: str) -> bool:
    """Tell whether two pages differ in nothing but the last digits of figures.

    >>> is_same("F1 0.712 of 958", "F1 0.714 of 957"), is_same("F1 0.712", "F1 0.715"), is_same("F1 0.7", "P 0.7")
    (True, False, False)
    """
    parts, others = _NUMBER.split(page), _NUMBER.split(other)
    return len(parts) == len(others) and all(map(_is_near, parts, others))


def _is_near(text: str, other: str) -> bool:
    if text == other:
        return True
    if not (_NUMBER.fullmatch(text) and _NUMBER.fullmatch(other)):
        return False
    return abs(float(text) - float(other)) <= (_TOLERANCE if "." in text else _COUNT_TOLERANCE)


def _measured(page: str) -> str:
    """Take the part of the page that is measured and not checked."""
    start, end = page.find(_BEGIN), page.find(_END)
    return page[start:] if 0 <= start < end else f"{_BEGIN}\n{_END}\n"


def write_measured(done: Evaluation, speed: Mapping[str, Rate]) -> None:
    """Write speed, and the scores of all methods that are installed here, into the page."""
    page = PAGE.read_text("utf-8")
    PAGE.write_text(page.replace(_measured(page), _render_measured(done, speed)), "utf-8")


def _render_measured(done: Evaluation, speed: Mapping[str, Rate]) -> str:
    text = _SPEED.format(day=f"{date.today():%Y-%m-%d}", machine=_machine())
    return "\n".join([_BEGIN, text, markdown(_with_scores(speed_table(speed), done)), _END]) + "\n"


def _with_scores(table: Table, done: Evaluation) -> Table:
    header = [*table.header, *(f"F1, {title}" for title in done.scores)]
    rows: list[Sequence[str]] = [
        [*row, *(figure(reports.get(row[0], {}).get("All", {}).get("f1")) for reports in done.scores.values())]
        for row in table.rows
    ]
    return Table(table.title, header, rows)


def _machine() -> str:
    """Name processor and Python.

    >>> "Python 3" in _machine()
    True
    """
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", info.read_text("utf-8")) if info.exists() else None
    return f"{named[1] if named else platform.processor() or platform.machine()}, Python {platform.python_version()}"
