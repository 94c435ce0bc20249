"""The examples in the docstrings of the measuring modules."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "benchmarks.ablation",
        "benchmarks.baselines",
        "benchmarks.calibration",
        "benchmarks.cost",
        "benchmarks.report",
        "benchmarks.tables",
        "docs.quality",
    ],
)
def test_the_examples_hold(name):
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
