"""The page of what the extraction is worth: scores and ablation as they are now, speed and cost as measured."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.ablation import ablate, ablation_table
from benchmarks.calibration import calibration_error, equal_width
from benchmarks.evaluate import RELIABILITY, Evaluation, Measured, evaluate
from benchmarks.gold_sets import SETS, read_gold
from benchmarks.golden import read_golden, summary_table
from benchmarks.methods import OPTIONAL, methods
from benchmarks.report import (
    calibration_table,
    cost_line,
    cost_table,
    error_table,
    given_table,
    score_table,
    speed_table,
)
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
    ("All F1", "All", "0.62"),
    ("Resource F1", "Resource", "0.80"),
    ("Dataset or Benchmark right", "resource_type_accuracy", "0.85"),
    ("Named method F1", "Named method", "0.80"),
    ("Relations F1", "Relations", "0.52"),
    ("PROPOSES F1", "rel:PROPOSES", "0.68"),
    ("EVALUATED_ON F1", "rel:EVALUATED_ON", "0.66"),
    ("OUTPERFORMS F1", "rel:OUTPERFORMS", "0.48"),
    ("Results F1", "Results", "0.50"),
)
_GIVEN_FLOOR, _ERROR_FLOOR = "0.70", "at most 0.05"
_OWN_FLOORS = {("accurate", "Relations"): "0.58"}
"""Floors of one model that are not those of all."""

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

`make evaluate` prints these tables, the speed and the cost, `make ablation` what each part is worth. A test fails where
this page is not what the code gives; differences up to 0.002 pass, for processors round differently.
"""

_FLOOR_NOTE = "Those of `accurate`, a package of its own, stand at the end, with what was measured.\n"

_GIVEN = """## Entities given

How well relations and results are found where entities are right: each model with the annotated entities in place of
those that it finds. `make evaluate GOLD_ENTITIES=1` prints these tables alone.
"""

_GOLDEN = """## Golden sentences

{items} made-up texts, nearly all of one to three sentences, in {cases} cases: each case is one way to state a relation
or a result, or to state none. A result counts where method, resource, number, range, change, spread, unit, kind and
hedge all agree; of those that do, *metric* and *direction* are the shares with the right one. Where a text proposes
nothing, it is not punished if the paper itself uses, trains on, is evaluated on or addresses more than is annotated.
`python -m benchmarks.golden --errors` prints the scores of each case, and what is missing and spurious in each text.
"""

_CALIBRATION = """## Confidence

Every mention, relation and result has a confidence; of those with 0.8, eight in ten should be right. The expected
calibration error is the mean distance of the two over ten bins, weighted by the number in each
([Guo et al. 2017]({guo})), with bins of equal width or of equal numbers. A mention counts as right where the scorer
takes its entity for right, a relation or a result where the scorer takes it for right, entities included; what the
scorer leaves out, as optional, is left out here.
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

_COST = """## Cost of the parts

CPU time of the same papers, measured with the speed. *Reading* is the tokenizer and the sentences, *candidates* the
catalogue, shapes, phrases and abbreviations, *entities* what decides among candidates and the tagger's spans.
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
    parts += [*_given(done, model), *_golden(done), *_confidence(done, model)]
    parts += [_ABLATION.format(model=model), markdown(ablation) + "\n", measured]
    return "\n".join(parts)


def _given(done: Evaluation, model: str) -> Iterator[str]:
    yield _GIVEN
    for title, reports in done.given.items():
        yield f"On {title}:\n"
        yield markdown(given_table(title, reports, model)) + "\n"


def _golden(done: Evaluation) -> Iterator[str]:
    items = read_golden()
    yield _GOLDEN.format(items=len(items), cases=len({item["case"] for item in items}))
    yield markdown(summary_table(done.golden)) + "\n"


def _confidence(done: Evaluation, model: str) -> Iterator[str]:
    yield _CALIBRATION.format(guo=_GUO)
    yield markdown(error_table(done.judged)) + "\n"
    for what in RELIABILITY:
        for title, judged in done.judged.items():
            yield f"{what.capitalize()} by `{model}` on {title}:\n"
            yield markdown(calibration_table("", what, judged[model][what])) + "\n"


def _floors(done: Evaluation, model: str) -> Table:
    """Put what was asked for beside what a model reaches."""
    report = done.scores[_SAMPLE][model]
    rows = [
        (name, _OWN_FLOORS.get((model, key), floor), figure(_value(report.get(key)))) for name, key, floor in _FLOORS
    ]
    given = done.given[_SAMPLE][model]["Relations"]["f1"]
    error = calibration_error(equal_width(done.judged[_SAMPLE][model]["mentions"]))
    rows.append(("Relations F1, entities given", _GIVEN_FLOOR, figure(given)))
    rows.append(("Calibration error of mentions", _ERROR_FLOOR, figure(error)))
    return Table("", ("on the sample pages", "floor", model), rows)


def _value(score: Mapping[str, float] | float | None) -> float | None:
    """Give F1 where a score has more than one part."""
    return score["f1"] if isinstance(score, Mapping) else score


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


def write_measured(done: Evaluation, measured: Measured) -> None:
    """Write speed and cost, and the scores of all methods that are installed here, into the page."""
    page = PAGE.read_text("utf-8")
    PAGE.write_text(page.replace(_measured(page), _render_measured(done, measured)), "utf-8")


def _render_measured(done: Evaluation, measured: Measured) -> str:
    parts = [_BEGIN]
    for model in sorted(OPTIONAL & done.scores[_SAMPLE].keys()):
        parts += [f"## Floors of `{model}`\n", markdown(_floors(done, model)) + "\n"]
    parts.append(_SPEED.format(day=f"{date.today():%Y-%m-%d}", machine=_machine()))
    parts.append(markdown(_with_scores(speed_table(measured.speed), done)) + "\n")
    parts += [_COST, markdown(cost_table(measured.cost)) + "\n"]
    parts += [f"- {cost_line(model, cost)}" for model, cost in measured.cost.items()]
    return "\n".join([*parts, _END]) + "\n"


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
