"""The training loop of the student: soft targets, a learning rate that rises shortly and falls to nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.util import load_config, registry
from thinc.api import NumpyOps, fix_random_seed

from citegraph.extractors.tagger import TARGETS, Tagger, network_bytes, read_network
from training.student.corpus import citegraph_tokenizer, silver_examples

__all__ = ["CONFIG", "Stage", "blank_pipeline", "load_student", "new_student", "save_student", "train"]

CONFIG = Path(__file__).with_name("config.cfg")
_WARM_UP = 100
_IN_STORE = 1_000
_REPORT = 100


@dataclass(frozen=True, slots=True)
class Stage:
    """What a training run reads: ``steps`` batches of so many annotated papers and so many tagged by the teacher."""

    steps: int
    gold: int
    silver: int
    learn_rate: float
    seed: int


def blank_pipeline() -> Language:
    """Give a pipeline with citegraph's tokenizer alone."""
    nlp = spacy.blank("en")
    nlp.tokenizer = citegraph_tokenizer()(nlp)
    return nlp


def new_student(nlp: Language, config: Path, seed: int) -> Tagger:
    """Build the network of the config with random weights."""
    fix_random_seed(seed)
    model = registry.resolve({"model": _network_config(config)})["model"]
    model.initialize()
    return Tagger(nlp.vocab, model, "tagger")


def _network_config(config: Path) -> Mapping[str, Any]:
    network: Mapping[str, Any] = load_config(config)["components"]["tagger"]["model"]
    return network


def load_student(nlp: Language, path: Path) -> Tagger:
    """Read a network that `save_student` wrote."""
    return Tagger(nlp.vocab, read_network(path.read_bytes(), str(path)), "tagger")


def save_student(tagger: Tagger, path: Path, config: Path, precision: str = "float32") -> None:
    """Write the network, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial.write_bytes(network_bytes(tagger.model, _network_config(config), precision))
    partial.replace(path)


def train(
    tagger: Tagger,
    nlp: Language,
    gold: Sequence[Example],
    silver: Sequence[Path],
    stage: Stage,
    report: Callable[[str], None] = print,
) -> None:
    """Train the network for a stage; the same seed, papers and files give the same weights."""
    settings = load_config(CONFIG)["training"]
    fix_random_seed(stage.seed)
    order = random.Random(stage.seed)  # noqa: S311
    optimizer = registry.resolve({"optimizer": settings["optimizer"]})["optimizer"]
    gold_stream, silver_stream = _for_ever(gold, order), _silver_stream(nlp, silver, order)
    for node in tagger.model.walk():
        node.ops = NumpyOps(use_blis=False)
    started, losses = time.process_time(), {"tagger": 0.0}
    words = 0
    for step in range(stage.steps):
        batch = [*islice(gold_stream, stage.gold), *islice(silver_stream, stage.silver)]
        optimizer.learn_rate = stage.learn_rate * min((step + 1) / _WARM_UP, 1 - step / stage.steps)
        tagger.update(batch, drop=settings["dropout"], sgd=optimizer, losses=losses)
        words += sum(len(example.reference.user_data[TARGETS]) for example in batch)
        if (step + 1) % _REPORT == 0 or step + 1 == stage.steps:
            seconds = time.process_time() - started
            report(f"step {step + 1}/{stage.steps}  loss {losses['tagger'] / words:.4f}  {seconds:.0f} CPU s")
            losses, words = {"tagger": 0.0}, 0
    for node in tagger.model.walk():
        node.ops = NumpyOps(use_blis=True)


def _for_ever(examples: Sequence[Example], order: random.Random) -> Iterator[Example]:
    """Yield examples for ever, each once before any comes again."""
    while examples:
        yield from order.sample(examples, len(examples))


def _silver_stream(nlp: Language, files: Sequence[Path], order: random.Random) -> Iterator[Example]:
    """Yield tagged papers for ever, each file once before any comes again, through a store that mixes them."""
    store: list[Example] = []
    while files:
        for example in silver_examples(nlp, order.sample(files, len(files))):
            if len(store) < _IN_STORE:
                store.append(example)
                continue
            place = order.randrange(_IN_STORE)
            store[place], example = example, store[place]
            yield example
