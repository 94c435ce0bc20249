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

from spacy.language import Language
from spacy.training import Example

from citegraph.errors import CitegraphError, InputError
from citegraph.extractors.tagger import TARGETS
from citegraph.extractors.tags import Tags
from training.student.corpus import gold_example
from training.student.spans import measure
from training.student.train import CONFIG, Stage, blank_pipeline, load_student, new_student, save_student, tagged, train
from training.tag_files import read_tagged, write_tagged
from training.teacher.papers import read_papers, split

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
    papers, held_out = ([gold_example(nlp, paper) for paper in part] for part in split([*read_papers(arguments.train)]))
    wanted = [example.reference.user_data[TARGETS] for example in held_out]
    teacher = [tags for _, tags in read_tagged(arguments.work / "tags" / "held_out-00000.jsonl.gz")]
    _print("teacher", measure(zip(teacher, wanted, strict=True)))
    _print("silver alone", measure(tagged(load_student(nlp, _pretrained(arguments.work)), held_out)))
    output = arguments.work / "student" / "measured.npz"
    _fine_tune(nlp, arguments, papers, output)
    _print("silver and gold", measure(tagged(load_student(nlp, output), held_out)))
    alone = new_student(nlp, CONFIG, _GOLD_ALONE.seed)
    train(alone, nlp, papers, [], _GOLD_ALONE)
    _print("gold alone", measure(tagged(alone, held_out)))


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


def _print(name: str, found: Mapping[str, float]) -> None:
    print(f"{name:16}", *(f"{key} {value:.3f}" for key, value in found.items()), sep="  ", flush=True)


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; an error that a user can mend is one line on standard error."""
    parsed = parser().parse_args(arguments)
    try:
        parsed.run(parsed)
    except CitegraphError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
