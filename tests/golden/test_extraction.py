"""What the default model makes of the golden sentences, with their entities given."""

import pytest

from benchmarks.golden import read_golden, run, summarise
from citegraph.extractors import DEFAULT_MODEL

LEAST = {}


@pytest.fixture(scope="module")
def checked():
    found = {}
    for one in run(read_golden(), DEFAULT_MODEL)["entities given"]:
        found.setdefault(one.item["case"], []).append(one)
    return found


@pytest.mark.parametrize(("case", "least"), LEAST.items())
def test_each_hard_case_is_read_as_a_careful_reader_does(checked, case, least):
    assert summarise(checked[case])["relations F1"] >= least
