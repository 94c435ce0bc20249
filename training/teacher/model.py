"""The teacher's network: MPNet with word shapes and known names, a head for entity tags and one for roles."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MPNetModel
from transformers.models.mpnet.modeling_mpnet import MPNetLayer, MPNetSelfAttention

from citegraph.errors import InputError
from training.teacher.batches import Inputs
from training.teacher.labels import ROLES, TAGS
from training.teacher.lexicon import NAME_CLASSES
from training.teacher.tokens import PIECE_SHAPES, WORD_SHAPES

__all__ = ["FROZEN_LAYERS", "Teacher", "load_teacher"]

FROZEN_LAYERS = 4
_PADDING = 1
_ROLE_WIDTH = 384


def _channel_dropout(hidden: Tensor, rate: float) -> Tensor:
    """Drop whole channels of each sequence (Gal and Ghahramani 2016), far cheaper on a CPU than single elements."""
    kept = torch.rand(hidden.shape[0], 1, hidden.shape[2]) >= rate
    return hidden * (kept / (1 - rate)).to(hidden.dtype)


def _normalise(norm: nn.LayerNorm, hidden: Tensor) -> Tensor:
    """Apply `norm` in the type of `hidden`, so that the residual stream stays in bfloat16."""
    weight, bias = norm.weight.to(hidden.dtype), norm.bias.to(hidden.dtype)
    return functional.layer_norm(hidden, norm.normalized_shape, weight, bias, norm.eps)


class Teacher(nn.Module):
    """MPNet (Song et al. 2020) as a tagger, with its lowest layers frozen.

    The embeddings of piece shape, word shape and known names join the hidden states above the frozen layers. The
    biases of the encoder's linear maps stay as they are too: their gradients cost an eighth of a step on a CPU. Run it
    under `torch.autocast("cpu", dtype=torch.bfloat16)`; the heads compute in float32.
    """

    def __init__(self, encoder: MPNetModel, dropout: float = 0.05, frozen: int = FROZEN_LAYERS) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = dropout
        self.frozen = frozen
        self.piece_shape = nn.Embedding(PIECE_SHAPES, width, padding_idx=0)
        self.word_shape = nn.Embedding(WORD_SHAPES, width, padding_idx=0)
        self.names = nn.Embedding(NAME_CLASSES, width, padding_idx=0)
        self.tags = nn.Linear(width, len(TAGS))
        self.role_hidden = nn.Linear(width, _ROLE_WIDTH)
        self.roles = nn.Linear(_ROLE_WIDTH, len(ROLES))
        for embedding in (self.piece_shape, self.word_shape, self.names):
            nn.init.normal_(embedding.weight, std=0.02)
        fixed = (encoder.embeddings, encoder.encoder.relative_attention_bias, *encoder.encoder.layer[:frozen])
        for module in fixed:
            module.requires_grad_(False)
        for module in encoder.modules():
            if isinstance(module, nn.Linear):
                module.bias.requires_grad_(False)

    def _attend(self, attention: MPNetSelfAttention, hidden: Tensor, bias: Tensor) -> Tensor:
        """Attend with products over (papers x heads), half the time of PyTorch's fused attention on a CPU."""
        papers, pieces, width = hidden.shape
        heads, size = attention.num_attention_heads, attention.attention_head_size
        query, key, value = (
            project(hidden).view(papers, pieces, heads, size).transpose(1, 2).reshape(-1, pieces, size)
            for project in (attention.q, attention.k, attention.v)
        )
        weights = torch.baddbmm(bias, query, key.transpose(1, 2), alpha=size**-0.5).softmax(-1)
        context = torch.bmm(weights, value).view(papers, heads, pieces, size)
        projected: Tensor = attention.o(context.transpose(1, 2).reshape(papers, pieces, width))
        return projected

    def _layer(self, layer: MPNetLayer, hidden: Tensor, bias: Tensor) -> Tensor:
        context = self._attend(layer.attention.attn, hidden, bias)
        hidden = _normalise(layer.attention.LayerNorm, self._drop(context) + hidden)
        wide = functional.gelu(layer.intermediate.dense(hidden))
        return _normalise(layer.output.LayerNorm, self._drop(layer.output.dense(wide)) + hidden)

    def _drop(self, hidden: Tensor) -> Tensor:
        return _channel_dropout(hidden, self.dropout) if self.training and torch.is_grad_enabled() else hidden

    def forward(self, inputs: Inputs) -> Tensor:
        """Return the last hidden states in float32, (papers, pieces, width)."""
        with torch.no_grad():
            hidden = self.encoder.embeddings(inputs.ids)
            bias = self.encoder.encoder.compute_position_bias(hidden)
            bias = bias.masked_fill((inputs.ids == _PADDING)[:, None, None, :], torch.finfo(torch.bfloat16).min)
            hidden, bias = hidden.bfloat16(), bias.bfloat16().flatten(0, 1)
            for layer in self.encoder.encoder.layer[: self.frozen]:
                hidden = self._layer(layer, hidden, bias)
        features = self.piece_shape(inputs.piece_shapes) + self.word_shape(inputs.word_shapes)
        hidden = hidden + (features + self.names(inputs.names)).bfloat16()
        for layer in self.encoder.encoder.layer[self.frozen :]:
            hidden = self._layer(layer, hidden, bias)
        return hidden.float()

    def tag_logits(self, hidden: Tensor) -> Tensor:
        """Return the logits of `TAGS`, (papers, pieces, tags)."""
        with torch.autocast("cpu", enabled=False):
            logits: Tensor = self.tags(functional.dropout(hidden, 0.1, self.training))
            return logits

    def role_logits(self, hidden: Tensor, rows: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """Return the logits of `ROLES` for the mentions `hidden[row, start:end]`, mean-pooled: (mentions, roles)."""
        with torch.autocast("cpu", enabled=False):
            sums = functional.pad(hidden.cumsum(1), (0, 0, 1, 0))
            pooled = (sums[rows, ends] - sums[rows, starts]) / (ends - starts)[:, None]
            pooled = functional.dropout(pooled, 0.1, self.training)
            logits: Tensor = self.roles(functional.gelu(self.role_hidden(pooled)))
            return logits


def load_teacher(folder: Path, weights: Path | None = None) -> Teacher:
    """Load the encoder in `folder` below fresh heads, or the whole network from the file `weights`."""
    if not (folder / "model.safetensors").is_file():
        raise InputError(f"{folder}: no encoder; run `python -m training.teacher encoder` first")
    teacher = Teacher(MPNetModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32))
    if weights is not None:
        teacher.load_state_dict(torch.load(weights, weights_only=True))
    return teacher
