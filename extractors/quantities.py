"""Numbers as a text writes them: with unit, range, change, spread, and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from citegraph.graph.records import HEDGES, Hedge

__all__ = ["Quantity", "find_quantities"]

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!,\d)(?:\.\d{1,12})?|\d{1,6}\.\d{1,12}|\d{1,6}(?!,\d)|\.\d{1,12})"
_MEASURE = r"(?:F1|BLEU|mIoU|mAP|AP|AUC|AUROC|WER|FID)"
_GAP = r"(?:[\s~]|\\[,;: ])?"
_UNIT = (
    rf"(?:[}}$]{{0,2}}{_GAP}"
    r"(?:\\?[%％](?:[- ]?points?\b|p\b)?|-?per\s?cent(?:age[ -]points?)?\b"
    r"|-?(?:absolute |relative )?(?:points?|pp|pts)\b"
    r"|\$?\\times\$?(?!\s?\$?\d)|[xX×](?!\w|\s?\d)|-?(?:times|folds?(?!\scross|-cross|\sCV\b))\b|orders? of magnitude\b"
    r"|(?<=[\s~,])s\b|(?<=\.\d)s\b|(?<=\.\d\d)s\b|-?(?:dB|ms|FPS|fps|mm|cm|kHz|Hz)\b"
    r"|(?:milliseconds?|seconds?|minutes?|mins?|hours?|KB|MB|GB|TB)\b))"
)
_MEASURED = re.compile(rf"[}}$]{{0,2}}(?:[\s~-]|\\,)(?:absolute |relative )?({_MEASURE})(?:\s(points?))?\b")
_BOUNDS: dict[Hedge, str] = {
    "about": r"about|around|approximately|roughly|nearly|almost|close to|\$?\\sim\$?|[~∼≈]|\$?\\approx\$?",
    "up to": "up to|as much as|as high as|as many as",
    "more than": r"(?:more|greater|higher|better|larger) than|over|above|exceed(?:s|ing)|beyond|\$?>\$?",
    "at least": r"at least|no less than|\$?(?:≥|⩾|>=|\\geq?(?:slant)?)\$?",
    "less than": r"(?:less|fewer|lower) than|under|below|\$?<\$?",
    "at most": r"at most|no more than|within|\$?(?:≤|⩽|<=|\\leq?(?:slant)?)\$?",
}
_LEAD = re.compile(
    "(?:(?<=\\s)|(?<=\\()|^)(?:" + "|".join(f"({_BOUNDS[hedge]})" for hedge in HEDGES) + r")\s?(?:an?\s)?\$?\{?$", re.I
)
_LONGEST_LEAD = 22
_TO = (
    r"(?:\s?(?:-{1,3}|–|—|~|∼|\\sim|\\text\{--\}|and)\s?"
    r"|(?:\s\([^()]{1,24}\))?(?:\sdown)?\sto"
    r"(?:\s(?:just|only|about|around|approximately|nearly|almost|over|above|below|under|(?:more|less) than))?\s)"
)
_SIGN_MARKS = frozenset("-+\u2212\u2013")
_SIGNS = "[-+\u2212\u2013]"
_AFTER = (
    r"(?!\d|(?<![%％])(?:\w|\.\d)|/(?!\d+(?:\.\d|\\?%))(?<!\.\d/)(?<!\.\d\d/)|:\d|\^\{?[-\w]"
    r"|\s?\$?(?:[xX×]|\\times)\$?\s?\$?\d)"
)
_PLUS_MINUS = r"\s?\(?[_{$]{0,2}(?:±|\+/-|\+-|\\pm)"
_NUMBER_WITH_UNIT = (
    rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})?"
    rf"(?:{_PLUS_MINUS}[}}$]{{0,2}}\s?\$?(?P<spread>{_NUMBER})(?P<spread_unit>{_UNIT})?[)}}]?)?"
)
_SINGLE = re.compile(_NUMBER_WITH_UNIT + _AFTER)
_QUANTITY = re.compile(
    rf"{_NUMBER_WITH_UNIT}[}}$]{{0,2}}(?P<to>{_TO})\$?(?P<sign>{_SIGNS})?"
    rf"(?P<upper>{_NUMBER})(?P<upper_unit>{_UNIT})?{_AFTER}(?!{_PLUS_MINUS})"
)
_DIGITS = re.compile(r"\.?\d(?:[\d.]|,(?=\d{3}(?!\d)))*")
_NO_QUANTITY = re.compile(
    r"\d[\d.]*(?:[-–]\d[\d.]*){2}|[\d.,]+(?:[}$]{0,2}\s(?:hundred|thousand|(?:m|b|tr)illions?)\b|\s[KMBT]\b)"
)
_NOT_BEFORE = frozenset("-/@^_{.\u2010\u2011\u2013")
_SIGN = re.compile(rf"(?:(?<=[\s($=\[~∼≈<>])|^)\$?({_SIGNS})$")
_BOLD = re.compile(r"\\(?:textbf|mathbf|bm|bf|emph|underline)\{$")
_SLASH = re.compile(r"\d(?:\.\d+|\\?%)/$")
_JOINS = frozenset(":,")
_WITHIN = re.compile(r"\d[:,]$")
_LISTED = re.compile(r"\.\d+,$")
_PART_OF_NAME = re.compile(r"[}$]{0,2}(?:-[a-z]|\sfold)", re.I)
_ENDS_OF_NAMING = frozenset("nerx.vi:X×s$")
_NAMED = re.compile(
    r"(?:\b(?:version|section|table|figure|fig\.|chapter|appendix|arxiv:|doi:?)\s?|\d\s?\$?(?:[xX×]|\\times)\$?\s?\$?)$",
    re.I,
)
_FROM = re.compile(r"(?:\bfrom |\()\$?$")
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)) $")
_BETWEEN = re.compile(r"\bbetween \$?$")
_FACTOR = re.compile(r"\bfactors? of \$?$")
_SHARES_UNIT = re.compile(r"[}$]{0,2}\s?(?:,|,? and|,? or|/)\s?\$?")
_MARKS = re.compile(r"^[\s}$\\~,;:-]+|[\s$]+$")
_UNITS = {
    "millisecond": "ms", "milliseconds": "ms", "s": "seconds", "second": "seconds", "min": "minutes", "mins": "minutes",
    "minute": "minutes", "hour": "hours", "fps": "FPS", "order of magnitude": "orders of magnitude",
}  # fmt: skip
_RATIO = re.compile(r"times|folds?|[xX×]$")
_YEARS = re.compile(r"(?:19|20)\d\d\D{1,30}(?:19|20)?\d\d")
_COUNTS = re.compile(r"\d\D{1,8}\d")
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: ``start`` and ``end`` are the offsets of all that belongs to it, end exclusive.

    ``at`` is where its first digit stands. ``number``, ``upper``, ``origin``, ``spread`` and ``hedge`` are those of a
    `Result`; ``unit`` is in a standard form, and ``shared`` where a later number of a list gives it. A measure behind
    the number ("91.7 F1") is its unit, but does not belong to what is written.
    """

    start: int
    end: int
    at: int
    number: float
    unit: str | None
    upper: float | None = None
    origin: float | None = None
    spread: float | None = None
    hedge: Hedge | None = None
    shared: bool = False

    @property
    def form(self) -> str:
        """What is written: change, range, spread or single."""
        if self.origin is not None:
            return "change"
        if self.upper is not None:
            return "range"
        return "single" if self.spread is None else "spread"


def find_quantities(text: str) -> list[Quantity]:
    """Find the numbers of a text, in order; a change ("from 70.5% to 78.8%") comes before the number that it ends at.

    Years, small counts, dates, numbers inside names and parts of longer numbers are left out.

    >>> [(q.number, q.unit, q.hedge) for q in find_quantities("In 2017, up to 14x faster on 3 sets, by 2.5 and 3.1%")]
    [(14.0, 'x', 'up to'), (2.5, '%', None), (3.1, '%', None)]
    """
    found = [quantity for quantity in _written(text) if not _is_year(text, quantity)]
    return [quantity for quantity in _with_shared_units(text, found) if not _is_count(text, quantity)]


def _written(text: str) -> Iterator[Quantity]:
    end = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start >= end and _may_begin(text, start):
            match = _match(text, start)
            if match is not None:
                end = match.end()
                yield from _quantities(text, match)


def _may_begin(text: str, start: int) -> bool:
    """Tell whether a number may begin here: not within a name, an index or a longer number."""
    before = text[start - 1 : start]
    if before.isalnum():
        return False
    near = text[max(0, start - 12) : start]
    if before in _NOT_BEFORE:
        return bool(_SIGN.search(near) or _BOLD.search(near) or (before == "/" and _SLASH.search(near)))
    if before in _JOINS and _WITHIN.search(near):
        return bool(_LISTED.search(near))
    return text[start - 2 : start - 1] not in _ENDS_OF_NAMING or not _NAMED.search(near)


def _match(text: str, start: int) -> re.Match[str] | None:
    """Match a number with what belongs to it; "A and B" is one only after "between"."""
    if _NO_QUANTITY.match(text, start):
        return None
    match = _QUANTITY.match(text, start)
    if match is None or (match["to"].strip() == "and" and not _BETWEEN.search(text, max(0, start - 12), start)):
        return _SINGLE.match(text, start)
    unit, upper_unit = _unit(match["unit"]), _unit(match["upper_unit"])
    fits = unit is None or unit == upper_unit
    return match if fits else _SINGLE.match(text, start)


def _quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    at, end = match.span()
    parts = match.groupdict()
    start, number = _signed(text, at, parts["number"])
    unit = _unit(parts.get("upper_unit") or parts["unit"] or parts["spread_unit"]) or _measure(text, end)
    if unit is None and _PART_OF_NAME.match(text, end):
        return
    hedge, start = _lead(text, start)
    factor = _FACTOR.search(text, max(0, start - 14), start) if unit is None else None
    if factor:
        unit, start = "x", factor.start()
        outer, start = _lead(text, start)
        hedge = hedge or outer
    if "to" in parts:
        yield from _pair(text, match, Quantity(start, end, at, number, unit, hedge=hedge))
    else:
        spread = _number(parts["spread"]) if parts["spread"] else None
        yield Quantity(start, end, at, number, unit, spread=spread, hedge=hedge)


def _pair(text: str, match: re.Match[str], lower: Quantity) -> Iterator[Quantity]:
    """Give a range, or a change and the number that it ends at."""
    start, at, end = lower.start, match.start("upper"), match.end()
    upper = _number(match["upper"])
    if match["sign"]:
        upper = upper if match["sign"] == "+" else -upper
    lead = _FROM.search(text, max(0, start - 8), start)
    is_change = lead is not None and "to" in match["to"] and (lead[0][0] == "f" or not lower.hedge)
    if lead and is_change and not _RANGING.search(text, max(0, lead.start() - 10), lead.start()):
        hedge, first = _lead(text, match.start("sign") if match["sign"] else at)
        start = lead.start() if lead[0][0] == "f" else start
        yield Quantity(start, end, lower.at, upper, lower.unit, origin=lower.number, hedge=hedge)
        yield Quantity(first, end, at, upper, lower.unit, hedge=hedge)
        return
    between = _BETWEEN.search(text, max(0, start - 12), start)
    yield replace(lower, start=between.start() if between else start, upper=upper)


def _signed(text: str, start: int, written: str) -> tuple[int, float]:
    """Give where a number begins with its sign, and its value."""
    number = _number(written)
    sign = _SIGN.search(text, max(0, start - 3), start) if text[start - 1 : start] in _SIGN_MARKS else None
    if sign is None:
        return start, number
    return sign.start(1), number if sign[1] == "+" else -number


def _measure(text: str, end: int) -> str | None:
    """Give the measure behind a number that has no other unit."""
    measured = _MEASURED.match(text, end)
    if measured is None:
        return None
    return "points" if measured[2] else measured[1]


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give a number the unit of the next of its list: "by 2.5, 3.1 and 4.0 points"."""
    for number, (one, other) in reversed(list(enumerate(pairwise(found)))):
        other = found[number + 1]
        if one.unit is None and other.unit is not None and _SHARES_UNIT.fullmatch(text, one.end, other.at):
            found[number] = replace(one, unit=other.unit, shared=True)
    return found


def _is_year(text: str, quantity: Quantity) -> bool:
    """Tell whether a quantity is nothing but a year, or years: a whole number of four digits, or two of them."""
    written = text[quantity.at : quantity.end]
    if quantity.unit is not None or quantity.spread is not None:
        return False
    return (len(written) == _YEAR_DIGITS and written.isdigit()) or _YEARS.fullmatch(written) is not None


def _is_count(text: str, quantity: Quantity) -> bool:
    """Tell whether a quantity is nothing but a small count: one digit, or a range of such."""
    written = text[quantity.at : quantity.end]
    if quantity.unit is not None:
        return False
    return (len(written) == 1 and written.isdigit()) or (quantity.form == "range" and bool(_COUNTS.fullmatch(written)))


def _lead(text: str, start: int) -> tuple[Hedge | None, int]:
    """Give how the words before a number bound it, and where they begin."""
    match = _LEAD.search(text, max(0, start - _LONGEST_LEAD), start)
    if match is None or match.lastindex is None:
        return None, start
    return HEDGES[match.lastindex - 1], match.start()


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def _unit(written: str | None) -> str | None:
    r"""Give a unit in a standard form.

    >>> [_unit(unit) for unit in ("\\%", " percentage points", " times", "×", " absolute points", None)]
    ['%', 'points', 'x', 'x', 'points', None]
    """
    if written is None:
        return None
    plain = _MARKS.sub("", written)
    if _RATIO.search(plain):
        return "x"
    if "point" in plain or plain.endswith(("pp", "pts", "p")):
        return "points"
    return "%" if plain.startswith("per") or plain[0] in "%％" else _UNITS.get(plain, plain)
