"""The methods that a sentence speaks of, by name or as "our method", "it", "we"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citegraph.extractors.cues import SentenceCues
from citegraph.extractors.draft import Draft
from citegraph.extractors.words import word_id

__all__ = ["OWN", "Item", "find_items"]

OWN = -1
"""In a side: the paper's own method, named or not."""


def _ids(words: str) -> frozenset[int]:
    return frozenset(map(word_id, words.split()))


_ARTICLES = _ids("the this")
_POSSESSIVES = _ids("our proposed ours")
_THINGS = _ids(
    "framework approach approaches method methods algorithm algorithms architecture pipeline system model models"
    " network networks technique techniques strategy paradigm mechanism module loss estimator variant variants"
    " formulation scheme objective generator"
)
_PRONOUNS = _ids("it")
_AUTHORS = _ids("we")
_BEFORE_SUBJECT = _ids(", that and but then while whereas ;")
_REFERENCE_REACH = 4


class Item(NamedTuple):
    """A method in a sentence: its words, its number in the draft's ``found``, or OWN."""

    start: int
    end: int
    number: int


def find_items(draft: Draft, sentences: SentenceCues, own: Sequence[int]) -> dict[int, list[Item]]:
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
