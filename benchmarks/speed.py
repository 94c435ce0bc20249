"""Measure the extractor's speed against spaCy's blank tokenizer, in the same run on the same texts.

    python -m benchmarks.speed [--json FILE]

Words are runs of non-space characters; speeds are words per CPU second on one core. The texts are the annotated papers
of `training/gold`, each read once: repeated texts would flatter the tokenizers' caches.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import spacy

from citegraph.extractors import extract
from citegraph.extractors.pipeline import shared_pipeline
from citegraph.graph.records import Paper

TRAIN = Path(__file__).parent.parent / "training" / "gold" / "train.jsonl.gz"
_ROUNDS = 3


def read_papers() -> list[Paper]:
    """Read the annotated papers."""
    lines = gzip.decompress(TRAIN.read_bytes()).decode("utf-8").splitlines()
    return [Paper(f"gold:{row['id']}", row["title"], row["abstract"]) for row in map(json.loads, lines)]


def blank_tokenizer(papers: Iterable[Paper]) -> None:
    """Tokenize with a new blank English pipeline at its default settings."""
    nlp = spacy.blank("en")
    for paper in papers:
        nlp.make_doc(f"{paper.title}\n\n{paper.abstract}")


def whole_extraction(papers: Iterable[Paper]) -> None:
    """Go from papers to lines of facts, with a new pipeline."""
    shared_pipeline.cache_clear()
    shared_pipeline("rules")
    for facts in extract(papers):
        facts.to_json()


def seconds(work: Callable[[list[Paper]], None], papers: list[Paper], clock: Callable[[], float]) -> float:
    """Time one call."""
    start = clock()
    work(papers)
    return clock() - start


def measure() -> dict[str, float]:
    """Measure all figures; of several rounds the best counts, alternately taken."""
    papers = read_papers()
    words = sum(len(f"{paper.title} {paper.abstract}".split()) for paper in papers)
    shared_pipeline.cache_clear()
    load = seconds(_load, papers, time.process_time)
    blank = extraction = float("inf")
    for _ in range(_ROUNDS):
        blank = min(blank, seconds(blank_tokenizer, papers, time.process_time))
        extraction = min(extraction, seconds(whole_extraction, papers, time.process_time) - load)
    walls = {number: seconds(partial(_drain, number), papers, time.perf_counter) for number in (1, 2)}
    return {
        "papers": len(papers),
        "words": words,
        "pipeline load, s": round(load, 2),
        "blank tokenizer, words per CPU second": round(words / blank),
        "extraction, words per CPU second": round(words / extraction),
        "ratio": round(blank / extraction, 3),
        "1 process, papers per second": round(len(papers) / walls[1]),
        "2 processes, papers per second": round(len(papers) / walls[2]),
        "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def _load(_: list[Paper]) -> None:
    shared_pipeline("rules")


def _drain(processes: int, papers: list[Paper]) -> None:
    for facts in extract(papers, processes=processes):
        facts.to_json()


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    arguments = parser.parse_args()
    figures = measure()
    for name, value in figures.items():
        print(f"{name:40} {value:>12,}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
