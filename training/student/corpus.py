"""Readers of annotated and of tagged papers as spaCy examples, for `spacy train` and `python -m training.student`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.tagger import TARGETS
from citegraph.extractors.tags import Tags
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import Paper
from training.gold_tags import gold_tags, one_hot
from training.papers import read_papers, split
from training.tag_files import read_tagged

__all__ = ["gold_example", "silver_examples"]

_MOST = 1 << 30


@registry.tokenizers("citegraph.Tokenizer.v1")
def citegraph_tokenizer() -> Callable[[Language], Tokenizer]:
    """Give the maker of citegraph's tokenizer."""

    def make(nlp: Language) -> Tokenizer:
        nlp.max_length = _MOST
        return make_tokenizer(nlp.vocab)

    return make


@registry.readers("citegraph.GoldPapers.v1")
def gold_papers(path: str, held_out: bool) -> Callable[[Language], Iterator[Example]]:
    """Give the reader of annotated papers: those held out, or the others."""

    def read(nlp: Language) -> Iterator[Example]:
        return (gold_example(nlp, paper) for paper in split([*read_papers(Path(path))])[held_out])

    return read


def gold_example(nlp: Language, paper: Mapping[str, Any]) -> Example:
    """Make an annotated paper an example."""
    doc = _doc(nlp, paper)
    return _example(doc, one_hot(gold_tags(paper, draft_of(doc))))


def silver_examples(nlp: Language, paths: Iterable[Path]) -> Iterator[Example]:
    """Make the papers of tag files examples, as they are asked for.

    Rounding leaves rows that fall short of the sum 1; the gradient of the softmax needs whole ones.
    """
    for path in paths:
        for paper, tags in read_tagged(path):
            yield _example(_doc(nlp, paper), tags / tags.sum(axis=1, keepdims=True))


def _doc(nlp: Language, paper: Mapping[str, Any]) -> Doc:
    return make_doc(nlp, Paper("", paper["title"], paper["abstract"]))


def _example(doc: Doc, targets: Tags) -> Example:
    doc.user_data[TARGETS] = targets
    return Example(doc, doc)
