"""Check a model on made-up sentences, each written for one way to state a relation or a result.

    python -m benchmarks.golden [--model NAME] [--errors]

Prints for each case F1, precision and recall of relations and results with the entities given, and F1 end to end, where
the model finds the entities too; with --errors also, entities given, what is missing and what is spurious.

Relations count as in `score.py`: the paper and what it proposes are one, and those with optional entities are left
out. A result counts where method, resource, number, upper end, origin, spread, unit, kind and hedge all agree; for
those that do, metric and direction are counted apart. A text alone does not tell whether its paper analyses what others
made. So where nothing is proposed, it is not punished if the paper uses, trains on, is evaluated on or addresses more
than is annotated; nor, in any item, if it is evaluated on what it introduces.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from benchmarks.gold_sets import Row, papers_of, read_rows
from benchmarks.keys import SELF, Key, RelationKey, Side, sides
from benchmarks.methods import related, runnable
from benchmarks.score import norm, surfaces
from benchmarks.tables import Table, figure, show
from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.pipeline import MODELS
from citegraph.graph.records import PAPER

__all__ = ["WAYS", "Checked", "Summary", "check", "golden_summary", "read_golden", "summarise", "summary_table"]

GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "relations.jsonl"
WAYS = ("entities given", "end to end")

_NOT_PUNISHED = ("USES", "EVALUATED_ON", "TRAINED_ON", "ADDRESSES")
_SCORED = ("unit", "kind", "number", "upper", "origin", "spread", "hedge")

ResultKey: TypeAlias = tuple[Any, ...]
"""Method and resource of a result, and what is scored of its value."""

Summary: TypeAlias = dict[str, float | None]
"""Precision, recall and F1 of relations and results, and the shares of results with the right metric and direction."""


class Difference(NamedTuple):
    """What agrees, what is missing and what is spurious, each once."""

    right: frozenset[Any]
    missing: frozenset[Any]
    spurious: frozenset[Any]


class Checked(NamedTuple):
    """A golden item beside what a model says of it; metrics and directions say of each right result if it has them."""

    item: Row
    relations: Difference
    results: Difference
    metrics: list[bool]
    directions: list[bool]
    names: Mapping[Key, str]


def read_golden() -> list[Row]:
    """Read the golden items; their number is their id."""
    return [{"id": number, **row} for number, row in enumerate(read_rows(GOLDEN), start=1)]


def run(items: list[Row], model: str) -> dict[str, list[Checked]]:
    """Check a model on items, with the entities given and end to end."""
    predicted = (related(items, model), runnable()[model](papers_of(items)))
    return {
        way: [check(item, found) for item, found in zip(items, rows, strict=True)]
        for way, rows in zip(WAYS, predicted, strict=True)
    }


def check(item: Row, found: Row) -> Checked:
    """Compare a golden item with what a model says of it."""
    gold, predicted = sides(item, found)
    relations = _difference(_relations(gold, item), _relations(predicted, found))
    punished = frozenset(key for key in relations.spurious if not _is_tolerated(key, gold, item))
    wanted, given = _results(gold, item), _results(predicted, found)
    results = _difference(frozenset(wanted), frozenset(given))
    pairs = [(wanted[key], given[key]) for key in results.right]
    return Checked(
        item,
        relations._replace(spurious=punished),
        results,
        [_is_same_metric(_metric(row, item), _metric(other, found)) for row, other in pairs],
        [row.get("direction") == other.get("direction") for row, other in pairs],
        {SELF: PAPER, **_names(predicted, found), **_names(gold, item)},
    )


def _difference(gold: frozenset[Any], predicted: frozenset[Any]) -> Difference:
    return Difference(gold & predicted, gold - predicted, predicted - gold)


def _relations(side: Side, row: Row) -> frozenset[RelationKey]:
    keys = map(side.relation, row["relations"])
    return frozenset(key for key in keys if key is not None)


def _is_tolerated(key: RelationKey, gold: Side, item: Row) -> bool:
    """Tell whether a relation that is not annotated is not punished."""
    head, type_, tail = key
    if head != SELF:
        return False
    introduced = [gold.keys[row["tail"]] for row in item["relations"] if row["type"] == "INTRODUCES"]
    return (not gold.own and type_ in _NOT_PUNISHED) or (type_ == "EVALUATED_ON" and tail in introduced)


def _results(side: Side, row: Row) -> dict[ResultKey, Row]:
    return {
        (side.method(result), side.keys.get(result["on"]), *(result.get(part) for part in _SCORED)): result
        for result in row["results"]
    }


def _metric(result: Row, row: Row) -> set[str]:
    """Give the surface forms of a result's metric, which is an entity, a text, or not known."""
    for entity in row["entities"]:
        if entity["id"] == result["metric"]:
            return surfaces(entity)
    return {norm(result["metric"])} if result["metric"] else set()


def _is_same_metric(forms: set[str], others: set[str]) -> bool:
    return forms == others or not forms.isdisjoint(others)


def _names(side: Side, row: Row) -> dict[Key, str]:
    return {side.keys[entity["id"]]: entity["name"] for entity in row["entities"]}


def golden_summary(model: str) -> dict[str, Summary]:
    """Check a model on all golden items."""
    return {way: summarise(checked) for way, checked in run(read_golden(), model).items()}


def summarise(checked: Iterable[Checked]) -> Summary:
    """Count all items together; None where there is nothing to count."""
    kept = list(checked)
    metrics = [is_right for one in kept for is_right in one.metrics]
    directions = [is_right for one in kept for is_right in one.directions]
    return {
        **_scores("relations", [one.relations for one in kept]),
        **_scores("results", [one.results for one in kept]),
        "metric": _share(sum(metrics), len(metrics)),
        "direction": _share(sum(directions), len(directions)),
    }


def _scores(name: str, differences: list[Difference]) -> Summary:
    right, missing, spurious = (sum(map(len, part)) for part in zip(*differences, strict=True))
    return {
        f"{name} F1": _share(2 * right, 2 * right + missing + spurious),
        f"{name} P": _share(right, right + spurious),
        f"{name} R": _share(right, right + missing),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def summary_table(summaries: Mapping[str, Mapping[str, Summary]]) -> Table:
    """Give the scores of each model, all cases together."""
    rows = [
        [f"{model}, {way}", *map(figure, summary.values())]
        for model, ways in summaries.items()
        for way, summary in ways.items()
    ]
    header = ("golden sentences", "relations F1", "P", "R", "results F1", "P", "R", "metric", "direction")
    return Table("Golden sentences, all cases", header, rows)


def case_table(checked: Mapping[str, list[Checked]], model: str) -> Table:
    """Give the scores of each case, with the entities given and end to end."""
    given, found = (checked[way] for way in WAYS)
    header = (
        "case",
        "items",
        "relations F1",
        "P",
        "R",
        "results F1",
        "P",
        "R",
        "relations F1, end to end",
        "results F1, end to end",
    )
    rows = []
    for case in dict.fromkeys(one.item["case"] for one in given):
        of_case = [one for one in given if one.item["case"] == case]
        summary, end = summarise(of_case), summarise(one for one in found if one.item["case"] == case)
        figures = [value for name, value in summary.items() if name not in ("metric", "direction")]
        rows.append([case, str(len(of_case)), *map(figure, [*figures, end["relations F1"], end["results F1"]])])
    return Table(f"Golden sentences, {model} with entities given", header, rows)


def errors(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield the lines that name what is missing and spurious, under the text of each item that has such."""
    for one in checked:
        lines = [
            f"    {kind:8}  {describe(key, one.names)}"
            for kind in ("missing", "spurious")
            for describe, difference in ((_relation_text, one.relations), (_result_text, one.results))
            for key in sorted(getattr(difference, kind), key=str)
        ]
        if lines:
            yield f"{one.item['case']}: " + " ".join(filter(None, (one.item["title"], one.item["abstract"])))
            yield from lines


def _relation_text(key: RelationKey, names: Mapping[Key, str]) -> str:
    head, type_, tail = key
    return f"{names[head]} {type_} {names[tail]}"


def _result_text(key: ResultKey, names: Mapping[Key, str]) -> str:
    method, on, *values = key
    parts = [f"{name} {value}" for name, value in zip(_SCORED, values, strict=True) if value is not None]
    return f"{names[method]} on {names[on] if on else 'nothing'}: {', '.join(parts)}"


def main() -> None:
    """Print the tables, and the errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=MODELS, default=DEFAULT_MODEL, help="default: %(default)s")
    parser.add_argument("--errors", action="store_true", help="print what is missing and spurious")
    arguments = parser.parse_args()
    checked = run(read_golden(), arguments.model)
    summary = {way: summarise(items) for way, items in checked.items()}
    show([case_table(checked, arguments.model), summary_table({arguments.model: summary})])
    if arguments.errors:
        print("\n".join(errors(checked[WAYS[0]])))


if __name__ == "__main__":
    main()
