"""Count what the teacher calls the names in the papers that it read: training/observed.json.gz.

    python -m training.observe FACTS

FACTS is the folder to which `python -m training.teacher stack` writes. A name is kept where two papers have it as a
thing.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

from citegraph.extractors.pipeline import shared_pipeline
from training.build_catalogue import LEXICON, TRAIN, read_rows
from training.counts import Finder, annotations, count, silver
from training.teacher.papers import read_papers

_LEAST = 2
OUTPUT = Path(__file__).parent / "observed.json.gz"


def main() -> None:
    """Read the facts and write the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path, metavar="FACTS")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    nlp = shared_pipeline("fast")
    counted = count(list(read_rows(TRAIN)), list(read_rows(LEXICON)), nlp)
    papers = silver(paper for path in sorted(arguments.facts.glob("silver-*.jsonl.gz")) for paper in read_papers(path))
    observed = annotations(papers, Finder(nlp, counted), _LEAST)
    text = json.dumps(observed, ensure_ascii=False, separators=(",", ":"))
    arguments.output.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(observed)} names")


if __name__ == "__main__":
    main()
