"""Numbers as a text writes them: with unit, range, change, spread, and the words that bound them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from citegraph.graph.records import HEDGES, Hedge

__all__ = ["Quantity", "find_quantities"]

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})"
_MEASURE = r"(?:F1|BLEU|mIoU|mAP|AP|AUC|AUROC|WER|FID)"
_UNIT = (
    r"(?:\s?\\?%|\s?percent(?:age points?)?\b|\s?(?:absolute |relative )?(?:points?|pp|pts)\b"
    r"|\s?\$?\\times\$?|\s?[xX×](?!\w)|[- ]?(?:times|folds?)\b|\s?(?:orders? of magnitude)\b"
    r"|\s?(?:dB|ms|milliseconds?|seconds?|minutes?|hours?|FPS|fps|GB|MB)\b)"
)
_MEASURED = re.compile(rf"[\s-](?:absolute |relative )?({_MEASURE})(?:\s(points?))?\b")
_BOUNDS: dict[Hedge, str] = {
    "about": r"about|around|approximately|roughly|nearly|almost|close to|\$?\\sim\$?|~|≈|\$?\\approx\$?",
    "up to": "up to|as much as|as high as|as many as",
    "more than": r"(?:more|greater|higher|better|larger) than|over|above|exceed(?:s|ing)|beyond|\$?>\$?",
    "at least": r"at least|no less than|\$?(?:≥|\\geq?)\$?",
    "less than": r"(?:less|fewer|lower) than|under|below|\$?<\$?",
    "at most": r"at most|no more than|within|\$?(?:≤|\\leq?)\$?",
}
_LEAD = re.compile(
    "(?:(?<=\\s)|(?<=\\()|^)(?:" + "|".join(f"({_BOUNDS[hedge]})" for hedge in HEDGES) + r")\s?(?:an?\s)?\$?\{?$", re.I
)
_LONGEST_LEAD = 22
_TO = r"(?:\s?(?:-{1,3}|–|—|~|\\sim|\\text\{--\}|and)\s?|(?:\s\([^()]{1,24}\))?\sto(?:\s(?:just|only|about|over|below|nearly))?\s)"
_QUANTITY = re.compile(
    rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})?"
    rf"(?:\s?\(?\$?(?:±|\+/-|\+-|\\pm)\s?\$?(?P<spread>{_NUMBER})(?P<spread_unit>{_UNIT})?\)?)?"
    rf"(?:\$?(?P<to>{_TO})\$?(?P<upper>{_NUMBER})(?P<upper_unit>{_UNIT})?)?"
    r"(?!\w|/(?!\d+\.\d)|\.\d)"
)
_SINGLE = re.compile(
    rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})?"
    rf"(?:\s?\(?\$?(?:±|\+/-|\+-|\\pm)\s?\$?(?P<spread>{_NUMBER})(?P<spread_unit>{_UNIT})?\)?)?"
    r"(?!\w|/(?!\d+\.\d)|\.\d)"
)
_DIGITS = re.compile(r"[\d.][\d.,]*")
_NOT_BEFORE = frozenset("-/@^_{.")
_SIGN = re.compile(r"(?:(?<=[\s($=])|^)\$?([-+\u2212])$")
_BOLD = re.compile(r"\\(?:textbf|mathbf|bm|bf|emph|underline)\{$")
_SLASH = re.compile(r"\d(?:\.\d+|\\?%)/$")
_FROM = re.compile(r"(?:\bfrom |\()\$?[-+]?$")
_BETWEEN = re.compile(r"\bbetween \$?$")
_FACTOR = re.compile(r"\bfactors? of \$?$")
_SHARES_UNIT = re.compile(r"\s?(?:,|,? and|,? or|/)\s?\$?")
_UNITS = {"percent": "%", "percentage": "%", "point": "points", "pp": "points", "pts": "points"}
_RATIO = re.compile(r"times|folds?|[xX×]$")
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

    Years, small counts, numbers inside names and parts of longer numbers are left out.

    >>> [(q.number, q.unit, q.hedge) for q in find_quantities("In 2017, up to 14x faster on 3 sets, by 2.5 and 3.1%")]
    [(14.0, 'x', 'up to'), (2.5, '%', None), (3.1, '%', None)]
    """
    found = [quantity for quantity in _written(text) if not _is_whole(text, quantity, _YEAR_DIGITS)]
    return [quantity for quantity in _with_shared_units(text, found) if not _is_whole(text, quantity, 1)]


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
    if before not in _NOT_BEFORE:
        return True
    near = text[max(0, start - 12) : start]
    return bool(_SIGN.search(near) or _BOLD.search(near) or (before == "/" and _SLASH.search(near)))


def _match(text: str, start: int) -> re.Match[str] | None:
    """Match a number with what belongs to it; "A and B" is one only after "between"."""
    match = _QUANTITY.match(text, start)
    if match is None or match["to"] is None:
        return match or _SINGLE.match(text, start)
    if match["to"].strip() == "and" and not _BETWEEN.search(text, max(0, start - 12), start):
        return _SINGLE.match(text, start)
    unit, upper_unit = _unit(match["unit"]), _unit(match["upper_unit"])
    fits = unit is None or unit == upper_unit
    return match if fits else _SINGLE.match(text, start)


def _quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    start, end = match.span()
    parts = match.groupdict()
    begin, number = _signed(text, start, parts["number"])
    measured = _MEASURED.match(text, end)
    unit = _unit(parts.get("upper_unit") or parts["unit"] or parts["spread_unit"])
    if unit is None and measured:
        unit = "points" if measured[2] else measured[1]
    spread = _number(parts["spread"]) if parts["spread"] else None
    if parts.get("upper") is None:
        hedge, begin = _lead(text, begin)
        if unit is None and (factor := _FACTOR.search(text, max(0, begin - 14), begin)):
            unit, begin = "x", factor.start()
        yield Quantity(begin, end, start, number, unit, spread=spread, hedge=hedge)
        return
    upper = _number(parts["upper"])
    lead = _FROM.search(text, max(0, start - 8), start)
    if lead and re.search(r"\sto\b", parts["to"]):
        change = lead.start() if lead[0].startswith("from") else begin
        yield Quantity(change, end, start, upper, unit, origin=number)
        yield Quantity(match.start("upper"), end, match.start("upper"), upper, unit)
        return
    lead = _BETWEEN.search(text, max(0, start - 12), start)
    hedge, begin = _lead(text, begin)
    yield Quantity(lead.start() if lead else begin, end, start, number, unit, upper=upper, hedge=hedge)


def _signed(text: str, start: int, written: str) -> tuple[int, float]:
    """Give where a number begins with its sign, and its value."""
    number = _number(written)
    sign = _SIGN.search(text, max(0, start - 3), start)
    if sign is None:
        return start, number
    return sign.start(1), number if sign[1] == "+" else -number


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give a number the unit of the next of its list: "by 2.5, 3.1 and 4.0 points"."""
    for number, (one, other) in reversed(list(enumerate(pairwise(found)))):
        other = found[number + 1]
        if one.unit is None and other.unit is not None and _SHARES_UNIT.fullmatch(text, one.end, other.at):
            found[number] = replace(one, unit=other.unit, shared=True)
    return found


def _is_whole(text: str, quantity: Quantity, digits: int) -> bool:
    """Tell whether a quantity is nothing but a whole number of so many digits: a small count, or a year."""
    written = text[quantity.at : quantity.end]
    return quantity.unit is None and len(written) == digits and written.isdigit()


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
    plain = written.strip().lstrip("\\-").strip("$").lstrip("\\")
    if _RATIO.search(plain):
        return "x"
    word = plain.split()[-1] if "point" in plain or plain.endswith(("pp", "pts")) else plain
    return _UNITS.get(word.removesuffix("s") if word.startswith("point") else word, word)
