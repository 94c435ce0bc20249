"""The annotated development sets, and the papers in them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from citegraph.graph.records import Paper

__all__ = ["SETS", "Row", "papers_of", "read_gold", "read_rows"]

GOLD = Path(__file__).parent / "gold"
SETS = {"sample pages": "dev.jsonl", "recent papers": "dev_corpus.jsonl"}
"""What each set is of, and its file."""

Row: TypeAlias = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Read JSON Lines, compressed where the name ends in gz.

    Raises:
        FileNotFoundError: there is no such file.

    """
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def read_gold(name: str) -> list[Row]:
    """Read one annotated set."""
    return read_rows(GOLD / name)


def papers_of(rows: Iterable[Row]) -> list[Paper]:
    """Give the papers of annotated rows."""
    return [Paper(f"gold:{row['id']}", row["title"], row["abstract"]) for row in rows]
