"""Count what the teacher calls the names in the papers that it read: training/observed.json.gz.

    python -m training.observe FACTS

FACTS is the folder to which `python -m training.teacher stack` writes. Names in the first half of the papers are
counted apart: log-odds are fitted on the other half too, and what is known of its names must come from other papers.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citegraph.extractors.pipeline import shared_pipeline
from training.build_catalogue import LEXICON, TRAIN, read_rows
from training.counts import Finder, annotations, count, silver
from training.papers import read_papers

__all__ = ["OBSERVED", "halves", "read_observed", "silver_papers"]

_LEAST = 2
OBSERVED = Path(__file__).parent / "observed.json.gz"

Counts = dict[str, tuple[int, ...]]


def halves(facts: Path) -> tuple[list[Path], list[Path]]:
    """Give the files of facts whose names are counted apart, and the others."""
    files = sorted(facts.glob("silver-*.jsonl.gz"))
    return files[: len(files) // 2], files[len(files) // 2 :]


def silver_papers(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield the papers of files of facts as annotated papers."""
    return silver(paper for path in files for paper in read_papers(path))


def often(counts: Mapping[str, tuple[int, ...]]) -> Counts:
    """Leave out names that fewer than two papers have as a thing.

    >>> often({"adam": (3, 2, 0, 0, 0, 0, 0), "big model": (9, 0, 0, 0, 0, 0, 1)})
    {'adam': (3, 2, 0, 0, 0, 0, 0)}
    """
    return {name: row for name, row in counts.items() if sum(row[1:]) >= _LEAST}


def both(some: Mapping[str, tuple[int, ...]], others: Mapping[str, tuple[int, ...]]) -> Counts:
    """Add counts of different papers.

    >>> both({"adam": (3, 2)}, {"adam": (1, 1), "bert": (1, 0)})
    {'adam': (4, 3), 'bert': (1, 0)}
    """
    return {
        name: tuple(map(sum, zip(some.get(name, ()) or [0] * len(row), row, strict=True)))
        for name in sorted(Counter([*some, *others]))
        for row in [others.get(name) or (0,) * len(some[name])]
    }


def read_observed(path: Path) -> tuple[Counts, Counts]:
    """Read what was counted in all papers, and in the first half of them."""
    data = json.loads(gzip.decompress(path.read_bytes()))
    every, early = ({name: tuple(row) for name, row in data[part].items()} for part in ("all", "early"))
    return every, early


def main() -> None:
    """Read the facts and write the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path, metavar="FACTS")
    parser.add_argument("--output", type=Path, default=OBSERVED)
    arguments = parser.parse_args()
    nlp = shared_pipeline("fast")
    finder = Finder(nlp, count(list(read_rows(TRAIN)), list(read_rows(LEXICON)), nlp))
    early, late = (annotations(silver_papers(files), finder) for files in halves(arguments.facts))
    data = {"all": often(both(early, late)), "early": often(early)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    arguments.output.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(*(f"{name}: {len(counts)} names" for name, counts in data.items()), sep=", ")


if __name__ == "__main__":
    main()
