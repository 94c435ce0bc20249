"""From text to facts: spaCy components, their patterns and lexicon as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from citegraph.graph.records import Paper, PaperFacts

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["DEFAULT_MODEL", "MODEL_NAMES", "extract", "load"]

MODEL_NAMES = ("fast", "standard", "accurate")
"""The models, the quickest first."""

DEFAULT_MODEL = "standard"
"""The model that is used where none is named."""


def load(model: str = DEFAULT_MODEL) -> Language:
    """Build the extraction pipeline: a spaCy pipeline whose Docs carry ``ents``, ``_.relations`` and ``_.results``.

    Raises:
        ExtractionError: there is no such model.

    """
    from citegraph.extractors.pipeline import build_pipeline

    return build_pipeline(model)


def extract(papers: Iterable[Paper], *, processes: int = 1, model: str = DEFAULT_MODEL) -> Iterator[PaperFacts]:
    """Extract the facts of each paper, in order, as a stream; the number of processes never changes the facts.

    Raises:
        ExtractionError: there is no such model, or a worker process died.

    """
    from citegraph.extractors.parallel import extract_stream

    return extract_stream(papers, processes, model)
