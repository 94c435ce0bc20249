"""The pipeline that finds entities, relations and results, and its use on one paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

import spacy
from spacy.attrs import (
    IS_ALPHA,
    IS_ASCII,
    IS_DIGIT,
    IS_LOWER,
    IS_PUNCT,
    IS_SPACE,
    IS_TITLE,
    IS_UPPER,
    LOWER,
    NORM,
)
from spacy.language import Language
from spacy.tokens import Doc

from citegraph.errors import ExtractionError
from citegraph.extractors import (  # noqa: F401 - each registers its component
    DEFAULT_MODEL,
    abbreviations,
    annotate,
    catalogue_matcher,
    entities,
    pairs,
    phrases,
    results,
    roles,
    sentences,
    shapes,
    tagged,
    tagger,
)
from citegraph.extractors.accurate import find_package
from citegraph.extractors.draft import Draft, draft_of, register_extensions
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.extractors.words import read_words
from citegraph.graph.records import Paper, PaperFacts

__all__ = ["MODELS", "build_pipeline", "extract_papers", "make_doc", "shared_pipeline"]

_ANNOTATOR = "citegraph_annotate_v1"

_CANDIDATES = ("citegraph_sentences_v1", "citegraph_catalogue_v1", "citegraph_shapes_v1", "citegraph_phrases_v1")
_DECISIONS = (
    "citegraph_abbreviations_v1",
    "citegraph_entities_v1",
    "citegraph_roles_v1",
    "citegraph_pairs_v1",
    "citegraph_results_v1",
    _ANNOTATOR,
)


def _with_tagger(component: str) -> tuple[str, ...]:
    return (*_CANDIDATES, component, "citegraph_tagged_v1", *_DECISIONS)


MODELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "fast": ("fast-3.1", (*_CANDIDATES, *_DECISIONS)),
    "standard": ("standard-3.2", _with_tagger("citegraph_tagger_v1")),
    "accurate": ("accurate-3.3", _with_tagger("citegraph_encoder_v1")),
}
"""For each model its name with version, as it stands in the facts, and its components in order.

The last number of a version tells the models apart: of a paper's facts by two models the more accurate ones count.
"""

_GAP = "\n\n"
_MAX_LENGTH = 1 << 30
_TOGETHER = 32
_KEPT_ATTRIBUTES = (LOWER, NORM, IS_ALPHA, IS_ASCII, IS_DIGIT, IS_LOWER, IS_PUNCT, IS_SPACE, IS_TITLE, IS_UPPER)


def build_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """Build a blank English pipeline with the components of the model.

    Of spaCy's attributes of words it keeps the plain ones: others, such as ``like_url``, cost each new word much time.

    Raises:
        ExtractionError: there is no such model, or its package is not installed.

    """
    if model not in MODELS:
        raise ExtractionError(f"no extraction model {model!r}: choose one of {', '.join(MODELS)}")
    if model == "accurate":
        find_package(model)
    register_extensions()
    nlp = spacy.blank("en")
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters = {attribute: vocab.lex_attr_getters[attribute] for attribute in _KEPT_ATTRIBUTES}
    nlp.max_length = _MAX_LENGTH
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    for factory in MODELS[model][1]:
        settings = Language.get_factory_meta(factory).default_config or {}
        nlp.add_pipe(factory, config={"weights": model} if "weights" in settings else {})
    return nlp


@cache
def shared_pipeline(model: str) -> Language:
    """Return the process's pipeline of this model, built on first use; a forked process inherits it."""
    return build_pipeline(model)


def make_doc(nlp: Language, paper: Paper) -> Doc:
    """Tokenize a paper: title and abstract are one text, and no entity crosses the two.

    Offsets into the Doc's text are those into title and abstract but for the gap between them.
    """
    original = paper.title + _GAP + paper.abstract
    text = _encodable(original)
    doc = nlp.make_doc(text)
    title_end = len(paper.title)
    doc.user_data["citegraph"] = Draft(title_end, title_end + len(_GAP), original, text, read_words(doc))
    return doc


def extract_papers(nlp: Language, papers: Iterable[Paper], extractor: str) -> Iterator[PaperFacts]:
    """Extract the facts of papers, in order; spaCy's own annotations, which facts do not need, are not set.

    A component reads some papers before the next one does: its tables stay in the processor's cache, which saves a
    tenth of the time. No paper's facts depend on the others.
    """
    components = [component for name, component in nlp.pipeline if name != _ANNOTATOR]
    remaining = iter(papers)
    while together := list(islice(remaining, _TOGETHER)):
        docs = [make_doc(nlp, paper) for paper in together]
        for component in components:
            for doc in docs:
                component(doc)
        for paper, doc in zip(together, docs, strict=True):
            draft = draft_of(doc)
            yield PaperFacts(paper, extractor, draft.entities, draft.relations, draft.results)


def _encodable(text: str) -> str:
    r"""Replace lone surrogates, which spaCy cannot store, by U+FFFD: as many code points as before.

    >>> _encodable("a\ud800b") == "a\ufffdb"
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text
