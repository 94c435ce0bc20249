"""Files of papers, plain or compressed, and what of them may be trained on."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citegraph.errors import InputError
from citegraph.graph.records import normalise_title
from training.teacher.labels import FIELDS, Record

__all__ = ["HELD_OUT", "chunks", "read_papers", "split", "without_titles", "write_papers"]

HELD_OUT = 19
"""Each nineteenth annotated paper is held out of training, to tune thresholds on."""


def read_papers(path: Path) -> Iterator[Record]:
    """Yield the papers of a file of JSON Lines, `.gz` or plain.

    Raises `InputError` where the file is missing, or a line is no JSON object with a title and an abstract.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; give a file of JSON Lines with one paper a line")
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _paper(line, f"{path}:{number}")


def _paper(line: str, place: str) -> Record:
    try:
        paper = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{place}: not JSON ({error.msg}); write one paper a line") from error
    if not isinstance(paper, dict) or not all(isinstance(paper.get(field), str) for field in FIELDS):
        raise InputError(f"{place}: not an object with the texts title and abstract; add them")
    return paper


def write_papers(path: Path, papers: Iterable[Mapping[str, Any]]) -> None:
    """Write `papers` to `path` as compressed JSON Lines, whole or not at all; the same papers give the same bytes."""
    partial = path.with_name(path.name + ".partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(paper, ensure_ascii=False, separators=(",", ":")) + "\n" for paper in papers)
    with partial.open("wb") as stream, gzip.GzipFile("", "wb", mtime=0, fileobj=stream) as packed:
        for line in lines:
            packed.write(line.encode())
    partial.replace(path)


def split(papers: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Return the papers to train on, and those held out.

    >>> train, held_out = split([{"id": number} for number in range(40)])
    >>> len(train), [paper["id"] for paper in held_out]
    (37, [0, 19, 38])
    """
    train = [paper for index, paper in enumerate(papers) if index % HELD_OUT]
    return train, list(papers[::HELD_OUT])


def without_titles(papers: Iterable[Record], titles: Iterable[str]) -> Iterator[Record]:
    """Yield the papers whose titles, normalised, are none of `titles`.

    >>> [paper["title"] for paper in without_titles([{"title": "A B."}, {"title": "C"}], ["a b"])]
    ['C']
    """
    left_out = {normalise_title(title) for title in titles}
    return (paper for paper in papers if normalise_title(paper["title"]) not in left_out)


def chunks(papers: Sequence[Record], size: int) -> Iterator[tuple[int, Sequence[Record]]]:
    """Yield the number of each chunk of at most `size` papers, and the chunk."""
    for number, start in enumerate(range(0, len(papers), size)):
        yield number, papers[start : start + size]
