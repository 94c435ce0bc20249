"""What is known of a group of candidates, as rows of the log-odds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citegraph.extractors.draft import Draft
from citegraph.extractors.groups import Group

__all__ = ["GroupFeatures", "bucket", "shape"]

_UPPER, _LOWER, _DIGIT = "X", "x", "d"
_SHAPES = str.maketrans(
    {
        **{chr(code): _UPPER for code in range(ord("A"), ord("Z") + 1)},
        **{chr(code): _LOWER for code in range(ord("a"), ord("z") + 1)},
        **{chr(code): _DIGIT for code in range(ord("0"), ord("9") + 1)},
    }
)
_REPEATED = re.compile(r"(.)\1+")
_MAX_SHAPE = 24
_MAX_PLACES = 4


def shape(surface: str) -> str:
    """Give the pattern of capitals, small letters and digits, runs shortened to two.

    >>> shape("CIFAR-10"), shape("SimCLR"), shape("Mamba")
    ('XX-dd', 'XxxXX', 'Xxx')
    """
    return _REPEATED.sub(r"\1\1", surface[:_MAX_SHAPE].translate(_SHAPES))


def bucket(count: int, total: int) -> str:
    """Give the class of a share by its size and by how many papers it rests on.

    >>> bucket(3, 4), bucket(0, 1)
    ('5-3', '0-1')
    """
    share = 0 if count == 0 else 1 + min(5, int(6 * count / (total + 1)))
    size = 1 if total == 1 else 2 if total < 4 else 3 if total < 10 else 4
    return f"{share}-{size}"


class GroupFeatures:
    """Give the rows of each group's features; unknown values have none."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], seen: Mapping[str, tuple[int, ...]]) -> None:
        """Take the rows by template and value, and what folded names were annotated as in the training papers."""
        self._word = [rows[name] for name in ("first", "last", "before", "before2", "after", "after2")]
        self._near = rows["near"]
        self._sentence = rows["sentence"]
        self._plain = rows["plain"]
        self._shape = rows["shape"]
        self._seen_rows = rows["seen"]
        self._seen = seen

    def __call__(self, group: Group, text: str, draft: Draft) -> list[int]:
        """Collect the rows of one group, each once, sorted."""
        found: set[int] = set()
        for start, end in group.places[:_MAX_PLACES]:
            self._context(start, end, draft, found)
        plain = self._plain.get
        found.update(plain(rule, 0) for rule in group.rules)
        first_start, first_end = group.places[-1]
        words = draft.words
        surface = text[words.starts[first_start] : words.ends[first_end - 1]]
        found.add(self._shape.get(shape(surface), 0))
        found.add(plain(f"words {min(first_end - first_start, 6)}", 0))
        found.add(plain(f"places {min(len(group.places), 4)}", 0))
        found.add(plain("defined" if group.defined else "not defined", 0))
        if group.entry is not None:
            found.add(plain(f"{group.entry.type} {group.entry.ambiguous}", 0))
        if words.starts[group.places[0][0]] < draft.title_end:
            found.add(plain("in title", 0))
        self._counted(group, found)
        found.discard(0)
        return sorted(found)

    def _context(self, start: int, end: int, draft: Draft, found: set[int]) -> None:
        lower = draft.words.lower
        first, last, before, before2, after, after2 = self._word
        size = len(lower)
        found.add(first.get(lower[start], 0))
        found.add(last.get(lower[end - 1], 0))
        if start:
            found.add(before.get(lower[start - 1], 0))
            if start > 1:
                found.add(before2.get(lower[start - 2], 0))
                for word in lower[max(0, start - 6) : start - 2]:
                    found.add(self._near.get(word, 0))
        if end < size:
            found.add(after.get(lower[end], 0))
            if end + 1 < size:
                found.add(after2.get(lower[end + 1], 0))

    def _counted(self, group: Group, found: set[int]) -> None:
        counts = self._seen.get(group.name)
        get = self._seen_rows.get
        if counts is None:
            found.add(get("never", 0))
            return
        total = counts[0]
        for column, count in enumerate(counts[1:], 1):
            if count:
                found.add(get(f"{column} {bucket(count, total)}", 0))
        if not any(counts[1:]):
            found.add(get(f"nothing {bucket(0, total)}", 0))
