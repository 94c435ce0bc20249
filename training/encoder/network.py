"""The network: MiniLM with word shapes and known names, and one softmax over the tags of each word."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from citegraph_accurate.pieces import NAMES, SHAPES
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from citegraph.errors import InputError
from citegraph.extractors.tags import TAGS

__all__ = ["Layer", "Network", "Sizes", "load_network", "pretrained_network"]

_EPSILON = 1e-12
_MASKED = -1e4


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the pretrained encoder."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), normalised after each part."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.width
        self.heads = sizes.heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.context = nn.Linear(width, width)
        self.context_norm = nn.LayerNorm(width, _EPSILON)
        self.wide, self.narrow = nn.Linear(width, sizes.inner), nn.Linear(sizes.inner, width)
        self.norm = nn.LayerNorm(width, _EPSILON)

    def attend(self, hidden: Tensor, bias: Tensor | None) -> Tensor:
        """Attend by products over (papers x heads), faster on a CPU than fused attention; `bias` hides padding."""
        papers, pieces, width = hidden.shape
        size = width // self.heads
        query, key, value = (
            project(hidden).view(papers, pieces, self.heads, size).transpose(1, 2).reshape(-1, pieces, size)
            for project in (self.query, self.key, self.value)
        )
        key = key.transpose(1, 2)
        if bias is None:
            scores = torch.bmm(query * size**-0.5, key)
        else:
            scores = torch.baddbmm(bias.to(query.dtype), query, key, alpha=size**-0.5)
        context = torch.bmm(scores.softmax(-1), value).view(papers, self.heads, pieces, size)
        return context.transpose(1, 2).reshape(papers, pieces, width)

    def forward(self, hidden: Tensor, bias: Tensor | None) -> Tensor:
        """Return the hidden states above the layer."""
        hidden = _normalise(self.context_norm, hidden + self.context(self.attend(hidden, bias)))
        return _normalise(self.norm, hidden + self.narrow(functional.gelu(self.wide(hidden))))


def _normalise(norm: nn.LayerNorm, hidden: Tensor) -> Tensor:
    """Apply `norm` in the type of `hidden`, so that the residual stream stays in bfloat16."""
    weight, bias = norm.weight.to(hidden.dtype), norm.bias.to(hidden.dtype)
    return functional.layer_norm(hidden, norm.normalized_shape, weight, bias, norm.eps)


class Network(nn.Module):
    """Give the logits of `TAGS` for each piece; only those of a word's first piece count.

    The pretrained embeddings of pieces stay as they are. Run it under `torch.autocast("cpu", dtype=torch.bfloat16)`
    for speed; the last layer computes in float32.
    """

    def __init__(self, sizes: Sizes | None = None) -> None:
        super().__init__()
        sizes = sizes or Sizes()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, _EPSILON)
        self.shapes, self.names = nn.Embedding(SHAPES, sizes.width), nn.Embedding(NAMES, sizes.width)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.tags = nn.Linear(sizes.width, len(TAGS))
        for module in (self.shapes, self.names, self.tags):
            nn.init.normal_(module.weight, std=0.02)
        for module in (self.words, self.positions, self.norm):
            module.requires_grad_(False)

    def embed(self, ids: Tensor, shapes: Tensor, names: Tensor) -> Tensor:
        """Return the input of the layers, (papers, pieces, width)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        known = self.norm(self.words(ids) + self.positions(places))
        embedded: Tensor = known + self.shapes(shapes) + self.names(names)
        return embedded

    def forward(self, ids: Tensor, shapes: Tensor, names: Tensor, *, padded: bool = True) -> Tensor:
        """Return the logits, (papers, pieces, tags); padding has the id 0, and costs time where it may occur."""
        hidden = self.embed(ids, shapes, names)
        if torch.is_autocast_enabled("cpu"):
            hidden = hidden.bfloat16()
        bias = None
        if padded:
            bias = ((ids == 0) * _MASKED)[:, None].repeat_interleave(self.layers[0].heads, 0)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        with torch.autocast("cpu", enabled=False):
            logits: Tensor = self.tags(hidden.float())
            return logits


_LAYER_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "context",
    "attention.output.LayerNorm": "context_norm",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "norm",
}


def _own_names(stored: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Rename the tensors of a BERT encoder; the embedding of the only segment joins those of the positions."""
    embeddings = "embeddings.{}.weight".format
    found = {
        "words.weight": stored[embeddings("word_embeddings")],
        "positions.weight": stored[embeddings("position_embeddings")] + stored[embeddings("token_type_embeddings")][0],
    }
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = stored[f"embeddings.LayerNorm.{part}"]
        for layer in range(layers):
            for theirs, ours in _LAYER_NAMES.items():
                found[f"layers.{layer}.{ours}.{part}"] = stored[f"encoder.layer.{layer}.{theirs}.{part}"]
    return found


def pretrained_network(folder: Path) -> Network:
    """Load the pretrained encoder in `folder` below a fresh last layer."""
    path = folder / "model.safetensors"
    if not path.is_file():
        raise InputError(f"{path}: no encoder; run `python -m training.encoder unpack` first")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    network = Network()
    network.load_state_dict(_own_names(load_file(path), config["num_hidden_layers"]), strict=False)
    return network


def load_network(path: Path) -> Network:
    """Load a trained network from the file `path`."""
    if not path.is_file():
        raise InputError(f"{path}: no such weights; train first")
    network = Network()
    network.load_state_dict(torch.load(path, weights_only=True))
    return network
