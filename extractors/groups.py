"""Candidates of one name, joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from citegraph.extractors.draft import Draft
from citegraph.graph.catalogue import CatalogueEntry

__all__ = ["Group", "fold", "group_candidates"]


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

    ``short`` and ``long`` tell whether the text defines an abbreviation of it.
    """

    name: str
    places: list[tuple[int, int]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    entry: CatalogueEntry | None = None
    defined: bool = False


def group_candidates(text: str, draft: Draft) -> list[Group]:
    """Join the candidates by folded surface form, by the text's own abbreviations and by the catalogue's aliases."""
    starts, ends = draft.words.starts, draft.words.ends
    links: dict[str, str] = {}
    for definition in draft.definitions:
        long = fold(text[starts[definition.long_start] : ends[definition.long_end - 1]])
        links[fold(text[starts[definition.short_start] : ends[definition.short_end - 1]])] = long
    entries = {}
    folded = []
    for candidate in draft.candidates:
        name = fold(text[starts[candidate.start] : ends[candidate.end - 1]])
        folded.append(name)
        if candidate.entry is not None and name not in links:
            canonical = fold(candidate.entry.name)
            if canonical != name:
                links[name] = canonical
            entries[name] = candidate.entry
    groups: dict[str, Group] = {}
    for candidate, name in zip(draft.candidates, folded, strict=True):
        target = links.get(name, name)
        target = links.get(target, target)
        group = groups.get(target)
        if group is None:
            group = groups[target] = Group(target)
        place = (candidate.start, candidate.end)
        if place not in group.places:
            group.places.append(place)
        if candidate.by not in group.rules:
            group.rules.append(candidate.by)
        if group.entry is None:
            group.entry = entries.get(name)
    for long in links.values():
        if long in groups:
            pass
    return list(groups.values())
