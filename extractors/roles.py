"""From entities to relations: the role that each plays in its paper."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.cues import CueTable, load_cues
from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.role_features import Clue, RoleFeatures, SentenceCues
from citegraph.extractors.weights import ROLES, LogOdds, load_weights
from citegraph.graph.records import PAPER, Evidence, Relation

__all__ = ["RoleFinder", "paper_facts"]

_OWN = "PROPOSES"
_OF_THE_PAPER = frozenset({"PROPOSES", "INTRODUCES"})
_LEAST_CUE = 0.1
_DEFAULT_BY = "default-1"
_TITLE_BY = "title-colon-1"


class RoleFinder:
    """Decide the role of each entity by cue words around it, and make relations of the main proposed method.

    Requires the draft's entities and sentences; assigns its ``relations``. The head is the first method that the
    paper proposes, else the paper. Relations between two methods of others are found by `citegraph_pairs_v1`.
    """

    def __init__(self, log_odds: LogOdds, thresholds: dict[str, float], cues: CueTable) -> None:
        """Take the log-odds of the roles, the least probability to accept for each, and the cue words."""
        self._log_odds = log_odds
        self._columns = log_odds.table.tolist()
        self._thresholds = thresholds
        self._cues = cues
        self._features = RoleFeatures(log_odds.rows)

    def __call__(self, doc: Doc) -> Doc:
        """Set the relations."""
        draft = draft_of(doc)
        if draft.found:
            draft.relations = tuple(self._relations(draft))
        return doc

    def _relations(self, draft: Draft) -> list[Relation]:
        sentences = SentenceCues(draft, self._cues.find(draft.words))
        paper = paper_facts(draft)
        seen = [self._features(found, draft, sentences, paper) for found in draft.found]
        chances = self._log_odds.independent([rows for rows, _ in seen]).tolist()
        roles = []
        for found, (_, clues), chance in zip(draft.found, seen, chances, strict=True):
            for column, (type_, role) in enumerate(ROLES):
                fits = found.entity.type in type_
                if fits and chance[column] >= self._thresholds[role]:
                    roles.append((found, role, column, clues, chance[column]))
        own = [found.entity.id for found, role, *_ in roles if role == _OWN]
        main = own[0] if own else PAPER
        relations = []
        for found, role, column, clues, chance in roles:
            if role not in _OF_THE_PAPER and found.entity.id in own:
                continue
            head = PAPER if role in _OF_THE_PAPER else main
            evidence, by = self._evidence(found, column, clues, draft, sentences)
            relations.append(Relation(head, role, found.entity.id, evidence, round(chance, 3), by))
        return relations

    def _evidence(
        self, found: Found, column: int, clues: Sequence[Clue], draft: Draft, sentences: SentenceCues
    ) -> tuple[Evidence, str]:
        """Choose the sentence with the strongest cue for the role, else the first that names the entity."""
        best = max(clues, key=lambda clue: (self._columns[clue.row][column], -clue.cue.start), default=None)
        if best is not None and self._columns[best.row][column] >= _LEAST_CUE:
            words = draft.words
            cue = draft.original[words.starts[best.cue.start] : words.ends[best.cue.end - 1]]
            return _sentence(draft, best.sentence, cue), f"cue:{best.cue.name}-1"
        by = _TITLE_BY if _TITLE_BY in found.rules else _DEFAULT_BY
        return _sentence(draft, sentences.sentence_of(found.places[0][0]), None), by


def paper_facts(draft: Draft) -> list[str]:
    """Give what is the same for all entities of a text and bears on their roles."""
    kinds = [found.entity.type for found in draft.found]
    named = any(_TITLE_BY in found.rules for found in draft.found)
    resources = kinds.count("Dataset") + kinds.count("Benchmark")
    return [
        "named in title" if named else "not named in title",
        f"methods {min(kinds.count('Method'), 6)}",
        f"resources {min(resources, 4)}",
    ]


def _sentence(draft: Draft, number: int, cue: str | None) -> Evidence:
    start, end = draft.sentences[number]
    field, field_start, field_end = draft.place(start, end)
    return Evidence(field, field_start, field_end, cue)


@Language.factory("citegraph_roles_v1", assigns=["doc.user_data"])
def make_role_finder(nlp: Language, name: str) -> RoleFinder:  # noqa: ARG001
    """Build the component with the statistics and cues that ship with the package."""
    weights = load_weights()
    return RoleFinder(weights.roles, dict(weights.role_thresholds), load_cues())
