"""What is known of a number, and of a number and a name beside it, as rows of log-odds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from citegraph.extractors.cues import Cue, SentenceCues, position
from citegraph.extractors.draft import Draft
from citegraph.extractors.role_features import cue_rows
from citegraph.extractors.scenes import LINKS, Link, Number, Place, Scene
from citegraph.extractors.words import word_id

__all__ = ["LINK_TEMPLATES", "NUMBER_TEMPLATES", "LinkFeatures", "NumberFeatures"]

NUMBER_TEMPLATES = ("cue", "plain", "before", "before2", "after", "after2")
LINK_TEMPLATES = ("plain", "lead")
"""What the log-odds know of numbers, and of links."""

_NEAR = (1, 3, 6, 10)
_CLOSE = 3
_COMMA = word_id(",")


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
        for cue in sentences.near(scene.sentence, first, last):
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
        if scene.has(place):
            rivals = [rival for rival in scene.candidates(link, number) if scene.has(rival)]
            values += [*_of_place(number, place, scene, draft), *_among(number, place, scene, rivals)]
            cues = sentences.near(scene.sentence, number.first, number.last)
            values += [*self._cues_between(number, place, cues), *_of_comparisons(place, scene)]
            first, _ = scene.around.chains.get(place.start, place[:2])
            rows.add(self._lead(draft.words.lower[max(0, first - 1)], 0))
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
    here = scene.has(place)
    yield f"{found.entity.type} {here} of {min(scene.around.entities[link], 4)}"
    yield f"own {bool(scene.around.own)} {here}"
    yield f"places {min(len(found.places), 4)} {here}"
    for role in scene.around.roles.get(found.entity.id, ()):
        yield f"role {role} {here}"


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
    first, last = scene.around.chains.get(place.start, place[:2])
    yield f"{side} list of {last - first > place.end - place.start}"


def _among(number: Number, place: Place, scene: Scene, rivals: Sequence[Place]) -> Iterator[str]:
    """Say how a name stands among those of its sentence that the number may be linked to instead."""
    entities = list(dict.fromkeys(rival.number for rival in rivals))
    yield f"candidates {min(len(entities), 4)} numbers {min(len(scene.numbers), 4)}"
    side, gap = _way(number, place)
    nearer = {rival.number: _way(number, rival)[0] for rival in rivals if _way(number, rival)[1] < gap}
    nearer.pop(place.number, None)
    yield f"rank {min(len(nearer), 3)}"
    yield f"{side} rank {min(list(nearer.values()).count(side), 3)}"
    if len(entities) == len(scene.numbers) > 1:
        aligned = entities.index(place.number) == scene.numbers.index(number)
        yield f"aligned {aligned} {scene.respectively}"


def _of_comparisons(place: Place, scene: Scene) -> Iterator[str]:
    for comparison in scene.comparisons:
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
