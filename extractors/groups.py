"""Candidates of one name, joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from citegraph.extractors.draft import Draft
from citegraph.extractors.words import word_id
from citegraph.graph.catalogue import CatalogueEntry

__all__ = ["BY_TAGGER", "Group", "first_places", "fold", "group_candidates", "hopeless_names", "tagged_places"]

BY_TAGGER = "tagger-1"
"""The rule of candidates that the tagger sees."""

_SEVERAL = 3
_BRACE = word_id("}")


_MAX_PLACES = 3


def fold(surface: str) -> str:
    """Fold case, hyphens and plural of a surface form, quickly; finer folding is left to `normalise`.

    >>> fold("Graph-Neural Networks") == fold("graph neural network")
    True
    """
    text = surface.lower().replace("-", " ")
    if text.endswith("s") and len(text) > 3 and not text.endswith(("ss", "us", "is")):
        return text[:-1]
    return text


@dataclass(slots=True)
class Group:
    """All candidates of one name in a text: places as (first word, word after the last), and the rules that gave them.

    Places and rules are sets in order of arrival.
    ``defined`` tells whether the text defines an abbreviation of it.
    """

    name: str
    places: dict[tuple[int, int], None] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)
    entry: CatalogueEntry | None = None
    defined: bool = False


def first_places(groups: Iterable[Group]) -> list[list[tuple[int, int]]]:
    """Give the first places of each group, enough to know it by."""
    return [list(islice(group.places, _MAX_PLACES)) for group in groups]


def tagged_places(groups: Iterable[Group], draft: Draft) -> list[list[tuple[int, int]]]:
    """Give the first places of each group as a tagger sees them: without the brace at the end of "DAVIS_{16}"."""
    orth = draft.words.orth
    return [
        [(start, end - (end - start > 1 and orth[end - 1] == _BRACE)) for start, end in places]
        for places in first_places(groups)
    ]


def hopeless_names(seen: Mapping[str, tuple[int, ...]]) -> frozenset[str]:
    """Give the folded names that several training papers have and none annotates as a thing of its own.

    >>> sorted(hopeless_names({"big model": (7, 0, 0, 0, 0, 0, 2), "adam": (9, 8, 0, 0, 0, 0, 0)}))
    ['big model']
    """
    return frozenset(name for name, counts in seen.items() if counts[0] >= _SEVERAL and not any(counts[1:-1]))


def group_candidates(draft: Draft, hopeless: frozenset[str]) -> list[Group]:
    """Join the candidates by folded surface form, by the text's own abbreviations and by the catalogue's aliases.

    Candidates with a hopeless name are left out. The tagger is named as a rule only where no other gave the name: what
    it says of the words is known to the log-odds apart.
    """
    text, starts, ends = draft.text, draft.words.starts, draft.words.ends
    named = []
    for candidate in draft.candidates:
        name = fold(text[starts[candidate.start] : ends[candidate.end - 1]])
        if name not in hopeless:
            named.append((name, candidate))
    links = _definitions(draft)
    defined = set(links.values())
    entries: dict[str, CatalogueEntry] = {}
    for name, candidate in named:
        if candidate.entry is not None and name not in links:
            entries[name] = candidate.entry
            canonical = fold(candidate.entry.name)
            if canonical != name:
                links[name] = canonical
    groups: dict[str, Group] = {}
    for name, candidate in named:
        target = links.get(name, name)
        target = links.get(target, target)
        group = groups.get(target)
        if group is None:
            group = groups[target] = Group(target, defined=name in defined or target in defined)
        group.places[candidate.start, candidate.end] = None
        group.rules[candidate.by] = None
        if group.entry is None:
            group.entry = entries.get(name)
    for group in groups.values():
        if len(group.rules) > 1:
            group.rules.pop(BY_TAGGER, None)
    return list(groups.values())


def _name(draft: Draft, start: int, end: int) -> str:
    return fold(draft.text[draft.words.starts[start] : draft.words.ends[end - 1]])


def _definitions(draft: Draft) -> dict[str, str]:
    """Give the long form of each short form that the text defines, both folded."""
    return {
        _name(draft, definition.short_start, definition.short_end): _name(
            draft, definition.long_start, definition.long_end
        )
        for definition in draft.definitions
    }
