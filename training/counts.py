"""What is counted on annotated papers: the catalogue, words that start and end terms, what names are annotated as."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.score import norm
from citegraph.extractors.abbreviations import AbbreviationFinder
from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.groups import Group, group_candidates, hopeless_names
from citegraph.extractors.phrases import PhraseFinder
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.shapes import ShapeFinder
from citegraph.extractors.tagged import TaggedSpanFinder
from citegraph.extractors.tags import Tags
from citegraph.extractors.weights import CLASSES
from citegraph.extractors.words import name_words
from citegraph.graph.catalogue import CatalogueEntry, parse_entry
from citegraph.graph.records import PAPER, Paper
from training.build_catalogue import build

__all__ = ["Counted", "Finder", "annotations", "count", "label", "silver"]

_SURE = 0.5


@dataclass(slots=True)
class Counted:
    """What is counted on a set of papers."""

    entries: tuple[CatalogueEntry, ...]
    starts: dict[str, float]
    heads: dict[str, float]
    outside: tuple[str, ...]
    seen: dict[str, tuple[int, ...]]

    def names(self, observed: Mapping[str, tuple[int, ...]]) -> dict[str, Mapping[str, tuple[int, ...]]]:
        """Give what names were annotated as, by the template of the features that say so."""
        return {"seen": self.seen, "observed": observed}


def annotated_surfaces(paper: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield surface, type and core of every annotated surface form."""
    for entity in paper["entities"]:
        for surface in entity["surfaces"]:
            yield surface, entity["type"], entity["core"]


def word_lists(papers: Iterable[Mapping[str, Any]]) -> tuple[dict[str, float], dict[str, float], tuple[str, ...]]:
    """Count the log-odds of words to start and to end an annotated term, and which words never stand in one."""
    total: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for paper in papers:
        words = [word.lower() for word in name_words(f"{paper['title']}\n\n{paper['abstract']}")]
        total.update(words)
        joined = " " + " ".join(words) + " "
        for surface in {" ".join(name_words(s)).lower() for s, _, core in annotated_surfaces(paper) if core}:
            count = joined.count(f" {surface} ")
            if surface and count:
                parts = surface.split()
                inside.update(dict.fromkeys(parts, count))
                starts[parts[0]] += count
                ends[parts[-1]] += count
    heads = {w: _log_odds(n, total[w]) for w, n in ends.items() if n >= 2 and w.isalnum()}
    outside = [w for w, n in total.items() if (n >= 4 and inside[w] < 0.02 * n) or not w.isalnum()]
    known = {w: _log_odds(starts[w], n) for w, n in total.items() if n >= 2 and w.isalnum() and inside[w]}
    unknown = _log_odds(sum(starts[w] for w, n in total.items() if n == 1), sum(n == 1 for n in total.values()))
    return {"": unknown, **_sorted(known)}, _sorted(heads), tuple(sorted({*outside, *"\n\r\t\x0b\x0c"}))


def _log_odds(count: int, total: int) -> float:
    return round(math.log((count + 0.2) / (max(total - count, 0) + 1.0)), 2)


def _sorted(values: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(values.items()))


class Finder:
    """The components that propose candidates, over a catalogue and word lists of one's own.

    ``tags`` gives the tags of papers' words by the papers' ids, where a tagger is to be heard.
    """

    def __init__(self, nlp: Language, counted: Counted, tags: Mapping[Any, Tags] | None = None) -> None:
        self._nlp = nlp
        self._tags = tags
        self._hopeless = hopeless_names(counted.seen)
        self._components = (
            SentenceSplitter(),
            CatalogueMatcher(counted.entries),
            ShapeFinder(),
            PhraseFinder(counted.starts, counted.heads, counted.outside),
            TaggedSpanFinder(),
            AbbreviationFinder(),
        )

    def __call__(self, paper: Mapping[str, Any]) -> tuple[Doc, Draft, list[Group]]:
        """Find a paper's groups of candidates."""
        doc = make_doc(self._nlp, Paper("", paper["title"], paper["abstract"]))
        if self._tags is not None:
            draft_of(doc).tags = self._tags[paper["id"]]
        for component in self._components:
            component(doc)
        draft = draft_of(doc)
        return doc, draft, group_candidates(draft, self._hopeless)


def label(group: Group, paper: Mapping[str, Any], draft: Draft) -> str:
    """Give what a group is annotated as: a class, 'None', or 'optional'."""
    words, text = draft.words, draft.text
    surfaces = {norm(text[words.starts[start] : words.ends[end - 1]]) for start, end in group.places}
    best, score = "None", 0
    for entity in paper["entities"]:
        shared = len(surfaces & {norm(s) for s in (*entity["surfaces"], entity["name"])})
        if shared > score:
            best, score = entity["type"] if entity["core"] else "optional", shared
    return best


def count(
    papers: list[Mapping[str, Any]],
    lexicon: list[Mapping[str, Any]],
    nlp: Language,
    tags: Mapping[Any, Tags] | None = None,
) -> Counted:
    """Count the catalogue, the word lists and the annotations of each name on these papers."""
    entries = tuple(parse_entry(row) for row in build(lexicon, papers))
    starts, heads, outside = word_lists(papers)
    finder = Finder(nlp, Counted(entries, starts, heads, outside, {}), tags)
    return Counted(entries, starts, heads, outside, annotations(papers, finder))


def annotations(papers: Iterable[Mapping[str, Any]], finder: Finder) -> dict[str, tuple[int, ...]]:
    """Count for each name the papers with it and what it is annotated as in them, where any does or several have it."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * (len(CLASSES) + 1))
    for paper in papers:
        _, draft, groups = finder(paper)
        for group in groups:
            counts = found[group.name]
            counts[0] += 1
            what = label(group, paper, draft)
            if what == "optional":
                counts[len(CLASSES)] += 1
            elif what != "None":
                counts[CLASSES.index(what)] += 1
    kept = {name: tuple(c) for name, c in found.items() if c[0] >= 2 or any(c[1:])}
    return dict(sorted(kept.items()))


def silver(papers: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield papers with facts that were found as papers with annotations.

    Doubtful entities are optional, and doubtful relations stand apart: they are neither examples nor counterexamples.
    """
    for paper in papers:
        entities = [
            {
                "id": entity["id"],
                "type": entity["type"],
                "name": entity["name"],
                "surfaces": sorted({mention["text"] for mention in entity["mentions"]}),
                "core": entity["mentions"][0]["confidence"] >= _SURE,
            }
            for entity in paper["entities"]
        ]
        own = {relation["tail"] for relation in paper["relations"] if relation["type"] == "PROPOSES"}
        relations = [{**r, "head": PAPER if r["head"] in own else r["head"]} for r in paper["relations"]]
        sure = [relation for relation in relations if relation["confidence"] >= _SURE]
        doubtful = [relation for relation in relations if relation["confidence"] < _SURE]
        yield {**paper, "entities": entities, "relations": sure, "doubtful": doubtful}
