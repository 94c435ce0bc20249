"""The mentions that a tagger sees, as candidates."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, Draft, draft_of
from citegraph.extractors.groups import BY_TAGGER
from citegraph.extractors.tag_features import tagged_spans
from citegraph.extractors.urls import outside_urls

__all__ = ["TaggedSpanFinder"]


class TaggedSpanFinder:
    """Propose the runs of words that the draft's tags make a mention; none goes over the end of the title or has a URL.

    Requires the draft's tags; assigns candidates.
    """

    def __init__(self, *, urls: bool = True) -> None:
        """Take whether names inside URLs are left out."""
        self._urls = urls

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates."""
        draft = draft_of(doc)
        if draft.tags is not None and len(draft.tags):
            gap = draft.words.at(draft.title_end) if draft.title_end else -1
            outside = outside_urls(draft.text) if self._urls else _anywhere
            draft.candidates += [
                Candidate(start, _closed(draft, start, end), BY_TAGGER)
                for start, end in tagged_spans(draft.tags)
                if not start <= gap < end and outside(draft.words.starts[start])
            ]
        return doc


def _closed(draft: Draft, start: int, end: int) -> int:
    """Give the end of a mention with the brace that closes one inside it: "DAVIS_{16}"."""
    after = draft.words.ends[end - 1]
    surface = draft.text[draft.words.starts[start] : after]
    is_open = surface.count("{") > surface.count("}") and draft.text.startswith("}", after)
    return end + is_open


def _anywhere(_: int) -> bool:
    return True


@Language.factory("citegraph_tagged_v1", assigns=["doc.user_data"], default_config={"urls": True})
def make_tagged_span_finder(nlp: Language, name: str, urls: bool) -> TaggedSpanFinder:  # noqa: ARG001
    """Build the component."""
    return TaggedSpanFinder(urls=urls)
