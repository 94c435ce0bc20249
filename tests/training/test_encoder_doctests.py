"""The examples in the docstrings of the encoder's modules; those that need torch run where it is installed."""

import doctest
from importlib import import_module
from importlib.util import find_spec

import pytest

TORCH = pytest.mark.skipif(
    find_spec("torch") is None or find_spec("citegraph_accurate") is None, reason="torch or citegraph-accurate missing"
)


@pytest.mark.parametrize(
    "name",
    [
        "training.encoder.score",
        pytest.param("training.encoder.examples", marks=TORCH),
        pytest.param("training.encoder.train", marks=TORCH),
        pytest.param("training.encoder.catalogues", marks=TORCH),
        pytest.param("citegraph_accurate.pieces", marks=TORCH),
    ],
)
def test_the_examples_hold(name):
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
