"""Count and fit the statistics that the extractor ships: extractors/weights.json.gz.

    python -m training.fit

Everything that is counted about a paper's names (catalogue, word lists, annotations) is counted on other papers when the
log-odds are fitted on it, so that these know how far such counts can be trusted on a new paper.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from scipy import sparse
from scipy.optimize import minimize
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.score import digits, match_entities, norm
from citegraph.extractors.abbreviations import AbbreviationFinder
from citegraph.extractors.catalogue_matcher import CatalogueMatcher
from citegraph.extractors.cues import load_cues
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.entities import EntityResolver
from citegraph.extractors.features import GroupFeatures
from citegraph.extractors.groups import Group, group_candidates
from citegraph.extractors.phrases import PhraseFinder
from citegraph.extractors.results import KINDS, NumberFeatures, find_numbers
from citegraph.extractors.role_features import RoleFeatures, SentenceCues
from citegraph.extractors.roles import paper_facts
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.shapes import ShapeFinder
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.extractors.weights import CLASSES, ROLES, WORD_TEMPLATES, LogOdds
from citegraph.extractors.words import name_words, read_words
from citegraph.graph.catalogue import CatalogueEntry, parse_entry
from citegraph.graph.records import PAPER
from training.build_catalogue import LEXICON, TRAIN, build, read_rows

_TEMPLATES = ("first", "last", "before", "before2", "near", "after", "after2", "plain", "shape", "seen")


class GrowingRows(dict[Any, int]):
    """Rows of one template; an unknown value gets the next free row."""

    def __init__(self, counter: list[int]) -> None:
        self._counter = counter

    def get(self, key: Any, default: Any = None) -> int:  # noqa: ANN401, ARG002
        """Return the row of a value, a new one where there is none."""
        if key not in self:
            self._counter[0] += 1
            self[key] = self._counter[0]
        return self[key]


@dataclass(slots=True)
class Counted:
    """What is counted on a set of papers."""

    entries: tuple[CatalogueEntry, ...]
    starts: dict[str, float]
    heads: dict[str, float]
    outside: tuple[str, ...]
    seen: dict[str, tuple[int, ...]]


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
    """The components that propose candidates, over a catalogue and word lists of one's own."""

    def __init__(
        self,
        nlp: Language,
        entries: Iterable[CatalogueEntry],
        starts: Mapping[str, float],
        heads: Mapping[str, float],
        outside: Iterable[str],
    ) -> None:
        self._nlp = nlp
        self._components = (
            SentenceSplitter(),
            CatalogueMatcher(entries),
            ShapeFinder(),
            PhraseFinder(starts, heads, outside),
            AbbreviationFinder(),
        )

    def __call__(self, paper: Mapping[str, Any]) -> tuple[Doc, Draft, list[Group]]:
        """Find a paper's groups of candidates."""
        title = paper["title"]
        text = f"{title}\n\n{paper['abstract']}"
        doc = self._nlp.make_doc(text)
        doc.user_data["citegraph"] = Draft(len(title), len(title) + 2, text, text, read_words(doc))
        for component in self._components:
            component(doc)
        draft = draft_of(doc)
        return doc, draft, group_candidates(draft)


def label(group: Group, paper: Mapping[str, Any], text: str, draft: Draft) -> str:
    """Give what a group is annotated as: a class, 'None', or 'optional'."""
    words = draft.words
    surfaces = {norm(text[words.starts[start] : words.ends[end - 1]]) for start, end in group.places}
    best, score = "None", 0
    for entity in paper["entities"]:
        shared = len(surfaces & {norm(s) for s in (*entity["surfaces"], entity["name"])})
        if shared > score:
            best, score = entity["type"] if entity["core"] else "optional", shared
    return best


def count(papers: list[Mapping[str, Any]], lexicon: list[Mapping[str, Any]], nlp: Language) -> Counted:
    """Count the catalogue, the word lists and the annotations of each name on these papers."""
    entries = tuple(parse_entry(row) for row in build(lexicon, papers))
    starts, heads, outside = word_lists(papers)
    finder = Finder(nlp, entries, starts, heads, outside)
    seen: dict[str, list[int]] = defaultdict(lambda: [0] * (len(CLASSES) + 1))
    for paper in papers:
        doc, draft, groups = finder(paper)
        for group in groups:
            counts = seen[group.name]
            counts[0] += 1
            what = label(group, paper, doc.text, draft)
            if what == "optional":
                counts[len(CLASSES)] += 1
            elif what != "None":
                counts[CLASSES.index(what)] += 1
    kept = {name: tuple(c) for name, c in seen.items() if c[0] >= 2 or any(c[1:])}
    return Counted(entries, starts, heads, outside, dict(sorted(kept.items())))


def examples(
    papers: Iterable[Mapping[str, Any]], counted: Counted, rows: Mapping[str, GrowingRows], nlp: Language
) -> Iterator[tuple[list[int], int]]:
    """Yield the features and the class of each group of candidates, optional ones left out."""
    finder = Finder(nlp, counted.entries, counted.starts, counted.heads, counted.outside)
    features = GroupFeatures(rows, counted.seen)
    for paper in papers:
        doc, draft, groups = finder(paper)
        for group in groups:
            what = label(group, paper, doc.text, draft)
            if what != "optional":
                yield features(group, doc.text, draft), CLASSES.index(what)


def fit(items: list[tuple[list[int], int]], size: int, penalty: float, outcomes: int) -> npt.NDArray[np.float64]:
    """Fit multinomial log-odds with an L2 penalty: rows by outcomes, row 0 the prior."""
    indices = [row for features, _ in items for row in (0, *features)]
    pointers = np.cumsum([0] + [len(features) + 1 for features, _ in items])
    matrix = sparse.csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(items), size))
    truth = np.array([outcome for _, outcome in items])
    target = np.zeros((len(items), outcomes))
    target[np.arange(len(items)), truth] = 1

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        table = flat.reshape(size, outcomes)
        scores = matrix @ table
        scores -= scores.max(axis=1, keepdims=True)
        log_total = np.log(np.exp(scores).sum(axis=1))
        value = (log_total - scores[np.arange(len(items)), truth]).sum() + 0.5 * penalty * (table[1:] ** 2).sum()
        gradient = matrix.T @ (np.exp(scores - log_total[:, None]) - target)
        gradient[1:] += penalty * table[1:]
        return value, gradient.ravel()

    found = minimize(loss, np.zeros(size * outcomes), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return found.x.reshape(size, outcomes)


def fit_roles(items: list[tuple[list[int], dict[int, int]]], size: int, penalty: float) -> npt.NDArray[np.float64]:
    """Fit the log-odds of each role apart, on the entities that may play it: rows by roles, row 0 the prior."""
    table = np.zeros((size, len(ROLES)))
    for column in range(len(ROLES)):
        chosen = [(features, truth[column]) for features, truth in items if column in truth]
        two = fit(chosen, size, penalty, 2)
        table[:, column] = two[:, 1] - two[:, 0]
    return table


def self_roles(paper: Mapping[str, Any]) -> dict[str, set[str]]:
    """Give the roles of each annotated entity towards the paper or what it proposes."""
    own = {r["tail"] for r in paper["relations"] if r["type"] == "PROPOSES"}
    roles: dict[str, set[str]] = defaultdict(set)
    for relation in paper["relations"]:
        of_paper = relation["type"] in ("PROPOSES", "INTRODUCES")
        if relation["head"] == PAPER or (relation["head"] in own and not of_paper):
            roles[relation["tail"]].add(relation["type"])
    return roles


def predicted(draft: Draft) -> list[dict[str, Any]]:
    """Give the found entities in the scorer's form."""
    return [
        {"type": e.type, "name": e.name, "mentions": [{"text": m.text} for m in e.mentions]} for e in draft.entities
    ]


def role_examples(
    papers: Iterable[Mapping[str, Any]], finder: Finder, resolver: EntityResolver, features: RoleFeatures
) -> Iterator[tuple[list[int], dict[int, int]]]:
    """Yield the features of each found entity and, for each role that it may play, whether it does."""
    cues = load_cues()
    for paper in papers:
        doc, draft, _ = finder(paper)
        resolver(doc)
        gold = paper["entities"]
        match = {j: gold[i] for i, j in match_entities(gold, predicted(draft))}
        roles = self_roles(paper)
        sentences = SentenceCues(draft, cues.find(draft.words))
        facts = paper_facts(draft)
        for number, found in enumerate(draft.found):
            entity = match.get(number)
            if entity is not None and not entity["core"]:
                continue
            true = roles[entity["id"]] if entity is not None else set()
            rows, _ = features(found, draft, sentences, facts)
            yield (
                rows,
                {column: int(role in true) for column, (types, role) in enumerate(ROLES) if found.entity.type in types},
            )


def result_examples(
    papers: Iterable[Mapping[str, Any]], finder: Finder, resolver: EntityResolver, features: NumberFeatures
) -> Iterator[tuple[list[int], int]]:
    """Yield the features of each number and its kind: 0 for no result, else one more than its index in KINDS."""
    cues = load_cues()
    for paper in papers:
        doc, draft, _ = finder(paper)
        resolver(doc)
        sentences = SentenceCues(draft, cues.find(draft.words))
        kinds = {digits(result["value"]): KINDS.index(result["kind"]) + 1 for result in paper["results"]}
        for number in find_numbers(draft):
            kind = kinds.get(digits(draft.text[number.start : number.end]), 0)
            yield features(number, draft, sentences), kind
