"""The records that travel between readers, extractors and graph.

Offsets are Unicode code points into the named field exactly as read, end exclusive, so that
``field_text[start:end] == text`` always holds.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from citegraph.errors import SchemaError

__all__ = [
    "ENTITY_TYPES",
    "PAPER",
    "Entity",
    "EntityType",
    "Evidence",
    "Field",
    "Mention",
    "Paper",
    "PaperFacts",
    "Relation",
    "Result",
    "ResultKind",
    "normalise_title",
    "paper_key",
]

EntityType = Literal["Method", "Dataset", "Benchmark", "Task", "Metric"]
Field = Literal["title", "abstract"]
ResultKind = Literal["absolute", "improvement", "ratio"]

ENTITY_TYPES: tuple[EntityType, ...] = ("Method", "Dataset", "Benchmark", "Task", "Metric")
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
class Evidence:
    """The sentence that says so, as offsets into a field; ``cue`` is the words in it that gave the relation."""

    field: Field
    start: int
    end: int
    cue: str | None = None


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


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper and all that was extracted from it: one JSON object a line in a facts file."""

    paper: Paper
    extractor: str
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()

    def to_json(self) -> str:
        """Serialise to one line of JSON, without a line end; fields in a fixed order, empty paper fields left out."""
        paper = {k: v for k, v in dataclasses.asdict(self.paper).items() if v not in (None, ())}
        row = paper | {
            "extractor": self.extractor,
            "entities": [_plain(entity) for entity in self.entities],
            "relations": [_plain(relation) for relation in self.relations],
            "results": [_plain(result) for result in self.results],
        }
        return json.dumps(row, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> PaperFacts:
        """Parse and check one line of a facts file.

        Raises:
            SchemaError: the line is no JSON object of this form, an offset does not give its text, or an id is unknown.

        """
        try:
            return _checked(_parse(json.loads(line)))
        except json.JSONDecodeError as error:
            raise SchemaError(f"not JSON: {error.msg} at column {error.colno}") from None
        except (KeyError, TypeError, AttributeError) as error:
            raise SchemaError(f"not a facts record: {type(error).__name__} {error}") from None


def _plain(record: Entity | Relation | Result) -> dict[str, Any]:
    row = dataclasses.asdict(record)
    evidence = row.get("evidence")
    if evidence is not None and evidence["cue"] is None:
        del evidence["cue"]
    return row


def _parse(row: Mapping[str, Any]) -> PaperFacts:
    paper = Paper(
        row["id"], row["title"], row["abstract"], tuple(row.get("authors", ())), row.get("year"),
        row.get("date"), row.get("venue"), row.get("url"), row.get("source"),
    )  # fmt: skip
    return PaperFacts(
        paper,
        row["extractor"],
        tuple(
            Entity(e["id"], e["type"], e["name"], tuple(Mention(**m) for m in e["mentions"])) for e in row["entities"]
        ),
        tuple(Relation(**(r | {"evidence": Evidence(**r["evidence"])})) for r in row["relations"]),
        tuple(Result(**(r | {"evidence": Evidence(**r["evidence"])})) for r in row["results"]),
    )


def _checked(facts: PaperFacts) -> PaperFacts:
    ids = {entity.id for entity in facts.entities}
    for entity in facts.entities:
        if entity.type not in ENTITY_TYPES:
            raise SchemaError(f"entity {entity.id} has the unknown type {entity.type!r}")
        for mention in entity.mentions:
            if facts.paper.field(mention.field)[mention.start : mention.end] != mention.text:
                raise SchemaError(f"mention {mention.text!r} is not at {mention.field}[{mention.start}:{mention.end}]")
    for relation in facts.relations:
        if relation.head not in ids | {PAPER} or relation.tail not in ids:
            raise SchemaError(f"relation {relation.head} {relation.type} {relation.tail} names an unknown entity")
    for result in facts.results:
        if result.method not in ids | {PAPER} or (result.on is not None and result.on not in ids):
            raise SchemaError(f"result {result.value!r} names an unknown entity")
    return facts
