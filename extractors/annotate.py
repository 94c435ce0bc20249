"""What was found, as spaCy's own annotations."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from citegraph.extractors.draft import draft_of

__all__ = ["DocAnnotator"]


class DocAnnotator:
    """Set ``doc.ents``, labelled by type and with the entity's id as ``id_``, and ``doc.sents``.

    Requires the draft's sentences and entities.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc."""
        draft = draft_of(doc)
        for start, _ in draft.sentences:
            if first := doc.char_span(start, start + 1, alignment_mode="expand"):
                doc[first.start].is_sent_start = True
        starts, ends = draft.words.starts, draft.words.ends
        spans = [
            doc.char_span(starts[first], ends[last - 1], label=found.entity.type, span_id=found.entity.id)
            for found in draft.found
            for first, last in found.places
        ]
        doc.ents = filter_spans(span for span in spans if span is not None)
        return doc


@Language.factory("citegraph_annotate_v1", assigns=["doc.ents", "token.is_sent_start"])
def make_doc_annotator(nlp: Language, name: str) -> DocAnnotator:  # noqa: ARG001
    """Build the component."""
    return DocAnnotator()
