"""Train the network chunk by chunk, with a checkpoint after each, from which a killed run goes on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from training.checkpoints import resume, save
from training.encoder.examples import Example, padded
from training.encoder.network import Network
from training.teacher.batches import epoch_order

__all__ = ["Chunk", "Settings", "epochs_of", "train"]

Chunk: TypeAlias = Callable[[], Sequence[Example]]

_MASK_ID = 103
_FIRST_WORD_ID = 999


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may vary."""

    rate: float = 3e-4
    head_rate: float = 1e-3
    feature_rate: float = 5e-3
    size: int = 8
    weight_decay: float = 0.01
    masked: float = 0.05
    warmup: float = 0.05
    seed: int = 1


def rate_factor(progress: float, warmup: float) -> float:
    """Return the share of the peak learning rate when `progress` of a run is done: up in a line, then down.

    >>> [round(rate_factor(progress, 0.1), 2) for progress in (0.05, 0.1, 0.55, 1.0)]
    [0.5, 1.0, 0.5, 0.0]
    """
    return min(progress / warmup, (1 - progress) / (1 - warmup))


def epochs_of(examples: Sequence[Example], epochs: int, seed: int, size: int = 500) -> list[Chunk]:
    """Cut epochs over `examples`, each in an order of its own, into chunks."""
    chunks: list[Chunk] = []
    for epoch in range(epochs):
        order = np.random.default_rng((seed, epoch)).permutation(len(examples)).tolist()
        chunks += [partial(_chosen, examples, order[start : start + size]) for start in range(0, len(order), size)]
    return chunks


def _chosen(examples: Sequence[Example], places: Sequence[int]) -> list[Example]:
    return [examples[place] for place in places]


def _groups(network: Network, settings: Settings) -> list[dict[str, Any]]:
    """Give the optimiser's groups: layers, the last linear map, and the features, which start small."""
    parts: list[tuple[list[nn.Module], float]] = [
        ([network.layers], settings.rate),
        ([network.tags], settings.head_rate),
        ([network.shapes, network.names], settings.feature_rate),
    ]
    return [
        {"params": [parameter for module in modules for parameter in module.parameters()], "lr": rate, "peak": rate}
        for modules, rate in parts
    ]


def loss_of(network: Network, examples: Sequence[Example], masked: float) -> Tensor:
    """Return the cross-entropy of the words' tags, of `masked` pieces hidden so that context counts."""
    ids, shapes, names = (
        torch.from_numpy(padded([getattr(example, column) for example in examples]))
        for column in ("ids", "shapes", "names")
    )
    if masked:
        ids = ids.masked_fill((torch.rand(ids.shape) < masked) & (ids >= _FIRST_WORD_ID), _MASK_ID)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(ids, shapes, names)
    width = ids.shape[1]
    firsts = np.concatenate([example.firsts + row * width for row, example in enumerate(examples)])
    tags = torch.from_numpy(np.concatenate([example.tags for example in examples])).float()
    scores = logits.flatten(0, 1)[torch.from_numpy(firsts)].log_softmax(-1)
    return -(scores * (tags / tags.sum(-1, keepdim=True))).sum(-1).mean()


def train(network: Network, chunks: Sequence[Chunk], settings: Settings, path: Path) -> None:
    """Train `network` on the chunks in order and write it to `path`; the checkpoint beside it goes in the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    optimiser = torch.optim.AdamW(_groups(network, settings), weight_decay=settings.weight_decay, fused=True)
    checkpoint = path.with_suffix(".checkpoint")
    network.train()
    done = resume(checkpoint, network, optimiser, network_key="network", done_key="chunk")
    for number in range(done, len(chunks)):
        began, losses = time.monotonic(), []
        examples = chunks[number]()
        batches = epoch_order([*map(len, examples)], settings.size, settings.seed * 1000 + number)
        for index, batch in enumerate(batches):
            factor = rate_factor((number + (index + 0.5) / len(batches)) / len(chunks), settings.warmup)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * factor
            loss = loss_of(network, [examples[place] for place in batch], settings.masked)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            losses.append(loss.item())
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "chunk": number + 1}
        save(checkpoint, {**state, "random": torch.get_rng_state()})
        print(
            f"{path.stem} {number + 1}/{len(chunks)} {np.mean(losses):.4f} {time.monotonic() - began:.0f} s", flush=True
        )
    save(path, network.state_dict())
    checkpoint.unlink()
