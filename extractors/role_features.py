"""What is known of an entity's part in its paper, as rows of the log-odds of roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from citegraph.extractors.cues import POSITIONS, Cue, SentenceCues, position
from citegraph.extractors.draft import Draft, Found

__all__ = ["Clue", "RoleFeatures", "cue_rows"]

_MAX_PLACES = 4


class Clue(NamedTuple):
    """A cue as seen from a mention: its row of the log-odds, the sentence that holds both, and the cue."""

    row: int
    sentence: int
    cue: Cue


def cue_rows(rows: Mapping[Any, int], names: Iterable[str]) -> list[list[int]]:
    """Give the row of each cue by number and position."""
    return [[rows.get(f"{name} {where}", 0) for where in POSITIONS] for name in names]


class RoleFeatures:
    """Give the rows of an entity's features, and the clues that its sentences hold."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Iterable[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._cue = cue_rows(rows["cue"], cues)
        self._plain = rows["plain"].get
        self._before = rows["before"].get
        self._after = rows["after"].get

    def __call__(self, found: Found, draft: Draft, sentences: SentenceCues, paper: Iterable[str]) -> list[int]:
        """Collect the rows, each once; ``paper`` holds what is the same for all entities of the text."""
        lower, table = draft.words.lower, self._cue
        rows: set[int] = set()
        for start, end in found.places[:_MAX_PLACES]:
            for cue in sentences.around(start):
                rows.add(table[cue[0]][position(cue, start, end)])
            if start:
                rows.add(self._before(lower[start - 1], 0))
            if end < len(lower):
                rows.add(self._after(lower[end], 0))
        rows.update([self._plain(value, 0) for value in (*_facts(found, draft, sentences), *paper)])
        rows.discard(0)
        return list(rows)

    def clues(self, found: Found, sentences: SentenceCues) -> Iterator[Clue]:
        """Yield the cues around the first mentions."""
        for start, end in found.places[:_MAX_PLACES]:
            sentence = sentences.sentence_of(start)
            for cue in sentences.cues[sentence]:
                yield Clue(self._cue[cue.number][position(cue, start, end)], sentence, cue)


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
