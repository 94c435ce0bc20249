"""The records that travel between readers, extractors and graph.

Offsets are Unicode code points into the named field exactly as read, end exclusive, so that
``field_text[start:end] == text`` always holds.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal, get_args

from citegraph.errors import SchemaError

__all__ = [
    "DIRECTIONS",
    "ENTITY_TYPES",
    "HEDGES",
    "OPTIONAL_OF_RESULT",
    "PAPER",
    "RESULT_KINDS",
    "Cue",
    "Direction",
    "Entity",
    "EntityType",
    "Evidence",
    "Field",
    "Hedge",
    "Mention",
    "Paper",
    "PaperFacts",
    "Relation",
    "Result",
    "ResultKind",
    "check_utf8",
    "normalise_title",
    "paper_key",
]

EntityType = Literal["Method", "Dataset", "Benchmark", "Task", "Metric"]
Field = Literal["title", "abstract"]
ResultKind = Literal["absolute", "improvement", "ratio"]
Hedge = Literal["about", "up to", "more than", "at least", "less than", "at most"]
Direction = Literal["higher", "lower"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
RESULT_KINDS: tuple[ResultKind, ...] = get_args(ResultKind)
HEDGES: tuple[Hedge, ...] = get_args(Hedge)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
PAPER = "PAPER"
"""The head of a relation whose subject is the paper itself."""


def normalise_title(title: str) -> str:
    """Fold a title to the letters and digits that identify it.

    >>> normalise_title("Adam:  A Method for Stochastic Optimization.")
    'adam a method for stochastic optimization'
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(re.findall(r"\w+", folded))


def paper_key(title: str) -> str:
    """Give the key of the paper with this title: 'title:' and 16 hexadecimal digits of SHA-256.

    >>> paper_key("Pointer Networks") == paper_key("pointer  networks.")
    True
    """
    normal = normalise_title(title) or title
    return "title:" + hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as its source gives it; ``id`` is ``arxiv:…``, ``doi:…``, ``acl:…``, ``openalex:…`` or ``title:…``."""

    id: str
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    date: str | None = None
    venue: str | None = None
    url: str | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """The paper's identity in the graph: a pure function of its title (see `paper_key`)."""
        return paper_key(self.title)

    def field(self, name: Field) -> str:
        """Return the text of the named field."""
        return self.title if name == "title" else self.abstract


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity stands in the text."""

    field: Field
    start: int
    end: int
    text: str
    confidence: float
    by: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that gave a relation or a result, as offsets into the field of the evidence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so, as offsets into a field, and the words in it that do: of a result, its value."""

    field: Field
    start: int
    end: int
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a paper names, with every place and every surface form; ``id`` is unique in the paper."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[Mention, ...]

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The different surface forms, sorted."""
        return tuple(sorted({mention.text for mention in self.mentions}))


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation; ``head`` is `PAPER` or an entity's id, ``tail`` an entity's id of the same paper."""

    head: str
    type: str
    tail: str
    evidence: Evidence
    confidence: float
    by: str


@dataclass(frozen=True, slots=True)
class Result:
    """A number that the paper reports.

    ``method`` is `PAPER` or an entity's id; ``on`` an entity's id or None; ``metric`` an entity's id, plain
    text or None; ``value`` is written as in the text ("76.5%").

    ``number`` is the value as a number, in ``unit``: of a range ("10-20%") its lower end, ``upper`` being the other
    one; of a change ("from 3.2% to 7.4%") where it ends, ``origin`` being where it began. ``spread`` is what follows
    a plus-minus sign. ``hedge`` says how the text bounds the number; ``direction`` which numbers of this measure are
    better, where that is known.
    """

    method: str
    on: str | None
    metric: str | None
    value: str
    unit: str | None
    kind: ResultKind
    evidence: Evidence
    confidence: float
    by: str
    number: float | None = None
    upper: float | None = None
    origin: float | None = None
    spread: float | None = None
    hedge: Hedge | None = None
    direction: Direction | None = None


OPTIONAL_OF_RESULT = ("number", "upper", "origin", "spread", "hedge", "direction")
"""What a result need not have; in JSON it is left out then."""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper and all that was extracted from it: one JSON object a line in a facts file."""

    paper: Paper
    extractor: str
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()

    def to_json(self) -> str:
        """Serialise to one line of JSON, without a line end; fields in a fixed order, empty paper fields left out.

        Raises:
            SchemaError: a text cannot be written as UTF-8.

        """
        paper = {name: value for name in Paper.__slots__ if (value := getattr(self.paper, name)) not in (None, ())}
        row = paper | {
            "extractor": self.extractor,
            "entities": [_plain_entity(entity) for entity in self.entities],
            "relations": [_plain(relation) for relation in self.relations],
            "results": [_plain(result) for result in self.results],
        }
        line = json.dumps(row, ensure_ascii=False)
        check_utf8(f"paper {self.paper.id!r}", line)
        return line

    @classmethod
    def from_json(cls, line: str) -> PaperFacts:
        """Parse and check one line of a facts file (see `citegraph.graph.parsing`).

        Raises:
            SchemaError: the line is no JSON object of this form, an offset does not give its text, or an id is unknown.

        """
        from citegraph.graph.parsing import parse_facts

        return parse_facts(line)


def check_utf8(what: str, text: str) -> None:
    r"""Check that a text can be written as UTF-8; ``what`` names it in the error.

    Raises:
        SchemaError: the text holds half of a surrogate pair, which is no character.

    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise SchemaError(
            f"{what} holds the lone surrogate \\u{code:04x}, which is no character; replace it, e.g. by \\ufffd"
        ) from None


def _plain_entity(entity: Entity) -> dict[str, Any]:
    mentions = [{name: getattr(mention, name) for name in Mention.__slots__} for mention in entity.mentions]
    return {"id": entity.id, "type": entity.type, "name": entity.name, "mentions": mentions}


def _plain(record: Relation | Result) -> dict[str, Any]:
    row = {
        name: value
        for name in record.__slots__
        if (value := getattr(record, name)) is not None or name not in OPTIONAL_OF_RESULT
    }
    at = record.evidence
    row["evidence"] = {"field": at.field, "start": at.start, "end": at.end} | (
        {} if at.cue is None else {"cue": {"start": at.cue.start, "end": at.cue.end, "text": at.cue.text}}
    )
    return row
