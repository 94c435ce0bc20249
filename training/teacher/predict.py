"""Run the teacher over papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.teacher.batches import inputs_of
from training.teacher.decode import Scores, TaggedSpan, mentions_of
from training.teacher.facts import ScoredMention
from training.teacher.labels import Record
from training.teacher.model import Teacher
from training.teacher.rules import Rules
from training.teacher.tokens import PieceEncoder, Pieces, encode

__all__ = ["Encoded", "encode_papers", "scored_mentions"]

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


def scored_mentions(teacher: Teacher, encoded: Encoded, rules: Rules) -> list[ScoredMention]:
    """Return the mentions of one paper with the logits of their roles."""
    spans: list[TaggedSpan] = mentions_of(encoded.logits, encoded.pieces, rules.tag_shifts())
    if not spans:
        return []
    starts, ends = torch.tensor([span.first for span in spans]), torch.tensor([span.after for span in spans])
    with torch.no_grad():
        roles = teacher.role_logits(encoded.hidden[None], torch.zeros_like(starts), starts, ends).numpy()
    texts = [encoded.paper[span.field][span.start : span.end] for span in spans]
    return [
        ScoredMention(span, text, tuple(float(value) for value in np.round(row, 3)))
        for span, text, row in zip(spans, texts, roles, strict=True)
    ]
