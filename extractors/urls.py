"""Where a text has URLs: nothing in them is a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

__all__ = ["outside_urls", "url_spans"]

_MARK = re.compile(r"https?://|www\.|\.[a-z]{2,6}/")
_DOMAIN = re.compile(r"(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*$")
_REST = re.compile(r"\S+")
_LONGEST_DOMAIN = 80


def url_spans(text: str) -> list[tuple[int, int]]:
    """Find the URLs of a text, also those without a scheme: offsets, end exclusive.

    >>> text = "Code: github.com/MyLab/SuperNet and https://x.y; TCP/IP, 1.5/2.0"
    >>> [text[start:end] for start, end in url_spans(text)]
    ['github.com/MyLab/SuperNet', 'https://x.y;']
    """
    spans: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        start, end = mark.span()
        if spans and start < spans[-1][1]:
            continue
        if text[start] == ".":
            least = max(0, start - _LONGEST_DOMAIN)
            domain = _DOMAIN.search(text[least:start])
            if domain is None:
                continue
            start = least + domain.start()
        if rest := _REST.match(text, end):
            spans.append((start, rest.end()))
    return spans


def outside_urls(text: str) -> Callable[[int], bool]:
    """Give a test whether an offset stands in no URL of the text."""
    spans = url_spans(text)
    if not spans:
        return lambda _: True

    def outside(offset: int) -> bool:
        number = bisect_right(spans, (offset, len(text))) - 1
        return number < 0 or offset >= spans[number][1]

    return outside
