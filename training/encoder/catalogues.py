"""Known names for annotated papers: by a catalogue that was made without them."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.graph.catalogue import parse_entry
from training.build_catalogue import build
from training.encoder.examples import Reader
from training.teacher.labels import Record

__all__ = ["fold_readers", "others"]


def others(papers: Sequence[Record], fold: int, folds: int) -> list[Record]:
    """Return the papers that are not in the fold.

    >>> [paper["id"] for paper in others([{"id": number} for number in range(5)], 0, 2)]
    [1, 3]
    """
    return [paper for index, paper in enumerate(papers) if index % folds != fold]


def fold_readers(encoder: Path, lexicon: Path, papers: Sequence[Record], folds: int) -> list[Reader]:
    """Make for each fold a reader that knows the names of the lexicon and of the other folds' papers.

    The catalogue that ships holds the names that all annotated papers have, three of four of their mentions; of the
    mentions in other papers it holds three of ten, as these catalogues do.
    """
    with gzip.open(lexicon, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    made = (build(rows, others(papers, fold, folds)) for fold in range(folds))
    return [Reader(encoder, CatalogueMatcher(map(parse_entry, entries))) for entries in made]
