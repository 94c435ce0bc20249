"""Command line of the student: `python -m training.student COMMAND --help`, from the root of the repository.

    python -m training.student silver      # train on the teacher's tags: WORK/student/silver.npz
    python -m training.student measure     # fine-tune without the held-out papers, and measure on them
    python -m training.student cross-fit   # tag each annotated paper by a network that has not seen it
    python -m training.student ship        # fine-tune on all annotated papers: extractors/tagger.npz

Each step is left out where its output is newer than what it reads. WORK/tags holds what `python -m training.teacher
label` wrote. The same inputs give the same weights on one thread (OPENBLAS_NUM_THREADS=1), as fast as several.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training import Example

from citegraph.errors import InputError
from citegraph.extractors.draft import draft_of
from citegraph.extractors.tagger import Tagger
from citegraph.extractors.tags import Tags
from training.commands import run_command
from training.papers import read_papers, split
from training.span_scores import Score, score
from training.student.corpus import gold_example
from training.student.train import CONFIG, Stage, blank_pipeline, load_student, new_student, save_student, train
from training.tag_files import read_tagged, write_tagged

_FOLDS = 4
_SILVER = (
    Stage(steps=800, gold=0, silver=16, learn_rate=2e-3, seed=1),
    Stage(steps=800, gold=0, silver=16, learn_rate=1.5e-3, seed=3),
    Stage(steps=800, gold=0, silver=16, learn_rate=1.2e-3, seed=4),
    Stage(steps=3000, gold=0, silver=16, learn_rate=1.5e-3, seed=11),
)
_FINE = Stage(steps=300, gold=12, silver=4, learn_rate=1e-3, seed=2)
_GOLD_ALONE = Stage(steps=400, gold=16, silver=0, learn_rate=2e-3, seed=1)
_SHIPPED = Path("extractors/tagger.npz")


def run_silver(arguments: argparse.Namespace) -> None:
    """Train a network on the teacher's tags alone."""
    output, files = _pretrained(arguments.work), _silver_files(arguments.work)
    if _is_newer(output, files):
        return
    nlp = blank_pipeline()
    student = new_student(nlp, CONFIG, _SILVER[0].seed)
    for stage in _SILVER:
        train(student, nlp, [], files, stage)
    save_student(student, output, CONFIG)


def run_measure(arguments: argparse.Namespace) -> None:
    """Measure on the held-out papers: the teacher, the annotated papers alone, the teacher's tags alone, and both."""
    nlp = blank_pipeline()
    papers, held_out = split([*read_papers(arguments.train)])
    examples = [gold_example(nlp, paper) for paper in papers]
    teacher = [tags for _, tags in read_tagged(arguments.work / "tags" / "held_out-00000.jsonl.gz")]
    print("teacher         ", score_tags(nlp, held_out, teacher), flush=True)
    student = load_student(nlp, _pretrained(arguments.work))
    print("silver alone    ", score_student(nlp, held_out, student), flush=True)
    output = arguments.work / "student" / "measured.npz"
    _fine_tune(nlp, arguments, examples, output)
    print("silver and gold ", score_student(nlp, held_out, load_student(nlp, output)), flush=True)
    alone = new_student(nlp, CONFIG, _GOLD_ALONE.seed)
    train(alone, nlp, examples, [], _GOLD_ALONE)
    print("gold alone      ", score_student(nlp, held_out, alone), flush=True)


def score_tags(nlp: Language, papers: Sequence[Mapping[str, Any]], tags: Iterable[Tags]) -> Score:
    """Score the tags of annotated papers."""
    drafts = (draft_of(gold_example(nlp, paper).predicted) for paper in papers)
    return score(zip(papers, drafts, tags, strict=True))


def score_student(nlp: Language, papers: Sequence[Mapping[str, Any]], student: Tagger) -> Score:
    """Score a network on annotated papers."""
    return score_tags(nlp, papers, (student.predict([gold_example(nlp, paper).predicted])[0] for paper in papers))


def run_cross_fit(arguments: argparse.Namespace) -> None:
    """Write WORK/student/train.jsonl.gz: every annotated paper with the tags of a network tuned on the other folds."""
    nlp = blank_pipeline()
    papers = [*read_papers(arguments.train)]
    examples = [gold_example(nlp, paper) for paper in papers]
    tags: dict[int, Tags] = {}
    for fold in range(_FOLDS):
        output = arguments.work / "student" / f"fold-{fold}.npz"
        _fine_tune(nlp, arguments, [example for at, example in enumerate(examples) if at % _FOLDS != fold], output)
        student = load_student(nlp, output)
        for index in range(fold, len(papers), _FOLDS):
            tags[index] = student.predict([examples[index].predicted])[0]
    write_tagged(arguments.work / "student" / "train.jsonl.gz", papers, [tags[at] for at in range(len(papers))])


def run_ship(arguments: argparse.Namespace) -> None:
    """Write the network that ships with the package, fine-tuned on all annotated papers."""
    nlp = blank_pipeline()
    output = arguments.work / "student" / "all.npz"
    _fine_tune(nlp, arguments, (gold_example(nlp, paper) for paper in read_papers(arguments.train)), output)
    save_student(load_student(nlp, output), arguments.output, CONFIG, "float16")


def _fine_tune(nlp: Language, arguments: argparse.Namespace, gold: Iterable[Example], output: Path) -> None:
    """Fine-tune what `run_silver` trained, some of the teacher's tags mixed in."""
    pretrained = _pretrained(arguments.work)
    if not _is_newer(output, [arguments.train, pretrained]):
        student = load_student(nlp, pretrained)
        train(student, nlp, [*gold], _silver_files(arguments.work), _FINE)
        save_student(student, output, CONFIG)


def _pretrained(work: Path) -> Path:
    return work / "student" / "silver.npz"


def _silver_files(work: Path) -> list[Path]:
    files = sorted((work / "tags").glob("silver-*.jsonl.gz"))
    if not files:
        raise InputError(f"{work / 'tags'}: no silver-*.jsonl.gz; write them with python -m training.teacher label")
    return files


def _is_newer(output: Path, inputs: Iterable[Path]) -> bool:
    newer = output.exists() and all(output.stat().st_mtime >= path.stat().st_mtime for path in inputs)
    if newer:
        print(f"{output}: newer than its inputs, kept", flush=True)
    return newer


def parser() -> argparse.ArgumentParser:
    """Return the parser of the four commands."""
    top = argparse.ArgumentParser(prog="python -m training.student", description=__doc__)
    commands = top.add_subparsers(required=True)
    for run in (run_silver, run_measure, run_cross_fit, run_ship):
        name = run.__name__.removeprefix("run_").replace("_", "-")
        command = commands.add_parser(name, description=run.__doc__, help=run.__doc__)
        command.set_defaults(run=run)
        command.add_argument("--work", type=Path, default=Path(".cache/training"), help="folder of all artefacts")
        command.add_argument(
            "--train", type=Path, default=Path("training/gold/train.jsonl.gz"), help="annotated papers"
        )
        if run is run_ship:
            command.add_argument("--output", type=Path, default=_SHIPPED, help="the network that ships")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    return run_command(parser().parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
