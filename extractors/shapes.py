"""Novel names, told by capitals and digits."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, Draft, draft_of

__all__ = ["BY_COORDINATION", "ShapeFinder"]

_CHUNK = re.compile(r"(?<!\S)[^\sA-Z]{0,40}[A-Z]\S*")
_ATOM = re.compile(r"[^\W_]{1,40}(?:[-–/._+@'’^{}]{1,3}[^\W_]{1,40}){0,8}(?:\+{1,2}|\*|(?<=\{\d\d)\}|(?<=\{\d)\})?")
_TAIL = re.compile(r"[-–][a-z]{3,}(?:[-–/].*)?$")
_LINKS = frozenset({" ", " of ", " for ", " the ", " and ", " with ", " in ", " to ", " by ", " via ", " & ", " on "})
_LATEX = re.compile(r"^(?:text|math|emph)[a-z]{0,4}\{")
_POSSESSIVE = ("'s", "’s")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_TITLE_NAME = re.compile(r"\s*([^:]{2,60}?)\s?(?::\s|\s[-–—]\s)")
_LONGEST_LINK = 6
_MAX_RUN = 7
_COORDINATED = re.compile(r"\d/\d+$")
_BY = "shape-1"
BY_COORDINATION = "coordination-1"
"""The rule for the second of two names that share a beginning: "CIFAR-10/100" for CIFAR-100."""

_BY_TITLE = "title-colon-1"


class ShapeFinder:
    """Propose strings with the shape of a proper name: CamelCase, capitals, digits, runs of capitalised words.

    Requires the draft's words and sentences; assigns candidates. What stands in a URL is left out.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates."""
        draft = draft_of(doc)
        text = draft.text
        urls = [match.span() for match in _URL.finditer(text)] if "://" in text or "www." in text else []
        atoms = _atoms(text)
        if urls:
            atoms = [span for span in atoms if not any(start <= span[0] < end for start, end in urls)]
        starts = {start for start, _ in draft.sentences}
        add = _Adder(draft)
        for start, end in atoms:
            strong = _is_strong(text[start:end])
            if strong or (start not in starts and start >= draft.body_start):
                add(start, end, _BY)
                tail = _TAIL.search(text, start, end) if strong else None
                if tail is not None:
                    add(start, tail.start(), _BY)
                slash = text.find("/", start, end)
                if slash > 0:
                    add(start, slash, _BY)
                if slash > 0 and _COORDINATED.search(text, start, end):
                    add(start, end, BY_COORDINATION)
        for start, end in _runs(text, atoms, draft):
            add(start, end, _BY)
        _add_title_name(text, draft, add)
        return doc


class _Adder:
    """Adds candidates by offsets where these fall on words."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def __call__(self, start: int, end: int, by: str) -> None:
        words = self._draft.words
        first, last = words.at(start), words.at(end)
        if first < last and words.starts[first] == start and words.ends[last - 1] <= end:
            self._draft.candidates.append(Candidate(first, last, by))


def _is_strong(name: str) -> bool:
    """Tell whether a name has a capital or digit after its first letter.

    >>> [_is_strong(name) for name in ("SimCLR", "mT5", "Top-5", "Multi-modal", "A")]
    [True, True, True, False, False]
    """
    rest = name[1:]
    return bool(rest) and not (rest.islower() and rest.replace("-", "").isalpha())


def _atoms(text: str) -> list[tuple[int, int]]:
    """Find the strings between spaces and brackets that hold a capital."""
    spans = []
    for chunk in _CHUNK.finditer(text):
        for match in _ATOM.finditer(text, *chunk.span()):
            name = match[0]
            if name.islower() or name.isdigit():
                continue
            start, end = match.span()
            if "{" in name and (latex := _LATEX.match(name)):
                start += latex.end()
            if name.endswith(_POSSESSIVE):
                end -= 2
            spans.append((start, end))
    return spans


def _runs(text: str, atoms: list[tuple[int, int]], draft: Draft) -> list[tuple[int, int]]:
    """Find runs of capitalised words in the abstract: whole, and without the first word or what follows a link."""
    runs: list[tuple[int, int]] = []
    current: list[tuple[int, int]] = []
    for atom in atoms:
        if atom[0] < draft.body_start:
            continue
        if current and not _linked(text, current[-1][1], atom[0]):
            _close(text, current, runs)
            current = []
        current.append(atom)
    _close(text, current, runs)
    return runs


def _linked(text: str, end: int, start: int) -> bool:
    return start - end <= _LONGEST_LINK and text[end:start] in _LINKS


def _close(text: str, run: list[tuple[int, int]], runs: list[tuple[int, int]]) -> None:
    if not 2 <= len(run) <= 3 * _MAX_RUN:
        return
    parts: list[list[tuple[int, int]]] = [[run[0]]]
    for before, after in pairwise(run):
        if text[before[1] : after[0]] == " ":
            parts[-1].append(after)
        else:
            parts.append([after])
    for part in parts:
        runs += [(part[skip][0], part[-1][1]) for skip in (0, 1) if 2 <= len(part) - skip <= _MAX_RUN]
    runs += [(first[0][0], second[-1][1]) for first, second in pairwise(parts) if len(first) + len(second) <= _MAX_RUN]
    if len(parts) > 2 and len(run) <= _MAX_RUN:
        runs.append((run[0][0], run[-1][1]))


def _add_title_name(text: str, draft: Draft, add: _Adder) -> None:
    match = _TITLE_NAME.match(text, 0, draft.title_end)
    if match and len(match[1].split()) <= 5:
        add(match.start(1), match.end(1), _BY_TITLE)


@Language.factory("citegraph_shapes_v1", assigns=["doc.user_data"])
def make_shape_finder(nlp: Language, name: str) -> ShapeFinder:  # noqa: ARG001
    """Build the component."""
    return ShapeFinder()
