"""What sentences say outright: who beats whom, what is trained on what; and what they deny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from citegraph.extractors.comparisons import DENIED, OPEN, PARITY, Clauses, Comparison
from citegraph.extractors.cues import Cue, CueTable, SentenceCues
from citegraph.extractors.draft import Draft
from citegraph.extractors.items import OWN, find_items
from citegraph.extractors.words import word_id

__all__ = ["ANY_FORM", "Statement", "find_denied", "find_open", "find_statements"]

ANY_FORM = ""
"""The key of the share that stands for forms that the training papers do not have."""

_NEITHER = word_id("neither")
_COMPARED_WITH, _OUTPERFORMS = "COMPARED_WITH", "OUTPERFORMS"
_NO_WINNER = frozenset({PARITY, "compared", "compare"})
_RESOURCES = frozenset({"Dataset", "Benchmark"})


class Statement(NamedTuple):
    """A relation that a sentence says outright: head (OWN: the paper's own), relation, tail, how it says so, the cue.

    ``form`` is the key by which the training papers tell how often such a statement is right where
    nothing else says so.
    """

    head: int
    type: str
    tail: int
    form: str
    cue: Cue


def find_statements(
    draft: Draft, sentences: SentenceCues, table: CueTable, chains: Mapping[int, tuple[int, int]], own: Sequence[int]
) -> Iterator[Statement]:
    """Yield the statements of a text whose comparisons are known, in the order of their cues' kinds."""
    for comparison in draft.comparisons:
        if comparison.frame != OPEN:
            type_ = _COMPARED_WITH if comparison.name in _NO_WINNER else _OUTPERFORMS
            for head in comparison.first:
                for tail in comparison.second:
                    if tail != OWN:
                        form = f"{_how(comparison, table)} {_whose(head, own)}"
                        yield Statement(head, type_, tail, form, comparison.cue)
    yield from _governed(draft, sentences, table, chains, own)


def _how(comparison: Comparison, table: CueTable) -> str:
    """Tell turned and denied comparisons, which are rare, from the others: the words around them mislead more often."""
    frame = table.frames[comparison.cue.number]
    turned = "inverse " if frame is not None and frame.inverse else ""
    denied = "denied " if comparison.cue.scope == DENIED else ""
    return f"{denied}{turned}{comparison.name}"


def _whose(head: int, own: Sequence[int]) -> str:
    if head == OWN:
        return "own"
    return "other beside own" if own else "other"


def _governed(
    draft: Draft, sentences: SentenceCues, table: CueTable, chains: Mapping[int, tuple[int, int]], own: Sequence[int]
) -> Iterator[Statement]:
    """Yield what cues that govern a relation say of the resources behind them."""
    items = None
    clauses: dict[int, Clauses] = {}
    for number, found in enumerate(draft.found):
        if found.entity.type in _RESOURCES:
            for start, _ in found.places:
                cue = sentences.governor(chains[start][0])
                type_ = table.governs[cue.number] if cue is not None and not cue.scope else None
                if cue is not None and type_ is not None:
                    items = items or find_items(draft, sentences, own)
                    sentence = sentences.sentence_of(start)
                    if sentence not in clauses:
                        clauses[sentence] = Clauses(draft, sentences, table, sentence, items.get(sentence, []))
                    for head in clauses[sentence].subjects(cue) or (OWN,):
                        form = f"{type_} {found.entity.type} {_whose(head, own)}"
                        yield Statement(head, type_, number, form, cue)


def find_denied(
    draft: Draft, sentences: SentenceCues, table: CueTable, chains: Mapping[int, tuple[int, int]]
) -> frozenset[int]:
    """Give the entities that a text names only to deny that they play a part.

    "without using A", "B rather than A", "is not trained on A".
    """
    return frozenset(
        number
        for number, found in enumerate(draft.found)
        if all(_is_denied(chains[start][0], draft, sentences, table) for start, _ in found.places)
    )


def find_open(draft: Draft) -> frozenset[int]:
    """Give the entities that are compared in open questions alone: "whether A outperforms B"."""
    opened: dict[int, set[bool]] = defaultdict(set)
    for comparison in draft.comparisons:
        for number in (*comparison.first, *comparison.second):
            opened[number].add(comparison.frame == OPEN)
    return frozenset(number for number, said in opened.items() if said == {True} and number != OWN)


def _is_denied(first: int, draft: Draft, sentences: SentenceCues, table: CueTable) -> bool:
    """Tell whether a denial, or a cue that is denied and compares nothing, governs a list that begins at this word.

    "Neither A nor B outperforms C" denies what its subjects do, not them.
    """
    lower = draft.words.lower
    begin, _ = sentences.words_of(sentences.sentence_of(first), len(lower))
    if lower[begin] == _NEITHER:
        return False
    cue = sentences.governor(first)
    if cue is None:
        return False
    return cue.number in table.denies or (
        cue.scope == DENIED and bool(table.roles[cue.number]) and table.frames[cue.number] is None
    )
