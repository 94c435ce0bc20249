"""Who is compared with whom: the two sides of each cue that compares."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from citegraph.extractors.cues import REACH, SCOPES, Cue, CueTable, Frame, SentenceCues
from citegraph.extractors.draft import Draft
from citegraph.extractors.items import OWN, Item, find_items
from citegraph.extractors.words import word_id

__all__ = [
    "DENIED",
    "OPEN",
    "PARITY",
    "Clauses",
    "Comparison",
    "by_method",
    "find_comparisons",
]

_FAR = 9
DENIED, _OPEN_SCOPE = (SCOPES.index(scope) for scope in ("not ", "open "))
PARITY = "parity"
OPEN = "open"
"""The frames of a comparison without a winner, and of one that may not hold."""

_COMPARE = "compare"
_NEUTRAL = frozenset({"compared", _COMPARE})


def _ids(words: str) -> frozenset[int]:
    return frozenset(map(word_id, words.split()))


_ARTICLES = _ids("the this")
_CLAUSES = _ids("; : while whereas although though but however")
_COMMA = word_id(",")
_NO_SUBJECT = _ids("not unlike with on in for using by via over than to through from without under across")
_RELATIVES = _ids("which that who")
_TAKES_OBJECT = frozenset({"USES", "OUTPERFORMS", "COMPARED_WITH"})
_NO_OBJECT = _ids(", ; : that how whether why when")
_FINITE = _ids("is are was were does do did has have can still achieves reaches obtains shows remains")
_PARTICIPLES = _ids(
    "being using requiring having achieving maintaining reducing keeping needing running improving preserving offering"
)
_VERB_REACH = 2
_OBJECT_REACH = 3
_LINKS = re.compile(
    r"(?:[\s,()&/\[\]$-]|\b(?:and|or|nor|as well as|the|a|both|even|such as|including|like|e\.g\.|by|respectively|of"
    r"|its|performance|accuracy|models?|methods?|baselines?|percent|points?)\b|\d[\d.,]*|\\?%)*",
    re.I,
)
_BLOCKED = re.compile(r"\b(?:on|in|for|using|with|by|when|across|under|at|from|via|through|while|and|to|we)\b", re.I)
_MARGIN = re.compile(r"^\s*(?:about |over |up to )?[\d.]+\s?(?:\\?%|\w+)?(?: points?)? by\b")


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
    """Yield the comparisons of a text; ``own`` are the numbers of the methods that the paper proposes.

    What is denied ("does not outperform") is a comparison without a winner, what is left open ("whether it
    outperforms") one whose frame is OPEN.
    """
    items: dict[int, list[Item]] | None = None
    for sentence, cues in enumerate(sentences.cues):
        clause = None
        gain = any(table.names[cue.number] == "gain" for cue in cues)
        for cue in cues:
            frame = table.frames[cue.number]
            if frame is None or (frame.name == _COMPARE and cue.scope == DENIED):
                continue
            if items is None:
                items = find_items(draft, sentences, own)
            if clause is None:
                clause = Clauses(draft, sentences, table, sentence, items.get(sentence, []))
            first, second = clause.sides(cue, frame)
            if frame.inverse and cue.scope != DENIED:
                first, second = second, first
            if first or second:
                name = {DENIED: PARITY, _OPEN_SCOPE: OPEN}.get(cue.scope, frame.name)
                yield Comparison(name, first, second, cue, sentence, gain)


def by_method(comparisons: Iterable[Comparison]) -> dict[int, list[Comparison]]:
    """Sort comparisons by the methods on their sides."""
    found: dict[int, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        for number in dict.fromkeys((*comparison.first, *comparison.second)):
            found[number].append(comparison)
    return found


def _takes_object(roles: frozenset[str]) -> bool:
    """Tell whether a cue for these roles has what stands behind it for its object; what analyses has clauses."""
    return bool(roles & _TAKES_OBJECT) and "ADDRESSES" not in roles


class Clauses:
    """The clauses of a sentence, with the methods in it."""

    def __init__(
        self, draft: Draft, sentences: SentenceCues, table: CueTable, sentence: int, items: list[Item]
    ) -> None:
        self._draft = draft
        self._lower = draft.words.lower
        self._start, self._end = sentences.words_of(sentence, len(self._lower))
        self._items = items
        cues = sentences.cues[sentence]
        self._verbs = {cue.start for cue in cues if table.frames[cue.number] is not None}
        self._objects_at = {
            word for cue in cues if _takes_object(table.roles[cue.number]) for word in self._behind_cue(cue)
        }

    def sides(self, cue: Cue, frame: Frame) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Give the numbers of the methods before and after a cue: its subjects and its objects."""
        begin, end = self._bounds(cue)
        earlier = self._within(cue.start - REACH, cue.start)
        before = [item for item in earlier if begin <= item.start]
        after = self._within(cue.end, end)
        objects = after if frame.name == _COMPARE else self._objects(cue, after)
        subjects: list[Item] = []
        if before or (frame.first and earlier):
            subjects = self._subjects(before or earlier, frame.first)
        elif cue.start - begin <= 1:
            subjects, objects = self._behind(objects, after)
        winners = _numbers(subjects)
        return winners, _numbers(item for item in objects if item.number not in winners)

    def subjects(self, cue: Cue) -> tuple[int, ...]:
        """Give the numbers of the methods that are the subject of a cue: in its clause, else before in its sentence."""
        begin, _ = self._bounds(cue)
        before = self._within(cue.start - REACH, cue.start)
        inside = [item for item in before if item.start >= begin]
        return _numbers(self._subjects(inside or before, first=False))

    def _behind_cue(self, cue: Cue) -> Iterator[int]:
        """Yield the words behind a cue that its object may begin at: up to a comma or the next clause."""
        for word in range(cue.end, min(cue.end + _OBJECT_REACH, self._end)):
            if self._lower[word] in _NO_OBJECT:
                return
            yield word

    def _bounds(self, cue: Cue) -> tuple[int, int]:
        """Give the words between which the cue's clause stands."""
        least, most = max(self._start, cue.start - REACH), min(self._end, cue.end + REACH)
        begin = next((n + 1 for n in range(cue.start - 1, least - 1, -1) if self._is_bound(n)), least)
        end = next((n for n in range(cue.end, most) if self._is_bound(n)), most)
        return begin, end

    def _within(self, start: int, end: int) -> list[Item]:
        """Give the items that stand between two words."""
        first = bisect_left(self._items, (start,))
        return [item for item in self._items[first : bisect_left(self._items, (end,))] if item.end <= end]

    def _is_bound(self, word: int) -> bool:
        """Tell whether a clause begins behind a word; "while being faster" goes on with the subject."""
        return self._lower[word] in _CLAUSES and _PARTICIPLES.isdisjoint(self._lower[word + 1 : word + 2])

    def _objects(self, cue: Cue, after: list[Item]) -> list[Item]:
        if not after or after[0].start - cue.end > _FAR:
            return []
        between = _MARGIN.sub("", self._between(cue.end, after[0].start))
        if _BLOCKED.search(between):
            return []
        return self._chain_after(after)

    def _chain_after(self, after: list[Item]) -> list[Item]:
        """Give the first item with those that are joined to it: "A, B by 2 points, and C"."""
        chain = after[:1]
        for item in after[1:]:
            linked = _LINKS.fullmatch(self._between(chain[-1].end, item.start))
            if not linked or item.number == OWN or self._is_subject(item):
                break
            chain.append(item)
        return chain

    def _is_subject(self, item: Item) -> bool:
        """Tell whether a verb follows an item."""
        after = range(item.end, item.end + _VERB_REACH)
        return not self._verbs.isdisjoint(after) or not _FINITE.isdisjoint(self._lower[item.end : item.end + 1])

    def _subjects(self, before: list[Item], first: bool) -> list[Item]:
        """Give the subject with what is joined to it: the nearest item, or the first, that is no object."""
        free = [item for item in before if not self._is_oblique(item)]
        if not free:
            return []
        if first:
            return self._chain_after(before[before.index(free[0]) :])
        chain = [free[-1]]
        for item in reversed(before[: before.index(free[-1])]):
            if self._is_oblique(item) or not _LINKS.fullmatch(self._between(item.end, chain[0].start)):
                break
            chain.insert(0, item)
        return chain

    def _is_oblique(self, item: Item) -> bool:
        """Tell whether an item is the object of a preposition or of another cue, and no "which" takes it up."""
        after = self._lower[item.end : item.end + 2]
        if not _RELATIVES.isdisjoint(after):
            return False
        at = item.start - 1
        if at > self._start and self._lower[at] in _ARTICLES:
            at -= 1
        governed = at >= self._start and self._lower[at] in _NO_SUBJECT
        return governed or (item.number != OWN and item.start in self._objects_at)

    def _behind(self, objects: list[Item], after: list[Item]) -> tuple[list[Item], list[Item]]:
        """Part what follows "Compared to A, B" into subject and objects: the subject is behind the last comma."""
        rest = after[len(objects) :]
        if objects and rest and _COMMA in self._lower[objects[-1].end : rest[0].start]:
            return self._chain_after(rest), objects
        ends_list = objects and self._lower[objects[-1].end : objects[-1].end + 1] == [_COMMA]
        for number in range(len(objects) - 1, 0, -1) if not ends_list else ():
            if self._between(objects[number - 1].end, objects[number].start).strip() in (",", ", the"):
                return objects[number:], objects[:number]
        return [], objects

    def _between(self, first: int, last: int) -> str:
        """Give the text between two items, from behind the word before ``first`` to the word ``last``."""
        words = self._draft.words
        return self._draft.text[words.ends[first - 1] : words.starts[last]]


def _numbers(items: Iterator[Item] | list[Item]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(item.number for item in items))
