"""Abbreviations that a text defines itself."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, Definition, draft_of
from citegraph.extractors.words import Words

__all__ = ["AbbreviationFinder", "long_form_start"]

_SHORT = re.compile(r"\(\s?([A-Za-z0-9][\w+/.@\-]{0,14}?)s?\s?[),;]")
_MAX_EXTRA_WORDS = 5
_BY = "abbreviation-1"


def long_form_start(short: str, before: str) -> int | None:
    """Find where the long form of an abbreviation starts in the text before it.

    Algorithm of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
    text" (PSB 2003): the letters and digits of the short form are matched from right to left, the first of them at
    the start of a word.

    >>> long_form_start("MRL", "we use Matryoshka Representation Learning ")
    7
    >>> long_form_start("XYZ", "we use Matryoshka Representation Learning ") is None
    True
    """
    at = len(before) - 1
    lowered = before.lower()
    letters = [character for character in short.lower() if character.isalnum()]
    for index in range(len(letters) - 1, -1, -1):
        letter = letters[index]
        at = lowered.rfind(letter, 0, at + 1)
        while at > 0 and index == 0 and lowered[at - 1].isalnum():
            at = lowered.rfind(letter, 0, at)
        if at < 0:
            return None
        if index:
            at -= 1
    return at


class AbbreviationFinder:
    """Find "long form (SHORT)" in each sentence.

    Requires the draft's words; assigns its ``definitions`` and a candidate for each long and short form. "SHORT
    (long form)" is found too; forms that the text leaves undefined are not expanded.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add definitions and candidates."""
        draft = draft_of(doc)
        text = draft.text
        for match in _SHORT.finditer(text):
            definition = _definition(text, match, draft.words)
            if definition is not None:
                draft.definitions.append(definition)
                draft.candidates.append(Candidate(definition.long_start, definition.long_end, _BY))
                draft.candidates.append(Candidate(definition.short_start, definition.short_end, _BY))
        return doc


def _definition(text: str, match: re.Match[str], words: Words) -> Definition | None:
    short = match[1]
    capitals = sum(character.isupper() for character in short)
    if capitals < 1 or len(short) < 2 or not short[0].isalnum():
        return None
    reach = min(len(short) + _MAX_EXTRA_WORDS, 2 * len(short))
    first = words.at(match.start())
    window_start = words.starts[max(0, first - 2 * reach)] if first else match.start()
    before = text[window_start : match.start()]
    cut = max(before.rfind(mark) for mark in (". ", "; ", "(", ")", "\n", ": "))
    begin = cut + 1 if cut >= 0 else 0
    start = long_form_start(short, before[begin:])
    if start is None:
        return None
    long_start = words.at(window_start + begin + start)
    long_end = words.at(match.start())
    short_start, short_end = words.at(match.start(1)), words.at(match.end(1))
    if words.starts[short_start] != match.start(1) or not 1 <= long_end - long_start <= reach + 2:
        return None
    return Definition(long_start, long_end, short_start, max(short_end, short_start + 1))


@Language.factory("citegraph_abbreviations_v1", assigns=["doc.user_data"])
def make_abbreviation_finder(nlp: Language, name: str) -> AbbreviationFinder:  # noqa: ARG001
    """Build the component."""
    return AbbreviationFinder()
