"""From the scores of word pieces to the best tag sequence that is well formed."""

import numpy as np
import numpy.typing as npt

from training.teacher.labels import TAGS
from training.teacher.tokens import Pieces

__all__ = ["Scores", "best_tags", "log_softmax"]

Scores = npt.NDArray[np.float32]

_FORBIDDEN = np.float32(-1e9)


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
