"""What relations and results say, in a form that is the same for annotation and prediction where these agree.

The rules are those of `score.py`: a predicted entity is the gold entity that it is matched with, the paper and the
methods that it proposes are one, and relations with optional entities are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from benchmarks.gold_sets import Row
from benchmarks.score import CLASS, digits, match_entities
from citegraph.graph.records import PAPER

__all__ = ["SELF", "Key", "RelationKey", "Side", "sides"]

Key: TypeAlias = tuple[str, int]
"""An entity: "gold" and its number, or "predicted" and its number where no gold entity matches it."""

SELF: Key = ("self", 0)
"""The paper and the methods that it proposes."""

RelationKey: TypeAlias = tuple[Key, str, Key]

_OF_THE_PAPER = ("PROPOSES", "INTRODUCES")


class Side(NamedTuple):
    """Annotation or prediction of a paper: the key of each entity's id, what the paper proposes, what is optional."""

    keys: Mapping[str, Key]
    own: frozenset[Key]
    optional: frozenset[Key]

    def relation(self, row: Row) -> RelationKey | None:
        """Give head, type and tail of a relation; None where it is not scored."""
        head, tail = self.keys.get(row["head"]), self.keys.get(row["tail"])
        is_new = row["type"] in _OF_THE_PAPER
        if row["head"] == PAPER or (head in self.own and not is_new):
            head = SELF
        if head is None or tail is None or self.optional & {head, tail}:
            return None
        if head == SELF and tail in self.own and not is_new:
            return None
        return head, row["type"], tail

    def method(self, row: Row) -> Key | None:
        """Give the method of a result."""
        key = self.keys.get(row["method"])
        return SELF if row["method"] in (None, PAPER) or key in self.own else key

    def result(self, row: Row) -> tuple[Key | None, Key | None, tuple[str, ...]] | None:
        """Give method, resource and number of a result; None where it has no number."""
        number = digits(row["value"])
        return (self.method(row), self.keys.get(row["on"]), number) if number else None


def sides(gold: Row, predicted: Row) -> tuple[Side, Side]:
    """Match the entities of a paper, and give the keys of both sides."""
    entities = [entity for entity in predicted["entities"] if entity["type"] in CLASS]
    matched = {j: i for i, j in match_entities(gold["entities"], entities)}
    of_gold = {entity["id"]: ("gold", i) for i, entity in enumerate(gold["entities"])}
    of_predicted = {
        entity["id"]: ("gold", matched[j]) if j in matched else ("predicted", j) for j, entity in enumerate(entities)
    }
    optional = frozenset(of_gold[entity["id"]] for entity in gold["entities"] if not entity["core"])
    return (
        Side(of_gold, _own(gold, of_gold), optional),
        Side(of_predicted, _own(predicted, of_predicted), optional),
    )


def _own(row: Row, keys: Mapping[str, Key]) -> frozenset[Key]:
    return frozenset(keys[relation["tail"]] for relation in row["relations"] if relation["type"] == "PROPOSES")
