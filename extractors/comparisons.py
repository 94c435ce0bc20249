"""Who is compared with whom: the two sides of each cue that compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citegraph.extractors.cues import SCOPES, Cue, CueTable, Frame, SentenceCues
from citegraph.extractors.draft import Draft
from citegraph.extractors.words import word_id

__all__ = ["OWN", "Comparison", "find_comparisons"]

OWN = -1
"""In a side: the paper's own method, named or not."""

_FAR = 9
_DENIED, _OPEN = (SCOPES.index(scope) for scope in ("not ", "open "))
_PARITY = "parity"
_NEUTRAL = frozenset({"compared", "compare"})


def _ids(words: str) -> frozenset[int]:
    return frozenset(map(word_id, words.split()))


_POSSESSIVES = _ids("our proposed ours")
_THINGS = _ids(
    "framework approach approaches method methods algorithm algorithms architecture pipeline system model models network"
    " networks technique techniques strategy paradigm mechanism module loss estimator variant variants formulation"
    " scheme objective"
)
_ARTICLES = _ids("the this")
_PRONOUNS = _ids("it")
_AUTHORS = _ids("we")
_CLAUSES = _ids("; : while whereas although though but however")
_COMMA = word_id(",")
_BEFORE_SUBJECT = _ids(", that and but then while whereas ;")
_NO_SUBJECT = _ids("with on in for using by via over than to through from without under across")
_LINKS = re.compile(
    r"(?:[\s,()&/\[\]$-]|\b(?:and|or|as well as|the|a|both|even|such as|including|like|e\.g\.|by|respectively|of|its"
    r"|performance|accuracy|models?|methods?|baselines?|percent|points?)\b|\d[\d.,]*|\\?%)*",
    re.I,
)
_BLOCKED = re.compile(r"\b(?:on|in|for|using|with|by|when|across|under|at|from|via|through|while|and|to|we)\b", re.I)
_REFERENCE_REACH = 4


class Item(NamedTuple):
    """A method in a sentence: its words, its number in the draft's ``found``, or OWN."""

    start: int
    end: int
    number: int


class Comparison(NamedTuple):
    """What a cue compares: the frame's name, the numbers of the methods on each side, the cue and its sentence.

    Where one side is better it is ``first``. ``gain`` tells whether the clause speaks of a gain, which makes of a
    neutral comparison a win.
    """

    frame: str
    first: tuple[int, ...]
    second: tuple[int, ...]
    cue: Cue
    sentence: int
    gain: bool

    @property
    def name(self) -> str:
        """The frame's name; a neutral one says whether there is a gain."""
        return f"{self.frame} gain" if self.gain and self.frame in _NEUTRAL else self.frame


def find_comparisons(
    draft: Draft, sentences: SentenceCues, table: CueTable, own: Sequence[int]
) -> Iterator[Comparison]:
    """Yield the comparisons of a text that hold; ``own`` are the numbers of the methods that the paper proposes.

    What is denied ("does not outperform") is a comparison without a winner; what is open is none.
    """
    items: dict[int, list[Item]] | None = None
    for sentence, cues in enumerate(sentences.cues):
        for cue in cues:
            frame = table.frames[cue.number]
            if frame is None or cue.scope == _OPEN:
                continue
            if items is None:
                items = _items(draft, sentences, own)
            found = items.get(sentence, [])
            clause = _Clause(draft, sentences.words_of(sentence, len(draft.words.lower)), found)
            first, second = clause.sides(cue, frame)
            if frame.inverse:
                first, second = second, first
            if first or second:
                gain = any(table.names[other.number] == "gain" for other in cues)
                name = _PARITY if cue.scope == _DENIED else frame.name
                yield Comparison(name, first, second, cue, sentence, gain)


def _items(draft: Draft, sentences: SentenceCues, own: Sequence[int]) -> dict[int, list[Item]]:
    """Sort the methods, and what stands for the paper's own, into the sentences."""
    places: dict[int, list[Item]] = {}
    for number, found in enumerate(draft.found):
        if found.entity.type == "Method":
            for start, end in found.places:
                item = Item(start, end, OWN if number in own else number)
                places.setdefault(sentences.sentence_of(start), []).append(item)
    lower = draft.words.lower
    for sentence in range(len(sentences.cues)):
        named = sorted(places.get(sentence, []))
        start, end = sentences.words_of(sentence, len(lower))
        items = sorted([*named, *_references(lower, start, end, named)])
        if items:
            places[sentence] = items
    return places


def _references(lower: list[int], first: int, end: int, named: list[Item]) -> Iterator[Item]:
    """Yield "our method", "the proposed framework", "the model" as a subject, "it" and "we"."""
    taken = {word for item in named for word in range(item.start, item.end)}
    at = first
    while at < end:
        word = lower[at]
        leads = at == first or lower[at - 1] in _BEFORE_SUBJECT
        stop = at + 1
        if word in _POSSESSIVES or (word in _ARTICLES and leads):
            reach = range(at + 1, min(at + 1 + _REFERENCE_REACH, end))
            heads = [n for n in reach if lower[n] in _THINGS and taken.isdisjoint(range(at, n + 1))]
            if heads:
                stop = heads[0] + 1
                yield Item(at, stop, OWN)
        elif leads and (word in _PRONOUNS or word in _AUTHORS):
            yield Item(at, stop, OWN)
        at = stop


class _Clause:
    """The clause around a cue, with the methods in its sentence."""

    def __init__(self, draft: Draft, words: tuple[int, int], items: list[Item]) -> None:
        self._draft = draft
        self._lower = draft.words.lower
        self._start, self._end = words
        self._items = items

    def sides(self, cue: Cue, frame: Frame) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Give the numbers of the methods before and after a cue: its subjects and its objects."""
        begin, end = self._bounds(cue)
        before = [item for item in self._items if begin <= item.start and item.end <= cue.start]
        after = [item for item in self._items if cue.end <= item.start and item.end <= end]
        objects = after if frame.name == "compare" else self._objects(cue, after)
        subjects: list[Item] = []
        if before or frame.first:
            subjects = self._subjects(before or [item for item in self._items if item.end <= cue.start], frame.first)
        elif cue.start - begin <= 1:
            subjects, objects = self._behind(objects, after)
        rivals = {item.number for item in objects}
        return _numbers(item for item in subjects if item.number not in rivals), _numbers(objects)

    def _bounds(self, cue: Cue) -> tuple[int, int]:
        """Give the words between which the cue's clause stands."""
        begin = next((n + 1 for n in range(cue.start - 1, self._start - 1, -1) if self._lower[n] in _CLAUSES), None)
        end = next((n for n in range(cue.end, self._end) if self._lower[n] in _CLAUSES), None)
        return self._start if begin is None else begin, self._end if end is None else end

    def _objects(self, cue: Cue, after: list[Item]) -> list[Item]:
        if not after or after[0].start - cue.end > _FAR or _BLOCKED.search(self._between(cue.end, after[0].start)):
            return []
        return self._chain_after(after)

    def _chain_after(self, after: list[Item]) -> list[Item]:
        """Give the first item with those that are joined to it: "A, B by 2 points, and C"."""
        chain = after[:1]
        for item in after[1:]:
            if not _LINKS.fullmatch(self._between(chain[-1].end, item.start)):
                break
            chain.append(item)
        return chain

    def _subjects(self, before: list[Item], first: bool) -> list[Item]:
        """Give the subject: the nearest item, or the first, that no preposition goes before, with what is joined to it."""
        free = [item for item in before if not self._is_oblique(item)]
        if not free:
            return []
        if first:
            return self._chain_after(before[before.index(free[0]) :])
        chain = [free[-1]]
        for item in reversed(before[: before.index(free[-1])]):
            if not _LINKS.fullmatch(self._between(item.end, chain[0].start)):
                break
            chain.insert(0, item)
        return chain

    def _is_oblique(self, item: Item) -> bool:
        """Tell whether a preposition goes before an item, an article apart."""
        at = item.start - 1
        if at > self._start and self._lower[at] in _ARTICLES:
            at -= 1
        return at >= self._start and self._lower[at] in _NO_SUBJECT

    def _behind(self, objects: list[Item], after: list[Item]) -> tuple[list[Item], list[Item]]:
        """Part what follows "Compared to A, B" into subject and objects: the subject is behind the last comma."""
        last = len(objects) - 1
        if last > 0 and self._between(objects[last - 1].end, objects[last].start).strip() in (",", ", the"):
            return self._chain_after(after[last:]), objects[:last]
        rest = after[len(objects) :]
        if objects and rest and _COMMA in self._lower[objects[-1].end : rest[0].start]:
            return self._chain_after(rest), objects
        return [], objects

    def _between(self, first: int, last: int) -> str:
        """Give the text between two items, from behind the word before ``first`` to the word ``last``."""
        words = self._draft.words
        return self._draft.text[words.ends[first - 1] : words.starts[last]]


def _numbers(items: Iterator[Item] | list[Item]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(item.number for item in items))
