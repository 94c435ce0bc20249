"""Sentences with numbers: the numbers, and what they may be results of, on and by."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from citegraph.extractors.chains import chains_of
from citegraph.extractors.comparisons import Comparison
from citegraph.extractors.cues import REACH, CueTable, SentenceCues, cues_of
from citegraph.extractors.draft import Draft
from citegraph.extractors.quantities import Quantity, find_quantities
from citegraph.extractors.references import find_references
from citegraph.extractors.words import word_id

__all__ = ["LINKS", "Link", "Number", "Place", "Scene", "find_scenes"]

Link = Literal["on", "metric", "method"]
LINKS: Mapping[Link, frozenset[str]] = {
    "on": frozenset({"Dataset", "Benchmark"}),
    "metric": frozenset({"Metric"}),
    "method": frozenset({"Method"}),
}
"""What a result may be linked to, and the types of it, in the order of the columns."""

_MOST_BESIDE, _MOST_ELSEWHERE = 8, 40
_RESPECTIVELY = word_id("respectively")
_SUBJECTS = frozenset(map(word_id, ("we", "our", "it", "proposed")))
_PROPOSES = "PROPOSES"


class Number(NamedTuple):
    """A quantity, its first word and the one after its last."""

    quantity: Quantity
    first: int
    last: int


class Place(NamedTuple):
    """A mention: its words, its entity's number in the draft's ``found``, and its type."""

    start: int
    end: int
    number: int
    type: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for all numbers of a text.

    ``own`` are the numbers of the methods that the paper proposes, ``chains`` the list that each mention stands in,
    ``roles`` what each entity is to the paper, ``entities`` how many there are to link to.
    """

    own: frozenset[int]
    chains: Mapping[int, tuple[int, int]]
    roles: Mapping[str, list[str]]
    entities: Mapping[Link, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with numbers, or, where it has no end, a part of it: its number and words, the numbers, the mentions.

    ``elsewhere`` has for each entity that the sentence does not name its nearest mention, best one before it;
    ``subjects`` the words "we", "our" and "it" and the mentions of the paper's own methods in the sentence.
    """

    sentence: int
    words: tuple[int, int]
    numbers: list[Number]
    places: list[Place]
    elsewhere: list[Place]
    around: Surroundings
    respectively: bool
    subjects: list[int]
    comparisons: list[Comparison]

    def candidates(self, link: Link, number: Number) -> list[Place]:
        """Give the mentions that may be linked: the nearest of the sentence, and one of each entity named elsewhere."""
        here = [p for p in self.places if p.type in LINKS[link] and p.number not in self.around.own]
        at = bisect_left(here, (number.first,))
        nearest = here[max(0, at - _MOST_BESIDE) : at + _MOST_BESIDE]
        if link == "metric":
            return nearest
        return nearest + [p for p in self.elsewhere if p.type in LINKS[link] and p.number not in self.around.own]

    def has(self, place: Place) -> bool:
        """Tell whether a mention stands in the sentence."""
        return self.words[0] <= place.start < self.words[1]


def find_scenes(draft: Draft, table: CueTable) -> list[Scene]:
    """Find the sentences with numbers; those inside a name are left out."""
    numbers = _numbers(draft, cues_of(draft, table))
    if not numbers:
        return []
    sentences, lower = cues_of(draft, table), draft.words.lower
    around, places = _surroundings(draft), _places(draft, sentences)
    mentions: dict[int, list[Place]] = defaultdict(list)
    for place in sorted(place for inside in places.values() for place in inside):
        if place.number < _MOST_ELSEWHERE:
            mentions[place.number].append(place)
    comparisons: dict[int, list[Comparison]] = defaultdict(list)
    for comparison in draft.comparisons:
        comparisons[comparison.sentence].append(comparison)
    scenes = []
    for sentence, inside in numbers.items():
        start, end = sentences.words_of(sentence, len(lower))
        here = sorted(places.get(sentence, []))
        subjects = [n for n in range(start, end) if lower[n] in _SUBJECTS]
        subjects = sorted(subjects + [place.start for place in here if place.number in around.own])
        elsewhere = _elsewhere(mentions, {place.number for place in here}, start)
        respectively = _RESPECTIVELY in lower[start:end]
        for part in _parts(inside):
            low, high = part[0].first - REACH, part[-1].last + REACH
            near = [place for place in here if low <= place.start < high]
            compared = [c for c in comparisons[sentence] if low <= c.cue.start < high]
            words = [word for word in subjects if low <= word < high]
            scenes.append(Scene(sentence, (start, end), part, near, elsewhere, around, respectively, words, compared))
    return scenes


def _numbers(draft: Draft, sentences: SentenceCues) -> dict[int, list[Number]]:
    """Sort the numbers that stand in no name into the sentences."""
    words = draft.words
    named = {word for found in draft.found for place in found.places for word in range(*place)}
    numbers: dict[int, list[Number]] = defaultdict(list)
    for quantity in find_quantities(draft.text):
        first, last = words.at(quantity.at), words.at(quantity.end)
        if first < last and first not in named:
            numbers[sentences.sentence_of(first)].append(Number(quantity, words.at(quantity.start), last))
    return numbers


def _places(draft: Draft, sentences: SentenceCues) -> dict[int, list[Place]]:
    """Sort the mentions, and what stands for a resource, into the sentences."""
    places: dict[int, list[Place]] = defaultdict(list)
    mentions = [(*place, number) for number, found in enumerate(draft.found) for place in found.places]
    for start, end, number in (*mentions, *find_references(draft)):
        places[sentences.sentence_of(start)].append(Place(start, end, number, draft.found[number].entity.type))
    return places


def _surroundings(draft: Draft) -> Surroundings:
    roles: dict[str, list[str]] = defaultdict(list)
    for relation in draft.relations:
        roles[relation.tail].append(relation.type)
    own = frozenset(n for n, found in enumerate(draft.found) if _PROPOSES in roles.get(found.entity.id, ()))
    types = [found.entity.type for found in draft.found]
    entities = {link: sum(type_ in allowed for type_ in types) for link, allowed in LINKS.items()}
    return Surroundings(own, chains_of(draft), roles, entities)


def _parts(numbers: list[Number]) -> Iterator[list[Number]]:
    """Part the numbers of a sentence where they stand too far apart to have to do with each other."""
    part: list[Number] = []
    for number in numbers:
        if part and number.last - part[0].first > REACH:
            yield part
            part = []
        part.append(number)
    yield part


def _elsewhere(mentions: Mapping[int, list[Place]], here: set[int], start: int) -> list[Place]:
    """Give a mention of each entity that a sentence does not name: the last before its first word, else the first."""
    return sorted(
        places[max(0, bisect_left(places, (start,)) - 1)] for number, places in mentions.items() if number not in here
    )
