"""What methods of others are evaluated on: the models that a benchmark paper scores, say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.cues import CueTable, SentenceCues, cues_of, load_cues
from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.weights import LogOdds, load_weights
from citegraph.graph.records import Relation

__all__ = ["Pair", "PairFeatures", "PairFinder", "find_pairs"]

_MAX_ENTITIES = 40
_NEAR, _MIDDLE = 4, 12
_BY = "pair-1"
_RESOURCES = frozenset({"Dataset", "Benchmark"})


class Pair(NamedTuple):
    """A method and a resource, the first sentence of the method that holds both, and their words in it."""

    head: Found
    tail: Found
    sentence: int
    places: tuple[tuple[int, int], tuple[int, int]]


def find_pairs(draft: Draft, sentences: SentenceCues) -> Iterator[Pair]:
    """Yield each method that the paper does not propose with each resource that a sentence names with it.

    Where no sentence holds both, nothing would say why one is evaluated on the other.
    """
    own = {relation.tail for relation in draft.relations if relation.type == "PROPOSES"}
    some = draft.found[:_MAX_ENTITIES]
    resources = [found for found in some if found.entity.type in _RESOURCES]
    for head in some if resources else ():
        if head.entity.type == "Method" and head.entity.id not in own:
            for tail in resources:
                pair = _pair(head, tail, sentences)
                if pair is not None:
                    yield pair


def _pair(head: Found, tail: Found, sentences: SentenceCues) -> Pair | None:
    tails = {sentences.sentence_of(place[0]): place for place in reversed(tail.places)}
    for place in head.places:
        sentence = sentences.sentence_of(place[0])
        if sentence in tails:
            return Pair(head, tail, sentence, (place, tails[sentence]))
    return None


class PairFeatures:
    """Give the rows of a pair's features."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Sequence[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._plain = rows["plain"]
        self._cues = cues

    def __call__(self, pair: Pair, draft: Draft, sentences: SentenceCues) -> list[int]:
        """Collect the rows, each once."""
        values = {*_of_paper(pair, draft), *_of_pair(pair)}
        start, end = sorted(pair.places)
        for cue in sentences.cues[pair.sentence]:
            where = "before" if cue.end <= start[0] else "after" if cue.start >= end[1] else "between"
            values.add(f"{self._cues[cue.number]} {where} {pair.tail.entity.type} {pair.places[0] < pair.places[1]}")
        found = {self._plain.get(value, 0) for value in sorted(values)}
        found.discard(0)
        return list(found)


def _of_paper(pair: Pair, draft: Draft) -> Iterator[str]:
    own = sum(relation.type == "PROPOSES" for relation in draft.relations)
    introduced = any(relation.type == "INTRODUCES" for relation in draft.relations)
    yield f"own {min(own, 2)} {introduced}"
    for relation in draft.relations:
        if relation.tail == pair.tail.entity.id:
            yield f"tail {relation.type} {own > 0}"
        elif relation.tail == pair.head.entity.id:
            yield f"head {relation.type}"


def _of_pair(pair: Pair) -> Iterator[str]:
    head, tail = pair.head, pair.tail
    yield tail.entity.type
    yield f"head known {head.known}"
    yield f"head named {head.entity.name != head.entity.name.lower()}"
    yield f"head {int(head.probability * 4)}"
    yield f"tail {int(tail.probability * 4)}"
    yield f"head places {min(len(head.places), 3)}"
    first, second = sorted(pair.places)
    gap = second[0] - first[1]
    distance = "near" if gap <= _NEAR else "middle" if gap <= _MIDDLE else "far"
    yield f"together {distance} {pair.places[0] < pair.places[1]}"


class PairFinder:
    """Decide which methods of others are evaluated on which resources.

    Requires the draft's entities, sentences and relations; adds to its ``relations``.
    """

    def __init__(self, log_odds: LogOdds, threshold: float, cues: CueTable) -> None:
        """Take the log-odds, the least probability to accept, and the cue words."""
        self._log_odds = log_odds
        self._threshold = threshold
        self._cues = cues
        self._features = PairFeatures(log_odds.rows, cues.names)

    def __call__(self, doc: Doc) -> Doc:
        """Add the relations."""
        draft = draft_of(doc)
        sentences = cues_of(draft, self._cues)
        pairs = list(find_pairs(draft, sentences))
        if pairs:
            rows = [self._features(pair, draft, sentences) for pair in pairs]
            chances = self._log_odds.independent(rows)[:, 0].tolist()
            added = [
                _relation(pair, chance, draft)
                for pair, chance in zip(pairs, chances, strict=True)
                if chance >= self._threshold
            ]
            draft.relations = (*draft.relations, *added)
        return doc


def _relation(pair: Pair, chance: float, draft: Draft) -> Relation:
    evidence = draft.evidence(pair.sentence)
    return Relation(pair.head.entity.id, "EVALUATED_ON", pair.tail.entity.id, evidence, round(chance, 3), _BY)


@Language.factory("citegraph_pairs_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL})
def make_pair_finder(nlp: Language, name: str, weights: str) -> PairFinder:  # noqa: ARG001
    """Build the component with the statistics and cues that ship with the package."""
    fitted = load_weights(weights)
    return PairFinder(fitted.pairs, fitted.relation_threshold, load_cues())
