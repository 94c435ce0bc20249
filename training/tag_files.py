"""Files of tagged papers: papers as JSON Lines, and beside them the probability of each tag for each of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from citegraph.extractors.tags import Tags
from training.papers import read_papers, write_papers

__all__ = ["read_tagged", "write_tagged"]

_SCALE = 255


def write_tagged(path: Path, papers: Sequence[Any], tags: Iterable[Tags]) -> None:
    """Write papers to ``path`` (.jsonl.gz) and their tags to the .npz beside it, the papers last: they stand for both.

    Probabilities are kept in steps of 1/255.
    """
    rounded = [np.rint(table * _SCALE).astype(np.uint8) for table in tags]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        _beside(path), tags=np.concatenate(rounded), lengths=np.array([len(table) for table in rounded], np.int32)
    )
    write_papers(path, papers)


def read_tagged(path: Path) -> Iterator[tuple[Any, Tags]]:
    """Yield each paper of a file with its tags."""
    with np.load(_beside(path)) as stored:
        tags, lengths = stored["tags"], stored["lengths"]
    start = 0
    for paper, length in zip(read_papers(path), lengths.tolist(), strict=True):
        yield paper, tags[start : start + length].astype(np.float32) / _SCALE
        start += length


def _beside(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".jsonl.gz") + ".npz")
