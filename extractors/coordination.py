"""Names that share a beginning: "CIFAR-10/100", "PASCAL VOC 2007 and 2012"."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["BY_COORDINATION", "coordinated_ends", "coordinated_name"]

BY_COORDINATION = "coordination-1"
"""The rule for the second and later of names that share a beginning: "CIFAR-10/100" for CIFAR-100."""

_LINK = r"(?:/|,? (?:and|or|&) |, )"
_LAST_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}$")
_NEXT = re.compile(rf"{_LINK}(\d{{1,4}})(?![\w%]|[.,]\d|-\w)")
_SHARED = re.compile(rf"\d+(?:{_LINK}\d+)*{_LINK}(\d+)$")
_MOST = 4


def coordinated_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where each further name ends that shares the beginning of the name at these offsets.

    The numbers are years all, or have at most one digit more or fewer.

    >>> text = "on PASCAL VOC 2007 and 2012, with GPT-4, 500 prompts"
    >>> [text[3:end] for end in coordinated_ends(text, 3, 18)], list(coordinated_ends(text, 34, 39))
    (['PASCAL VOC 2007 and 2012'], [])
    """
    number = _LAST_NUMBER.search(text, max(start, end - 5), end)
    if number is None or number.start() == start:
        return
    digits = len(number[0])
    for _ in range(_MOST):
        match = _NEXT.match(text, end)
        if match is None or abs(len(match[1]) - digits) > (digits != 4):
            return
        end = match.end()
        yield end


def coordinated_name(surface: str) -> str:
    """Write the last of coordinated names out.

    >>> coordinated_name("CIFAR-10/100"), coordinated_name("PASCAL VOC 2007, 2010 and 2012")
    ('CIFAR-100', 'PASCAL VOC 2012')
    """
    return _SHARED.sub(r"\1", surface)
