"""Sentence boundaries as a pipeline component."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import draft_of
from citegraph.graph.sentences import sentence_spans

__all__ = ["SentenceSplitter"]


class SentenceSplitter:
    """Find the sentences of title and abstract by rule.

    Assigns the draft's ``sentences``: offsets into the Doc's text, end exclusive, none across the two fields.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentences."""
        draft = draft_of(doc)
        text = draft.text
        body = draft.body_start
        draft.sentences = sentence_spans(text[: draft.title_end])
        draft.sentences += [(start + body, end + body) for start, end in sentence_spans(text[body:])]
        return doc


@Language.factory("citegraph_sentences_v1", assigns=["doc.user_data"])
def make_sentence_splitter(nlp: Language, name: str) -> SentenceSplitter:  # noqa: ARG001
    """Build the component."""
    return SentenceSplitter()
