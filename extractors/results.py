"""Numbers that a paper reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.cues import CueTable, SentenceCues, cues_of, load_cues, position
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.role_features import cue_rows
from citegraph.extractors.weights import LogOdds, load_weights
from citegraph.graph.records import PAPER, RESULT_KINDS, Result

__all__ = ["Number", "NumberFeatures", "ResultFinder", "find_numbers", "places_by_sentence"]

_DIGITS = re.compile(r"[\d.][\d.,]*")
_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})"
    r"(?P<unit>\s?\\?%|\s?percent(?:age points?)?\b|\s?(?:absolute |relative )?(?:points?|pp|pts)\b"
    r"|\s?\$?\\times\$?|\s?[x×](?!\w)|[- ]?(?:times|fold)\b|\s?(?:dB|ms|BLEU|FPS|mIoU|mAP|AUC|F1)\b)?"
    r"(?![\w/]|\.\d)"
)
_NOT_BEFORE = frozenset("-/@^_{.")
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
_RESOURCES = frozenset({"Benchmark", "Dataset"})
_METRICS = frozenset({"Metric"})
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
    for match in _written_numbers(draft.text):
        unit = _unit(match["unit"])
        digits = match["number"]
        if unit is None and "." not in digits and (len(digits) == 4 or len(digits) == 1):
            continue
        first, last = words.at(match.start()), words.at(match.end())
        if first < last:
            found.append(Number(match.start(), match.end(), unit, first, last))
    return found


def _written_numbers(text: str) -> Iterator[re.Match[str]]:
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        before = text[start - 1] if start else " "
        if not before.isalnum() and before not in _NOT_BEFORE:
            match = _NUMBER.match(text, start)
            if match:
                yield match


def _unit(written: str | None) -> str | None:
    r"""Give a unit in a standard form.

    >>> [_unit(unit) for unit in ("\\%", " percentage points", " times", "×", None)]
    ['%', 'points', 'x', 'x', None]
    """
    if written is None:
        return None
    plain = written.strip().lstrip("\\-").strip("$").lstrip("\\")
    if _RATIO_UNITS.search(plain):
        return "x"
    word = plain.split()[-1] if "point" in plain else plain
    return _UNITS.get(word, plain)


class Place(NamedTuple):
    """A mention: its words' indices, end exclusive, its entity's id and type."""

    start: int
    end: int
    id: str
    type: str


class NumberFeatures:
    """Give the rows of a number's features."""

    def __init__(self, rows: Mapping[str, Mapping[Any, int]], cues: Iterable[str]) -> None:
        """Take the rows by template and value, and the names of the cues by number."""
        self._cue = cue_rows(rows["cue"], cues)
        self._plain = rows["plain"]
        self._words = [rows[name] for name in ("before", "before2", "after", "after2")]

    def __call__(self, number: Number, draft: Draft, sentences: SentenceCues, places: list[Place]) -> list[int]:
        """Collect the rows, each once; ``places`` are the mentions in the number's sentence."""
        lower = draft.words.lower
        before, before2, after, after2 = self._words
        first, last = number.first, number.last
        rows = {before.get(lower[first - 1], 0), before2.get(lower[first - 2], 0)} if first > 1 else set()
        if last + 1 < len(lower):
            rows |= {after.get(lower[last], 0), after2.get(lower[last + 1], 0)}
        sentence = sentences.sentence_of(first)
        for cue in sentences.cues[sentence]:
            rows.add(self._cue[cue.number][position(cue, first, last)])
        rows.update(self._plain.get(value, 0) for value in _facts(number, draft, sentence, places))
        rows.discard(0)
        return list(rows)


def _facts(number: Number, draft: Draft, sentence: int, places: list[Place]) -> list[str]:
    text = draft.text[number.start : number.end]
    types = {place.type for place in places}
    return [
        f"unit {number.unit}",
        "decimal" if "." in text else "whole",
        "signed" if draft.text[number.start - 1 : number.start] == "+" else "plain",
        f"from end {min(len(draft.sentences) - sentence, 4)}",
        *sorted(types),
    ]


def places_by_sentence(draft: Draft, sentences: SentenceCues) -> dict[int, list[Place]]:
    """Sort the mentions of all entities into the sentences."""
    places: dict[int, list[Place]] = defaultdict(list)
    for found in draft.found:
        for start, end in found.places:
            places[sentences.sentence_of(start)].append(Place(start, end, found.entity.id, found.entity.type))
    return places


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
        self._features = NumberFeatures(log_odds.rows, cues.names)

    def __call__(self, doc: Doc) -> Doc:
        """Set the results."""
        draft = draft_of(doc)
        numbers = find_numbers(draft)
        if numbers:
            draft.results = tuple(self._results(draft, numbers))
        return doc

    def _results(self, draft: Draft, numbers: list[Number]) -> list[Result]:
        sentences = cues_of(draft, self._cues)
        places = places_by_sentence(draft, sentences)
        near = [places.get(sentences.sentence_of(number.first), []) for number in numbers]
        rows = [self._features(n, draft, sentences, around) for n, around in zip(numbers, near, strict=True)]
        own = next((r.tail for r in draft.relations if r.type == "PROPOSES"), PAPER)
        chances = self._log_odds.probabilities(rows).tolist()
        results = []
        for number, around, chance in zip(numbers, near, chances, strict=True):
            if 1 - chance[0] >= self._threshold:
                kind = RESULT_KINDS[max(range(len(RESULT_KINDS)), key=lambda index: chance[index + 1])]
                evidence = draft.evidence_at(sentences.sentence_of(number.first), (number.start, number.end))
                on, metric = _nearest(number, around, _RESOURCES), _nearest(number, around, _METRICS)
                value = _value(number, draft)
                confidence = round(1 - chance[0], 3)
                results.append(Result(own, on, metric, value, number.unit, kind, evidence, confidence, _BY))
        return results


def _value(number: Number, draft: Draft) -> str:
    """Give the number as written, with the words before it that bound it."""
    lead = _LEAD.search(draft.text, max(0, number.start - 16), number.start)
    return draft.original[lead.start() if lead else number.start : number.end]


def _nearest(number: Number, places: list[Place], types: frozenset[str]) -> str | None:
    """Give the entity of these types that stands nearest to the number, the earlier of two."""
    near = [
        (max(place.start - number.last, number.first - place.end), place.start, place.id)
        for place in places
        if place.type in types
    ]
    return min(near)[2] if near else None


@Language.factory("citegraph_results_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL})
def make_result_finder(nlp: Language, name: str, weights: str) -> ResultFinder:  # noqa: ARG001
    """Build the component with the statistics and cues that ship with the package."""
    fitted = load_weights(weights)
    return ResultFinder(fitted.results, fitted.result_threshold, load_cues())
