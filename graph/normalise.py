"""Normal forms of names: spelling variants of one name share a form, different names never do."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, TypeAlias

from citegraph.graph.records import EntityType

__all__ = ["EntityClass", "entity_class", "normalise"]

EntityClass: TypeAlias = Literal["method", "resource", "task", "metric"]

_CLASSES: dict[EntityType, EntityClass] = {
    "Method": "method",
    "Dataset": "resource",
    "Benchmark": "resource",
    "Task": "task",
    "Metric": "metric",
}
_LATEX_COMMAND = re.compile(
    r"\\(?:text|math)?(?:bf|it|tt|rm|sc|sf|cal)\b|\\(?:emph|textsc|textbf|textit|texttt|mathrm)\b"
)
_DASHES = re.compile(r"[\u2010-\u2015\u2212_/\-]+")
_PUNCTUATION = re.compile(r"[^\w\s+.@#*²-]")
_DETERMINER = re.compile(r"^(?:the|a|an|our) ")
_TYPE_NOUN = re.compile(r" (?:datasets?|data sets?|corpus|corpora|benchmarks?)$")
_PLURAL = re.compile(r"(?<=[^\Ws0-9_iu])s$")
_CAPITAL_PLURAL = re.compile(r"(?<=[A-Z]{2})s\b")
_SPACE_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d]{2}) (?=\d)")


def entity_class(type_: EntityType) -> EntityClass:
    """Give the class within which names identify things: Dataset and Benchmark are one class.

    >>> entity_class("Benchmark")
    'resource'
    """
    return _CLASSES[type_]


@lru_cache(maxsize=200_000)
def normalise(surface: str) -> str:
    """Fold case, hyphens, spacing, LaTeX, plural, leading determiner and trailing type noun.

    The form is idempotent: ``normalise(normalise(x)) == normalise(x)``.

    >>> normalise("CIFAR 10 dataset") == normalise("CIFAR-10") == "cifar10"
    True
    >>> normalise("the ImageNet dataset")
    'imagenet'
    >>> normalise("Variational Autoencoders")
    'variational autoencoder'
    >>> normalise("GANs"), normalise("C-4"), normalise("C4")
    ('gan', 'c 4', 'c4')
    >>> normalise("GPT-3") == normalise("GPT-3.5")
    False
    """
    text = unicodedata.normalize("NFKC", surface.replace("²", "^2"))
    text = _CAPITAL_PLURAL.sub("", _LATEX_COMMAND.sub(" ", text)).replace("{", "").replace("}", "").replace("$", "")
    text = _PUNCTUATION.sub(" ", _DASHES.sub(" ", text.replace("^", "**").casefold()))
    text = " ".join(text.split()).strip(". ")
    previous = None
    while text != previous:
        previous = text
        text = _fold_once(text).strip(". ")
    return text or surface


def _fold_once(text: str) -> str:
    text = _DETERMINER.sub("", text)
    text = _TYPE_NOUN.sub("", text)
    text = _SPACE_BEFORE_DIGIT.sub("", text)
    stem = _PLURAL.sub("", text)
    return stem if len(stem) > 3 else text
