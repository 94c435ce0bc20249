"""Score tags by the mentions that they give: exact spans with type."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from citegraph.extractors.draft import Draft
from citegraph.extractors.tags import ROLES_OF_TYPE, Tags, columns
from training.teacher.labels import Record, gold_spans

__all__ = ["Score", "score", "spans_of"]

_TYPES = tuple(ROLES_OF_TYPE)
_COLUMNS = [[0], *(columns(place, type_) for type_ in _TYPES for place in "BI")]

Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many mentions were annotated, found, and both with the same words and type; and the roles right of those."""

    gold: int
    found: int
    right: int
    roles: int

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return 2 * self.right / max(self.gold + self.found, 1)

    def __str__(self) -> str:
        """Give precision, recall, F1, and the share of roles."""
        right = max(self.right, 1)
        return (
            f"P {self.right / max(self.found, 1):.3f}  R {self.right / max(self.gold, 1):.3f}  F1 {self.f1:.3f}  "
            f"roles right {self.roles / right:.3f}"
        )


def spans_of(tags: Tags) -> list[Found]:
    """Give first word, word after the last, and type of each mention, by the likeliest of place and type a word.

    >>> from citegraph.extractors.tags import TAGS
    >>> table = np.eye(len(TAGS), dtype=np.float32)
    >>> spans_of(table[[TAGS.index(tag) for tag in ("O", "B-Task:none", "I-Task:none", "I-Metric:none")]])
    [(1, 3, 'Task')]
    """
    best = np.stack([tags[:, chosen].sum(1) for chosen in _COLUMNS], 1).argmax(1).tolist()
    found: list[Found] = []
    index = 0
    while index < len(best):
        after = index + 1
        if best[index] % 2 == 1:
            while after < len(best) and best[after] == best[index] + 1:
                after += 1
            found.append((index, after, _TYPES[best[index] // 2]))
        index = after
    return found


def _role(tags: Tags, span: Found) -> str:
    """Give the likeliest role of a mention by all its words."""
    roles = ROLES_OF_TYPE[span[2]]
    sums = [tags[span[0] : span[1], columns("", span[2], role)].sum() for role in roles]
    return roles[int(np.argmax(sums))]


def score(papers: Iterable[tuple[Record, Draft, Tags]]) -> Score:
    """Score tagged papers against their annotation; mentions that touch an optional one alone count for nothing."""
    totals = np.zeros(4, int)
    for paper, draft, tags in papers:
        gold: dict[Found, str] = {}
        optional: set[int] = set()
        for span in gold_spans(paper):
            offset = draft.body_start if span.field == "abstract" else 0
            words = draft.words.at(span.start + offset), draft.words.at(span.end + offset)
            if span.core:
                gold[(*words, span.type)] = span.role if span.role in ROLES_OF_TYPE[span.type] else "none"
            else:
                optional.update(range(*words))
        found = [span for span in spans_of(tags) if span in gold or not optional.intersection(range(*span[:2]))]
        right = [span for span in found if span in gold]
        totals += len(gold), len(found), len(right), sum(_role(tags, span) == gold[span] for span in right)
    return Score(*totals.tolist())
