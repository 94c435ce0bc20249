from hypothesis import given
from hypothesis import strategies as st

from citegraph.extractors.calibration import UNCALIBRATED, confidence_of
from citegraph.extractors.weights import load_weights

PROBABILITIES = st.floats(0, 1)
CALIBRATIONS = st.tuples(st.floats(0.01, 3), st.floats(-3, 3))


@given(PROBABILITIES, CALIBRATIONS)
def test_a_confidence_lies_between_0_and_1(probability, calibration):
    assert 0 <= confidence_of(probability, calibration) <= 1


@given(PROBABILITIES, PROBABILITIES, CALIBRATIONS)
def test_what_is_more_probable_is_not_less_confident(one, other, calibration):
    low, high = sorted((one, other))
    assert confidence_of(low, calibration) <= confidence_of(high, calibration)


@given(st.floats(0.001, 0.999))
def test_without_calibration_it_is_the_probability(probability):
    assert abs(confidence_of(probability, UNCALIBRATED) - probability) <= 0.0005 + 1e-9


def test_0_and_1_count_as_what_is_near_them():
    assert (confidence_of(0.0, UNCALIBRATED), confidence_of(1.0, UNCALIBRATED)) == (0.0, 1.0)
    assert (confidence_of(0.0, (0.5, 0.0)), confidence_of(1.0, (0.5, 0.0))) == (0.01, 0.99)


def test_a_shift_moves_all_confidences():
    assert [confidence_of(chance, (1.0, 1.0)) for chance in (0.1, 0.5, 0.9)] == [0.232, 0.731, 0.961]
    assert [confidence_of(chance, (1.0, -1.0)) for chance in (0.1, 0.5, 0.9)] == [0.039, 0.269, 0.768]


def test_the_calibrations_that_ship_keep_the_order():
    weights = load_weights("standard")
    for slope, _ in (weights.calibration, weights.relation_calibration, weights.result_calibration):
        assert slope > 0
