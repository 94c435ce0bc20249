"""Fine-tune the teacher, with checkpoints from which a killed run goes on as if nothing had happened."""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.checkpoints import resume, save
from training.teacher.batches import IGNORED, Batch, Example, collate, epoch_order, role_mask
from training.teacher.labels import TAGS
from training.teacher.model import Teacher

__all__ = ["Settings", "train"]

_ROLE_WEIGHTS = (1.0, 1.0, 1.3, 1.2, 2.0, 1.0, 1.5, 2.0, 1.0)
_MASK_ID = 30526
_FIRST_WORD_ID = 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may vary; the defaults are those behind the figures that the project reports."""

    epochs: int = 3
    size: int = 8
    rate: float = 6e-5
    head_rate: float = 6e-4
    feature_rate: float = 5e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    smoothing: float = 0.05
    role_share: float = 0.6
    masked: float = 0.05
    warmup: int = 80
    checkpoint: int = 200
    seed: int = 1


def parameter_groups(teacher: Teacher, settings: Settings) -> list[dict[str, Any]]:
    """Return the optimiser's groups: a rate for each trained layer, lower the deeper, one for heads, one for features.

    The features' rate is high, for their embeddings join hidden states more than ten times as large as they start.
    """
    layers = teacher.encoder.encoder.layer
    groups: list[dict[str, Any]] = []
    for index in range(teacher.frozen, len(layers)):
        rate = settings.rate * settings.layer_decay ** (len(layers) - 1 - index)
        parameters = [parameter for parameter in layers[index].parameters() if parameter.requires_grad]
        groups.append({"params": parameters, "lr": rate, "peak": rate})
    heads = (teacher.tags, teacher.role_hidden, teacher.roles)
    features = (teacher.piece_shape, teacher.word_shape, teacher.names)
    for modules, rate in ((heads, settings.head_rate), (features, settings.feature_rate)):
        parameters = [parameter for module in modules for parameter in module.parameters()]
        groups.append({"params": parameters, "lr": rate, "peak": rate})
    return groups


def rate_factor(step: int, steps: int, warmup: int) -> float:
    """Return the share of the peak learning rate at `step`: up in a line over `warmup`, then down in a line.

    >>> [round(rate_factor(step, 100, 10), 3) for step in (0, 9, 10, 55, 99)]
    [0.1, 1.0, 1.0, 0.5, 0.011]
    """
    return min((step + 1) / warmup, (steps - step) / (steps - warmup), 1.0)


def _hide_words(ids: Tensor, share: float) -> Tensor:
    """Replace a share of the word pieces by the mask, so that context counts beside the name."""
    hidden = (torch.rand(ids.shape) < share) & (ids >= _FIRST_WORD_ID)
    return ids.masked_fill(hidden, _MASK_ID)


def losses(teacher: Teacher, batch: Batch, settings: Settings) -> tuple[Tensor, Tensor]:
    """Return the loss of the tags over pieces, and of the roles over mentions, each entity counting once."""
    inputs = replace(batch.inputs, ids=_hide_words(batch.inputs.ids, settings.masked))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = teacher(inputs)
    tag_loss = functional.cross_entropy(
        teacher.tag_logits(hidden).view(-1, len(TAGS)),
        batch.tags.view(-1),
        ignore_index=IGNORED,
        label_smoothing=settings.smoothing,
    )
    if not len(batch.rows):
        return tag_loss, torch.zeros(())
    logits = teacher.role_logits(hidden, batch.rows, batch.starts, batch.ends)
    allowed = role_mask()[batch.types].scatter(1, batch.roles[:, None], value=True)
    logits = logits.masked_fill(~allowed, -1e4)
    weights = batch.shares.sqrt() * torch.tensor(_ROLE_WEIGHTS)[batch.roles]
    single = functional.cross_entropy(logits, batch.roles, reduction="none")
    return tag_loss, (single * weights).sum() / weights.sum()


def _order(examples: Sequence[Example], settings: Settings, done: int) -> Iterator[tuple[int, list[int]]]:
    """Yield the number and the papers of each step that is left."""
    lengths = [len(example.pieces) for example in examples]
    step = 0
    for epoch in range(settings.epochs):
        for chosen in epoch_order(lengths, settings.size, seed=settings.seed * 1000 + epoch):
            if step >= done:
                yield step, chosen
            step += 1


def train(teacher: Teacher, examples: Sequence[Example], settings: Settings, folder: Path) -> None:
    """Train `teacher`, writing `checkpoint.pt` every few steps and `epoch-N.pt` after each epoch to `folder`.

    A run whose checkpoint lies in `folder` goes on from it, with the rates that `settings` now gives.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    optimiser = torch.optim.AdamW(parameter_groups(teacher, settings), weight_decay=settings.weight_decay, fused=True)
    checkpoint = folder / "checkpoint.pt"
    done = resume(checkpoint, teacher, optimiser, network_key="teacher", done_key="step")
    per_epoch = math.ceil(len(examples) / settings.size)
    trained = [parameter for parameter in teacher.parameters() if parameter.requires_grad]
    teacher.train()
    began = time.monotonic()
    for step, chosen in _order(examples, settings, done):
        factor = rate_factor(step, per_epoch * settings.epochs, settings.warmup)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * factor
        tag_loss, role_loss = losses(teacher, collate([examples[index] for index in chosen]), settings)
        (tag_loss + settings.role_share * role_loss).backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if step % 20 == 0:
            pace = (time.monotonic() - began) / (step - done + 1)
            print(f"step {step} tags {tag_loss:.3f} roles {role_loss:.3f} {pace:.2f} s a step", flush=True)
        if (step + 1) % per_epoch == 0:
            save(folder / f"epoch-{(step + 1) // per_epoch}.pt", teacher.state_dict())
        if (step + 1) % settings.checkpoint == 0 or (step + 1) % per_epoch == 0:
            state = {"teacher": teacher.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            save(checkpoint, {**state, "random": torch.get_rng_state()})
