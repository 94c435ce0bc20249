"""The spaCy component that tags words by the encoder."""

from __future__ import annotations

from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from citegraph.errors import ExtractionError
from citegraph.extractors.draft import draft_of
from citegraph.extractors.tags import OUTSIDE, TAGS, Tags
from citegraph_accurate.pieces import PieceReader, Pieces, Window, windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["EncoderTagger", "make_encoder_tagger"]

_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"


class EncoderTagger:
    """Tag words by MiniLM (Wang et al. 2020), fine-tuned here, with weights of 8 bits.

    spaCy imports the module with every pipeline, and the runtime is imported when the first text is read. Requires the
    Doc's words and the candidates of the catalogue; assigns the draft's ``tags``. It does not decide what
    is a mention. Each text is read by itself, by one thread, and a long one in windows one after the other: what it
    gives depends on the text alone, and memory grows by the tags alone.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder with the model and its tokenizer; the model is loaded when the first Doc comes.

        Raises:
            ExtractionError: a file is missing.

        """
        self._model = folder / _MODEL
        for path in (self._model, folder / _TOKENIZER):
            if not path.is_file():
                raise ExtractionError(f"{path}: missing; install citegraph-accurate anew")
        self._reader = PieceReader(folder / _TOKENIZER)

    @cached_property
    def _session(self) -> InferenceSession:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        return InferenceSession(str(self._model), options, providers=["CPUExecutionProvider"])

    def __call__(self, doc: Doc) -> Doc:
        """Set the tags; a word without pieces, such as a gap between paragraphs, is outside."""
        draft_of(doc).tags = self.tags(self._reader(doc))
        return doc

    def tags(self, pieces: Pieces) -> Tags:
        """Give the probability of each tag for each word."""
        tags = np.zeros((len(pieces.firsts), len(TAGS)), np.float32)
        tags[:, TAGS.index(OUTSIDE)] = 1
        for window in windows(len(pieces.ids)):
            words = np.flatnonzero((pieces.firsts >= window.kept_start) & (pieces.firsts < window.kept_end))
            if len(words):
                tags[words] = self._run(pieces, window, pieces.firsts[words])
        return tags

    def _run(self, pieces: Pieces, window: Window, firsts: npt.NDArray[np.int64]) -> Any:  # noqa: ANN401
        inner = slice(window.start, window.end)
        inputs = {
            "ids": np.concatenate(([self._reader.start], pieces.ids[inner], [self._reader.end])),
            "shapes": np.pad(pieces.shapes[inner], 1),
            "names": np.pad(pieces.names[inner], 1),
            "firsts": firsts - window.start + 1,
        }
        return self._session.run(None, inputs)[0]


@Language.factory("citegraph_encoder_v1", assigns=["doc.user_data"])
def make_encoder_tagger(nlp: Language, name: str) -> EncoderTagger:  # noqa: ARG001
    """Build the component with the model that ships with this package."""
    return EncoderTagger(Path(str(resources.files(__package__))))
