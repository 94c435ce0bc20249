"""Papers as the network reads them, with the tags of their words to learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from citegraph_accurate.pieces import PieceReader, Pieces
from spacy.tokens import Doc

from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import MODELS, make_doc, shared_pipeline
from citegraph.extractors.tags import Tags
from citegraph.graph.records import Paper
from training.gold_tags import gold_tags, one_hot
from training.tag_files import read_tagged
from training.teacher.labels import Record

__all__ = ["Example", "Reader", "cut", "padded", "silver_examples"]

_LONGEST = 510


@dataclass(frozen=True, slots=True)
class Example:
    """A paper's pieces between marks, and for each word with pieces the first of them and its tags in 1/255."""

    ids: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    names: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]
    tags: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        """Return the number of pieces, marks included."""
        return len(self.ids)


class Reader:
    """Read papers by the parts of the extractor that come before the encoder."""

    def __init__(self, folder: Path, catalogue: CatalogueMatcher | None = None) -> None:
        """Load the tokenizer of the pretrained encoder in `folder`; known names are by default those that ship."""
        self.tokenizer = folder / "tokenizer.json"
        self.pieces = PieceReader(self.tokenizer)
        self._nlp = shared_pipeline(next(iter(MODELS)))
        self._catalogue = catalogue or self._nlp.get_pipe("citegraph_catalogue_v1")

    def doc(self, paper: Record) -> Doc:
        """Give the Doc of a paper with its words and known names."""
        doc: Doc = self._catalogue(make_doc(self._nlp, Paper("", paper["title"], paper["abstract"])))
        return doc

    def gold(self, paper: Record) -> Example:
        """Read an annotated paper."""
        doc = self.doc(paper)
        return self.example(doc, one_hot(gold_tags(paper, draft_of(doc))))

    def example(self, doc: Doc, tags: Tags) -> Example:
        """Join what the network reads of a Doc and the tags of its words."""
        return cut(self.pieces(doc), tags, self.pieces.start, self.pieces.end)


def cut(pieces: Pieces, tags: Tags, start: int, end: int) -> Example:
    """Put marks around the pieces, of which a long paper keeps the first 510, and keep the words that have pieces."""
    kept = (pieces.firsts >= 0) & (pieces.firsts < _LONGEST)
    inner = slice(_LONGEST)
    return Example(
        np.concatenate(([start], pieces.ids[inner], [end])),
        np.pad(pieces.shapes[inner], 1),
        np.pad(pieces.names[inner], 1),
        pieces.firsts[kept] + 1,
        np.rint(tags[kept] * 255).astype(np.uint8),
    )


def silver_examples(path: Path, reader: Reader) -> list[Example]:
    """Read a file of papers that the teacher tagged."""
    return [reader.example(reader.doc(paper), tags) for paper, tags in read_tagged(path)]


def padded(rows: Sequence[npt.NDArray[Any]], step: int = 16) -> npt.NDArray[np.int64]:
    """Join rows, padded by 0 to a multiple of `step`, for few shapes make fast products.

    >>> padded([np.array([1, 2, 3]), np.array([4])], step=4).tolist()
    [[1, 2, 3, 0], [4, 0, 0, 0]]
    """
    table = np.zeros((len(rows), -(-max(map(len, rows)) // step) * step), np.int64)
    for index, row in enumerate(rows):
        table[index, : len(row)] = row
    return table
