"""What looking names up finds without a model: those of the raw lexicon, and those of the catalogue made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from benchmarks.gold_sets import Row, read_rows
from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.catalogue import CatalogueEntry, load_catalogue
from citegraph.graph.records import EntityType, Paper

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["LEXICON", "LookUp", "by_catalogue", "by_lexicon", "entry_of"]

LEXICON = Path(__file__).parent.parent / "training" / "lexicon" / "names.jsonl.gz"
_TYPES: Mapping[str, EntityType] = {"METHOD": "Method", "TASK": "Task", "METRIC": "Metric"}


class LookUp:
    """Predicts each name that a matcher finds as an entity with the spellings found, and nothing else."""

    def __init__(self, matcher: CatalogueMatcher) -> None:
        """Take the matcher."""
        self._matcher = matcher
        self._nlp: Language = spacy.blank("en")
        self._nlp.tokenizer = make_tokenizer(self._nlp.vocab)

    def __call__(self, paper: Paper) -> Row:
        """Predict one paper."""
        draft = draft_of(self._matcher(make_doc(self._nlp, paper)))
        found: dict[tuple[str, str], set[str]] = {}
        for candidate in draft.candidates:
            if candidate.entry is not None:
                surface = draft.text[draft.words.starts[candidate.start] : draft.words.ends[candidate.end - 1]]
                found.setdefault((candidate.entry.type, candidate.entry.name), set()).add(surface)
        entities = [
            {"id": f"e{number}", "type": type_, "name": name, "mentions": [{"text": text} for text in sorted(surfaces)]}
            for number, ((type_, name), surfaces) in enumerate(found.items(), 1)
        ]
        return {"title": paper.title, "entities": entities, "relations": [], "results": []}


def entry_of(row: Row) -> CatalogueEntry:
    """Give a lexicon's row as an entry.

    >>> entry_of({"name": "MNIST", "type": "DATASET/BENCHMARK", "is_benchmark": True, "aliases": []}).type
    'Benchmark'
    """
    type_ = _TYPES.get(row["type"]) or ("Benchmark" if row["is_benchmark"] else "Dataset")
    return CatalogueEntry(row["name"], type_, tuple(row["aliases"]))


@cache
def _lexicon() -> LookUp:
    return LookUp(CatalogueMatcher(map(entry_of, read_rows(LEXICON))))


@cache
def _catalogue() -> LookUp:
    return LookUp(CatalogueMatcher(load_catalogue().entries))


def by_lexicon(papers: Iterable[Paper]) -> Iterator[Row]:
    """Predict every name of the raw lexicon as an entity, written as there; long names also in another case."""
    return map(_lexicon(), papers)


def by_catalogue(papers: Iterable[Paper]) -> Iterator[Row]:
    """Predict every known name as an entity."""
    return map(_catalogue(), papers)
