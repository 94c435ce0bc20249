"""Years and dates as sources write them."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["parse_date", "parse_year"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?:[a-z]{{3}}, )?(?P<day>\d{{1,2}}) {_MONTH},? (?P<year>\d{{4}})(?: \d\d:\d\d.*)?",
        rf"{_MONTH} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
        rf"{_MONTH},? (?P<year>\d{{4}})",
    )
)


def parse_year(value: object) -> int | None:
    """Read a year from a number or a text; None where it is none from 1500 to 2199.

    >>> parse_year(2021), parse_year("2021.0"), parse_year("(2021)"), parse_year("n.d.")
    (2021, 2021, 2021, None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    match = re.fullmatch(r"\D*((?:1[5-9]|2[01])\d\d)(?:\.0*|\D.*)?", str(value).strip(), re.DOTALL)
    return int(match[1]) if match else None


def parse_date(text: str) -> str | None:
    """Read a date as YYYY-MM-DD, or YYYY-MM or YYYY where it has no more; None where it is none.

    >>> parse_date("2021-02-12T08:00:00Z"), parse_date("Mon, 2 Apr 2007 19:18:42 GMT"), parse_date("Feb 12, 2021")
    ('2021-02-12', '2007-04-02', '2021-02-12')
    >>> parse_date("June 2017"), parse_date("2021"), parse_date("2021-13-01"), parse_date("yesterday")
    ('2017-06', '2021', None, None)
    """
    text = " ".join(text.split())
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            parts = match.groupdict()
            return _checked(parts["year"], parts.get("month"), parts.get("day"))
    return None


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    if parse_year(year) is None:
        return None
    if not month:
        return year
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        date = dt.date(int(year), number, int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else f"{date:%Y-%m}"
