"""Batches of papers of like length, in an order that a seed and the epoch's number fix."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from citegraph.extractors.tags import ROLES_OF_TYPE
from training.teacher.labels import ROLES, TYPES, Record, Span, gold_spans
from training.teacher.tokens import PieceEncoder, Pieces, encode, tags_of

__all__ = ["IGNORED", "Batch", "Example", "Inputs", "collate", "epoch_order", "example_of", "inputs_of", "role_mask"]

IGNORED = -100
_PADDING = 1
_JITTER = 24
_STEP = 16


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated paper, ready for training; `spans` holds first piece, piece after the last, and the gold span."""

    pieces: Pieces
    tags: tuple[int, ...]
    spans: tuple[tuple[int, int, Span], ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The network's inputs for some papers, each (papers, pieces), padded at the end."""

    ids: Tensor
    piece_shapes: Tensor
    word_shapes: Tensor
    names: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs with their gold: `tags` (papers, pieces), and one row a mention in the other five."""

    inputs: Inputs
    tags: Tensor
    rows: Tensor
    starts: Tensor
    ends: Tensor
    types: Tensor
    roles: Tensor
    shares: Tensor


def example_of(paper: Record, encoder: PieceEncoder) -> Example:
    """Encode an annotated paper."""
    pieces = encode(paper, encoder)
    tags, spans = tags_of(gold_spans(paper), pieces)
    return Example(pieces, tuple(tags), tuple(spans))


def epoch_order(lengths: Sequence[int], size: int, seed: int) -> list[list[int]]:
    """Return the indexes of each batch of an epoch: like lengths together, batches shuffled.

    >>> epoch_order([90, 10, 500, 12, 480, 95], 2, seed=1)
    [[4, 2], [1, 3], [0, 5]]
    """
    generator = random.Random(seed)  # noqa: S311
    keys = [length + generator.random() * _JITTER for length in lengths]
    order = sorted(range(len(lengths)), key=keys.__getitem__)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    generator.shuffle(batches)
    return batches


def _padded(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    width = -(-max(len(row) for row in rows) // _STEP) * _STEP
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def inputs_of(papers: Sequence[Pieces]) -> Inputs:
    """Pad the pieces of `papers` to the longest, up to a multiple of 16, for few shapes make fast products."""
    return Inputs(
        _padded([pieces.ids for pieces in papers], _PADDING),
        _padded([pieces.piece_shapes for pieces in papers], 0),
        _padded([pieces.word_shapes for pieces in papers], 0),
        _padded([pieces.names for pieces in papers], 0),
    )


def collate(examples: Sequence[Example]) -> Batch:
    """Join examples into one batch."""
    mentions = [(row, *found) for row, example in enumerate(examples) for found in example.spans]
    rows, starts, ends = (torch.tensor([mention[part] for mention in mentions], dtype=torch.long) for part in range(3))
    spans = [mention[3] for mention in mentions]
    return Batch(
        inputs=inputs_of([example.pieces for example in examples]),
        tags=_padded([example.tags for example in examples], IGNORED),
        rows=rows,
        starts=starts,
        ends=ends,
        types=torch.tensor([TYPES.index(span.type) for span in spans], dtype=torch.long),
        roles=torch.tensor([ROLES.index(span.role) for span in spans], dtype=torch.long),
        shares=torch.tensor([span.share for span in spans]),
    )


def role_mask() -> Tensor:
    """Return which roles a mention of each type may have, (types, roles)."""
    return torch.tensor([[role in ROLES_OF_TYPE[name] for role in ROLES] for name in TYPES])
