"""Relations of the methods of others: the models that a benchmark paper scores, who beats whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.calibration import UNCALIBRATED, Calibration, confidence_of
from citegraph.extractors.cues import CueTable, SentenceCues, cues_of, load_cues
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.pair_features import Pair, PairFeatures, find_pairs, pair_paper
from citegraph.extractors.statements import ANY_FORM
from citegraph.extractors.weights import PAIR_ROLES, LogOdds, Weights, load_weights
from citegraph.graph.records import Evidence, Relation

__all__ = ["PairFinder"]

_BY = "pair-2"


class PairFinder:
    """Decide how methods of others are related to each other and to what a sentence names with them.

    Requires the draft's entities, sentences, comparisons and relations; adds to its ``relations``.
    """

    def __init__(
        self,
        log_odds: LogOdds,
        threshold: float,
        cues: CueTable,
        reliability: Mapping[str, float],
        calibration: Calibration = UNCALIBRATED,
    ) -> None:
        """Take the log-odds, the least probability to accept, the cue words, and what makes confidences.

        ``reliability`` is the share of statements of each form that are right.
        """
        self._calibration = calibration
        self._reliability = reliability
        self._log_odds = log_odds
        self._threshold = threshold
        self._cues = cues
        self._features = PairFeatures(log_odds.rows, cues.names)

    @classmethod
    def of(cls, fitted: Weights) -> PairFinder:
        """Take what was fitted for a model, and the cues that ship with the package."""
        return cls(
            fitted.pairs, fitted.relation_threshold, load_cues(), fitted.reliability, fitted.relation_calibration
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add the relations."""
        self.read(draft_of(doc))
        return doc

    def read(self, draft: Draft) -> None:
        """Add the relations of a draft."""
        sentences = cues_of(draft, self._cues)
        pairs = list(find_pairs(draft, sentences))
        if pairs:
            paper = pair_paper(draft, sentences)
            rows = [self._features(pair, draft, sentences, paper) for pair in pairs]
            chances = self._log_odds.independent(rows).tolist()
            self._hear(draft, pairs, chances)
            draft.relations = (*draft.relations, *self._relations(draft, sentences, pairs, chances))

    def _hear(self, draft: Draft, pairs: list[Pair], chances: list[list[float]]) -> None:
        """Let statements raise the chances of what they say, and denials set them to nothing."""
        any_ = self._reliability.get(ANY_FORM, 0.0)
        said = {(s.head, s.tail, s.type): self._reliability.get(s.form, any_) for s in draft.statements}
        for pair, chance in zip(pairs, chances, strict=True):
            for column, (_, role) in enumerate(PAIR_ROLES):
                chance[column] = max(chance[column], said.get((pair.head, pair.tail, role), 0.0))
            if not draft.denied.isdisjoint(pair[:2]):
                chance[:] = [0.0] * len(chance)

    def _relations(
        self, draft: Draft, sentences: SentenceCues, pairs: list[Pair], chances: list[list[float]]
    ) -> Iterator[Relation]:
        for pair, chance in zip(pairs, chances, strict=True):
            head, tail = draft.found[pair.head].entity, draft.found[pair.tail].entity
            for (types, role), probability in zip(PAIR_ROLES, chance, strict=True):
                if tail.type in types and probability >= self._threshold:
                    evidence, by = self._evidence(pair, role, draft, sentences)
                    confidence = confidence_of(probability, self._calibration)
                    yield Relation(head.id, role, tail.id, evidence, confidence, by)

    def _evidence(self, pair: Pair, role: str, draft: Draft, sentences: SentenceCues) -> tuple[Evidence, str]:
        """Give the sentence with the cue that states it, else with the nearest cue for the relation."""
        stated = [s.cue for s in draft.statements if (s.head, s.tail, s.type) == (pair.head, pair.tail, role)]
        near = sorted(sentences.cues[pair.sentence], key=lambda cue: abs(cue.start - pair.places[1][0]))
        for cue in (*stated, *(cue for cue in near if role in self._cues.roles[cue.number])):
            sentence = sentences.sentence_of(cue.start)
            return draft.evidence(sentence, (cue.start, cue.end)), f"{_BY}:{self._cues.names[cue.number]}"
        return draft.evidence(pair.sentence), _BY


@Language.factory("citegraph_pairs_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL})
def make_pair_finder(nlp: Language, name: str, weights: str) -> PairFinder:  # noqa: ARG001
    """Build the component with the statistics and cues that ship with the package."""
    return PairFinder.of(load_weights(weights))
