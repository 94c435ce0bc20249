"""Run the teacher over papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.teacher.batches import inputs_of
from training.teacher.decode import Scores
from training.teacher.labels import Record
from training.teacher.model import Teacher
from training.teacher.tokens import PieceEncoder, Pieces, encode

__all__ = ["Encoded", "encode_papers"]

_BATCH = 16


@dataclass(frozen=True, slots=True)
class Encoded:
    """A paper with what the network says: `logits` (pieces, tags), and its hidden states (pieces, width)."""

    paper: Record
    pieces: Pieces
    logits: Scores
    hidden: Tensor


def encode_papers(teacher: Teacher, encoder: PieceEncoder, papers: Sequence[Record]) -> Iterator[Encoded]:
    """Yield each paper with the network's output, those of like length together, not in the order given."""
    ready = sorted(((encode(paper, encoder), paper) for paper in papers), key=lambda pair: len(pair[0]))
    teacher.eval()
    for start in range(0, len(ready), _BATCH):
        part = ready[start : start + _BATCH]
        inputs = inputs_of([pieces for pieces, _ in part])
        with torch.no_grad():
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = teacher(inputs)
            logits = teacher.tag_logits(hidden)
        for row, (pieces, paper) in enumerate(part):
            yield Encoded(paper, pieces, logits[row, : len(pieces)].numpy(), hidden[row, : len(pieces)])
