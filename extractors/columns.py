"""Lookups for all words of a text at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["WordIndex"]


class WordIndex:
    """Several tables by word id, looked up together: a binary search for each word and one gather for all tables.

    Faster than a dictionary for each table, whose entries seldom stay in the processor's cache. ``values`` are the
    tables by the positions that `at` gives.
    """

    def __init__(self, tables: Iterable[Mapping[int, Any]], missing: Iterable[Any], dtype: npt.DTypeLike) -> None:
        """Index the tables; ``missing`` gives for each its value for a word that it lacks."""
        kept = list(tables)
        ids = sorted(set().union(*kept)) or [0]
        self._ids = np.array(ids, dtype=np.uint64)
        self.values = np.array(
            [[*(table.get(word, other) for word in ids), other] for table, other in zip(kept, missing, strict=True)],
            dtype=dtype,
        )

    def at(self, words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Give the position of each word; unknown words have the last."""
        at = self._ids.searchsorted(words)
        unknown = self._ids.take(at, mode="clip") != words
        at[unknown] = len(self._ids)
        return at
