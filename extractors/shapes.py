"""Novel names, told by capitals and digits."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.draft import Candidate, Draft, draft_of

__all__ = ["ShapeFinder"]

_ATOM = re.compile(
    r"(?<![^\W_])(?=[^\s]{0,40}?[A-Z])[^\W_]{1,40}(?:[-–/._+@'’^{}]{1,3}[^\W_]{1,40}){0,8}(?:\+{1,2}|\*|(?<=\{\d\d)\}|(?<=\{\d)\})?"
)
_STRONG = re.compile(r"[A-Z].*[A-Z0-9]|\d.*[A-Z]|[a-z][A-Z]")
_TAIL = re.compile(r"[-–][a-z]{3,}(?:[-–/].*)?$")
_LINKS = frozenset({" ", " of ", " for ", " the ", " and ", " with ", " in ", " to ", " by ", " via ", " & ", " on "})
_LATEX = re.compile(r"^(?:text|math|emph)[a-z]{0,4}\{")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_TITLE_NAME = re.compile(r"\s*([^:]{2,60}?)\s?(?::\s|\s[-–—]\s)")
_MAX_RUN = 7
_BY = "shape-1"
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
        atoms = [span for span in _atoms(text) if not any(start <= span[0] < end for start, end in urls)]
        starts = {start for start, _ in draft.sentences}
        add = _Adder(draft)
        for start, end in atoms:
            strong = _STRONG.search(text, start, end) is not None
            if strong or (start not in starts and start >= draft.body_start):
                add(start, end, _BY)
                tail = _TAIL.search(text, start, end) if strong else None
                if tail is not None:
                    add(start, tail.start(), _BY)
                slash = text.find("/", start, end)
                if slash > 0:
                    add(start, slash, _BY)
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


def _atoms(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in _ATOM.finditer(text):
        start, end = match.span()
        latex = _LATEX.match(match[0])
        if latex:
            start += latex.end()
        if text.endswith(("'s", "’s"), start, end):
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
        gap = text[current[-1][1] : atom[0]] if current else ""
        if current and gap not in _LINKS:
            _close(text, current, runs)
            current = []
        current.append(atom)
    _close(text, current, runs)
    return runs


def _close(text: str, run: list[tuple[int, int]], runs: list[tuple[int, int]]) -> None:
    if not 2 <= len(run) <= 3 * _MAX_RUN:
        return
    parts: list[list[tuple[int, int]]] = [[run[0]]]
    for before, after in zip(run, run[1:], strict=False):
        if text[before[1] : after[0]] == " ":
            parts[-1].append(after)
        else:
            parts.append([after])
    for part in parts:
        for skip in (0, 1):
            if 2 <= len(part) - skip <= _MAX_RUN:
                runs.append((part[skip][0], part[-1][1]))
    for first, second in zip(parts, parts[1:], strict=False):
        if len(first) + len(second) <= _MAX_RUN:
            runs.append((first[0][0], second[-1][1]))
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
