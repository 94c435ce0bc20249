"""Relations and results between entities that are given: what others annotated or found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language

from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.groups import BY_TAGGER
from citegraph.extractors.pipeline import make_doc
from citegraph.graph.records import Entity, EntityType, Mention, Paper, PaperFacts

__all__ = ["Given", "give", "relate"]

_BY = "given-1"
_PROBABILITY = 0.95
_ENTITIES = "citegraph_entities_v1"
_LATER = "citegraph_annotate_v1"


class Given(NamedTuple):
    """An entity of a text: an id of one's own, its type, its name, and every surface form that the text has."""

    id: str
    type: EntityType
    name: str
    surfaces: Sequence[str]


def relate(nlp: Language, paper: Paper, entities: Iterable[Given], extractor: str) -> PaperFacts:
    """Extract relations and results with these entities in place of those that the pipeline finds.

    Entities that do not stand in the text are left out; the others keep their ids.
    """
    doc = make_doc(nlp, paper)
    draft = draft_of(doc)
    for name, component in nlp.pipeline:
        if name == _ENTITIES:
            give(draft, entities)
        elif name != _LATER:
            component(doc)
    return PaperFacts(paper, extractor, draft.entities, draft.relations, draft.results)


def give(draft: Draft, entities: Iterable[Given]) -> None:
    """Set a draft's entities; what the rules and the catalogue say of their names is taken from its candidates."""
    given = list(entities)
    taken: set[int] = set()
    places: dict[int, list[tuple[int, int]]] = {}
    surfaces = sorted(
        ((surface, number) for number, entity in enumerate(given) for surface in entity.surfaces if surface),
        key=lambda pair: (-len(pair[0]), pair[1]),
    )
    for surface, number in surfaces:
        for place in _places(draft, surface):
            if taken.isdisjoint(range(*place)):
                taken.update(range(*place))
                places.setdefault(number, []).append(place)
    order = sorted(places, key=lambda number: min(places[number]))
    draft.found = [_found(draft, given[number], sorted(places[number])) for number in order]
    draft.entities = tuple(found.entity for found in draft.found)


def _places(draft: Draft, surface: str) -> Iterator[tuple[int, int]]:
    """Yield the words of each occurrence of a surface form, in title or abstract, that no letter or digit touches."""
    text, words = draft.original, draft.words
    start = text.find(surface)
    while start >= 0:
        end = start + len(surface)
        first, last = words.at(start), words.at(end)
        crosses = start < draft.body_start and end > draft.title_end
        if (
            first < last
            and not crosses
            and not any(map(str.isalnum, text[max(0, start - 1) : start] + text[end : end + 1]))
        ):
            yield first, last
        start = text.find(surface, start + 1)


def _found(draft: Draft, entity: Given, places: list[tuple[int, int]]) -> Found:
    words, mentions = draft.words, []
    for first, last in places:
        start, end = words.starts[first], words.ends[last - 1]
        field, field_start, field_end = draft.place(start, end)
        mentions.append(Mention(field, field_start, field_end, draft.original[start:end], 1.0, _BY))
    standing = set(places)
    candidates = [c for c in draft.candidates if (c.start, c.end) in standing]
    rules = dict.fromkeys(candidate.by for candidate in candidates)
    if len(rules) > 1:
        rules.pop(BY_TAGGER, None)
    known = any(candidate.entry is not None for candidate in candidates)
    defined = any((d.short_start, d.short_end) in places for d in draft.definitions)
    record = Entity(entity.id, entity.type, entity.name, tuple(mentions))
    return Found(record, tuple(places), tuple(rules) or (_BY,), known, defined, _PROBABILITY)
