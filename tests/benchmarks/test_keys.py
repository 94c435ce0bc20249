import pytest

from benchmarks.keys import SELF, sides
from tests.benchmarks.papers import GOLD, PREDICTED, relation, result


@pytest.fixture(scope="module")
def gold():
    return sides(GOLD, PREDICTED)[0]


@pytest.fixture(scope="module")
def predicted():
    return sides(GOLD, PREDICTED)[1]


def test_a_predicted_entity_has_the_key_of_the_gold_entity_that_it_is_matched_with(predicted):
    assert predicted.keys == {"e1": ("gold", 0), "e2": ("gold", 2), "e3": ("predicted", 2), "e4": ("gold", 3)}


@pytest.mark.parametrize("head", ["PAPER", "e1"])
def test_the_paper_and_what_it_proposes_are_one(gold, predicted, head):
    assert gold.relation(relation(head, "EVALUATED_ON", "e3")) == (SELF, "EVALUATED_ON", ("gold", 2))
    assert predicted.relation(relation(head, "EVALUATED_ON", "e2")) == (SELF, "EVALUATED_ON", ("gold", 2))


def test_others_are_heads_of_their_own(gold):
    assert gold.relation(relation("e2", "EVALUATED_ON", "e3")) == (("gold", 1), "EVALUATED_ON", ("gold", 2))


def test_what_is_proposed_is_a_tail_of_that_alone(gold):
    assert gold.relation(relation("PAPER", "PROPOSES", "e1")) == (SELF, "PROPOSES", ("gold", 0))
    assert gold.relation(relation("PAPER", "USES", "e1")) is None


def test_relations_with_optional_entities_are_left_out(gold, predicted):
    assert gold.relation(relation("PAPER", "USES", "e4")) is None
    assert predicted.relation(relation("e4", "EVALUATED_ON", "e2")) is None


def test_a_result_is_told_by_method_resource_and_number(gold):
    assert gold.result(result("e1", "e3", "from 70.1% to 76.5%")) == (SELF, ("gold", 2), ("70.1", "76.5"))
    assert gold.result(result("e2", None, "3 points")) == (("gold", 1), None, ("3",))
    assert gold.result(result("PAPER", None, "best")) is None
