"""From entities to relations: the role that each plays in its paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.calibration import UNCALIBRATED, Calibration, confidence_of
from citegraph.extractors.chains import chains_of
from citegraph.extractors.comparisons import by_method, find_comparisons
from citegraph.extractors.cues import Cue, CueTable, cues_of, load_cues
from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.items import OWN
from citegraph.extractors.role_features import PaperFeatures, RoleFeatures
from citegraph.extractors.statements import ANY_FORM, find_denied, find_open, find_statements
from citegraph.extractors.tag_features import role_numbers
from citegraph.extractors.weights import ROLES, LogOdds, Numbers, Weights, load_weights
from citegraph.graph.records import ENTITY_TYPES, PAPER, EntityType, Evidence, Relation

__all__ = ["OF_THE_PAPER", "RoleFinder", "paper_features", "tag_numbers"]

_PROPOSES = "PROPOSES"
OF_THE_PAPER = frozenset({"PROPOSES", "INTRODUCES"})
"""The roles that are decided first: what is new in the paper."""

_COLUMNS: Mapping[str, list[tuple[int, str]]] = {
    type_: [(column, role) for column, (types, role) in enumerate(ROLES) if type_ in types] for type_ in ENTITY_TYPES
}
_COMPARING = frozenset({"OUTPERFORMS", "COMPARED_WITH"})
_PARITY = "COMPARED_WITH"
_USES_METHOD = ROLES.index((("Method",), "USES"))
_WINS = ROLES.index((("Method",), "OUTPERFORMS"))
_LEAST_CUE = 0.1
_DEFAULT_BY = "default-1"
_TITLE_BY = "title-colon-1"


class Role(NamedTuple):
    """A role that an entity plays: the entity's number, the column of the log-odds, and the probability."""

    number: int
    column: int
    chance: float

    @property
    def name(self) -> str:
        """The relation."""
        return ROLES[self.column][1]


class RoleFinder:
    """Decide the role of each entity by cue words around it, and make relations of the main proposed method.

    Requires the draft's entities and sentences; assigns its ``comparisons`` and ``relations``. What the paper proposes
    or introduces is decided first, for who is compared with whom depends on it. The head is the first method that the
    paper proposes, else the paper. Relations of the methods of others are found by `citegraph_pairs_v1`.
    """

    def __init__(
        self,
        log_odds: LogOdds,
        threshold: float,
        cues: CueTable,
        reliability: Mapping[str, float],
        calibration: Calibration = UNCALIBRATED,
    ) -> None:
        """Take the log-odds of the roles, the least probability to accept, the cue words, and what makes confidences.

        ``reliability`` is the share of statements of each form that are right.
        """
        self._calibration = calibration
        self._reliability = reliability
        self._log_odds = log_odds
        self._columns = log_odds.table.tolist()
        self._threshold = threshold
        self._cues = cues
        self._features = RoleFeatures(log_odds.rows, cues.names)

    @classmethod
    def of(cls, fitted: Weights) -> RoleFinder:
        """Take what was fitted for a model, and the cues that ship with the package."""
        return cls(
            fitted.roles, fitted.relation_threshold, load_cues(), fitted.reliability, fitted.relation_calibration
        )

    def __call__(self, doc: Doc) -> Doc:
        """Set the comparisons and relations."""
        self.read(draft_of(doc))
        return doc

    def read(self, draft: Draft) -> None:
        """Set the comparisons and relations of a draft."""
        if draft.found:
            roles = self._roles(draft)
            draft.relations = tuple(self._relations(roles, draft))

    def _roles(self, draft: Draft) -> list[Role]:
        """Decide the roles in two steps, and find comparisons and statements between them."""
        sentences, numbers = cues_of(draft, self._cues), tag_numbers(draft)
        paper = paper_features(draft)
        rows = [self._features(found, draft, sentences, paper) for found in draft.found]
        chances = self._log_odds.independent(rows, numbers).tolist()
        draft.denied = find_denied(draft, sentences, self._cues, paper.chains)
        for number in draft.denied:
            chances[number] = [0.0] * len(ROLES)
        roles = list(self._accepted(draft, chances, of_the_paper=True))
        own = [role.number for role in roles if role.name == _PROPOSES]
        draft.comparisons = tuple(find_comparisons(draft, sentences, self._cues, own))
        draft.statements = tuple(find_statements(draft, sentences, self._cues, paper.chains, own))
        sides = by_method(draft.comparisons)
        compared = [self._features.compared(number, sides.get(number, ())) for number in range(len(rows))]
        changed = [number for number, more in enumerate(compared) if more and number not in draft.denied]
        if changed:
            more = [rows[number] + compared[number] for number in changed]
            again = self._log_odds.independent(more, None if numbers is None else numbers[changed]).tolist()
            for number, chance in zip(changed, again, strict=True):
                chances[number] = chance
        self._hear(draft, chances, has_own=bool(own))
        roles += [role for role in self._accepted(draft, chances, of_the_paper=False) if role.number not in own]
        return sorted(roles)

    def _hear(self, draft: Draft, chances: list[list[float]], *, has_own: bool) -> None:
        """Let statements decide where they say more than the words around a name."""
        heads: dict[tuple[int, Set[str]], set[int]] = defaultdict(set)
        for statement in draft.statements:
            roles = _COMPARING if statement.type in _COMPARING else frozenset({statement.type})
            heads[statement.tail, roles].add(statement.head)
            if statement.head == OWN:
                found, chance = draft.found[statement.tail], chances[statement.tail]
                sure = self._reliability.get(statement.form, self._reliability.get(ANY_FORM, 0.0))
                _raise(chance, found.entity.type, statement.type, sure)
                if statement.type in _COMPARING and len(found.places) == 1:
                    chance[_USES_METHOD] = 0.0
                if statement.type == _PARITY and chance[_WINS] < sure:
                    chance[_WINS] = 0.0
        for (number, said_to), said in heads.items():
            if OWN not in said and (said_to != _COMPARING or not has_own):
                _clear(chances[number], draft.found[number].entity.type, said_to)
        for comparison in draft.comparisons:
            for number in comparison.first if OWN in comparison.second else ():
                if number != OWN and len(draft.found[number].places) == 1:
                    chances[number][_USES_METHOD] = 0.0
        for number in find_open(draft):
            single = len(draft.found[number].places) == 1
            _clear(chances[number], "Method", {*_COMPARING, "USES"} if single else _COMPARING)

    def _accepted(self, draft: Draft, chances: list[list[float]], *, of_the_paper: bool) -> Iterator[Role]:
        for number, (found, chance) in enumerate(zip(draft.found, chances, strict=True)):
            for column, role in _COLUMNS[found.entity.type]:
                if chance[column] >= self._threshold and (role in OF_THE_PAPER) == of_the_paper:
                    yield Role(number, column, chance[column])

    def _relations(self, roles: list[Role], draft: Draft) -> Iterator[Relation]:
        own = [draft.found[role.number].entity.id for role in roles if role.name == _PROPOSES]
        for role in roles:
            tail = draft.found[role.number].entity.id
            evidence, by = self._evidence(role, draft)
            head = PAPER if role.name in OF_THE_PAPER or not own else own[0]
            yield Relation(head, role.name, tail, evidence, confidence_of(role.chance, self._calibration), by)

    def _evidence(self, role: Role, draft: Draft) -> tuple[Evidence, str]:
        """Choose what states it outright, else the strongest cue for the role, else the first mention."""
        cue = self._stated(role, draft) or self._strongest(role, draft)
        if cue is not None:
            sentence = cues_of(draft, self._cues).sentence_of(cue.start)
            return draft.evidence(sentence, (cue.start, cue.end)), f"cue:{self._cues.names[cue.number]}-1"
        found = draft.found[role.number]
        by = _TITLE_BY if _TITLE_BY in found.rules else _DEFAULT_BY
        return draft.evidence(cues_of(draft, self._cues).sentence_of(found.places[0][0])), by

    def _stated(self, role: Role, draft: Draft) -> Cue | None:
        for statement in draft.statements:
            if (statement.head, statement.type, statement.tail) == (OWN, role.name, role.number):
                return statement.cue
        return None

    def _strongest(self, role: Role, draft: Draft) -> Cue | None:
        strongest, strength = None, _LEAST_CUE
        for clue in self._features.clues(draft.found[role.number], cues_of(draft, self._cues)):
            weight = self._columns[clue.row][role.column]
            if weight > strength and role.name in self._cues.roles[clue.cue.number]:
                strongest, strength = clue.cue, weight
        return strongest


def _raise(chance: list[float], type_: EntityType, role: str, least: float) -> None:
    for column, name in _COLUMNS[type_]:
        if name == role:
            chance[column] = max(chance[column], least)


def _clear(chance: list[float], type_: EntityType, roles: Set[str]) -> None:
    for column, name in _COLUMNS[type_]:
        if name in roles:
            chance[column] = 0.0


def paper_features(draft: Draft) -> PaperFeatures:
    """Give what is the same for all entities of a text and bears on their roles."""
    return PaperFeatures(_paper_facts(draft), [0, 0, *draft.words.lower, 0], chains_of(draft))


def _paper_facts(draft: Draft) -> list[str]:
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
    return RoleFinder.of(load_weights(weights))
