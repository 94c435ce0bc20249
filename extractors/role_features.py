"""What is known of an entity's part in its paper, as rows of the log-odds of roles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from citegraph.extractors.cues import Cue
from citegraph.extractors.draft import Draft, Found

__all__ = ["Clue", "RoleFeatures", "SentenceCues", "position"]

_NEAR, _MIDDLE = 3, 10
_MAX_PLACES = 6


class Clue(NamedTuple):
    """A cue as seen from a mention: its row of the log-odds, the sentence that holds both, and the cue."""

    row: int
    sentence: int
    cue: Cue


class SentenceCues:
    """The cues of each sentence, and the sentence of each word."""

    def __init__(self, draft: Draft, cues: Iterable[Cue]) -> None:
        """Sort the cues into the sentences."""
        starts = draft.words.starts
        self._sentence_starts = [start for start, _ in draft.sentences]
        self._word_starts = starts
        self.cues: list[list[Cue]] = [[] for _ in draft.sentences]
        for cue in cues:
            sentence = self.sentence_of(cue.start)
            self.cues[sentence].append(cue)

    def sentence_of(self, word: int) -> int:
        """Give the number of the sentence that holds a word."""
        return max(0, bisect_right(self._sentence_starts, self._word_starts[word]) - 1)


class RoleFeatures:
    """Give the rows of an entity's features, and the clues that its sentences hold."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]]) -> None:
        """Take the rows by template and value."""
        self._cue = rows["cue"]
        self._plain = rows["plain"]
        self._before = rows["before"]
        self._after = rows["after"]

    def __call__(
        self, found: Found, draft: Draft, sentences: SentenceCues, paper: Iterable[str]
    ) -> tuple[list[int], list[Clue]]:
        """Collect the rows, each once, sorted; ``paper`` holds what is the same for all entities of the text."""
        clues: list[Clue] = []
        lower = draft.words.lower
        rows: set[int] = set()
        for start, end in found.places[:_MAX_PLACES]:
            sentence = sentences.sentence_of(start)
            for cue in sentences.cues[sentence]:
                row = self._cue.get(position(cue, start, end), 0)
                if row:
                    clues.append(Clue(row, sentence, cue))
            if start:
                rows.add(self._before.get(lower[start - 1], 0))
            if end < len(lower):
                rows.add(self._after.get(lower[end], 0))
        plain = self._plain.get
        rows.update(plain(value, 0) for value in self._facts(found, draft, sentences))
        rows.update(plain(value, 0) for value in paper)
        rows.update(clue.row for clue in clues)
        rows.discard(0)
        return sorted(rows), clues

    def _facts(self, found: Found, draft: Draft, sentences: SentenceCues) -> list[str]:
        entity = found.entity
        first = sentences.sentence_of(found.places[0][0])
        in_title = draft.words.starts[found.places[0][0]] < draft.title_end
        body = first if not in_title else sentences.sentence_of(found.places[min(1, len(found.places) - 1)][0])
        from_end = len(draft.sentences) - body
        facts = [
            entity.type,
            "known" if found.known else "unknown",
            "defined" if found.defined else "not defined",
            "title" if in_title else "no title",
            f"places {min(len(found.places), 5)}",
            f"first {min(body, 6)}",
            f"end {min(from_end, 3)}",
            f"probability {int(found.probability * 5)}",
        ]
        facts += [f"{rule} {found.known}" for rule in found.rules]
        return facts


def position(cue: Cue, start: int, end: int) -> str:
    """Tell where a cue stands, seen from the words from ``start`` to ``end``."""
    if cue.end <= start:
        gap, side = start - cue.end, "before"
    elif cue.start >= end:
        gap, side = cue.start - end, "after"
    else:
        return f"{cue.name} inside"
    return f"{cue.name} {side} {'near' if gap <= _NEAR else 'middle' if gap <= _MIDDLE else 'far'}"
