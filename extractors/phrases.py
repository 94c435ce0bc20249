"""Descriptive terms, told by their last word: "video frame interpolation", "deformable convolution"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, draft_of
from citegraph.extractors.weights import load_weights
from citegraph.extractors.words import word_id

__all__ = ["PhraseFinder"]

_MAX_WORDS = 5
_BY = "phrase-1"


class PhraseFinder:
    """Propose each word that often ends a term, with up to four words before it.

    The words come from counts on the training papers: which end terms, and which never stand inside one. Requires
    the draft's words; assigns candidates.
    """

    def __init__(self, heads: Iterable[str], outside: Iterable[str]) -> None:
        """Take the words that may end a term and those that never stand in one, in lower case."""
        self._heads = frozenset(map(word_id, heads))
        self._outside = frozenset(map(word_id, outside))

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates."""
        draft = draft_of(doc)
        lower, heads, outside, candidates = draft.words.lower, self._heads, self._outside, draft.candidates
        run = 0
        for index, word in enumerate(lower):
            if word in outside:
                run = 0
                continue
            run += 1
            if word in heads:
                for length in range(1, min(run, _MAX_WORDS) + 1):
                    candidates.append(Candidate(index + 1 - length, index + 1, _BY))
        return doc


@Language.factory("citegraph_phrases_v1", assigns=["doc.user_data"])
def make_phrase_finder(nlp: Language, name: str) -> PhraseFinder:  # noqa: ARG001
    """Build the component with the words that ship with the package."""
    weights = load_weights()
    return PhraseFinder(weights.heads, weights.outside)
