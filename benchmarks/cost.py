"""What each part of the pipeline costs: CPU time a word, of the annotated training papers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from spacy.language import Language

from benchmarks.speed import read_papers, words_in
from citegraph.errors import CitegraphError
from citegraph.extractors.pipeline import MODELS, build_pipeline, make_doc
from citegraph.graph.records import Paper

__all__ = ["ENTITY_MODEL", "FINDING", "PARTS", "RELATING", "Cost", "costs", "of_parts"]

_EVERY = 8
_TOGETHER = 32
_READING = "reading"

PARTS: Mapping[str, str] = {
    "citegraph_sentences_v1": _READING,
    "citegraph_catalogue_v1": "candidates",
    "citegraph_shapes_v1": "candidates",
    "citegraph_phrases_v1": "candidates",
    "citegraph_abbreviations_v1": "candidates",
    "citegraph_tagger_v1": "tagger",
    "citegraph_encoder_v1": "tagger",
    "citegraph_tagged_v1": "tagger",
    "citegraph_entities_v1": "entities",
    "citegraph_roles_v1": "relations",
    "citegraph_pairs_v1": "relations",
    "citegraph_results_v1": "results",
}
"""The part that each component is of; the tokenizer is of `reading` too."""

ENTITY_MODEL = ("tagger", "entities")
FINDING = ("candidates", *ENTITY_MODEL)
"""All parts that find entities."""

RELATING = ("relations", "results")
"""The parts that say how entities are related, and what was measured."""

Cost: TypeAlias = dict[str, float]
"""Microseconds a word of each part, in the order of the pipeline."""


def costs(papers: list[Paper] | None = None) -> dict[str, Cost]:
    """Measure each model on papers, by default on every eighth annotated training paper; missing ones are left out.

    What is built once (names looked up, a model's weights) is built before the clock starts. As in extraction, a
    component reads 32 papers before the next one does. What only spaCy's own annotations need is not run.
    """
    return dict(_costs(read_papers()[::_EVERY] if papers is None else papers))


def of_parts(cost: Cost, parts: Sequence[str]) -> float:
    """Sum the cost of parts; a part that a model does not have costs nothing.

    >>> of_parts({"candidates": 2.0, "entities": 1.5, "results": 0.5}, FINDING)
    3.5
    """
    return sum(cost.get(part, 0.0) for part in parts)


def _costs(papers: list[Paper]) -> Iterator[tuple[str, Cost]]:
    words = words_in(papers)
    for model in MODELS:
        try:
            nlp = build_pipeline(model)
        except CitegraphError:
            continue
        _seconds(nlp, papers[:1])
        yield model, {part: round(1e6 * spent / words, 3) for part, spent in _seconds(nlp, papers).items()}


def _seconds(nlp: Language, papers: list[Paper]) -> dict[str, float]:
    """Give the CPU seconds of each part."""
    steps = [(PARTS[name], component) for name, component in nlp.pipeline if name in PARTS]
    spent = dict.fromkeys([_READING, *dict(steps)], 0.0)
    for start in range(0, len(papers), _TOGETHER):
        begin = time.process_time()
        docs = [make_doc(nlp, paper) for paper in papers[start : start + _TOGETHER]]
        spent[_READING] += time.process_time() - begin
        for part, component in steps:
            begin = time.process_time()
            for doc in docs:
                component(doc)
            spent[part] += time.process_time() - begin
    return spent
