"""Titles and abstracts as a paper holds them."""

from hypothesis import given
from hypothesis import strategies as st

from citegraph.readers.text import fold_abstract, fold_title


def test_spaces_inside_a_line_and_latex_stay():
    assert fold_abstract("We use  $\\frac{1}{2}$\u00a0of it.") == "We use  $\\frac{1}{2}$\u00a0of it."


def test_title_is_one_line_even_over_a_blank_one():
    assert fold_title("One\n\n  Thing\u2028More") == "One Thing More"


def test_nul_and_lone_surrogates_become_replacement_characters():
    assert fold_title("a\0b\ud800c") == "a\ufffdb\ufffdc"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold_title(fold_title(text)) == fold_title(text)
    assert fold_abstract(fold_abstract(text)) == fold_abstract(text)
