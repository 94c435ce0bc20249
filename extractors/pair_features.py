"""Methods of others and what a sentence names beside them, as rows of the log-odds of their relations."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from citegraph.extractors.chains import Chain, chains_of
from citegraph.extractors.comparisons import Comparison, by_method
from citegraph.extractors.cues import SCOPES, SentenceCues
from citegraph.extractors.draft import Draft, Found
from citegraph.extractors.items import OWN
from citegraph.extractors.references import find_references
from citegraph.extractors.weights import PAIR_ROLES

__all__ = ["PAIR_TEMPLATES", "Pair", "PairFeatures", "PairPaper", "find_pairs", "pair_paper"]

PAIR_TEMPLATES = ("plain", "frame", "lead", "before", "follow")
"""What the log-odds of pairs know."""

_MAX_ENTITIES = 40
_NEAR, _MIDDLE = 4, 12
_SHORT = 24
_TAILS = frozenset(type_ for types, _ in PAIR_ROLES for type_ in types)

Place = tuple[int, int]


class Pair(NamedTuple):
    """A method that the paper does not propose, and another entity: their numbers, a sentence, their words in it."""

    head: int
    tail: int
    sentence: int
    places: tuple[Place, Place]


class PairPaper(NamedTuple):
    """What is the same for all pairs of a text: its lists of names, the roles of each entity, the paper's own."""

    chains: Mapping[int, Chain]
    roles: Mapping[str, list[str]]
    own: str
    mentions: Mapping[int, list[Place]]
    lower: list[int]
    comparisons: Mapping[int, list[Comparison]]


def find_pairs(draft: Draft, sentences: SentenceCues) -> Iterator[Pair]:
    """Yield each method that the paper does not propose with each entity that a sentence names with it.

    Where no sentence holds both, nothing would say how they are related. Of several sentences the one where a
    comparison joins them counts, else the first.
    """
    own = {relation.tail for relation in draft.relations if relation.type == "PROPOSES"}
    named: dict[int, dict[int, Place]] = defaultdict(dict)
    for number, found in enumerate(islice(draft.found, _MAX_ENTITIES)):
        if found.entity.type in _TAILS and found.entity.id not in own:
            for place in found.places:
                named[sentences.sentence_of(place[0])].setdefault(number, place)
    for start, end, number in find_references(draft):
        named[sentences.sentence_of(start)].setdefault(number, (start, end))
    compared = {
        (one, other): comparison.sentence
        for comparison in reversed(draft.comparisons)
        for first, second in ((comparison.first, comparison.second), (comparison.second, comparison.first))
        for one in first
        for other in second
    }
    pairs: dict[tuple[int, int], Pair] = {}
    for sentence, places in sorted(named.items()):
        for head, at in places.items():
            if draft.found[head].entity.type == "Method":
                for tail, other in places.items():
                    if tail != head and compared.get((head, tail), sentence) == sentence:
                        pairs.setdefault((head, tail), Pair(head, tail, sentence, (at, other)))
    yield from pairs.values()


def pair_paper(draft: Draft, sentences: SentenceCues) -> PairPaper:
    """Give what is the same for all pairs of a text."""
    roles: dict[str, list[str]] = defaultdict(list)
    for relation in draft.relations:
        roles[relation.tail].append(relation.type)
    own = sum(relation.type == "PROPOSES" for relation in draft.relations)
    introduced = any(relation.type == "INTRODUCES" for relation in draft.relations)
    mentions: dict[int, list[Place]] = defaultdict(list)
    for found in draft.found:
        for place in found.places:
            mentions[sentences.sentence_of(place[0])].append(place)
    lower = [0, *draft.words.lower, 0]
    for places in mentions.values():
        places.sort()
    said = f"own {min(own, 2)} {introduced}"
    return PairPaper(chains_of(draft), roles, said, mentions, lower, by_method(draft.comparisons))


class PairFeatures:
    """Give the rows of a pair's features."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Sequence[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._plain = rows["plain"].get
        self._frame = rows["frame"].get
        self._around = [rows[name].get for name in PAIR_TEMPLATES[2:]]
        self._cues = cues

    def __call__(self, pair: Pair, draft: Draft, sentences: SentenceCues, paper: PairPaper) -> list[int]:
        """Collect the rows, each once."""
        head, tail = draft.found[pair.head], draft.found[pair.tail]
        values = {
            paper.own,
            *(f"tail {role}" for role in paper.roles.get(tail.entity.id, ["none"])),
            *(f"head {role}" for role in paper.roles.get(head.entity.id, ["none"])),
            *_of_names(head, tail),
            *_of_places(pair, draft, paper),
            *self._of_cues(pair, tail.entity.type, sentences),
        }
        rows = {self._plain(value, 0) for value in values}
        rows.update(
            self._frame(value, 0)
            for comparison in paper.comparisons.get(pair.head, ())
            for value in _sides(pair, comparison)
        )
        lead, before, follow = self._around
        first, last = paper.chains.get(pair.places[1][0], pair.places[1])
        rows.add(lead(paper.lower[first], 0))
        rows.add(before(paper.lower[paper.chains[pair.places[0][0]][0]], 0))
        rows.add(follow(paper.lower[last + 1], 0))
        rows.discard(0)
        return sorted(rows)

    def _of_cues(self, pair: Pair, tail: str, sentences: SentenceCues) -> Iterator[str]:
        start, end = sorted(pair.places)
        forward = pair.places[0] < pair.places[1]
        for cue in sentences.near(pair.sentence, start[0], end[1]):
            where = "before" if cue.end <= start[0] else "after" if cue.start >= end[1] else "between"
            yield f"{SCOPES[cue.scope]}{self._cues[cue.number]} {where} {tail} {forward}"


def _of_names(head: Found, tail: Found) -> Iterator[str]:
    yield tail.entity.type
    yield f"head known {head.known}"
    yield f"head named {head.entity.name != head.entity.name.lower()}"
    yield f"tail named {tail.entity.name != tail.entity.name.lower()}"
    yield f"head {int(head.probability * 4)}"
    yield f"tail {int(tail.probability * 4)}"
    yield f"head places {min(len(head.places), 3)}"


def _of_places(pair: Pair, draft: Draft, paper: PairPaper) -> Iterator[str]:
    (first, second), words = sorted(pair.places), draft.words
    forward = pair.places[0] < pair.places[1]
    gap = second[0] - first[1]
    distance = "near" if gap <= _NEAR else "middle" if gap <= _MIDDLE else "far"
    yield f"together {distance} {forward}"
    mentions = paper.mentions[pair.sentence]
    inside = mentions[bisect_left(mentions, (first[1],)) : bisect_left(mentions, (second[0],))]
    between = sum(end <= second[0] for _, end in inside)
    yield f"others between {min(between, 3)} {forward}"
    if paper.chains.get(first[0]) == paper.chains.get(second[0]):
        yield "one list"
    if gap > 0:
        text = draft.text[words.ends[first[1] - 1] : words.starts[second[0]]].strip().lower()
        if len(text) <= _SHORT:
            yield f"between {forward} {text}"


def _sides(pair: Pair, comparison: Comparison) -> Iterator[str]:
    """Say where a comparison has the two: on its sides, both on one, or one of them against another."""
    first, second, name = comparison.first, comparison.second, comparison.name
    head, tail = pair.head, pair.tail
    if head in first and tail in second:
        yield f"{name} head first"
    elif tail in first and head in second:
        yield f"{name} tail first"
    elif head in first:
        yield f"{name} head first of {OWN in second}"
    elif head in second:
        yield f"{name} head second to {OWN in first}"
