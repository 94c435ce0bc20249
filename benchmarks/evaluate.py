"""Score the extractor on the two annotated development sets, beside the catalogue alone.

python -m benchmarks.evaluate [--json FILE]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.score import score
from citegraph.extractors import extract
from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc, shared_pipeline
from citegraph.graph.catalogue import load_catalogue
from citegraph.graph.records import Paper

GOLD = Path(__file__).parent / "gold"
SETS = {"sample pages": "dev.jsonl", "recent papers": "dev_corpus.jsonl"}

Row = dict[str, Any]
Report = dict[str, dict[str, Any]]


def read_gold(name: str) -> list[Row]:
    """Read one annotated set."""
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines() if line.strip()]


def papers_of(rows: Iterable[Row]) -> list[Paper]:
    """Give the papers of annotated rows."""
    return [Paper(f"gold:{row['id']}", row["title"], row["abstract"]) for row in rows]


def by_extractor(papers: list[Paper]) -> list[Row]:
    """Predict with the whole extractor."""
    return [json.loads(facts.to_json()) for facts in extract(papers)]


def by_catalogue_alone(papers: list[Paper]) -> list[Row]:
    """Predict every known name as an entity, and nothing else."""
    matcher = CatalogueMatcher(load_catalogue().entries)
    return [_matches(matcher, paper) for paper in papers]


def _matches(matcher: CatalogueMatcher, paper: Paper) -> Row:
    doc = matcher(make_doc(shared_pipeline("rules"), paper))
    draft = draft_of(doc)
    found: dict[tuple[str, str], set[str]] = {}
    for candidate in draft.candidates:
        if candidate.entry is not None:
            surface = draft.text[draft.words.starts[candidate.start] : draft.words.ends[candidate.end - 1]]
            found.setdefault((candidate.entry.type, candidate.entry.name), set()).add(surface)
    entities = [
        {"id": f"e{number}", "type": type_, "name": name, "mentions": [{"text": text} for text in sorted(surfaces)]}
        for number, ((type_, name), surfaces) in enumerate(found.items(), 1)
    ]
    return {"title": paper.title, "entities": entities, "relations": [], "results": []}


METHODS: dict[str, Callable[[list[Paper]], list[Row]]] = {
    "extractor": by_extractor,
    "catalogue alone": by_catalogue_alone,
}


def evaluate() -> dict[str, dict[str, Report]]:
    """Score each method on each set."""
    reports: dict[str, dict[str, Report]] = {}
    for title, name in SETS.items():
        gold = read_gold(name)
        papers = papers_of(gold)
        reports[title] = {method: score(gold, predict(papers))[0] for method, predict in METHODS.items()}
    return reports


def table(reports: dict[str, dict[str, Report]]) -> str:
    """Lay the scores out: for each set the extractor's precision, recall and F1, and the catalogue's F1."""
    lines = []
    for title, methods in reports.items():
        best, base = methods["extractor"], methods["catalogue alone"]
        lines.append(f"{title} ({best['papers']['gold']} papers)")
        lines.append(f"  {'class':20} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6}   catalogue alone F1")
        for name, row in best.items():
            if "f1" not in row if isinstance(row, dict) else True:
                continue
            beside = base.get(name, {}).get("f1", 0.0)
            lines.append(
                f"  {name:20} {row['precision']:6.3f} {row['recall']:6.3f} {row['f1']:6.3f}"
                f" {row['gold']:6d} {row['predicted']:6d}   {beside:.3f}"
            )
        lines.append(f"  Dataset or Benchmark right: {best['resource_type_accuracy']:.3f}\n")
    return "\n".join(lines)


def main() -> None:
    """Print the table, and write the full scores where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all scores as JSON")
    arguments = parser.parse_args()
    reports = evaluate()
    print(table(reports))
    if arguments.json:
        arguments.json.write_text(json.dumps(reports, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
