"""The layers of the tagger's network: embedded words with where they stand, and convolutions over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from spacy.lang.lex_attrs import word_shape
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Dropout, HashEmbed, LayerNorm, Maxout, Model, chain, concatenate, residual, with_array
from thinc.initializers import uniform_init

from citegraph.extractors.draft import Draft, draft_of
from citegraph.extractors.words import word_id

__all__ = ["FEATURES", "PLACES", "Network", "WordTable", "dilated_encoder", "places_of", "word_embed", "word_features"]

Floats: TypeAlias = npt.NDArray[np.float32]
Rows: TypeAlias = npt.NDArray[np.intp]
Network: TypeAlias = Any
"""A `thinc.api.Model`; its types do not go together with numpy's."""

FEATURES = ("lower", "prefix", "suffix", "shape")
"""What of a word is embedded, in the order of the tables."""

_HYPHENS = frozenset("-\u2010\u2011\u2013")
_QUARTERS = 4
_GAPS = 3
PLACES = (1 + _QUARTERS) * _GAPS * _GAPS
"""How many places of a word are told apart: in the title or in a quarter of the abstract, what is before and after."""

_LEAST_TABLE = 4_096
_MAX_TABLE = 65_536
_ADJACENT, _HYPHEN, _APART = range(_GAPS)


def word_features(word: str) -> tuple[int, int, int, int]:
    """Give the ids of a word's `FEATURES`; prefix and suffix have three letters.

    >>> word_features("ResNet") == tuple(map(word_id, ("resnet", "res", "net", "XxxXxx")))
    True
    """
    lower = word.lower()
    return word_id(lower), word_id(lower[:3]), word_id(lower[-3:]), word_id(word_shape(word))


def places_of(draft: Draft) -> Rows:
    """Give the place of each word, below `PLACES`."""
    words, text = draft.words, draft.text
    starts, ends = np.array(words.starts, np.intp), np.array(words.ends, np.intp)
    gaps = np.full(len(starts) + 1, _APART)
    hyphens = [text[end : end + 1] in _HYPHENS for end in words.ends[:-1]]
    gaps[1:-1] = np.where(starts[1:] == ends[:-1], _ADJACENT, np.where(hyphens, _HYPHEN, _APART))
    body = draft.body_start
    quarters = 1 + (starts - body) * _QUARTERS // max(len(text) - body, 1)
    zones = np.where(starts < body, 0, quarters)
    places: Rows = (zones * _GAPS + gaps[:-1]) * _GAPS + gaps[1:]
    return places


class WordTable:
    """The features of each word seen, and its vector while the network stays as it is.

    A vector is a function of the word alone, and BLIS gives a row of a product the same bits whatever the number of
    rows, so that keeping vectors changes no number.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[int, int] = {}
        self._features = np.zeros((0, len(FEATURES)), np.uint64)
        self._vectors = np.zeros((0, 0), np.float32)
        self._embedded = 0
        self._embedded_by: object = None

    def make_room(self) -> None:
        """Empty a table that is full: rows given before are void."""
        if len(self._rows) > _MAX_TABLE:
            self._rows.clear()
            self._embedded = 0

    def rows(self, orth: Sequence[int], strings: StringStore) -> Rows:
        """Give the row of each word, given its id as written."""
        known = self._rows
        new = [word for word in dict.fromkeys(orth) if word not in known]
        if new:
            first, after = len(known), len(known) + len(new)
            known.update(zip(new, range(first, after), strict=True))
            self._features = _enlarged(self._features, after)
            self._features[first:after] = [word_features(strings[word]) for word in new]
        return np.array([known[word] for word in orth], np.intp)

    def features(self, rows: Rows) -> npt.NDArray[np.uint64]:
        """Give the features of rows."""
        return self._features[rows]

    def vectors(self, rows: Rows, embed: Network) -> Floats:
        """Give the vectors of rows; where the network's weights were replaced all are made again."""
        weights = embed.get_ref("mix").get_param("W")
        if self._embedded_by is not weights:
            self._vectors = np.zeros((0, len(weights)), np.float32)
            self._embedded, self._embedded_by = 0, weights
        first, after = self._embedded, len(self._rows)
        if first < after:
            self._vectors = _enlarged(self._vectors, after)
            self._vectors[first:after] = embed.predict(self._features[first:after])
            self._embedded = after
        return self._vectors[rows]

    def forget_vectors(self) -> None:
        """Drop the vectors, because the weights are about to change."""
        self._embedded_by = None


def _enlarged(table: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
    """Give a table at least ``count`` rows, doubling it where it has fewer."""
    if len(table) >= count:
        return table
    larger = np.zeros((max(count, 2 * len(table), _LEAST_TABLE), table.shape[1]), table.dtype)
    larger[: len(table)] = table
    return larger


def word_embed(width: int, rows: list[int], pieces: int) -> Network:
    """Build the layer that gives each word of a Doc's draft a vector: hash embeddings of `FEATURES`, mixed by maxout.

    Hash embeddings are those of Svenstrup et al. (2017), "Hash embeddings for efficient word representations". Where
    the word stands (`places_of`) is added. The layer takes Docs and gives arrays of words by ``width``.
    """
    tables: list[Network] = [
        HashEmbed(width, count, column=column, seed=8 + column) for column, count in enumerate(rows)
    ]
    mix = Maxout(width, width * len(tables), nP=pieces)
    embed: Network = chain(concatenate(*tables), mix, LayerNorm(width), Dropout())
    embed.set_ref("mix", mix)
    forward = partial(_embed_words, WordTable())
    return Model("word_embed", forward, init=_init_embed, layers=[embed], params={"P": None}, dims={"nO": width})


registry.architectures.register("citegraph.WordEmbed.v1", func=word_embed)


def _init_embed(model: Network, X: object = None, Y: object = None) -> None:  # noqa: ARG001, N803 - thinc's names
    model.layers[0].initialize(np.zeros((1, len(FEATURES)), np.uint64))
    model.set_param("P", uniform_init(model.ops, (PLACES, model.get_dim("nO"))))


def _embed_words(
    table: WordTable, model: Network, docs: Sequence[Doc], is_train: bool
) -> tuple[list[Floats], Callable[[list[Floats]], list[Doc]]]:
    embed, place_vectors = model.layers[0], model.get_param("P")
    drafts = [draft_of(doc) for doc in docs]
    table.make_room()
    rows = [table.rows(draft.words.orth, doc.vocab.strings) for draft, doc in zip(drafts, docs, strict=True)]
    places = [places_of(draft) for draft in drafts]
    if not is_train:
        vectors = [table.vectors(row, embed) + place_vectors[place] for row, place in zip(rows, places, strict=True)]
        return vectors, lambda _: []
    table.forget_vectors()
    distinct, which = np.unique(np.concatenate(rows), return_inverse=True)
    vectors_of, backprop_embed = embed.begin_update(table.features(distinct))
    all_places = np.concatenate(places)
    output = vectors_of[which] + place_vectors[all_places]

    def backprop(d_output: list[Floats]) -> list[Doc]:
        gradient = np.concatenate(d_output)
        model.inc_grad("P", _summed(gradient, all_places, PLACES, model))
        backprop_embed(_summed(gradient, which, len(distinct), model))
        return []

    return np.split(output, np.cumsum([len(row) for row in rows[:-1]])), backprop


def _summed(values: Floats, rows: Rows, count: int, model: Network) -> Floats:
    """Sum the values of each row."""
    total: Floats = model.ops.alloc2f(count, values.shape[1])
    model.ops.scatter_add(total, rows.astype(np.int32), values)
    return total


def dilated_encoder(width: int, dilations: list[int], pieces: int) -> Network:
    """Build residual convolutions of three words each, those of later layers further apart.

    Strubell et al. (2017), "Fast and accurate entity recognition with iterated dilated convolutions". The layer takes
    and gives arrays of words by ``width``; a word sees ``sum(dilations)`` words on either side.
    """
    blocks = [
        residual(chain(_spread(dilation), Maxout(width, 3 * width, nP=pieces, normalize=True, dropout=0.0)))
        for dilation in dilations
    ]
    return with_array(chain(*blocks), pad=sum(dilations))


registry.architectures.register("citegraph.DilatedEncoder.v1", func=dilated_encoder)


def _spread(dilation: int) -> Network:
    return Model("spread", _side_by_side, attrs={"dilation": dilation})


def _side_by_side(model: Network, words: Floats, is_train: bool) -> tuple[Floats, Callable[[Floats], Floats]]:  # noqa: ARG001
    """Put the words before and after, ``dilation`` away, beside each word."""
    step, (count, width) = model.attrs["dilation"], words.shape
    output = np.zeros((count, 3, width), np.float32)
    output[step:, 0] = words[: max(count - step, 0)]
    output[:, 1] = words
    output[: max(count - step, 0), 2] = words[step:]

    def backprop(d_output: Floats) -> Floats:
        gradient = d_output.reshape(count, 3, width)
        d_words = gradient[:, 1].copy()
        d_words[: max(count - step, 0)] += gradient[step:, 0]
        d_words[step:] += gradient[: max(count - step, 0), 2]
        return d_words

    return output.reshape(count, 3 * width), backprop
