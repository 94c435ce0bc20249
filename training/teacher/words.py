"""The teacher's view of a paper by the extractor's words, so that it can take the place of the model that ships."""

from __future__ import annotations

import numpy as np
import torch

from citegraph.extractors.draft import Draft
from citegraph.extractors.tags import ROLES_OF_TYPE, TAGS, Tags
from training.teacher.decode import best_tags, log_softmax
from training.teacher.labels import ROLES, TYPES
from training.teacher.labels import TAGS as PIECE_TAGS
from training.teacher.model import Teacher
from training.teacher.predict import Encoded

__all__ = ["word_tags"]


def _runs(tags: list[int]) -> tuple[list[int], list[int]]:
    """Give for each piece the first piece, and the piece after the last, of its mention, or of itself alone."""
    starts, ends = list(range(len(tags))), list(range(1, len(tags) + 1))
    index = 0
    while index < len(tags):
        after = index + 1
        if tags[index] % 2 == 1:
            while after < len(tags) and tags[after] == tags[index] + 1:
                after += 1
        starts[index:after] = [index] * (after - index)
        ends[index:after] = [after] * (after - index)
        index = after
    return starts, ends


def _piece_roles(teacher: Teacher, encoded: Encoded, tags: list[int]) -> np.ndarray:
    starts, ends = (torch.tensor(places) for places in _runs(tags))
    with torch.no_grad():
        logits = teacher.role_logits(encoded.hidden[None], torch.zeros_like(starts), starts, ends)
    return logits.numpy()


def _joint(tags: np.ndarray, roles: np.ndarray) -> np.ndarray:
    """Multiply each word's tags, (words, `PIECE_TAGS`), by the chance of each role that the type may have."""
    joint = np.zeros((len(tags), len(TAGS)), np.float32)
    joint[:, 0] = tags[:, 0]
    for type_, allowed in ROLES_OF_TYPE.items():
        shares = np.exp(log_softmax(roles[:, [ROLES.index(role) for role in allowed]]))
        for place in "BI":
            share = tags[:, PIECE_TAGS.index(f"{place}-{type_}"), None] * shares
            joint[:, [TAGS.index(f"{place}-{type_}:{role}") for role in allowed]] = share
    return joint


def word_tags(teacher: Teacher, encoded: Encoded, draft: Draft) -> Tags:
    """Give the probability of each tag for each word of `draft`; words beyond the encoder's length are outside.

    A word's types are the means over its pieces; whether it begins a mention is said by its first piece.
    """
    chances = np.exp(log_softmax(encoded.logits.astype(np.float32)))
    roles = _piece_roles(teacher, encoded, best_tags(np.log(chances + 1e-9), encoded.pieces))
    pieces = [
        (place[1] + (draft.body_start if place[0] == "abstract" else 0), place[2] - place[1], index)
        for index, place in enumerate(encoded.pieces.places)
        if place is not None
    ]
    starts = np.array([start for start, _, _ in pieces])
    ends = np.array([start + length for start, length, _ in pieces])
    numbers = [index for _, _, index in pieces]
    firsts = np.searchsorted(ends, draft.words.starts, side="right")
    afters = np.searchsorted(starts, draft.words.ends, side="left")
    tags = np.zeros((len(draft.words.starts), len(PIECE_TAGS)), np.float32)
    word_roles = np.zeros((len(tags), len(ROLES)), np.float32)
    tags[:, 0] = 1
    for word, (first, after) in enumerate(zip(firsts.tolist(), afters.tolist(), strict=True)):
        if first < after:
            own = numbers[first:after]
            mean = chances[own].mean(0)
            begins = chances[own[0], 1::2] / np.maximum(chances[own[0], 1::2] + chances[own[0], 2::2], 1e-9)
            types = mean[1:].reshape(len(TYPES), 2).sum(1)
            tags[word, 0], tags[word, 1::2], tags[word, 2::2] = mean[0], types * begins, types * (1 - begins)
            word_roles[word] = roles[own].mean(0)
    return _joint(tags, word_roles)
