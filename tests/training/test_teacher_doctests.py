"""The examples in the docstrings of the teacher's modules that need neither torch nor a tokenizer."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["labels", "lexicon", "papers", "tokens"])
def test_the_examples_hold(name):
    result = doctest.testmod(import_module(f"training.teacher.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
