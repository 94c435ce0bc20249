"""Dates as sources write them."""

import pytest

from citegraph.readers.dates import parse_date, parse_year


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021/2/3", "2021-02-03"),
        ("20210203", "2021-02-03"),
        ("2021-02-03 10:00:00", "2021-02-03"),
        ("3 February 2021", "2021-02-03"),
        ("February 3, 2021", "2021-02-03"),
        ("Sept. 2021", "2021-09"),
        ("2021-02-30", None),
        ("0021-02-03", None),
        ("Mayhem 2021", None),
        ("", None),
    ],
)
def test_date(text, date):
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("value", "year"), [(2021.0, 2021), ("c2021", 2021), ("2021-02", 2021), (True, None), (None, None), ("20210", None)]
)
def test_year(value, year):
    assert parse_year(value) == year
