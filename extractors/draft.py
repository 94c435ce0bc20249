"""What the components know of one text so far; each reads and completes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from spacy.tokens import Doc

from citegraph.extractors.tags import Tags
from citegraph.extractors.words import Words, read_words
from citegraph.graph.catalogue import CatalogueEntry
from citegraph.graph.records import Cue, Entity, Evidence, Field, Relation, Result

if TYPE_CHECKING:
    from citegraph.extractors.chains import Chain
    from citegraph.extractors.comparisons import Comparison
    from citegraph.extractors.cues import SentenceCues
    from citegraph.extractors.statements import Statement

__all__ = ["Candidate", "Definition", "Draft", "draft_of", "register_extensions"]


class Candidate(NamedTuple):
    """Words that may name something: the first word, the one after the last, the rule, the catalogue's entry."""

    start: int
    end: int
    by: str
    entry: CatalogueEntry | None = None


class Definition(NamedTuple):
    """A long form and the short form that the text defines for it: word indices, end exclusive."""

    long_start: int
    long_end: int
    short_start: int
    short_end: int


@dataclass(frozen=True, slots=True)
class Found:
    """An entity with what the later components need: where its words stand, and what is known of the name.

    ``places`` are word indices, end exclusive, in order; ``share`` is the class of how it was annotated in the
    training papers.
    """

    entity: Entity
    places: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    known: bool
    defined: bool
    probability: float


@dataclass(slots=True)
class Draft:
    """The state of one Doc.

    ``title_end`` is where the title ends in the Doc's text and ``body_start`` where the abstract begins; both are 0
    for a text without a title. ``text`` is the Doc's text, ``original`` the text as read: they have the same number of
    code points, and differ in lone surrogates alone.
    """

    title_end: int
    body_start: int
    original: str
    text: str
    words: Words
    sentences: list[tuple[int, int]] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    tags: Tags | None = None
    cues: SentenceCues | None = None
    chains: dict[int, Chain] | None = None
    found: list[Found] = field(default_factory=list)
    entities: tuple[Entity, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    statements: tuple[Statement, ...] = ()
    denied: frozenset[int] = frozenset()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()

    def place(self, start: int, end: int) -> tuple[Field, int, int]:
        """Give the field of a stretch of the Doc's text, and its offsets within that field."""
        if end <= self.title_end:
            return "title", start, end
        return "abstract", start - self.body_start, end - self.body_start

    def evidence(self, sentence: int, cue: tuple[int, int] | None = None) -> Evidence:
        """Give a sentence by its number, and the words in it that say so by their indices, end exclusive."""
        words = self.words
        return self.evidence_at(sentence, None if cue is None else (words.starts[cue[0]], words.ends[cue[1] - 1]))

    def evidence_at(self, sentence: int, cue: tuple[int, int] | None) -> Evidence:
        """Give a sentence by its number, and a stretch of the Doc's text in it by its offsets, end exclusive."""
        field, start, end = self.place(*self.sentences[sentence])
        if cue is None:
            return Evidence(field, start, end)
        _, cue_start, cue_end = self.place(*cue)
        return Evidence(field, start, end, Cue(cue_start, cue_end, self.original[slice(*cue)]))


def draft_of(doc: Doc) -> Draft:
    """Return the Doc's state, at first that of a plain text without a title."""
    state = doc.user_data.get("citegraph")
    if state is None:
        state = doc.user_data["citegraph"] = Draft(0, 0, doc.text, doc.text, read_words(doc))
    return cast("Draft", state)


def register_extensions() -> None:
    """Make ``doc._.entities``, ``doc._.relations`` and ``doc._.results`` readable; registering twice is harmless."""
    for name in ("entities", "relations", "results"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=_getter(name))


def _getter(name: str) -> Callable[[Doc], object]:
    return lambda doc: getattr(draft_of(doc), name)
