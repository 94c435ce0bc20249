"""The examples in the docstrings of the training's modules that need neither torch nor a tokenizer."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["teacher.labels", "teacher.lexicon", "teacher.tokens", "papers", "span_scores"])
def test_the_examples_hold(name):
    result = doctest.testmod(import_module(f"training.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
