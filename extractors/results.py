"""Numbers that a paper reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.calibration import UNCALIBRATED, Calibration, confidence_of
from citegraph.extractors.cues import CueTable, cues_of, load_cues
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.measures import Measures, load_measures
from citegraph.extractors.result_features import LinkFeatures, NumberFeatures
from citegraph.extractors.scenes import LINKS, Link, Number, Place, Scene, find_scenes
from citegraph.extractors.weights import LogOdds, Weights, load_weights
from citegraph.graph.records import PAPER, RESULT_KINDS, Result, ResultKind

__all__ = ["ResultFinder"]

_BY = "number-2"
_LEAST_LINK: Mapping[Link, float] = {"on": 0.35, "metric": 0.5, "method": 0.35}


class ResultFinder:
    """Decide which numbers are results, of which kind, of what method, measured by what and on what.

    Requires the draft's entities, sentences, comparisons and relations; assigns its ``results``. What a number is
    linked to stands in its sentence, or, of resources, in the one before; a number that several resources share is a
    result on each. One that no method of others has is the paper's own.
    """

    def __init__(
        self,
        numbers: LogOdds,
        links: LogOdds,
        threshold: float,
        cues: CueTable,
        measures: Measures,
        calibration: Calibration = UNCALIBRATED,
    ) -> None:
        """Take the log-odds of kinds and links, the least probability to accept, the cue words and the measures.

        ``calibration`` makes confidences.
        """
        self._calibration = calibration
        self._numbers = numbers
        self._links = links
        self._threshold = threshold
        self._cues = cues
        self._measures = measures
        self._features = NumberFeatures(numbers.rows, cues.names)
        self._link_features = LinkFeatures(links.rows, cues.names)

    @classmethod
    def of(cls, fitted: Weights) -> ResultFinder:
        """Take what was fitted for a model, and the cues that ship with the package."""
        return cls(
            fitted.results,
            fitted.links,
            fitted.result_threshold,
            load_cues(),
            load_measures(),
            fitted.result_calibration,
        )

    def __call__(self, doc: Doc) -> Doc:
        """Set the results."""
        self.read(draft_of(doc))
        return doc

    def read(self, draft: Draft) -> None:
        """Set the results of a draft."""
        scenes = find_scenes(draft, self._cues)
        if scenes:
            draft.results = tuple(self._results(draft, scenes))

    def _results(self, draft: Draft, scenes: list[Scene]) -> Iterator[Result]:
        sentences = cues_of(draft, self._cues)
        found = [(number, scene) for scene in scenes for number in scene.numbers]
        rows = [self._features(number, scene, draft, sentences) for number, scene in found]
        for (number, scene), chance in zip(found, self._numbers.probabilities(rows).tolist(), strict=True):
            if 1 - chance[0] >= self._threshold:
                kind = RESULT_KINDS[max(range(len(RESULT_KINDS)), key=lambda index: chance[index + 1])]
                yield from self._of_number(number, scene, draft, kind, 1 - chance[0])

    def _of_number(
        self, number: Number, scene: Scene, draft: Draft, kind: ResultKind, chance: float
    ) -> Iterator[Result]:
        """Give the results that a number stands for: one on each resource that it is linked to."""
        quantity = number.quantity
        on = self._linked(number, "on", scene, draft)
        if scene.respectively:
            on = on[:1]
        metric = self._linked(number, "metric", scene, draft)[:1]
        method = self._linked(number, "method", scene, draft)[:1]
        measure = draft.found[metric[0][0]].entity.name if metric else self._measures.near(number, draft)
        value = draft.original[quantity.start : quantity.end]
        evidence = draft.evidence_at(scene.sentence, (quantity.start, quantity.end))
        shared: list[tuple[int | None, float]] = [*on] or [(None, 1.0)]
        for resource, sure in shared:
            yield Result(
                draft.found[method[0][0]].entity.id if method else _own(number, scene, draft),
                None if resource is None else draft.found[resource].entity.id,
                draft.found[metric[0][0]].entity.id if metric else measure,
                value,
                quantity.unit,
                kind,
                evidence,
                confidence_of(chance * sure, self._calibration),
                _BY,
                number=quantity.number,
                upper=quantity.upper,
                origin=quantity.origin,
                spread=quantity.spread,
                hedge=quantity.hedge,
                direction=self._measures.direction(measure, quantity.unit),
            )

    def _linked(self, number: Number, link: Link, scene: Scene, draft: Draft) -> list[tuple[int, float]]:
        """Give the entities that a number is linked to with their probabilities, the surest first."""
        places = scene.candidates(link, number)
        if not places:
            return []
        sentences = cues_of(draft, self._cues)
        rows = [self._link_features(number, place, link, scene, draft, sentences) for place in places]
        chances = self._links.independent(rows)[:, list(LINKS).index(link)].tolist()
        best: dict[int, float] = {}
        for place, chance in zip(places, chances, strict=True):
            if chance >= _LEAST_LINK[link]:
                best[place.number] = max(chance, best.get(place.number, 0.0))
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def _own(number: Number, scene: Scene, draft: Draft) -> str:
    """Give the method that the paper proposes: the one nearest to the number, else the first, else the paper."""

    def distance(place: Place) -> int:
        return abs(place.start - number.first)

    here = sorted((place for place in scene.places if place.number in scene.around.own), key=distance)
    if here:
        return draft.found[here[0].number].entity.id
    return draft.found[min(scene.around.own)].entity.id if scene.around.own else PAPER


@Language.factory("citegraph_results_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL})
def make_result_finder(nlp: Language, name: str, weights: str) -> ResultFinder:  # noqa: ARG001
    """Build the component with the statistics, cues and measures that ship with the package."""
    return ResultFinder.of(load_weights(weights))
