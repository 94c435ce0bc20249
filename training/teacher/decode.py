"""From the scores of word pieces to mentions: the best tag sequence that is well formed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.teacher.labels import TAGS, TYPES
from training.teacher.tokens import Pieces

__all__ = ["Scores", "TaggedSpan", "best_tags", "log_softmax", "mentions_of"]

Scores = npt.NDArray[np.float32]

_FORBIDDEN = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A predicted mention: pieces `first:after`, code points `start:end` of `field`, ends exclusive.

    `types` holds the probability of being outside, then of each of `TYPES`, as means over the pieces.
    """

    first: int
    after: int
    field: str
    start: int
    end: int
    types: tuple[float, ...]


def log_softmax(logits: Scores) -> Scores:
    """Return the logarithms of the probabilities along the last axis."""
    shifted = logits - logits.max(-1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def _transitions() -> tuple[Scores, Scores]:
    """Return the scores of (tag before, tag): into a new word, and into a further piece of the same word."""
    word = np.zeros((len(TAGS), len(TAGS)), np.float32)
    piece = np.full_like(word, _FORBIDDEN)
    piece[0, 0] = 0
    for begin in range(1, len(TAGS), 2):
        inside = begin + 1
        word[:, inside] = _FORBIDDEN
        word[[begin, inside], inside] = 0
        piece[[begin, inside], inside] = 0
    return word, piece


def best_tags(scores: Scores, pieces: Pieces) -> list[int]:
    """Return the best well-formed tag of each piece (Viterbi 1967); `scores` are (pieces, tags) log-probabilities.

    Marks stay outside, an inside tag follows its own kind, and no mention starts or ends within a word.
    """
    word, piece = _transitions()
    scores = scores.copy()
    scores[[place is None for place in pieces.places], 1:] = _FORBIDDEN
    best = scores[0].copy()
    before = np.zeros(scores.shape, np.int64)
    for index in range(1, len(scores)):
        paths = best[:, None] + (piece if pieces.continued[index] else word)
        before[index] = paths.argmax(0)
        best = paths.max(0) + scores[index]
    tags = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        tags.append(int(before[index, tags[-1]]))
    return tags[::-1]


def _runs(tags: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first piece of each mention and the piece after its last.

    >>> _runs([0, 1, 2, 1, 0, 5])
    [(1, 3), (3, 4), (5, 6)]
    """
    runs = []
    for index, tag in enumerate(tags):
        if tag % 2 == 1:
            after = index + 1
            while after < len(tags) and tags[after] == tag + 1:
                after += 1
            runs.append((index, after))
    return runs


def mentions_of(logits: Scores, pieces: Pieces, shifts: Sequence[float] = (0.0,) * len(TAGS)) -> list[TaggedSpan]:
    """Return the mentions of one paper in the order of the text; `shifts` are added to the logits of the tags."""
    scores = log_softmax(logits.astype(np.float32) + np.array(shifts, np.float32))
    plain = np.exp(log_softmax(logits.astype(np.float32)))
    grouped = np.concatenate([plain[:, :1], plain[:, 1:].reshape(len(plain), len(TYPES), 2).sum(2)], 1)
    spans = []
    for first, after in _runs(best_tags(scores, pieces)):
        start, end = pieces.places[first], pieces.places[after - 1]
        if start is not None and end is not None:
            types = tuple(float(value) for value in grouped[first:after].mean(0))
            spans.append(TaggedSpan(first, after, start[0], start[1], end[2], types))
    return spans
