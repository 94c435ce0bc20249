"""Measure the extractor's speed against spaCy's blank tokenizer, in the same run on the same texts.

    python -m benchmarks.speed [--model NAME] [--json FILE]

Words are runs of non-space characters; speeds are words per CPU second on one core. The texts are the annotated papers
of `training/gold`, each read once: repeated texts would flatter the tokenizers' caches.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from pathlib import Path

import spacy

from citegraph.extractors import DEFAULT_MODEL, extract
from citegraph.extractors.pipeline import MODELS, build_pipeline, extract_papers, shared_pipeline
from citegraph.graph.records import Paper

TRAIN = Path(__file__).parent.parent / "training" / "gold" / "train.jsonl.gz"
_CHUNK = 64
_ROUNDS = 2


def read_papers() -> list[Paper]:
    """Read the annotated papers."""
    lines = gzip.decompress(TRAIN.read_bytes()).decode("utf-8").splitlines()
    return [Paper(f"gold:{row['id']}", row["title"], row["abstract"]) for row in map(json.loads, lines)]


def words_in(papers: Iterable[Paper]) -> int:
    """Count the words of titles and abstracts."""
    return sum(len(f"{paper.title} {paper.abstract}".split()) for paper in papers)


def compare(
    papers: list[Paper], predict: Callable[[Iterable[Paper]], Iterator[object]], most_seconds: float = math.inf
) -> tuple[float, float, int]:
    """Give the CPU seconds of a blank tokenizer and of a prediction, and the words that both read.

    The two take turns, so that whatever else the machine does falls on both. After the most seconds no more is read.
    """
    blank = spacy.blank("en")
    tokenizing, predicting, words = 0.0, 0.0, 0
    for start in range(0, len(papers), _CHUNK):
        chunk = papers[start : start + _CHUNK]
        begin = time.process_time()
        for paper in chunk:
            blank.make_doc(f"{paper.title}\n\n{paper.abstract}")
        middle = time.process_time()
        for _ in predict(chunk):
            pass
        tokenizing += middle - begin
        predicting += time.process_time() - middle
        words += words_in(chunk)
        if predicting > most_seconds:
            break
    return tokenizing, predicting, words


def fresh(model: str) -> Callable[[Iterable[Paper]], Iterator[str]]:
    """Give the extraction of facts, as lines, by a new pipeline of this model."""
    pipeline, name = build_pipeline(model), MODELS[model][0]
    return lambda papers: (facts.to_json() for facts in extract_papers(pipeline, papers, name))


def papers_per_second(papers: list[Paper], processes: int, model: str) -> float:
    """Measure the speed by the clock on the wall, as the command line has it."""
    begin = time.perf_counter()
    for facts in extract(papers, processes=processes, model=model):
        facts.to_json()
    return len(papers) / (time.perf_counter() - begin)


def measure(model: str) -> dict[str, float]:
    """Measure all figures; of several rounds the one with the least time for extraction counts."""
    papers = read_papers()
    begin = time.process_time()
    shared_pipeline(model)
    load = time.process_time() - begin
    blank, extraction, words = min((compare(papers, fresh(model)) for _ in range(_ROUNDS)), key=itemgetter(1))
    return {
        "papers": len(papers),
        "words": words,
        "pipeline load, s": round(load, 2),
        "blank tokenizer, words per CPU second": round(words / blank),
        "extraction, words per CPU second": round(words / extraction),
        "ratio": round(blank / extraction, 3),
        "1 process, papers per second": round(papers_per_second(papers, 1, model)),
        "2 processes, papers per second": round(papers_per_second(papers, 2, model)),
        "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    parser.add_argument("--model", choices=MODELS, default=DEFAULT_MODEL, help="default: %(default)s")
    arguments = parser.parse_args()
    figures = measure(arguments.model)
    for name, value in figures.items():
        print(f"{name:40} {value:>12,}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
