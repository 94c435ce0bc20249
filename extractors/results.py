"""Numbers that a paper reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.cues import CueTable, load_cues
from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.role_features import SentenceCues, position
from citegraph.extractors.weights import LogOdds, load_weights
from citegraph.graph.records import PAPER, Evidence, Result, ResultKind

__all__ = ["KINDS", "NumberFeatures", "Number", "ResultFinder", "find_numbers"]

KINDS: tuple[ResultKind, ...] = get_args(ResultKind)
"""What a number may be, in the order of the log-odds' columns after the first, which is 'no result'."""

_NUMBER = re.compile(
    r"(?<![\w.\-/@^_{])[-+]?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})"
    r"(?P<unit>\s?\\?%|\s?percent(?:age points?)?\b|\s?(?:absolute |relative )?(?:points?|pp|pts)\b"
    r"|\s?\$?\\times\$?|\s?[x×](?!\w)|[- ]?(?:times|fold)\b|\s?(?:dB|ms|BLEU|FPS|mIoU|mAP|AUC|F1)\b)?(?![\w/]|\.\d)"
)
_LEAD = re.compile(r"(?:up to|over|more than|around|about|nearly|approximately|at least|only) $")
_UNITS = {
    "percent": "%",
    "point": "points",
    "points": "points",
    "pp": "points",
    "pts": "points",
    "percentage": "points",
}
_RATIO_UNITS = re.compile(r"times|fold|[x×]$")
_BY = "number-1"


class Number(NamedTuple):
    """A number in the text: offsets with its unit, its unit in a standard form, and its words' indices."""

    start: int
    end: int
    unit: str | None
    first: int
    last: int


def find_numbers(draft: Draft) -> list[Number]:
    """Find the numbers of the abstract and the title, with their units.

    Years, numbers inside names and parts of longer numbers are left out.
    """
    words = draft.words
    found = []
    for match in _NUMBER.finditer(draft.text):
        unit = _unit(match["unit"])
        digits = match["number"]
        if unit is None and "." not in digits and (len(digits) == 4 or len(digits) == 1):
            continue
        first, last = words.at(match.start()), words.at(match.end())
        if first < last:
            found.append(Number(match.start(), match.end(), unit, first, last))
    return found


def _unit(written: str | None) -> str | None:
    """Give a unit in a standard form.

    >>> [_unit(unit) for unit in ("\\\\%", " percentage points", " times", "×", None)]
    ['%', 'points', 'x', 'x', None]
    """
    if written is None:
        return None
    plain = written.strip().lstrip("\\-").strip("$").lstrip("\\")
    if _RATIO_UNITS.search(plain):
        return "x"
    word = plain.split()[-1] if "point" in plain else plain
    return _UNITS.get(word, plain)


class NumberFeatures:
    """Give the rows of a number's features."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]]) -> None:
        """Take the rows by template and value."""
        self._cue = rows["cue"]
        self._plain = rows["plain"]
        self._words = [rows[name] for name in ("before", "before2", "after", "after2")]

    def __call__(self, number: Number, draft: Draft, sentences: SentenceCues) -> list[int]:
        """Collect the rows, each once, sorted."""
        lower = draft.words.lower
        before, before2, after, after2 = self._words
        first, last = number.first, number.last
        rows = {before.get(lower[first - 1], 0), before2.get(lower[first - 2], 0)} if first > 1 else set()
        if last + 1 < len(lower):
            rows |= {after.get(lower[last], 0), after2.get(lower[last + 1], 0)}
        sentence = sentences.sentence_of(first)
        for cue in sentences.cues[sentence]:
            rows.add(self._cue.get(position(cue, first, last), 0))
        rows.update(self._plain.get(value, 0) for value in _facts(number, draft, sentences, sentence))
        rows.discard(0)
        return sorted(rows)


def _facts(number: Number, draft: Draft, sentences: SentenceCues, sentence: int) -> list[str]:
    text = draft.text[number.start : number.end]
    types = {found.entity.type for found in draft.found if sentence in _sentences_of(found, sentences)}
    return [
        f"unit {number.unit}",
        "decimal" if "." in text else "whole",
        "signed" if text[0] in "+-" else "plain",
        f"from end {min(len(draft.sentences) - sentence, 4)}",
        *types,
    ]


def _sentences_of(found: Found, sentences: SentenceCues) -> set[int]:
    return {sentences.sentence_of(start) for start, _ in found.places}


class ResultFinder:
    """Decide which numbers are results, of which kind, measured by what and on what.

    Requires the draft's entities, relations and sentences; assigns its ``results``. Metric and resource are taken
    from the number's own sentence; the method is the first that the paper proposes, else the paper.
    """

    def __init__(self, log_odds: LogOdds, threshold: float, cues: CueTable) -> None:
        """Take the log-odds of the kinds, the least probability to accept, and the cue words."""
        self._log_odds = log_odds
        self._threshold = threshold
        self._cues = cues
        self._features = NumberFeatures(log_odds.rows)

    def __call__(self, doc: Doc) -> Doc:
        """Set the results."""
        draft = draft_of(doc)
        numbers = find_numbers(draft)
        if numbers:
            draft.results = tuple(self._results(draft, numbers))
        return doc

    def _results(self, draft: Draft, numbers: list[Number]) -> list[Result]:
        sentences = SentenceCues(draft, self._cues.find(draft.words))
        rows = [self._features(number, draft, sentences) for number in numbers]
        own = next((r.tail for r in draft.relations if r.type == "PROPOSES"), PAPER)
        results = []
        for number, chance in zip(numbers, self._log_odds.probabilities(rows).tolist(), strict=True):
            probability = 1 - chance[0]
            if probability >= self._threshold:
                kind = KINDS[max(range(len(KINDS)), key=lambda index: chance[index + 1])]
                results.append(_result(number, kind, probability, own, draft, sentences))
        return results


def _result(
    number: Number, kind: ResultKind, probability: float, method: str, draft: Draft, sentences: SentenceCues
) -> Result:
    sentence = sentences.sentence_of(number.first)
    start, end = draft.sentences[sentence]
    on = _nearest(number, draft, sentences, sentence, ("Benchmark", "Dataset"))
    metric = _nearest(number, draft, sentences, sentence, ("Metric",))
    lead = _LEAD.search(draft.text, max(0, number.start - 16), number.start)
    value = draft.original[lead.start() if lead else number.start : number.end]
    evidence = Evidence(*draft.place(start, end))
    return Result(method, on, metric, value, number.unit, kind, evidence, round(probability, 3), _BY)


def _nearest(
    number: Number, draft: Draft, sentences: SentenceCues, sentence: int, types: tuple[str, ...]
) -> str | None:
    """Give the entity of these types that stands nearest to the number in its sentence."""
    near = [
        (max(start - number.last, number.first - end), found.entity.id)
        for found in draft.found
        if found.entity.type in types
        for start, end in found.places
        if sentences.sentence_of(start) == sentence
    ]
    return min(near)[1] if near else None


@Language.factory("citegraph_results_v1", assigns=["doc.user_data"])
def make_result_finder(nlp: Language, name: str) -> ResultFinder:  # noqa: ARG001
    """Build the component with the statistics and cues that ship with the package."""
    weights = load_weights()
    return ResultFinder(weights.results, weights.result_threshold, load_cues())
