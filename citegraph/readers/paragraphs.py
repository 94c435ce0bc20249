"""Which paragraphs of a run of text are titles, and which their abstracts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

__all__ = ["Label", "TextLine", "label_paragraphs", "shape_of", "unwrap", "wrap_width"]

Label: TypeAlias = Literal["title", "abstract", "more", "orphan"]
"""``more`` is a further paragraph of an abstract, ``orphan`` an abstract that no title goes before."""

Shape: TypeAlias = Literal["short", "sentence", "long"]

_LONGEST_TITLE, _SHORTEST_ABSTRACT = 250, 350
_SHORTEST_SENTENCES = 80
_SENTENCE_BREAK = re.compile(r"""[.?!]["'”’)\]]*\s+["'“‘(\[]?[A-Z]""")
_CLOSING = "\"'”’)]}$ "

_COST: dict[Label, dict[Shape, float]] = {
    "title": {"short": 0, "sentence": 2, "long": 6},
    "abstract": {"short": 3, "sentence": 0, "long": 0},
    "more": {"short": 4, "sentence": 1, "long": 1},
    "orphan": {"short": 9, "sentence": 5, "long": 4},
}
_STEP: dict[tuple[Label | None, Label | None], float] = {
    (None, "title"): 0,
    (None, "orphan"): 0,
    ("title", "abstract"): 0,
    ("title", "title"): 1,
    ("title", None): 1,
    ("abstract", "more"): 0,
    ("abstract", "title"): 0,
    ("abstract", None): 0,
    ("more", "more"): 0.5,
    ("more", "title"): 0,
    ("more", None): 0,
    ("orphan", "more"): 0,
    ("orphan", "title"): 0,
    ("orphan", None): 0,
}
"""The cost of one label after another; None is before the first and after the last paragraph."""

_WIDEST = 132
_WRAPPED_RUN = 3


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line or paragraph: its first line's number from 1, its text, and whether a blank line goes before it."""

    number: int
    text: str
    after_blank: bool


def shape_of(text: str) -> Shape:
    """Tell how a paragraph looks: short like a title, one sentence, or long like an abstract.

    >>> shape_of("Is Attention All You Need?"), shape_of("We say yes."), shape_of("We ask. " * 20)
    ('short', 'sentence', 'long')
    """
    ended = text.rstrip(_CLOSING).endswith((".", "…", "。"))
    several = ended and len(text) > _SHORTEST_SENTENCES and _SENTENCE_BREAK.search(text)
    if len(text) > _SHORTEST_ABSTRACT or several:
        return "long"
    return "sentence" if ended or len(text) > _LONGEST_TITLE else "short"


def label_paragraphs(texts: Sequence[str]) -> list[Label]:
    """Label the paragraphs of a run so that the sum of all costs is least; linear in their number.

    The algorithm is that of Viterbi (1967), "Error bounds for convolutional codes".

    >>> label_paragraphs(["No Abstract Here", "Pointer Networks", "We introduce them.", "They are new."])
    ['title', 'title', 'abstract', 'more']
    """
    costs: dict[Label | None, float] = {None: 0}
    steps_back: list[dict[Label, Label | None]] = []
    for text in texts:
        shape = shape_of(text)
        arrivals: dict[Label, tuple[float, Label | None]] = {}
        for label in _COST:
            ways = [(total + _STEP[last, label], last) for last, total in costs.items() if (last, label) in _STEP]
            if ways:
                total, last = min(ways, key=lambda way: way[0])
                arrivals[label] = (total + _COST[label][shape], last)
        costs = {label: total for label, (total, _) in arrivals.items()}
        steps_back.append({label: last for label, (_, last) in arrivals.items()})
    at = min(costs, key=lambda label: costs[label] + _STEP.get((label, None), 0))
    labels: list[Label] = []
    for step in reversed(steps_back):
        if at is not None:
            labels.append(at)
            at = step[at]
    return labels[::-1]


def wrap_width(lines: Sequence[TextLine]) -> int:
    """Give the width in characters at which the paragraphs of a page are broken into lines; 0 where they are not.

    They are where no line (but an address without spaces) is longer than 132 characters and some lines in a row
    break only where the next word would not have fitted.
    """
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    if width > _WIDEST:
        return 0
    run = longest = 1
    for line, following in pairwise(lines):
        run = run + 1 if _continues(line, following, width) else 1
        longest = max(longest, run)
    return width if longest >= _WRAPPED_RUN else 0


def unwrap(lines: Sequence[TextLine], width: int) -> list[TextLine]:
    """Join the lines that were broken at this width to paragraphs again; each line is a paragraph where it is 0.

    A paragraph whose last line is full is joined to the next where no blank line parts them.
    """
    paragraphs: list[TextLine] = []
    for index, line in enumerate(lines):
        if index and width and _continues(lines[index - 1], line, width):
            begun = paragraphs[-1]
            paragraphs[-1] = TextLine(begun.number, f"{begun.text} {line.text}", begun.after_blank)
        else:
            paragraphs.append(line)
    return paragraphs


def _continues(line: TextLine, following: TextLine, width: int) -> bool:
    if following.after_blank:
        return False
    word = following.text.partition(" ")[0]
    return len(line.text) + 1 + len(word) > width
