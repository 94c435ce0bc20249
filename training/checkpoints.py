"""Files of networks under training that PyTorch writes, from which a killed run goes on."""

import os
from pathlib import Path

import torch
from torch import nn

__all__ = ["resume", "save"]


def save(path: Path, state: object) -> None:
    """Write `state` beside `path`, then put it in place, so that a kill leaves the old file or the new one."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    with partial.open("rb") as stream:
        os.fsync(stream.fileno())
    partial.replace(path)


def resume(path: Path, network: nn.Module, optimiser: torch.optim.Optimizer, *, network_key: str, done_key: str) -> int:
    """Load the checkpoint at `path`, where there is one, and return how much of the run it has done."""
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    network.load_state_dict(state[network_key])
    optimiser.load_state_dict(state["optimiser"])
    torch.set_rng_state(state["random"])
    return int(state[done_key])
