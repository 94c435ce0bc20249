"""What is known of an entity's part in its paper, as rows of the log-odds of roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from citegraph.extractors.chains import Chain
from citegraph.extractors.comparisons import Comparison
from citegraph.extractors.cues import POSITIONS, SCOPES, Cue, SentenceCues, position
from citegraph.extractors.draft import Draft, Found
from citegraph.extractors.items import OWN

__all__ = ["ROLE_TEMPLATES", "Clue", "PaperFeatures", "RoleFeatures", "cue_rows"]

ROLE_TEMPLATES = ("cue", "plain", "frame", "before", "after", "lead", "lead2", "follow")
"""What the log-odds of roles know."""

_MAX_PLACES = 4


@dataclass(frozen=True, slots=True)
class PaperFeatures:
    """What is the same for all entities of a text: what is known of the paper, its words, and its lists of names.

    ``lower`` has two words before the first and one after the last.
    """

    facts: list[str]
    lower: list[int]
    chains: Mapping[int, Chain]


class Clue(NamedTuple):
    """A cue as seen from a mention: its row of the log-odds, the sentence that holds both, and the cue."""

    row: int
    sentence: int
    cue: Cue


def cue_rows(rows: Mapping[Any, int], names: Iterable[str]) -> list[list[list[int]]]:
    """Give the row of each cue by number, scope and position."""
    return [[[rows.get(f"{scope}{name} {where}", 0) for where in POSITIONS] for scope in SCOPES] for name in names]


class RoleFeatures:
    """Give the rows of an entity's features, and the clues that its sentences hold."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Iterable[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._names = tuple(cues)
        self._cue = cue_rows(rows["cue"], self._names)
        self._plain = rows["plain"].get
        self._frame = rows["frame"].get
        self._around = [rows[name].get for name in ("before", "after", "lead", "lead2", "follow")]

    def __call__(self, found: Found, draft: Draft, sentences: SentenceCues, paper: PaperFeatures) -> list[int]:
        """Collect the rows, each once; ``paper`` holds what is the same for all entities of the text."""
        padded, table = paper.lower, self._cue
        before, after, lead, lead2, follow = self._around
        rows: set[int] = set()
        for start, end in found.places[:_MAX_PLACES]:
            sentence = sentences.sentence_of(start)
            for cue in sentences.near(sentence, start, end):
                rows.add(table[cue[0]][cue[3]][position(cue, start, end)])
            first, last = paper.chains[start]
            rows.add(self._governed(first, sentences))
            rows.add(before(padded[start + 1], 0))
            rows.add(after(padded[end + 2], 0))
            rows.add(lead(padded[first + 1], 0))
            rows.add(lead2(padded[first], 0))
            rows.add(follow(padded[last + 2], 0))
        rows.update([self._plain(value, 0) for value in (*_facts(found, draft, sentences), *paper.facts)])
        rows.discard(0)
        return list(rows)

    def _governed(self, first: int, sentences: SentenceCues) -> int:
        """Give the row of the cue that a list of names, beginning at this word, is the object of."""
        cue = sentences.governor(first)
        return 0 if cue is None else self._frame(f"{SCOPES[cue.scope]}{self._names[cue.number]} object", 0)

    def compared(self, number: int, comparisons: Iterable[Comparison]) -> list[int]:
        """Collect the rows that say with whom the entity with this number is compared."""
        rows = {self._frame(value, 0) for c in comparisons for value in _sides(number, c)}
        rows.discard(0)
        return list(rows)

    def clues(self, found: Found, sentences: SentenceCues) -> Iterator[Clue]:
        """Yield the cues around the first mentions."""
        for start, end in found.places[:_MAX_PLACES]:
            sentence = sentences.sentence_of(start)
            for cue in sentences.near(sentence, start, end):
                yield Clue(self._cue[cue.number][cue.scope][position(cue, start, end)], sentence, cue)


def _sides(number: int, comparison: Comparison) -> Iterator[str]:
    """Say on which side of a comparison an entity stands, and who stands on the other."""
    for side, here, there in (("first", *comparison[1:3]), ("second", *comparison[2:0:-1])):
        if number in here:
            other = "own" if OWN in there else "other" if there else "none"
            yield f"{comparison.name} {side} {other}"


def _facts(found: Found, draft: Draft, sentences: SentenceCues) -> list[str]:
    """Give what is known of an entity besides its cues."""
    entity, places = found.entity, found.places
    in_title = draft.words.starts[places[0][0]] < draft.title_end
    body = sentences.sentence_of(places[min(1, len(places) - 1) if in_title else 0][0])
    return [
        entity.type,
        "known" if found.known else "unknown",
        "defined" if found.defined else "not defined",
        "title" if in_title else "no title",
        f"places {min(len(places), 5)}",
        f"first {min(body, 6)}",
        f"end {min(len(draft.sentences) - body, 3)}",
        f"probability {int(found.probability * 5)}",
        f"{'+'.join(found.rules)} {found.known}",
    ]
