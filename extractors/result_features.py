"""What is known of a number, and of a number and a name beside it, as rows of log-odds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from citegraph.extractors.chains import find_chains
from citegraph.extractors.cues import Cue, CueTable, SentenceCues, cues_of, position
from citegraph.extractors.draft import Draft
from citegraph.extractors.quantities import Quantity, find_quantities
from citegraph.extractors.references import find_references
from citegraph.extractors.role_features import cue_rows
from citegraph.extractors.words import word_id

__all__ = [
    "LINKS",
    "LINK_TEMPLATES",
    "NUMBER_TEMPLATES",
    "Link",
    "LinkFeatures",
    "Number",
    "NumberFeatures",
    "Place",
    "Scene",
    "find_scenes",
]

Link = Literal["on", "metric", "method"]
LINKS: Mapping[Link, frozenset[str]] = {
    "on": frozenset({"Dataset", "Benchmark"}),
    "metric": frozenset({"Metric"}),
    "method": frozenset({"Method"}),
}
"""What a result may be linked to, and the types of it, in the order of the columns."""

NUMBER_TEMPLATES = ("cue", "plain", "before", "before2", "after", "after2")
LINK_TEMPLATES = ("plain", "lead")
"""What the log-odds know of numbers, and of links."""

_NEAR = (1, 3, 6, 10)
_CLOSE = 3
_RESPECTIVELY = word_id("respectively")
_COMMA = word_id(",")
_SUBJECTS = frozenset(map(word_id, ("we", "our", "it", "proposed")))


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
class Scene:
    """A sentence with numbers: its number, the numbers, the mentions in it, and those elsewhere.

    ``elsewhere`` has for each entity that the sentence does not name its nearest mention, best one before it.
    ``own`` are the numbers of the methods that the paper proposes; ``chains`` the list that each mention stands in;
    ``subjects`` the words "we", "our" and "it" and the mentions of the paper's own methods in the sentence.
    """

    sentence: int
    numbers: list[Number]
    places: list[Place]
    elsewhere: list[Place]
    own: frozenset[int]
    chains: Mapping[int, tuple[int, int]]
    respectively: bool
    subjects: list[int]

    def candidates(self, link: Link) -> list[Place]:
        """Give the mentions that may be linked: all of the sentence, and one of each entity named elsewhere."""
        places = [*self.places, *self.elsewhere] if link != "metric" else self.places
        return [place for place in places if place.type in LINKS[link] and place.number not in self.own]


def find_scenes(draft: Draft, table: CueTable) -> list[Scene]:
    """Find the sentences with numbers; those inside a name are left out."""
    quantities = find_quantities(draft.text)
    if not quantities:
        return []
    sentences, words = cues_of(draft, table), draft.words
    places: dict[int, list[Place]] = defaultdict(list)
    named: set[int] = set()
    for number, found in enumerate(draft.found):
        for start, end in found.places:
            places[sentences.sentence_of(start)].append(Place(start, end, number, found.entity.type))
            named.update(range(start, end))
    for start, end, number in find_references(draft):
        places[sentences.sentence_of(start)].append(Place(start, end, number, draft.found[number].entity.type))
    numbers: dict[int, list[Number]] = defaultdict(list)
    for quantity in quantities:
        first, last = words.at(quantity.at), words.at(quantity.end)
        if first < last and first not in named:
            numbers[sentences.sentence_of(first)].append(Number(quantity, words.at(quantity.start), last))
    own = frozenset(n for n, found in enumerate(draft.found) if found.entity.id in _proposed(draft))
    chains = find_chains(draft) if numbers else {}
    scenes = []
    for sentence, inside in numbers.items():
        start, end = sentences.words_of(sentence, len(words.lower))
        here = sorted(places[sentence])
        subjects = [n for n in range(start, end) if words.lower[n] in _SUBJECTS]
        subjects += [place.start for place in here if place.number in own]
        elsewhere = _elsewhere(places, {place.number for place in here}, start)
        respectively = _RESPECTIVELY in words.lower[start:end]
        scenes.append(Scene(sentence, inside, here, elsewhere, own, chains, respectively, subjects))
    return scenes


def _elsewhere(places: Mapping[int, list[Place]], here: set[int], start: int) -> list[Place]:
    """Give a mention of each entity that a sentence does not name: the last before its first word, else the first."""
    nearest: dict[int, Place] = {}
    for place in sorted(place for inside in places.values() for place in inside):
        if place.number not in here and (place.start < start or place.number not in nearest):
            nearest[place.number] = place
    return sorted(nearest.values())


def _proposed(draft: Draft) -> set[str]:
    return {relation.tail for relation in draft.relations if relation.type == "PROPOSES"}


class NumberFeatures:
    """Give the rows of a number's features."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Iterable[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._cue = cue_rows(rows["cue"], cues)
        self._plain = rows["plain"].get
        self._words = [rows[name].get for name in NUMBER_TEMPLATES[2:]]

    def __call__(self, number: Number, scene: Scene, draft: Draft, sentences: SentenceCues) -> list[int]:
        """Collect the rows, each once."""
        lower = draft.words.lower
        before, before2, after, after2 = self._words
        first, last = number.first, number.last
        rows = {before(lower[first - 1], 0), before2(lower[first - 2], 0)} if first > 1 else set()
        if last + 1 < len(lower):
            rows |= {after(lower[last], 0), after2(lower[last + 1], 0)}
        for cue in sentences.cues[scene.sentence]:
            rows.add(self._cue[cue.number][cue.scope][position(cue, first, last)])
        rows.update(self._plain(value, 0) for value in _of_number(number, scene, draft))
        rows.discard(0)
        return list(rows)


def _of_number(number: Number, scene: Scene, draft: Draft) -> Iterator[str]:
    quantity = number.quantity
    text = draft.text[quantity.at : quantity.end]
    yield f"unit {quantity.unit}"
    yield f"form {quantity.form} {quantity.hedge}"
    yield f"{'decimal' if '.' in text else 'whole'} {quantity.unit is None}"
    yield f"size {0 if quantity.number < 1 else len(str(int(quantity.number)))} {quantity.unit}"
    yield "signed" if draft.text[quantity.start - 1 : quantity.start] == "+" else "plain"
    yield f"from end {min(len(draft.sentences) - scene.sentence, 4)}"
    yield f"numbers {min(len(scene.numbers), 4)}"
    yield from sorted({place.type for place in scene.places})


class LinkFeatures:
    """Give the rows of the features of a number with a name that it may be a result of, on or by."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Sequence[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._plain = rows["plain"].get
        self._lead = rows["lead"].get
        self._cues = cues

    def __call__(
        self, number: Number, place: Place, link: Link, scene: Scene, draft: Draft, sentences: SentenceCues
    ) -> list[int]:
        """Collect the rows, each once."""
        values = [*_of_paper(place, scene, draft, link)]
        rows = set()
        if place in scene.places:
            values += [*_of_place(number, place, scene, draft), *_among(number, place, scene, scene.candidates(link))]
            values += self._cues_between(number, place, sentences.cues[scene.sentence])
            values += _of_comparisons(place, scene, draft)
            rows.add(self._lead(draft.words.lower[max(0, scene.chains.get(place.start, place[:2])[0] - 1)], 0))
        else:
            here = any(p.type in LINKS[link] for p in scene.places)
            gap = scene.sentence - sentences.sentence_of(place.start)
            values.append(f"elsewhere {max(-1, min(gap, 3))} {here}")
        rows.update(self._plain(value, 0) for value in values)
        rows.discard(0)
        return sorted(rows)

    def _cues_between(self, number: Number, place: Place, cues: Sequence[Cue]) -> Iterator[str]:
        side, _ = _way(number, place)
        start, end = (place.end, number.first) if side == "before" else (number.last, place.start)
        for cue in cues:
            if start <= cue.start and cue.end <= end:
                yield f"{side} {self._cues[cue.number]}"


def _of_paper(place: Place, scene: Scene, draft: Draft, link: Link) -> Iterator[str]:
    """Say what part the name plays in the paper, and how many others might play it."""
    found = draft.found[place.number]
    here = place in scene.places
    others = len({n for n, other in enumerate(draft.found) if other.entity.type in LINKS[link]})
    yield f"{found.entity.type} {here} of {min(others, 4)}"
    yield f"own {bool(scene.own)} {here}"
    yield f"places {min(len(found.places), 4)} {here}"
    for relation in draft.relations:
        if relation.tail == found.entity.id:
            yield f"role {relation.type} {here}"


def _of_place(number: Number, place: Place, scene: Scene, draft: Draft) -> Iterator[str]:
    side, gap = _way(number, place)
    yield f"{side} {_bucket(gap)}"
    yield f"{side} {number.quantity.unit} {number.quantity.form}"
    low, high = sorted(((number.first, number.last), (place.start, place.end)))
    between = draft.words.lower[low[1] : high[0]]
    yield f"{side} numbers between {min(sum(low[1] <= n.first < high[0] for n in scene.numbers), 2)}"
    yield f"{side} names between {min(sum(low[1] <= p.start < high[0] for p in scene.places), 3)}"
    yield f"{side} commas between {min(between.count(_COMMA), 2)}"
    yield f"{side} subjects between {any(low[1] <= word < high[0] for word in scene.subjects)}"
    yield f"subjects {bool(scene.subjects)}"
    if 0 < gap <= _CLOSE and side == "before":
        text = draft.text[draft.words.ends[place.end - 1] : draft.words.starts[number.first]]
        yield f"close {text.strip().lower()}"
    first, last = scene.chains.get(place.start, place[:2])
    yield f"{side} list of {last - first > place.end - place.start}"


def _among(number: Number, place: Place, scene: Scene, rivals: Sequence[Place]) -> Iterator[str]:
    """Say how a name stands among those of its sentence that the number may be linked to instead."""
    here = [rival for rival in rivals if rival in scene.places]
    entities = list(dict.fromkeys(rival.number for rival in here))
    yield f"candidates {min(len(entities), 4)} numbers {min(len(scene.numbers), 4)}"
    side, gap = _way(number, place)
    nearer = {rival.number: _way(number, rival)[0] for rival in here if _way(number, rival)[1] < gap}
    nearer.pop(place.number, None)
    yield f"rank {min(len(nearer), 3)}"
    yield f"{side} rank {min(list(nearer.values()).count(side), 3)}"
    if len(entities) == len(scene.numbers) > 1:
        aligned = entities.index(place.number) == scene.numbers.index(number)
        yield f"aligned {aligned} {scene.respectively}"


def _of_comparisons(place: Place, scene: Scene, draft: Draft) -> Iterator[str]:
    for comparison in draft.comparisons:
        if comparison.sentence == scene.sentence:
            if place.number in comparison.first:
                yield f"first of {comparison.name}"
            if place.number in comparison.second:
                yield f"second of {comparison.name}"


def _way(number: Number, place: Place) -> tuple[str, int]:
    """Give the side of the number on which a name stands, and the words between."""
    if place.start >= number.last:
        return "after", place.start - number.last
    return "before", max(0, number.first - place.end)


def _bucket(gap: int) -> int:
    return sum(gap > limit for limit in _NEAR)
