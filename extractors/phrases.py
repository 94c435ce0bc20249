"""Descriptive terms, told by their last word: "video frame interpolation", "deformable convolution"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, draft_of
from citegraph.extractors.weights import load_weights
from citegraph.extractors.words import word_id

__all__ = ["PhraseFinder"]

_MAX_WORDS = 5
_LEAST = -3.0
_BY = "phrase-1"


class PhraseFinder:
    """Propose each word that often ends a term, with up to four words before it, where the ends fit together.

    The log-odds of a word to start and to end a term, and the words that never stand inside one, are counted on the
    training papers. Requires the draft's words; assigns candidates.
    """

    def __init__(self, starts: Mapping[str, float], heads: Mapping[str, float], outside: Iterable[str]) -> None:
        """Take the log-odds of words to start and to end a term, and those that never stand in one, in lower case."""
        self._starts = {word_id(word): value for word, value in starts.items() if word}
        self._heads = {word_id(word): value for word, value in heads.items()}
        self._outside = frozenset(map(word_id, outside))
        self._unknown = starts.get("", 0.0)

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates."""
        draft = draft_of(doc)
        heads, starts, unknown = self._heads, self._starts, self._unknown
        outside, candidates = self._outside, draft.candidates
        chances: list[float] = []
        abstract = draft.words.at(draft.body_start)
        for index, word in enumerate(draft.words.lower):
            if index == abstract:
                chances.clear()
            if word in outside:
                chances.clear()
                continue
            chances.append(starts.get(word, unknown))
            if word in heads:
                least = _LEAST - heads[word]
                for length, chance in enumerate(chances[: -_MAX_WORDS - 1 : -1], 1):
                    if chance >= least:
                        candidates.append(Candidate(index + 1 - length, index + 1, _BY))
        return doc


@Language.factory("citegraph_phrases_v1", assigns=["doc.user_data"])
def make_phrase_finder(nlp: Language, name: str) -> PhraseFinder:  # noqa: ARG001
    """Build the component with the words that ship with the package."""
    weights = load_weights()
    return PhraseFinder(weights.starts, weights.heads, weights.outside)
