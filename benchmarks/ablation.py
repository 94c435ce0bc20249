"""Score an extraction model with each of its parts switched off, one at a time.

    python -m benchmarks.ablation [--model NAME] [--gold FILE]

A part is a component of the pipeline, left out, or a switch of a component: any setting that is True by default. What
was fitted with a part is not fitted anew without it, so that a row says what the shipped model owes to the part, and
a new fit could win some of it back.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.gold_sets import GOLD, SETS, Row, papers_of, read_rows
from benchmarks.score import score
from benchmarks.tables import Table, figure, show
from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.pipeline import MODELS, build_pipeline, make_doc
from citegraph.graph.records import PaperFacts

__all__ = ["FULL", "Part", "ablate", "ablation_table", "parts"]

Run: TypeAlias = Callable[[Doc], Doc]

FULL = "full extractor"
SCORES = ("All", "Resource", "Named method", "Relations", "Results")
NAMES: Mapping[tuple[str, str | None], str] = {
    ("citegraph_abbreviations_v1", None): "abbreviations",
    ("citegraph_abbreviations_v1", "latex"): "abbreviations: in LaTeX",
    ("citegraph_abbreviations_v1", "reversed_forms"): "abbreviations: SHORT (long)",
    ("citegraph_catalogue_v1", None): "catalogue of known names",
    ("citegraph_catalogue_v1", "urls"): "catalogue: none in a URL",
    ("citegraph_catalogue_v1", "whole_names"): "catalogue: whole names",
    ("citegraph_entities_v1", "hopeless"): "names that never are things",
    ("citegraph_pairs_v1", None): "pairs of others",
    ("citegraph_phrases_v1", None): "phrases, by their last word",
    ("citegraph_phrases_v1", "urls"): "phrases: none in a URL",
    ("citegraph_shapes_v1", None): "shapes of names",
    ("citegraph_shapes_v1", "coordination"): "shapes: CIFAR-10/100",
    ("citegraph_shapes_v1", "latex"): "shapes: LaTeX in names",
    ("citegraph_shapes_v1", "numbers"): "shapes: Llama 2",
    ("citegraph_shapes_v1", "title_names"): "shapes: name before a colon",
    ("citegraph_shapes_v1", "trims"): "shapes: trimmed ends",
    ("citegraph_shapes_v1", "urls"): "shapes: none in a URL",
    ("citegraph_tagged_v1", None): "the tagger's spans",
    ("citegraph_tagged_v1", "urls"): "the tagger's spans: none in a URL",
    ("citegraph_tagger_v1", None): "tagger",
}
"""What the table calls a part; one that is not named here is called by its component and setting."""

_NEEDED = frozenset({"citegraph_sentences_v1", "citegraph_entities_v1", "citegraph_annotate_v1"})


class Part(NamedTuple):
    """A component, or one switch of it."""

    component: str
    switch: str | None = None

    @property
    def name(self) -> str:
        """What the table calls it.

        >>> Part("citegraph_shapes_v1", "new_rule").name
        'shapes: new rule'
        """
        plain = self.component.removeprefix("citegraph_").rpartition("_v")[0]
        called = plain if self.switch is None else f"{plain}: {self.switch}"
        return NAMES.get(self, called.replace("_", " "))


def parts(component: str) -> list[Part]:
    """Give what can be switched off of a component: all of it, where the others can do without, and every switch."""
    settings = Language.get_factory_meta(component).default_config or {}
    whole = [] if component in _NEEDED else [Part(component)]
    return whole + [Part(component, key) for key, value in settings.items() if value is True]


def ablate(gold: list[Row], model: str) -> dict[str, dict[str, Any]]:
    """Score the full extractor and then without each part, by the part's name.

    What comes before a part in the pipeline is run once, for it finds the same without the part.
    """
    nlp = build_pipeline(model)
    docs = [make_doc(nlp, paper) for paper in papers_of(gold)]
    reports: dict[str, dict[str, Any]] = {FULL: {}}
    for number, (component, run) in enumerate(nlp.pipeline):
        rest = [later for _, later in nlp.pipeline[number + 1 :]]
        for part in parts(component):
            reports[part.name] = _score(gold, docs, [*_without(nlp, part), *rest])
        for doc in docs:
            run(doc)
    reports[FULL] = _score(gold, docs, [])
    return reports


def _without(nlp: Language, part: Part) -> list[Run]:
    """Give the part's component with its switch off, or nothing where it is the part."""
    if part.switch is None:
        return []
    settings = {key: value for key, value in nlp.get_pipe_config(part.component).items() if key != "factory"}
    return [nlp.create_pipe(part.component, "switched", config={**settings, part.switch: False})]


def _score(gold: list[Row], docs: list[Doc], components: list[Run]) -> dict[str, Any]:
    """Score what components find after those that the Docs have been through; the Docs are left as they were."""
    rows = []
    for paper, doc in zip(papers_of(gold), docs, strict=True):
        before = doc.user_data["citegraph"]
        doc.user_data["citegraph"] = _copy(before)
        for component in components:
            component(doc)
        draft = draft_of(doc)
        facts = PaperFacts(paper, "", draft.entities, draft.relations, draft.results)
        rows.append(json.loads(facts.to_json()))
        doc.user_data["citegraph"] = before
    return score(gold, rows)[0]


def _copy(draft: Draft) -> Draft:
    """Copy a state with its lists, which components add to."""
    copied = copy(draft)
    for field in fields(draft):
        value = getattr(draft, field.name)
        if isinstance(value, list):
            setattr(copied, field.name, [*value])
    return copied


def ablation_table(title: str, reports: Mapping[str, Mapping[str, Any]]) -> Table:
    """Give F1 without each part, and how far that is from the full extractor, what costs most first."""
    full = reports[FULL]
    ordered = sorted(reports, key=lambda name: (name != FULL, reports[name]["All"]["f1"], _sum(reports[name])))
    return Table(title, ("without", *SCORES), [[name, *_cells(reports[name], full, name == FULL)] for name in ordered])


def _sum(report: Mapping[str, Any]) -> float:
    total: float = sum(report[name]["f1"] for name in SCORES)
    return total


def _cells(report: Mapping[str, Any], full: Mapping[str, Any], is_full: bool) -> Iterator[str]:
    for name in SCORES:
        f1 = report[name]["f1"]
        yield figure(f1) if is_full else f"{figure(f1)} {figure(f1 - full[name]['f1'], sign=True)}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=MODELS, default=DEFAULT_MODEL, help="default: %(default)s")
    parser.add_argument("--gold", type=Path, default=GOLD / SETS["sample pages"], help="annotated papers")
    arguments = parser.parse_args()
    gold = read_rows(arguments.gold)
    show([ablation_table(f"F1 of {arguments.model} on {len(gold)} papers", ablate(gold, arguments.model))])


if __name__ == "__main__":
    main()
