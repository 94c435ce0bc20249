"""What a source format is, and what its reader gives: papers, and the records that are broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from citegraph.graph.records import Paper

__all__ = ["BrokenRecordError", "Format", "RecordError", "TextSource"]


class BrokenRecordError(Exception):
    """A record is no paper; the text says why. Readers turn it into a `RecordError`."""


@dataclass(frozen=True, slots=True)
class RecordError:
    """A record that could not be read: its source, the line where it starts (from 1), and why.

    >>> print(RecordError("papers.jsonl", 7, "no title"))
    papers.jsonl:7: no title
    """

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Give file, line and reason on one line."""
        return f"{self.source}:{self.line}: {' '.join(self.reason.split())}"


@dataclass(frozen=True, slots=True)
class TextSource:
    """The decoded text of one source, in pieces of any size, read once; lines end in a line feed.

    ``label`` names the source in messages, ``name`` in `Paper.source`.
    """

    label: str
    name: str
    chunks: Iterator[str]

    def lines(self) -> Iterator[str]:
        r"""Yield the lines without their ends.

        >>> list(TextSource("x", "x", iter(["one\ntw", "o\n", "\nlast"])).lines())
        ['one', 'two', '', 'last']
        """
        begun: list[str] = []
        for chunk in self.chunks:
            first, *rest = chunk.split("\n")
            begun.append(first)
            if rest:
                yield "".join(begun)
                yield from rest[:-1]
                begun = [rest[-1]]
        if last := "".join(begun):
            yield last

    def text(self) -> str:
        """Read all of it."""
        return "".join(self.chunks)


@dataclass(frozen=True, slots=True)
class Format:
    """A source format.

    ``recognise`` looks at the first characters of a source: 0 is no, 1 perhaps, 2 yes. ``read`` takes the source
    and the user's names of columns (our field to the source's column) and yields papers and broken records in
    the order of the source; ``keyed`` where fields have names, so that these count.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    recognise: Callable[[str], int]
    read: Callable[[TextSource, Mapping[str, str]], Iterator[Paper | RecordError]]
    keyed: bool = True

    def detect(self, head: str, name: str) -> int:
        """Score how well a source fits, 0 (not) to 5: its content counts double, its file name breaks ties."""
        plain = name.lower().removesuffix(".gz")
        return 2 * self.recognise(head) + plain.endswith(self.suffixes)
