"""What is known of a group of candidates, as rows of the log-odds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
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
_RUNS = tuple((re.compile(f"{kind}{{3,}}"), kind * 2) for kind in (_UPPER, _LOWER, _DIGIT))
_MAX_SHAPE = 24
_MAX_PLACES = 3


@lru_cache(maxsize=100_000)
def shape(surface: str) -> str:
    """Give the pattern of capitals, small letters and digits, runs shortened to two.

    >>> shape("CIFAR-10"), shape("SimCLR"), shape("Mamba")
    ('XX-dd', 'XxxXX', 'Xxx')
    """
    pattern = surface[:_MAX_SHAPE].translate(_SHAPES)
    for run, two in _RUNS:
        pattern = run.sub(two, pattern)
    return pattern


def bucket(count: int, total: int) -> str:
    """Give the class of a share by its size and by how many papers it rests on.

    >>> bucket(3, 4), bucket(0, 1)
    ('4-3', '0-1')
    """
    share = 0 if count == 0 else 1 + min(5, int(6 * count / (total + 1)))
    size = 1 if total == 1 else 2 if total < 4 else 3 if total < 10 else 4
    return f"{share}-{size}"


class GroupFeatures:
    """Give the rows of each group's features; unknown values have none."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], seen: Mapping[str, tuple[int, ...]]) -> None:
        """Take the rows by template and value, and what folded names were annotated as in the training papers."""
        self._word = [rows[name].get for name in ("first", "last", "before", "before2", "after", "after2")]
        self._near = rows["near"].get
        self._plain = rows["plain"].get
        self._shape = rows["shape"].get
        get = rows["seen"].get
        self._never = get("never", 0)
        self._seen = {name: [get(value, 0) for value in _shares(counts)] for name, counts in seen.items()}

    def __call__(self, group: Group, text: str, draft: Draft) -> list[int]:
        """Collect the rows of one group, each once."""
        words, places = draft.words, group.places
        rows: list[int] = []
        for place in places[:_MAX_PLACES]:
            self._context(place, words.lower, rows)
        start, end = places[-1]
        surface = text[words.starts[start] : words.ends[end - 1]]
        rows.append(self._shape("lower" if surface.islower() else shape(surface), 0))
        plain = self._plain
        rows.append(plain("+".join(group.rules), 0))
        rows.append(plain(f"size {min(end - start, 6)} {min(len(places), 4)}", 0))
        if group.defined:
            rows.append(plain("defined", 0))
        if group.entry is not None:
            rows.append(plain(f"{group.entry.type} {group.entry.ambiguous}", 0))
        if words.starts[places[0][0]] < draft.title_end:
            rows.append(plain("title", 0))
        if group.name in self._seen:
            rows += self._seen[group.name]
        else:
            rows.append(self._never)
        found = set(rows)
        found.discard(0)
        return list(found)

    def _context(self, place: tuple[int, int], lower: list[int], rows: list[int]) -> None:
        start, end = place
        first, last, before, before2, after, after2 = self._word
        rows.append(first(lower[start], 0))
        rows.append(last(lower[end - 1], 0))
        if start > 1:
            rows.append(before(lower[start - 1], 0))
            rows.append(before2(lower[start - 2], 0))
            near = self._near
            rows += [near(word, 0) for word in lower[max(0, start - 5) : start - 2]]
        if end + 1 < len(lower):
            rows.append(after(lower[end], 0))
            rows.append(after2(lower[end + 1], 0))


def _shares(counts: tuple[int, ...]) -> list[str]:
    """Give the classes of the shares that a name was annotated as each class, among the papers with the name."""
    total = counts[0]
    shares = [f"{column} {bucket(count, total)}" for column, count in enumerate(counts[1:], 1) if count]
    return shares or [f"nothing {bucket(0, total)}"]
