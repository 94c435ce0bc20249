"""Tag papers by a trained network, as it will ship and before its weights are rounded."""

import shutil
import tempfile
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from citegraph_accurate.encoder import EncoderTagger
from spacy.tokens import Doc

from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.tags import OUTSIDE, TAGS, Tags
from training.encoder.examples import Reader
from training.encoder.export import export
from training.encoder.network import load_network
from training.teacher.labels import Record

__all__ = ["NetworkTagger", "Tagged"]

Tagged: TypeAlias = tuple[Record, Draft, Tags]


class NetworkTagger:
    """A network, and the same as it would ship."""

    def __init__(self, path: Path, reader: Reader) -> None:
        self._network = load_network(path).eval()
        self._reader = reader
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        export(self._network, folder / "model.onnx")
        shutil.copy(reader.tokenizer, folder / "tokenizer.json")
        self._tagger = EncoderTagger(folder)

    def tags(self, doc: Doc) -> Tags:
        """Tag the words of a Doc by the exported network."""
        self._tagger(doc)
        tags = draft_of(doc).tags
        assert tags is not None
        return tags

    def whole_tags(self, doc: Doc) -> Tags:
        """Tag them by the network itself, in bfloat16; words beyond its length are outside."""
        example = self._reader.example(doc, np.zeros((len(draft_of(doc).words.starts), len(TAGS)), np.float32))
        ids, shapes, names = (torch.from_numpy(row)[None] for row in (example.ids, example.shapes, example.names))
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self._network(ids, shapes, names)[0]
        tags = np.zeros((len(draft_of(doc).words.starts), len(TAGS)), np.float32)
        tags[:, TAGS.index(OUTSIDE)] = 1
        firsts = self._reader.pieces(doc).firsts
        kept = np.flatnonzero(np.isin(firsts + 1, example.firsts) & (firsts >= 0))
        tags[kept] = logits[torch.from_numpy(example.firsts)].softmax(-1).numpy()
        return tags
