"""Names in one list: "A, B and C" stand in the same relation to what goes before them."""

from __future__ import annotations

from citegraph.extractors.draft import Draft
from citegraph.extractors.words import word_id

__all__ = ["Chain", "chains_of", "find_chains"]

Chain = tuple[int, int]
"""The first word of a list's first name, and the one after the last word of its last."""

_THE = word_id("the")
_LINKS = frozenset(map(word_id, (",", "and", "or", "&", "/", "+"))) | {_THE}
_MOST_LINKS = 3


def chains_of(draft: Draft) -> dict[int, Chain]:
    """Return the lists of a text, found on first use."""
    if draft.chains is None:
        draft.chains = find_chains(draft)
    return draft.chains


def find_chains(draft: Draft) -> dict[int, Chain]:
    """Give the list that each mention stands in, by its first word; most stand alone."""
    lower = draft.words.lower
    places = sorted({place for found in draft.found for place in found.places})
    chains: dict[int, Chain] = {}
    members: list[tuple[int, int]] = []
    for place in places:
        if members and not _linked(lower[members[-1][1] : place[0]]):
            _close(members, chains)
            members = []
        members.append(place)
    _close(members, chains)
    return chains


def _linked(between: list[int]) -> bool:
    return 0 < len(between) <= _MOST_LINKS and _LINKS.issuperset(between) and between != [_THE]


def _close(members: list[tuple[int, int]], chains: dict[int, Chain]) -> None:
    for place in members:
        chains[place[0]] = members[0][0], members[-1][1]
