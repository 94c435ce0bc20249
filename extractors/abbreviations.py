"""Abbreviations that a text defines itself."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, Definition, draft_of
from citegraph.extractors.words import Words

__all__ = ["AbbreviationFinder", "long_form_start"]

_COMMAND = re.compile(r"\\(?:text[a-z]{2}|emph|mathbf|underline)\{")
_SHORT = re.compile(r"\(\s?([A-Za-z0-9][\w+/.@\-]{0,14}?)s?\s?[),;]")
_LATEX_SHORT = re.compile(
    r"\(\s?(?:\\(?:text[a-z]{2}|emph|mathbf)\{)?([A-Za-z0-9][\w+/.@\-]{0,14}?)s?(?:\}s?)?\s?[),;]"
)
_REVERSED = re.compile(r"(?<![\w-])([A-Z][\w+.@-]{1,14}) \(([A-Za-z][^();,]{4,100})[);,]")
_MAX_EXTRA_WORDS = 5
_MARKS_OF_A_COMMAND = 4
_BY = "abbreviation-1"
_BY_REVERSED = "abbreviation-2"


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
    r"""Find "long form (SHORT)" in each sentence, where LaTeX may emphasise the short form or letters of the long one.

    Requires the draft's words; assigns its ``definitions`` and a candidate for each long and short form. With
    ``reversed_forms`` "SHORT (long form)" is found too; forms that the text leaves undefined are not expanded.
    """

    def __init__(self, *, latex: bool = True, reversed_forms: bool = True) -> None:
        """Take whether LaTeX commands are looked through, and whether the short form may come first."""
        self._latex = latex
        self._reversed = reversed_forms

    def __call__(self, doc: Doc) -> Doc:
        """Add definitions and candidates."""
        draft = draft_of(doc)
        text, words = draft.text, draft.words
        if "(" not in text:
            return doc
        short, bare = _SHORT, text
        if self._latex and "\\" in text:
            short, bare = _LATEX_SHORT, _COMMAND.sub(lambda match: " " * len(match[0]), text)
        found = [(_definition(text, bare, match, words), _BY) for match in short.finditer(text)]
        if self._reversed:
            found += [(_reversed_definition(match, words), _BY_REVERSED) for match in _REVERSED.finditer(text)]
        for definition, by in found:
            if definition is not None:
                draft.definitions.append(definition)
                draft.candidates.append(Candidate(definition.long_start, definition.long_end, by))
                draft.candidates.append(Candidate(definition.short_start, definition.short_end, by))
        return doc


def _definition(text: str, bare: str, match: re.Match[str], words: Words) -> Definition | None:
    """Give what a short form in brackets is defined by; ``bare`` is the text with blanks for LaTeX commands."""
    short = match[1]
    capitals = sum(character.isupper() for character in short)
    if capitals < 1 or len(short) < 2 or not short[0].isalnum():
        return None
    reach = min(len(short) + _MAX_EXTRA_WORDS, 2 * len(short))
    first = words.at(match.start())
    marks = 0
    if bare is not text:
        marks = _MARKS_OF_A_COMMAND * len(_COMMAND.findall(text, max(0, match.start() - 30 * reach), match.start()))
    window_start = words.starts[max(0, first - 2 * reach - marks)] if first else match.start()
    before = bare[window_start : match.start()]
    cut = max(before.rfind(mark) for mark in (". ", "; ", "(", ")", "\n", ": "))
    begin = cut + 1 if cut >= 0 else 0
    start = long_form_start(short, before[begin:])
    if start is None:
        return None
    long_start = words.at(_with_command(text, bare, window_start + begin + start))
    long_end = words.at(match.start())
    short_start, short_end = words.at(match.start(1)), words.at(match.end(1))
    if words.starts[short_start] != match.start(1) or not 1 <= long_end - long_start <= reach + 2 + marks:
        return None
    return Definition(long_start, long_end, short_start, max(short_end, short_start + 1))


def _with_command(text: str, bare: str, start: int) -> int:
    """Move a start in front of the LaTeX command that ends there."""
    while start > 0 and text[start - 1] != bare[start - 1]:
        start -= 1
    return start


def _reversed_definition(match: re.Match[str], words: Words) -> Definition | None:
    """Give the definition of "SHORT (long form)", where the first letters agree and the long form has several words."""
    short, long = match.groups()
    letters = sum(character.isupper() for character in short)
    if letters < 2 or " " not in long or len(long.split()) > len(short) + _MAX_EXTRA_WORDS:
        return None
    if long_form_start(short, long) != 0:
        return None
    short_start, short_end = words.at(match.start(1)), words.at(match.end(1))
    long_start, long_end = words.at(match.start(2)), words.at(match.end(2))
    if words.starts[short_start] != match.start(1):
        return None
    return Definition(long_start, long_end, short_start, short_end)


@Language.factory(
    "citegraph_abbreviations_v1", assigns=["doc.user_data"], default_config={"latex": True, "reversed_forms": True}
)
def make_abbreviation_finder(nlp: Language, name: str, latex: bool, reversed_forms: bool) -> AbbreviationFinder:  # noqa: ARG001
    """Build the component."""
    return AbbreviationFinder(latex=latex, reversed_forms=reversed_forms)
