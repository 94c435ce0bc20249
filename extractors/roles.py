"""From entities to relations: the role that each plays in its paper."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.cues import CueTable, SentenceCues, cues_of, load_cues
from citegraph.extractors.draft import Draft, Found, draft_of
from citegraph.extractors.role_features import RoleFeatures
from citegraph.extractors.tag_features import role_numbers
from citegraph.extractors.weights import ROLES, LogOdds, Numbers, load_weights
from citegraph.graph.records import ENTITY_TYPES, PAPER, Evidence, Relation

__all__ = ["RoleFinder", "paper_facts", "tag_numbers"]

_OWN = "PROPOSES"
_OF_THE_PAPER = frozenset({"PROPOSES", "INTRODUCES"})
_COLUMNS: Mapping[str, list[tuple[int, str]]] = {
    type_: [(column, role) for column, (types, role) in enumerate(ROLES) if type_ in types] for type_ in ENTITY_TYPES
}
_LEAST_CUE = 0.1
_DEFAULT_BY = "default-1"
_TITLE_BY = "title-colon-1"


class RoleFinder:
    """Decide the role of each entity by cue words around it, and make relations of the main proposed method.

    Requires the draft's entities and sentences; assigns its ``relations``. The head is the first method that the
    paper proposes, else the paper. Relations between two methods of others are found by `citegraph_pairs_v1`.
    """

    def __init__(self, log_odds: LogOdds, threshold: float, cues: CueTable) -> None:
        """Take the log-odds of the roles, the least probability to accept, and the cue words."""
        self._log_odds = log_odds
        self._columns = log_odds.table.tolist()
        self._threshold = threshold
        self._cues = cues
        self._features = RoleFeatures(log_odds.rows, cues.names)

    def __call__(self, doc: Doc) -> Doc:
        """Set the relations."""
        draft = draft_of(doc)
        if draft.found:
            draft.relations = tuple(self._relations(draft))
        return doc

    def _relations(self, draft: Draft) -> list[Relation]:
        sentences = cues_of(draft, self._cues)
        paper = paper_facts(draft)
        features = [self._features(found, draft, sentences, paper) for found in draft.found]
        roles = []
        chances = self._log_odds.independent(features, tag_numbers(draft)).tolist()
        for found, chance in zip(draft.found, chances, strict=True):
            for column, role in _COLUMNS[found.entity.type]:
                if chance[column] >= self._threshold:
                    roles.append((found, role, column, chance[column]))
        own = [found.entity.id for found, role, *_ in roles if role == _OWN]
        relations = []
        for found, role, column, chance in roles:
            if role in _OF_THE_PAPER or found.entity.id not in own:
                head = PAPER if role in _OF_THE_PAPER or not own else own[0]
                evidence, by = self._evidence(found, column, draft, sentences)
                relations.append(Relation(head, role, found.entity.id, evidence, round(chance, 3), by))
        return relations

    def _evidence(self, found: Found, column: int, draft: Draft, sentences: SentenceCues) -> tuple[Evidence, str]:
        """Choose the sentence with the strongest cue for the role, else the first that names the entity."""
        role = ROLES[column][1]
        strongest = None
        strength = _LEAST_CUE
        for clue in self._features.clues(found, sentences):
            if self._columns[clue.row][column] > strength and role in self._cues.roles[clue.cue.number]:
                strongest, strength = clue, self._columns[clue.row][column]
        if strongest is not None:
            _, sentence, cue = strongest
            return draft.evidence(sentence, (cue.start, cue.end)), f"cue:{self._cues.names[cue.number]}-1"
        by = _TITLE_BY if _TITLE_BY in found.rules else _DEFAULT_BY
        return draft.evidence(sentences.sentence_of(found.places[0][0])), by


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


def tag_numbers(draft: Draft) -> Numbers | None:
    """Give what the tags of their words say about the roles of the found entities."""
    if draft.tags is None:
        return None
    return role_numbers(draft.tags, [f.places for f in draft.found], [f.entity.type for f in draft.found])


@Language.factory("citegraph_roles_v1", assigns=["doc.user_data"], default_config={"weights": DEFAULT_MODEL})
def make_role_finder(nlp: Language, name: str, weights: str) -> RoleFinder:  # noqa: ARG001
    """Build the component with the statistics of a model, and the cues that ship with the package."""
    fitted = load_weights(weights)
    return RoleFinder(fitted.roles, fitted.relation_threshold, load_cues())
