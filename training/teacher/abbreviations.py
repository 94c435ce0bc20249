"""Abbreviations that a text defines in parentheses, after Schwartz and Hearst (2003)."""

import re

__all__ = ["defined_by", "is_short_form"]

_PARENTHESIS = re.compile(r"\s*\(\s*([^()]{1,40}?)\s*(?:[;,][^()]*)?\)")


def is_short_form(short: str, long: str) -> bool:
    """Tell whether the letters of `short` stand in `long` in order, the first of them at the start of a word.

    >>> is_short_form("MRL", "Matryoshka Representation Learning"), is_short_form("GPT-4", "language model")
    (True, False)
    >>> is_short_form("CNNs", "convolutional neural networks"), is_short_form("ResNet", "Residual Network")
    (True, True)
    """
    letters = [character for character in short.casefold() if character.isalnum()]
    text = long.casefold()
    if len(letters) < 2 or len(short) >= len(long) or not any(character.isalpha() for character in letters):
        return False
    at = len(text)
    for position in range(len(letters) - 1, -1, -1):
        at = text.rfind(letters[position], 0, at)
        while position == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letters[0], 0, at)
        if at < 0:
            return False
    return True


def defined_by(text: str, end: int, long: str) -> str | None:
    """Return the short form in the parenthesis that follows `long`, which ends at `end` of `text`, or None.

    >>> text = "We train with Matryoshka Representation Learning (MRL), a loss."
    >>> defined_by(text, 48, "Matryoshka Representation Learning")
    'MRL'
    """
    found = _PARENTHESIS.match(text, end)
    return found[1] if found and is_short_form(found[1], long) else None
