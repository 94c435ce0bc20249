"""Write the network as the ONNX model that ships: weights in 8 bits, each text on its own."""

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.encoder.network import Network

__all__ = ["export"]

_PIECES, _WORDS = "pieces", "words"
_INPUTS = {"ids": _PIECES, "shapes": _PIECES, "names": _PIECES, "firsts": _WORDS}
_OPSET = 20


class _OneText(nn.Module):
    """The probabilities of the tags of one text's words, (words, tags): there is no padding, and nothing beside it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, names: Tensor, firsts: Tensor) -> Tensor:
        logits = self.network(ids[None], shapes[None], names[None], padded=False)[0]
        return logits[firsts].softmax(-1)


def export(network: Network, path: Path, *, reduce_range: bool = True) -> None:
    """Write `network` to `path`, quantised dynamically (Zafrir et al. 2019) with a scale for each column of a weight.

    With `reduce_range` weights have 7 bits: then sums of products never saturate, and a processor without VNNI gives
    the numbers of one that has it.
    """
    network.eval()
    sample = tuple(torch.ones(size, dtype=torch.long) for size in (12, 12, 12, 7))
    shapes = {name: {0: torch.export.Dim(axis, min=2, max=4096)} for name, axis in _INPUTS.items()}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            _OneText(network),
            sample,
            str(whole),
            input_names=[*_INPUTS],
            output_names=["tags"],
            dynamic_shapes=shapes,
            opset_version=_OPSET,
            dynamo=True,
            external_data=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(ready, path, per_channel=True, reduce_range=reduce_range, weight_type=QuantType.QInt8)
    model = onnx.load(path)
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, path)
