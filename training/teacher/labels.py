"""The label sets of the teacher, and the exact spans that an annotated paper gives."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["FIELDS", "ROLES", "TAGS", "TYPES", "Span", "gold_spans", "paper_roles", "tag_of"]

Record = Mapping[str, Any]

FIELDS = ("title", "abstract")
TYPES = ("Dataset", "Benchmark", "Method", "Task", "Metric")
TAGS = ("O", *(f"{prefix}-{name}" for name in TYPES for prefix in "BI"))
ROLES = (
    "none",
    "PROPOSES",
    "INTRODUCES",
    "EVALUATED_ON",
    "TRAINED_ON",
    "USES",
    "OUTPERFORMS",
    "COMPARED_WITH",
    "ADDRESSES",
)
_PRIORITY = (
    "PROPOSES",
    "INTRODUCES",
    "OUTPERFORMS",
    "COMPARED_WITH",
    "EVALUATED_ON",
    "TRAINED_ON",
    "USES",
    "ADDRESSES",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A gold mention: code points `start:end` (end exclusive) of `field`.

    `share` is one over the number of mentions of its entity in the paper; `core` is false where annotators may differ.
    """

    field: str
    start: int
    end: int
    type: str
    role: str
    core: bool
    share: float


def tag_of(type_name: str, inside: bool) -> int:
    """Return the index in `TAGS` of the first token (or a later one, `inside`) of a mention.

    >>> TAGS[tag_of("Method", False)], TAGS[tag_of("Method", True)]
    ('B-Method', 'I-Method')
    """
    return 1 + 2 * TYPES.index(type_name) + inside


def paper_roles(relations: Iterable[Record]) -> dict[str, str]:
    """Return the role of each entity with respect to the paper, which stands for the methods that it proposes too.

    >>> paper_roles([
    ...     {"head": "PAPER", "type": "PROPOSES", "tail": "e1"},
    ...     {"head": "e1", "type": "USES", "tail": "e2"},
    ...     {"head": "e1", "type": "OUTPERFORMS", "tail": "e2"},
    ...     {"head": "e2", "type": "ADDRESSES", "tail": "e3"},
    ... ])
    {'e1': 'PROPOSES', 'e2': 'OUTPERFORMS'}
    """
    known = list(relations)
    heads = {"PAPER"} | {relation["tail"] for relation in known if relation["type"] == "PROPOSES"}
    found: dict[str, set[str]] = defaultdict(set)
    for relation in known:
        if relation["head"] in heads:
            found[relation["tail"]].add(relation["type"])
    return {tail: min(types, key=_PRIORITY.index) for tail, types in found.items()}


def _occurrences(surface: str, text: str) -> list[tuple[int, int]]:
    """Return where `surface` stands as a word of its own in `text`, or inside words where it never does."""
    pattern = re.escape(surface)
    whole = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
    return whole or [match.span() for match in re.finditer(pattern, text)]


def _longest_first(spans: Sequence[Span]) -> list[Span]:
    """Return the spans of one field that no longer span overlaps, in the order of the text."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, not span.core, span.start)):
        if not any(other.start < span.end and span.start < other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def gold_spans(paper: Record) -> list[Span]:
    """Return every mention of the annotated entities of `paper`, found by their surface forms, longest first.

    >>> paper = {"title": "MRL", "abstract": "MRL beats BERT on STS.", "relations": [], "entities": [
    ...     {"id": "e1", "type": "Method", "surfaces": ["MRL"], "core": True}]}
    >>> [(span.field, span.start, span.end, span.share) for span in gold_spans(paper)]
    [('title', 0, 3, 0.5), ('abstract', 0, 3, 0.5)]
    """
    roles = paper_roles(paper["relations"])
    by_field: dict[str, list[Span]] = {field: [] for field in FIELDS}
    for entity in paper["entities"]:
        places = {
            (field, start, end)
            for field in FIELDS
            for surface in entity["surfaces"]
            for start, end in _occurrences(surface, paper[field])
        }
        role = roles.get(entity["id"], "none")
        for field, start, end in sorted(places):
            share = 1 / len(places)
            by_field[field].append(Span(field, start, end, entity["type"], role, entity["core"], share))
    return [span for field in FIELDS for span in _longest_first(by_field[field])]
