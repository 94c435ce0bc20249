"""The tagger: a small network that gives each word the probabilities of its tags."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import resources
from itertools import islice
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from thinc.api import NumpyOps, Softmax, chain, with_array

from citegraph.errors import ExtractionError
from citegraph.extractors.draft import draft_of
from citegraph.extractors.tagger_layers import Floats, Network
from citegraph.extractors.tags import TAGS, Tags

__all__ = ["TARGETS", "Tagger", "network_bytes", "read_network", "word_tagger"]

TARGETS = "citegraph_targets"
"""The key in ``doc.user_data`` of the probabilities that a network is trained towards, in the form of ``tags``."""

_SHIPPED = "tagger.npz"
_CONFIG = "config"
_STRETCH = 4_096


def word_tagger(embed: Network, encode: Network, width: int, reach: int) -> Network:
    """Build the network from Docs to the probabilities of `TAGS`; ``reach`` is how many words away ``encode`` sees.

    Its products are those of BLIS: on one thread, and a row's bits do not depend on the number of rows.
    """
    tag: Network = chain(encode, with_array(Softmax(len(TAGS), width)))
    model: Network = chain(embed, tag)
    model.set_ref("embed", embed)
    model.set_ref("tag", tag)
    model.attrs["reach"] = reach
    ops = NumpyOps(use_blis=True)
    for node in model.walk():
        node.ops = ops
    return model


registry.architectures.register("citegraph.WordTagger.v1", func=word_tagger)


class Tagger(TrainablePipe):  # type: ignore[misc]
    """Give each word the probabilities of its tags.

    spaCy has no types for its pipes, hence the exemption above.

    Requires the draft's words; assigns its ``tags``. The network is spaCy's "embed, encode, predict" (Honnibal, 2016):
    hash embeddings of a word's lower case, prefix, suffix and shape (Svenstrup et al., 2017), dilated convolutions
    (Strubell et al., 2017) with maxout, layer normalisation and residual connections, and a softmax over `TAGS` for
    each word on its own. It decodes no sequence. Each Doc goes through the network alone, which is no slower than
    several together: a Doc's numbers depend on its text and nothing else.
    """

    def predict(self, docs: Iterable[Doc]) -> list[Tags]:
        """Give the tags of Docs; long ones take a stretch at a time, with the same numbers."""
        return [self._predict(doc) for doc in docs]

    def _predict(self, doc: Doc) -> Tags:
        count = len(draft_of(doc).words.orth)
        tags: Tags = np.zeros((count, len(TAGS)), np.float32)
        if count:
            vectors = self.model.get_ref("embed").predict([doc])[0]
            tag, reach = self.model.get_ref("tag"), self.model.attrs["reach"]
            for start in range(0, count, _STRETCH):
                end, before = min(start + _STRETCH, count), max(start - reach, 0)
                tags[start:end] = tag.predict([vectors[before : end + reach]])[0][start - before : end - before]
        return tags

    def set_annotations(self, docs: Iterable[Doc], scores: Iterable[Tags]) -> None:
        """Set the tags of Docs."""
        for doc, tags in zip(docs, scores, strict=True):
            draft_of(doc).tags = tags

    def get_loss(self, examples: Iterable[Example], scores: Sequence[Tags]) -> tuple[float, list[Floats]]:
        """Give the cross-entropy, summed over words, and its gradient, a mean over words.

        The reference's ``user_data[TARGETS]`` holds the probabilities aimed at, one row a word.
        """
        targets = [example.reference.user_data[TARGETS] for example in examples]
        total = max(sum(map(len, scores)), 1)
        pairs = list(zip(scores, targets, strict=True))
        loss = sum(float(-(target * np.log(np.maximum(given, 1e-9))).sum()) for given, target in pairs)
        return loss, [(given - target) / np.float32(total) for given, target in pairs]

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002
    ) -> None:
        """Give the network random weights."""
        self.model.initialize([example.predicted for example in islice(get_examples(), 1)])

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, float]:  # noqa: ANN401 - spaCy's signature
        """Give the F1 of the words' likeliest tags, words outside left out: ``tags_f``."""
        right = given = wanted = 0
        for example in examples:
            predicted = self.predict([example.predicted])[0].argmax(axis=1)
            gold = example.reference.user_data[TARGETS].argmax(axis=1)
            right += int(((predicted == gold) & (gold > 0)).sum())
            given, wanted = given + int((predicted > 0).sum()), wanted + int((gold > 0).sum())
        return {"tags_f": 2 * right / max(given + wanted, 1)}


def network_bytes(model: Network, config: Mapping[str, Any], precision: str = "float16") -> bytes:
    """Pack a network's weights, with the config that builds it, as a numpy archive."""
    weights: dict[str, Any] = {
        f"{index}.{name}": node.get_param(name).astype(precision)
        for index, node in enumerate(model.walk())
        for name in node.param_names
    }
    weights[_CONFIG] = np.array(json.dumps(config))
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **weights)
    return stream.getvalue()


def read_network(data: bytes, source: str) -> Network:
    """Build a network from what `network_bytes` packed.

    Raises:
        ExtractionError: the data are damaged; ``source`` says whose.

    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            model = registry.resolve({"model": json.loads(str(stored[_CONFIG]))})["model"]
            for index, node in enumerate(model.walk()):
                for name in node.param_names:
                    node.set_param(name, stored[f"{index}.{name}"].astype(np.float32))
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ExtractionError(
            f"{source}: the tagger's network is damaged ({error}); install citegraph again"
        ) from error
    return model


def _shipped_network() -> Network:
    file = resources.files(__package__).joinpath(_SHIPPED)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ExtractionError(
            f"{file}: cannot read the tagger's network ({error.strerror}); install citegraph again"
        ) from error
    return read_network(data, str(file))


@Language.factory(
    "citegraph_tagger_v1",
    assigns=["doc.user_data"],
    default_config={"model": None},
    default_score_weights={"tags_f": 1.0},
)
def make_tagger(nlp: Language, name: str, model: Network | None) -> Tagger:
    """Build the component, without a model with the network that ships with the package."""
    return Tagger(nlp.vocab, _shipped_network() if model is None else model, name)
