"""Novel names, told by capitals and digits."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from citegraph.extractors.coordination import BY_COORDINATION, coordinated_ends
from citegraph.extractors.draft import Candidate, Draft, draft_of
from citegraph.extractors.urls import outside_urls

__all__ = ["BY_COORDINATION", "ShapeFinder"]

_CHUNK = re.compile(r"(?<!\S)[^\sA-Z]{0,40}[A-Z]\S*")
_ATOM = re.compile(r"[^\W_]{1,40}(?:[-–/._+@'’]{1,3}[^\W_]{1,40}){0,8}(?:\+{1,2}|\*)?")
_LATEX_ATOM = re.compile(r"[^\W_]{1,40}(?:[-–/._+@'’^{}$]{1,3}[^\W_]{1,40}){0,8}(?:\+{1,2}|\*)?")
_TAIL = re.compile(r"[-–][a-z]{3,}(?:[-–/].*)?$")
_LINKS = frozenset({" ", " of ", " for ", " the ", " and ", " with ", " in ", " to ", " by ", " via ", " & ", " on "})
_COMMAND = re.compile(r"^(?:text|math|emph)[a-z]{0,4}\{")
_POSSESSIVE = ("'s", "’s")
_TITLE_NAME = re.compile(r"\s*([^:]{2,60}?)\s?(?::\s|\s[-–—]\s)")
_NUMBER = re.compile(r" (?:\d{1,4}|\d\.\d)(?![\w%$]|[.,]\d|[-–/^]\w|\\%)")
_TYPE_NOUNS = frozenset(
    {"algorithm", "benchmark", "challenge", "corpus", "dataset", "framework", "method", "model", "suite", "task"}
)
_COORDINATED = re.compile(r"\S+\d/\d+")
_LONGEST_LINK = 6
_MAX_RUN = 7
_BY = "shape-1"
_BY_NUMBER = "numbered-1"
_BY_TITLE = "title-colon-1"


class ShapeFinder:
    """Propose strings with the shape of a proper name: CamelCase, capitals, digits, runs of capitalised words.

    Requires the draft's words and sentences; assigns candidates. What stands in a URL is left out.
    """

    def __init__(
        self,
        *,
        coordination: bool = True,
        latex: bool = True,
        numbers: bool = True,
        title_names: bool = True,
        trims: bool = True,
        urls: bool = True,
    ) -> None:
        """Take which rules are used.

        ``coordination``: "CIFAR-10/100" and "VOC 2007 and 2012" are two names. ``latex``: "DAVIS_{16}" is one name, a
        command around a name no part of it. ``numbers``: a number may end a name, "Llama 2". ``title_names``: what
        stands before the title's colon. ``trims``: also names without what is glued to them, a first word, a type noun
        at the end. ``urls``: names in URLs are left out.
        """
        self._coordination = coordination
        self._latex = latex
        self._numbers = numbers
        self._title_names = title_names
        self._trims = trims
        self._urls = urls

    def __call__(self, doc: Doc) -> Doc:
        """Add the candidates."""
        draft = draft_of(doc)
        text = draft.text
        add = _Adder(draft)
        atoms = _atoms(text, self._latex, self._trims)
        if self._urls:
            outside = outside_urls(text)
            atoms = [span for span in atoms if outside(span[0])]
        sentences = {start for start, _ in draft.sentences}
        names = [span for span in atoms if self._add_atom(span, sentences, draft, add)]
        for start, end in _runs(text, atoms, draft, self._trims):
            add(start, end, _BY)
            names.append((start, end))
        self._add_longer(text, names, add)
        if self._title_names:
            _add_title_name(text, draft, add)
        return doc

    def _add_atom(self, span: tuple[int, int], sentences: set[int], draft: Draft, add: _Adder) -> bool:
        """Add a name without spaces, unless only its place makes it a capitalised word; tell whether it was added."""
        start, end = span
        text = draft.text
        strong = _is_strong(text[start:end])
        if not strong and (start in sentences or start < draft.body_start):
            return False
        add(start, end, _BY)
        if self._trims:
            tail = _TAIL.search(text, start, end) if strong else None
            if tail is not None:
                add(start, tail.start(), _BY)
            slash = text.find("/", start, end)
            if slash > 0:
                add(start, slash, _BY)
        return True

    def _add_longer(self, text: str, names: list[tuple[int, int]], add: _Adder) -> None:
        """Add names with the numbers after them."""
        for start, end in names:
            stop = end
            if self._numbers and text[end : end + 1] == " " and (number := _NUMBER.match(text, end)):
                stop = number.end()
                add(start, stop, _BY_NUMBER)
            if self._coordination and text[stop - 1].isdigit():
                for further in coordinated_ends(text, start, stop):
                    add(start, further, BY_COORDINATION)
                if _COORDINATED.fullmatch(text, start, end):
                    add(start, end, BY_COORDINATION)


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


def _atoms(text: str, latex: bool, trims: bool) -> list[tuple[int, int]]:
    """Find the strings between spaces and brackets that hold a capital."""
    pattern = _LATEX_ATOM if latex else _ATOM
    spans = []
    for chunk in _CHUNK.finditer(text):
        for match in pattern.finditer(text, *chunk.span()):
            name = match[0]
            if name.islower() or name.isdigit():
                continue
            start, end = match.span()
            if trims and name.endswith(_POSSESSIVE):
                end -= 2
            if latex and ("{" in name or "}" in name or "$" in name):
                start, end = _without_markup(text, start, end)
            spans.append((start, end))
    return spans


def _without_markup(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Leave a command before a name out, and close what the name opens.

    >>> [_without_markup(text, *span) for text, span in ((r"\emph{Foo}", (1, 9)), ("DAVIS_{16}", (0, 9)))]
    [(6, 9), (0, 10)]
    """
    command = _COMMAND.match(text[start:end])
    if command:
        start += command.end()
    name = text[start:end]
    surplus = name.count("{") - name.count("}")
    if surplus > 0 and text[end : end + 1] == "}":
        end += 1
    elif surplus < 0 and name.endswith("}"):
        end -= 1
    if name.count("$") % 2:
        if text[start - 1 : start] == "$":
            start -= 1
        elif text[end : end + 1] == "$":
            end += 1
    return start, end


def _runs(text: str, atoms: list[tuple[int, int]], draft: Draft, trims: bool) -> list[tuple[int, int]]:
    """Find runs of capitalised words in the abstract: whole, and without the first word or what follows a link."""
    runs: list[tuple[int, int]] = []
    current: list[tuple[int, int]] = []
    for atom in atoms:
        if atom[0] < draft.body_start:
            continue
        if current and not _linked(text, current[-1][1], atom[0]):
            _close(text, current, runs, trims)
            current = []
        current.append(atom)
    _close(text, current, runs, trims)
    return runs


def _linked(text: str, end: int, start: int) -> bool:
    return start - end <= _LONGEST_LINK and text[end:start] in _LINKS


def _close(text: str, run: list[tuple[int, int]], runs: list[tuple[int, int]], trims: bool) -> None:
    if not 2 <= len(run) <= 3 * _MAX_RUN:
        return
    parts: list[list[tuple[int, int]]] = [[run[0]]]
    for before, after in pairwise(run):
        if text[before[1] : after[0]] == " ":
            parts[-1].append(after)
        else:
            parts.append([after])
    for part in parts:
        skips = (0, 1) if trims else (0,)
        runs += [(part[skip][0], part[-1][1]) for skip in skips if 2 <= len(part) - skip <= _MAX_RUN]
        if trims and 3 <= len(part) <= _MAX_RUN and text[slice(*part[-1])].lower() in _TYPE_NOUNS:
            runs.append((part[0][0], part[-2][1]))
    runs += [(first[0][0], second[-1][1]) for first, second in pairwise(parts) if len(first) + len(second) <= _MAX_RUN]
    if len(parts) > 2 and len(run) <= _MAX_RUN:
        runs.append((run[0][0], run[-1][1]))


def _add_title_name(text: str, draft: Draft, add: _Adder) -> None:
    match = _TITLE_NAME.match(text, 0, draft.title_end)
    if match and len(match[1].split()) <= 5:
        add(match.start(1), match.end(1), _BY_TITLE)


@Language.factory(
    "citegraph_shapes_v1",
    assigns=["doc.user_data"],
    default_config={
        "coordination": True,
        "latex": True,
        "numbers": True,
        "title_names": True,
        "trims": True,
        "urls": True,
    },
)
def make_shape_finder(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    coordination: bool,
    latex: bool,
    numbers: bool,
    title_names: bool,
    trims: bool,
    urls: bool,
) -> ShapeFinder:
    """Build the component with the rules that are switched on."""
    return ShapeFinder(
        coordination=coordination,
        latex=latex,
        numbers=numbers,
        title_names=title_names,
        trims=trims,
        urls=urls,
    )
