"""Fitting relations and results on a few made-up papers."""

import numpy as np
import pytest

from citegraph.extractors.pair_features import PAIR_TEMPLATES
from citegraph.extractors.result_features import LINK_TEMPLATES, NUMBER_TEMPLATES
from citegraph.extractors.role_features import ROLE_TEMPLATES
from citegraph.extractors.scenes import LINKS
from citegraph.extractors.statements import ANY_FORM
from citegraph.extractors.weights import PAIR_ROLES, ROLES
from citegraph.graph.records import PAPER
from tests.training import made_up
from training import relations
from training.log_odds import Fitted


@pytest.fixture(scope="module")
def fitted():
    """Give folds on which everything was fitted, and what ships."""
    folds = made_up.folds()
    beside = [made_up.read(made_up.of_a_method(90))]
    return folds, relations.fit_relations(folds, beside, made_up.NLP.vocab.strings.__getitem__)


def found(read):
    _, draft = read
    return {(r.head, r.type, r.tail) for r in draft.relations}


def true(read):
    annotated, _ = read
    return {(r["head"], r["type"], r["tail"]) for r in annotated["relations"]}


def test_what_ships_is_all_that_the_extractor_reads_of_relations(fitted):
    assert set(fitted[1]) == {
        "roles", "role_slopes", "pairs", "relation_threshold", "reliability", "relation_calibration", "results",
        "links", "result_threshold", "result_calibration",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "templates", "columns"),
    [
        ("roles", ROLE_TEMPLATES, len(ROLES)),
        ("pairs", PAIR_TEMPLATES, len(PAIR_ROLES)),
        ("results", NUMBER_TEMPLATES, 4),
        ("links", LINK_TEMPLATES, len(LINKS)),
    ],
)
def test_each_table_has_its_templates_and_columns(fitted, part, templates, columns):
    table = fitted[1][part]
    assert set(table) == {"prior", *templates}
    assert {len(weights) for values in table.values() for weights in values.values()} == {columns}


def test_what_a_paper_says_is_found_in_it(fitted):
    for fold in fitted[0]:
        for read in fold:
            assert found(read) == true(read)


def test_results_are_found_with_their_links(fitted):
    for fold in fitted[0]:
        for annotated, draft in fold:
            assert [(r.value, r.kind, r.method, r.on) for r in draft.results] == [
                (r["value"], r["kind"], r["method"], r["on"]) for r in annotated["results"]
            ]


def test_the_threshold_comes_from_the_middle_of_the_grid_where_all_are_as_good(fitted):
    assert 0.2 <= fitted[1]["relation_threshold"] <= 0.36


def test_confidences_rise_with_probabilities(fitted):
    assert fitted[1]["relation_calibration"][0] > 0
    assert fitted[1]["result_calibration"][0] > 0


def test_a_wrong_form_is_hardly_believed_and_an_unknown_one_half(fitted):
    reliability = fitted[1]["reliability"]
    assert reliability[ANY_FORM] == 0.5
    assert reliability["denied parity other"] == pytest.approx(1 / 18, abs=0.005)


def test_the_same_folds_give_the_same_fit(fitted):
    folds = made_up.folds()
    word = made_up.NLP.vocab.strings.__getitem__
    assert relations.fit_relations(folds, [made_up.read(made_up.of_a_method(90))], word) == fitted[1]


def test_each_part_is_decided_by_the_half_that_it_is_not_in():
    seen = []

    def fit_on(chosen):
        seen.append([part[0] for part in chosen])
        return Fitted({}, np.zeros((1, 1)), len(seen))

    whole, others = relations._by_halves([["a"], ["b"], ["c"], ["d"]], fit_on)
    assert seen == [["b", "d"], ["a", "c"], ["a", "b", "c", "d"]]
    assert (whole.size, [its.size for its in others]) == (3, [1, 2, 1, 2])


def test_roles_are_decided_before_pairs():
    folds = made_up.folds(2)
    _, others = relations.fit_roles(folds, [])
    relations.decide_roles(folds, others, 0.3, {})
    assert {r.head for fold in folds for _, draft in fold for r in draft.relations} <= {
        PAPER,
        *(f"Own{10 * fold + number}net" for fold in range(4) for number in range(2)),
    }
    _, of_pairs = relations.fit_pairs(folds)
    relations.decide_pairs(folds, of_pairs, 0.3, {})
    assert all(found(read) == true(read) for fold in folds for read in fold)


def test_deciding_again_changes_nothing():
    folds = made_up.folds(2)
    _, others = relations.fit_roles(folds, [])
    relations.decide_roles(folds, others, 0.3, {})
    once = [draft.relations for fold in folds for _, draft in fold]
    relations.decide_roles(folds, others, 0.3, {})
    assert [draft.relations for fold in folds for _, draft in fold] == once


def test_statements_are_weighed_with_one_right_and_one_wrong_more():
    entities = {"Method": ["One", "Other"]}
    right = made_up.paper("One beats Other.", entities, [("One", "OUTPERFORMS", "Other")])
    wrong = made_up.paper("One beats Other.", entities)
    folds = [[made_up.read(right), made_up.read(right), made_up.read(wrong)], [], [], []]
    roles = Fitted({template: {} for template in ROLE_TEMPLATES}, np.full((1, len(ROLES)), -9.0), 1)
    relations.decide_roles(folds, [roles] * 4, 0.3, {})
    assert relations.weigh_statements(folds) == {"": 0.5, "win other": 0.6}


def test_the_least_threshold_of_the_best_is_averaged():
    decided = []
    folds = [[made_up.read(made_up.of_a_method(0))]]
    assert relations.choose_threshold(folds, decided.append) == 0.28
    assert [round(least, 2) for least in decided] == [0.2, 0.24, 0.28, 0.32, 0.36]


def test_a_calibration_is_rounded_slope_and_shift():
    judged = [(0.9, True)] * 3 + [(0.9, False)] + [(0.5, True), (0.5, False)] * 2
    slope, shift = relations.calibrate(judged)
    assert (slope, abs(shift)) == (pytest.approx(0.5, abs=0.001), pytest.approx(0.0, abs=0.001))
