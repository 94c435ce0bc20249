"""The examples in the docstrings of the encoder's modules that need no PyTorch."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["citegraph_accurate.pieces"])
def test_the_examples_hold(name):
    result = doctest.testmod(import_module(name))
    assert (result.attempted > 0, result.failed) == (True, 0)
