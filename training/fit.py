"""Count and fit the statistics that a model ships: extractors/weights-MODEL.json.gz.

    python -m training.fit --facts FOLDER [--tags FILE...]

Everything that is counted about a paper's names (catalogue, word lists, annotations) is counted on other papers when
the log-odds are fitted on it, so that these know how far such counts can be trusted on a new paper. So must the tags
of a tagger be from one that has not seen the paper.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from citegraph.extractors.draft import draft_of
from citegraph.extractors.entities import EntityResolver
from citegraph.extractors.tags import Tags
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.extractors.weights import CLASSES
from training.build_catalogue import LEXICON, TRAIN, read_rows
from training.counts import Finder, count
from training.examples import (
    GrowingRows,
    Item,
    Read,
    examples,
    growing_features,
)
from training.log_odds import (
    Fitted,
    fit_new,
    frozen,
    new_rows,
    row_penalties,
    without_rare,
)
from training.observe import OBSERVED, halves, read_observed, silver_papers
from training.papers import split
from training.relations import fit_relations
from training.tag_files import read_tagged
from training.thresholds import LOW, choose_thresholds

TEMPLATES = ("first", "last", "before", "before2", "near", "after", "after2", "plain", "shape", "seen", "observed")

_FOLDS = 4
_PENALTY = 1.0
_LEAST = 3
OUTPUT = Path(__file__).parent.parent / "extractors" / "weights-fast.json.gz"

Paper = Mapping[str, Any]
TagsOf = Mapping[Any, Tags] | None
Names = Mapping[str, Mapping[str, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Part:
    """Papers, what finds their candidates, and what is known of names from other papers."""

    papers: list[Paper]
    finder: Finder
    names: Names

    def items(self, growing: Mapping[str, GrowingRows]) -> list[Item[int]]:
        """Give what to fit the classes on."""
        return list(examples(self.papers, self.finder, growing_features(growing, self.names)))

    def resolver(self, fitted: Fitted, thresholds: Mapping[str, float]) -> EntityResolver:
        """Give what decides on these papers' candidates by fitted log-odds."""
        return EntityResolver(fitted.log_odds(), self.names, thresholds)

    def read(self, fitted: Fitted, thresholds: Mapping[str, float]) -> list[Read]:
        """Find the entities of each paper by fitted log-odds."""
        resolver = self.resolver(fitted, thresholds)
        return [(paper, draft_of(resolver(self.finder(paper)[0]))) for paper in self.papers]


@dataclass(frozen=True, slots=True)
class Silver:
    """Papers that the teacher read: those to fit on, what it calls names in all, and in the ones not to fit on."""

    papers: list[Paper]
    observed: Mapping[str, tuple[int, ...]]
    early: Mapping[str, tuple[int, ...]]


def fit_all(papers: list[Paper], lexicon: list[Paper], nlp: Language, tags: TagsOf, silver: Silver) -> dict[str, Any]:
    """Count and fit everything: for each fold the counts and the entities' log-odds come from the other folds.

    Silver papers stand beside those of all folds; what is counted of their names comes from annotated papers and other
    silver ones.
    """
    final = count(papers, lexicon, nlp, tags)
    beside = Part(silver.papers, Finder(nlp, final, tags), final.names(silver.early))
    folds = [papers[number::_FOLDS] for number in range(_FOLDS)]
    rest = [[p for other, fold in enumerate(folds) if other != number for p in fold] for number in range(_FOLDS)]
    counted = [count(part, lexicon, nlp, tags) for part in rest]
    parts = [
        Part(fold, Finder(nlp, counts, tags), counts.names(silver.observed))
        for fold, counts in zip(folds, counted, strict=True)
    ]
    entities, of_others = fit_entities(parts, beside)
    low = [part.resolver(fitted, LOW) for part, fitted in zip(parts, of_others, strict=True)]
    thresholds, calibrated = choose_thresholds(
        (part.papers, part.finder, least) for part, least in zip(parts, low, strict=True)
    )
    read = [part.read(fitted, thresholds) for part, fitted in zip(parts, of_others, strict=True)]
    word = nlp.vocab.strings.__getitem__
    return {
        "starts": final.starts,
        "heads": final.heads,
        "outside": final.outside,
        "seen": final.seen,
        "observed": silver.observed,
        "entities": entities.to_json(word),
        "entity_slopes": entities.slopes(),
        "thresholds": thresholds,
        "calibration": calibrated,
        **fit_relations(read, beside.read(entities, thresholds), word),
    }


def fit_entities(folds: list[Part], beside: Part) -> tuple[Fitted, list[Fitted]]:
    """Fit the log-odds of the classes on all folds, and for each fold on the others; on what stands beside, always."""
    growing, last = new_rows(TEMPLATES)
    parts, more = [fold.items(growing) for fold in folds], beside.items(growing)
    rows, size = frozen(growing), last[0] + 1
    penalties = row_penalties(rows, size, _PENALTY)

    def fit_on(chosen: Iterable[list[Item[int]]]) -> Fitted:
        items = without_rare([item for part in (*chosen, more) for item in part], _LEAST)
        return Fitted(rows, fit_new(items, penalties, len(CLASSES)), size)

    others = [fit_on(part for number, part in enumerate(parts) if number != left_out) for left_out in range(_FOLDS)]
    return fit_on(parts), others


def main() -> None:
    """Read the training papers and the lexicon, and write the statistics."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--train", type=Path, default=TRAIN)
    parser.add_argument(
        "--tags", type=Path, nargs="+", default=[], help="the tags of all papers, by a tagger new to them"
    )
    parser.add_argument("--facts", type=Path, help="folder of the teacher's facts, to fit on half of them too")
    parser.add_argument("--limit", type=int, help="fit on so many of them")
    parser.add_argument("--observed", type=Path, default=OBSERVED, help="what the teacher calls names")
    parser.add_argument("--rest", action="store_true", help="leave out what the teacher knows and the held-out papers")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    tags = {paper["id"]: table for path in arguments.tags for paper, table in read_tagged(path)} or None
    observed, early = ({}, {}) if arguments.rest else read_observed(arguments.observed)
    late = list(islice(silver_papers(halves(arguments.facts)[1]), arguments.limit)) if arguments.facts else []
    papers = list(read_rows(arguments.train))
    chosen = split(papers)[0] if arguments.rest else papers
    data = fit_all(chosen, list(read_rows(arguments.lexicon)), nlp, tags, Silver(late, observed, early))
    arguments.output.write_bytes(
        gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 9, mtime=0)
    )


if __name__ == "__main__":
    main()
