"""Count and fit the statistics that the extractor ships: extractors/weights.json.gz.

    python -m training.fit

Everything that is counted about a paper's names (catalogue, word lists, annotations) is counted on other papers when
the log-odds are fitted on it, so that these know how far such counts can be trusted on a new paper.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import spacy
from scipy import sparse
from scipy.optimize import minimize
from spacy.language import Language

from citegraph.extractors.cues import load_cues
from citegraph.extractors.entities import EntityResolver
from citegraph.extractors.pairs import PairFeatures
from citegraph.extractors.results import KINDS, NumberFeatures
from citegraph.extractors.role_features import RoleFeatures
from citegraph.extractors.roles import RoleFinder
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.extractors.weights import CLASSES, ROLES, WORD_TEMPLATES, LogOdds
from training.build_catalogue import LEXICON, TRAIN, read_rows
from training.counts import Counted, Finder, count
from training.examples import GrowingRows, examples, pair_examples, result_examples, role_examples

TEMPLATES = ("first", "last", "before", "before2", "near", "after", "after2", "plain", "shape", "seen")

_FOLDS = 4
_PENALTY = 1.0
_ROLE_PENALTY = 3.0
_LEAST_WEIGHT = 0.1
OUTPUT = Path(__file__).parent.parent / "extractors" / "weights.json.gz"
THRESHOLDS = {"Method": 0.3, "Benchmark": 0.3, "Dataset": 0.3, "Task": 0.27, "Metric": 0.25}
ROLE_THRESHOLDS = {
    "PROPOSES": 0.35,
    "USES": 0.3,
    "OUTPERFORMS": 0.25,
    "COMPARED_WITH": 0.35,
    "INTRODUCES": 0.35,
    "EVALUATED_ON": 0.25,
    "TRAINED_ON": 0.2,
    "ADDRESSES": 0.25,
}
PAIR_THRESHOLD = 0.5
RESULT_THRESHOLD = 0.4
T = TypeVar("T")


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
    table: npt.NDArray[np.float64] = found.x.reshape(size, outcomes)
    return table


def fit_apart(items: list[tuple[list[int], dict[int, int]]], size: int, columns: int) -> npt.NDArray[np.float64]:
    """Fit each relation apart, on the items that it may hold for: rows by relations, row 0 the prior."""
    table = np.zeros((size, columns))
    for column in range(columns):
        table[:, column] = fit_one([(features, truth[column]) for features, truth in items if column in truth], size)
    return table


def fit_one(items: list[tuple[list[int], int]], size: int) -> npt.NDArray[np.float64]:
    """Fit the log-odds of one relation: a value for each row, row 0 the prior."""
    two = fit(items, size, _ROLE_PENALTY, 2)
    return two[:, 1] - two[:, 0]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Rows by template and value, and their log-odds."""

    rows: dict[str, dict[Any, int]]
    table: npt.NDArray[np.float64]

    def log_odds(self) -> LogOdds:
        """Give them as the extractor holds them."""
        return LogOdds(self.rows, self.table.astype(np.float32))

    def to_json(self, word: Callable[[int], str]) -> dict[str, dict[str, list[float]]]:
        """Write them by template and value, small ones left out; ``word`` gives a word by its id."""
        data: dict[str, dict[str, list[float]]] = {"prior": {"": _rounded(self.table[0])}}
        for template, values in self.rows.items():
            named = {word(v) if template in WORD_TEMPLATES else v: self.table[row] for v, row in values.items()}
            data[template] = {
                value: _rounded(named[value]) for value in sorted(named) if np.abs(named[value]).max() >= _LEAST_WEIGHT
            }
        return data


def _rounded(weights: npt.NDArray[np.float64]) -> list[float]:
    return [round(float(weight), 2) for weight in weights]


def new_rows(templates: Iterable[str]) -> tuple[dict[str, GrowingRows], list[int]]:
    """Start growing rows for each template; the list holds the number of the last row."""
    counter = [0]
    return {template: GrowingRows(counter) for template in templates}, counter


def frozen(rows: Mapping[str, GrowingRows]) -> dict[str, dict[Any, int]]:
    """Give rows that grow no more."""
    return {template: dict(values) for template, values in rows.items()}


def without_rare(items: list[tuple[list[int], T]], least: int) -> list[tuple[list[int], T]]:
    """Leave out the features of fewer items than that."""
    frequency = Counter(row for features, _ in items for row in features)
    return [([row for row in features if frequency[row] >= least], truth) for features, truth in items]


def fit_all(papers: list[Mapping[str, Any]], lexicon: list[Mapping[str, Any]], nlp: Language) -> dict[str, Any]:
    """Count and fit everything: for each fold the counts and the entities' log-odds come from the other folds."""
    folds = [papers[number::_FOLDS] for number in range(_FOLDS)]
    rest = [[p for other, fold in enumerate(folds) if other != number for p in fold] for number in range(_FOLDS)]
    counted = [count(part, lexicon, nlp) for part in rest]
    entities, of_others = fit_entities(folds, counted, nlp)
    prepared = [
        Fold(papers, Finder(nlp, counts), EntityResolver(fitted.log_odds(), counts.seen, THRESHOLDS))
        for papers, counts, fitted in zip(folds, counted, of_others, strict=True)
    ]
    roles = fit_roles(prepared)
    final = count(papers, lexicon, nlp)
    word = nlp.vocab.strings.__getitem__
    return {
        "starts": final.starts,
        "heads": final.heads,
        "outside": final.outside,
        "seen": final.seen,
        "entities": entities.to_json(word),
        "thresholds": THRESHOLDS,
        "roles": roles.to_json(word),
        "role_thresholds": ROLE_THRESHOLDS,
        "pairs": fit_pairs(prepared, roles).to_json(word),
        "pair_threshold": PAIR_THRESHOLD,
        "results": fit_numbers(prepared).to_json(word),
        "result_threshold": RESULT_THRESHOLD,
    }


def fit_entities(
    folds: list[list[Mapping[str, Any]]], counted: list[Counted], nlp: Language
) -> tuple[Fitted, list[Fitted]]:
    """Fit the log-odds of the classes on all folds, and for each fold on the others."""
    growing, last = new_rows(TEMPLATES)
    parts = [list(examples(fold, counts, growing, nlp)) for fold, counts in zip(folds, counted, strict=True)]
    rows, size = frozen(growing), last[0] + 1

    def fit_on(chosen: Iterable[list[tuple[list[int], int]]]) -> Fitted:
        items = without_rare([item for part in chosen for item in part], 2)
        return Fitted(rows, fit(items, size, _PENALTY, len(CLASSES)))

    others = [fit_on(part for number, part in enumerate(parts) if number != left_out) for left_out in range(_FOLDS)]
    return fit_on(parts), others


@dataclass(frozen=True, slots=True)
class Fold:
    """The papers of one fold, with what finds their entities as in new papers."""

    papers: list[Mapping[str, Any]]
    finder: Finder
    resolver: EntityResolver


def fit_roles(folds: list[Fold]) -> Fitted:
    """Fit the log-odds of the roles of entities in their papers."""
    growing, last = new_rows(("cue", "plain", "before", "after"))
    features = RoleFeatures(growing, load_cues().names)
    items = [item for fold in folds for item in role_examples(fold.papers, fold.finder, fold.resolver, features)]
    return Fitted(frozen(growing), fit_apart(without_rare(items, 3), last[0] + 1, len(ROLES)))


def fit_pairs(folds: list[Fold], roles: Fitted) -> Fitted:
    """Fit the log-odds of a method of others to be evaluated on a resource."""
    growing, last = new_rows(("plain",))
    cues = load_cues()
    finder = RoleFinder(roles.log_odds(), ROLE_THRESHOLDS, cues)
    features = PairFeatures(growing, cues.names)
    items = [
        item for fold in folds for item in pair_examples(fold.papers, fold.finder, fold.resolver, finder, features)
    ]
    return Fitted(frozen(growing), fit_one(without_rare(items, 3), last[0] + 1)[:, None])


def fit_numbers(folds: list[Fold]) -> Fitted:
    """Fit the log-odds of the kinds of numbers."""
    growing, last = new_rows(("cue", "plain", "before", "before2", "after", "after2"))
    features = NumberFeatures(growing, load_cues().names)
    items = [item for fold in folds for item in result_examples(fold.papers, fold.finder, fold.resolver, features)]
    return Fitted(frozen(growing), fit(without_rare(items, 2), last[0] + 1, _PENALTY, len(KINDS) + 1))


def main() -> None:
    """Read the training papers and the lexicon, and write the statistics."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--train", type=Path, default=TRAIN)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)
    data = fit_all(list(read_rows(arguments.train)), list(read_rows(arguments.lexicon)), nlp)
    arguments.output.write_bytes(
        gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 9, mtime=0)
    )


if __name__ == "__main__":
    main()
