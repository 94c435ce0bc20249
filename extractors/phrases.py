"""Descriptive terms, told by their last word: "video frame interpolation", "deformable convolution"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.columns import WordIndex
from citegraph.extractors.draft import Candidate, draft_of
from citegraph.extractors.urls import outside_urls
from citegraph.extractors.weights import load_weights
from citegraph.extractors.words import PADDING, word_id

__all__ = ["PhraseFinder"]

_MAX_WORDS = 5
_LEAST = -2.5
_NEVER = -99.0
_BY = "phrase-1"


class PhraseFinder:
    """Propose each word that often ends a term, with up to four words before it, where the ends fit together.

    The log-odds of a word to start and to end a term, and the words that never stand inside one, are counted on the
    training papers. Requires the draft's words; assigns candidates. With ``urls`` words in URLs are left out.
    """

    def __init__(
        self, starts: Mapping[str, float], heads: Mapping[str, float], outside: Iterable[str], *, urls: bool = True
    ) -> None:
        """Take the log-odds of words to start and to end a term, and those that never stand in one, in lower case.

        The value of the empty word in ``starts`` is that of unknown words.
        """
        self._urls = urls
        never = dict.fromkeys(outside, _NEVER)
        tables = [
            {word_id(word): value for word, value in table.items() if word} for table in ({**starts, **never}, heads)
        ]
        self._index = WordIndex(tables, (starts.get("", 0.0), _NEVER), np.float64)

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates."""
        draft = draft_of(doc)
        words = draft.words.padded[PADDING:-PADDING]
        starts, heads = self._index.values.take(self._index.at(words), axis=1)
        barrier = np.where(starts == _NEVER, np.arange(1, len(words) + 1), 0)
        abstract = draft.words.at(draft.body_start)
        if abstract < len(words):
            barrier[abstract] = max(barrier[abstract], abstract)
        first = np.maximum.accumulate(barrier).tolist()
        chances = starts.tolist()
        ends = np.flatnonzero((heads != _NEVER) & (starts != _NEVER)).tolist()
        if self._urls:
            outside = outside_urls(draft.text)
            ends = [head for head in ends if outside(draft.words.starts[head])]
        for head in ends:
            least = _LEAST - heads[head]
            draft.candidates += [
                Candidate(begin, head + 1, _BY)
                for begin in range(head, max(first[head], head + 1 - _MAX_WORDS) - 1, -1)
                if chances[begin] >= least
            ]
        return doc


@Language.factory(
    "citegraph_phrases_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL, "urls": True}
)
def make_phrase_finder(nlp: Language, name: str, weights: str, urls: bool) -> PhraseFinder:  # noqa: ARG001
    """Build the component with the words that ship with the package."""
    fitted = load_weights(weights)
    return PhraseFinder(fitted.starts, fitted.heads, fitted.outside, urls=urls)
