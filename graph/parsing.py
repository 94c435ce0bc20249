"""The door for facts files that others wrote: parse one line, and check every part of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from operator import itemgetter
from typing import Any, NoReturn

from citegraph.errors import SchemaError
from citegraph.graph.records import (
    DIRECTIONS,
    ENTITY_TYPES,
    HEDGES,
    OPTIONAL_OF_RESULT,
    PAPER,
    RESULT_KINDS,
    Cue,
    Entity,
    Evidence,
    Mention,
    Paper,
    PaperFacts,
    Relation,
    Result,
    check_utf8,
)
from citegraph.graph.schema import load_schema

__all__ = ["parse_facts"]

_OPTIONAL_TEXT = ("date", "venue", "url", "source")
_MENTION = ("field", "start", "end", "text", "confidence", "by")
_CUE = ("start", "end", "text")
_EVIDENCE = {"field", "start", "end"}
_EVIDENCE_WITH_CUE = _EVIDENCE | {"cue"}
_ENTITY = ("id", "type", "name", "mentions")
_RELATION = ("head", "type", "tail", "evidence", "confidence", "by")
_RESULT = ("method", "on", "metric", "value", "unit", "kind", "evidence", "confidence", "by")
_mention_values = itemgetter(*_MENTION)
_entity_values = itemgetter(*_ENTITY)
_relation_values = itemgetter(*_RELATION)
_cue_values = itemgetter(*_CUE)
_result_values = itemgetter(*_RESULT)
_NUMBERS = ("number", "upper", "origin", "spread")
_SHOWN = 60


def parse_facts(line: str) -> PaperFacts:
    """Parse and check one line of a facts file.

    A confidence becomes a float; fields of the paper that are not known here are dropped. Checked: the type of
    every value, offsets against the text, ids against each other, relations and results against the schema, and
    that the text can be written as UTF-8.

    Raises:
        SchemaError: the line is not of this form; one line of text says which part is wrong, and how.

    """
    try:
        row = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise SchemaError(f"not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"not JSON that can be read: {_shown(str(error))}") from None
    if type(row) is not dict:
        _wrong("a facts record", row, "a JSON object")
    if "\\u" in line or not line.isascii():
        check_utf8("the record", json.dumps(row, ensure_ascii=False) if "\\u" in line else line)
    _check_text("extractor", row.get("extractor"))
    paper = _paper(row)
    entities = tuple([_entity(part, paper) for part in _list(row, "entities")])
    types = {entity.id: entity.type for entity in entities}
    if len(types) < len(entities):
        raise SchemaError("two entities have the same id; give each its own")
    heads: dict[str, str] = {**types, PAPER: "Paper"}
    return PaperFacts(
        paper,
        row["extractor"],
        entities,
        tuple([_relation(part, paper, heads) for part in _list(row, "relations")]),
        tuple([_result(part, paper, heads) for part in _list(row, "results")]),
    )


def _paper(row: Mapping[str, Any]) -> Paper:
    title: Any = row.get("title")
    abstract, authors, year = row.get("abstract"), row.get("authors"), row.get("year")
    _check_text("title", title)
    if type(abstract) is not str:
        _wrong("abstract", abstract, "text")
    if authors is not None and (type(authors) is not list or not all(type(name) is str for name in authors)):
        _wrong("authors", authors, "a list of texts")
    if year is not None and (type(year) is not int or not 0 < year < 10_000):
        _wrong("year", year, "a whole number from 1 to 9999")
    rest = [row.get(name) for name in _OPTIONAL_TEXT]
    for name, value in zip(_OPTIONAL_TEXT, rest, strict=True):
        if value is not None and type(value) is not str:
            _wrong(name, value, "text")
    _check_text("id", row.get("id"))
    return Paper(row["id"], title, abstract, tuple(authors or ()), year, *rest)


def _entity(row: Any, paper: Paper) -> Entity:  # noqa: ANN401 - decoded JSON
    _check_keys("an entity", row, _ENTITY)
    id_, type_, name, mentions = _entity_values(row)
    _check_text("id of an entity", id_)
    if id_ == PAPER:
        raise SchemaError(f"the entity id {PAPER!r} stands for the paper itself; give the entity another")
    if type_ not in ENTITY_TYPES:
        _wrong(f"type of entity {_shown(id_)}", type_, f"one of {', '.join(ENTITY_TYPES)}")
    _check_text("name of an entity", name)
    if type(mentions) is not list or not mentions:
        _wrong(f"mentions of entity {_shown(id_)}", mentions, "a list of the places where the text names it")
    return Entity(id_, type_, name, tuple([_mention(part, paper) for part in mentions]))


def _mention(row: Any, paper: Paper) -> Mention:  # noqa: ANN401 - decoded JSON
    _check_keys("a mention", row, _MENTION)
    name, start, end, text, confidence, by = _mention_values(row)
    if _span(name, start, end, paper)[start:end] != text:
        raise SchemaError(f"mention {_shown(text)} is not at {name}[{start}:{end}]")
    if text.isspace() or type(by) is not str or not by:
        _wrong("a mention", row, "of a text and by a rule or model that are not blank")
    return Mention(name, start, end, text, _confidence(confidence), by)


def _relation(row: Any, paper: Paper, labels: Mapping[str, str]) -> Relation:  # noqa: ANN401 - decoded JSON
    _check_keys("a relation", row, _RELATION)
    head, type_, tail, evidence, confidence, by = _relation_values(row)
    if type(head) is not str or type(tail) is not str or type(type_) is not str or type(by) is not str:
        _wrong("a relation", row, "of texts as head, type, tail and by")
    if head not in labels or tail not in labels:
        raise SchemaError(f"relation {_shown(head)} {_shown(type_)} {_shown(tail)} names an unknown entity")
    ends = _ends()
    if type_ not in ends:
        _wrong("type of a relation", type_, f"one of {', '.join(ends)}")
    if (labels[head], labels[tail]) not in ends[type_]:
        pair = f"{labels[head]} to {labels[tail]}"
        raise SchemaError(f"relation {_shown(head)} {type_} {_shown(tail)} may not join {pair}")
    return Relation(head, type_, tail, _evidence(evidence, paper), _confidence(confidence), by)


def _result(row: Any, paper: Paper, labels: Mapping[str, str]) -> Result:  # noqa: ANN401 - decoded JSON
    _check_keys("a result", row, _RESULT, OPTIONAL_OF_RESULT)
    method, on, metric, value, unit, kind, evidence, confidence, by = _result_values(row)
    _check_text("value of a result", value)
    _check_text("method of a result", method)
    _check_text("by of a result", by)
    for name, part in (("on", on), ("metric", metric), ("unit", unit)):
        if part is not None:
            _check_text(f"{name} of result {_shown(value)}", part)
    _check_choice(f"kind of result {_shown(value)}", kind, RESULT_KINDS)
    _check_role(value, "method", labels.get(method), ("Method", "Paper"))
    if on is not None:
        _check_role(value, "on", labels.get(on), ("Dataset", "Benchmark"))
    if metric is not None:
        _check_role(value, "metric", labels.get(metric, "Metric"), ("Metric",))
    rest = {name: row[name] for name in OPTIONAL_OF_RESULT if row.get(name) is not None}
    for name in rest:
        if name in _NUMBERS:
            rest[name] = _number(f"{name} of result {_shown(value)}", rest[name])
        else:
            _check_choice(f"{name} of result {_shown(value)}", rest[name], HEDGES if name == "hedge" else DIRECTIONS)
    return Result(
        method, on, metric, value, unit, kind, _evidence(evidence, paper), _confidence(confidence), by, **rest
    )


def _check_role(value: str, role: str, label: str | None, allowed: tuple[str, ...]) -> None:
    if label is None:
        raise SchemaError(f"{role} of result {_shown(value)} names an unknown entity")
    if label not in allowed:
        raise SchemaError(f"{role} of result {_shown(value)} must be a {' or '.join(allowed)}, not a {label}")


def _evidence(row: Any, paper: Paper) -> Evidence:  # noqa: ANN401 - decoded JSON
    if type(row) is not dict or not (row.keys() == _EVIDENCE or row.keys() == _EVIDENCE_WITH_CUE):
        _wrong("evidence", row, "an object of field, start, end and perhaps cue")
    name, start, end, cue = row["field"], row["start"], row["end"], row.get("cue")
    text = _span(name, start, end, paper)
    return Evidence(name, start, end, None if cue is None else _cue(cue, Evidence(name, start, end), text))


def _cue(row: Any, at: Evidence, field: str) -> Cue:  # noqa: ANN401 - decoded JSON
    if type(row) is str:
        raise SchemaError(f"cue {_shown(row)} has no place, as in facts of older versions; extract the paper anew")
    _check_keys("cue of evidence", row, _CUE)
    start, end, text = _cue_values(row)
    if type(start) is not int or type(end) is not int or not at.start <= start < end <= at.end:
        raise SchemaError(
            f"cue {at.field}[{_shown(start)}:{_shown(end)}] is not inside its sentence, {at.field}[{at.start}:{at.end}]"
        )
    if field[start:end] != text:
        raise SchemaError(f"cue {_shown(text)} is not at {at.field}[{start}:{end}]")
    return Cue(start, end, text)


def _span(name: object, start: object, end: object, paper: Paper) -> str:
    """Check the offsets and return the text of the field that they point into."""
    if name != "title" and name != "abstract":
        _wrong("field", name, "title or abstract")
    text = paper.title if name == "title" else paper.abstract
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise SchemaError(f"{name}[{_shown(start)}:{_shown(end)}] is not inside the {name} of {len(text)} characters")
    return text


def _confidence(value: object) -> float:
    if (type(value) is not float and type(value) is not int) or not 0 <= value <= 1:
        _wrong("confidence", value, "a number from 0 to 1")
    return float(value)


def _number(what: str, value: object) -> float:
    if type(value) is not float and type(value) is not int:
        _wrong(what, value, "a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        _wrong(what, value, "a number that a float can hold")
    return number


def _check_choice(what: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        _wrong(what, value, f"one of {', '.join(choices)}")


def _check_text(what: str, value: object) -> None:
    if type(value) is not str or not value or value.isspace():
        _wrong(what, value, "text that is not blank")


def _check_keys(what: str, row: object, names: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
    if type(row) is not dict or (tuple(row) != names and set(row).difference(optional) != set(names)):
        also = f", and perhaps {', '.join(optional)}" if optional else ""
        _wrong(what, row, f"an object of {', '.join(names)}{also}")


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name)
    if type(value) is not list:
        _wrong(name, value, "a list")
    return value


@cache
def _ends() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Give the pairs of labels that each type of relation may join."""
    return {name: frozenset(type_.ends) for name, type_ in load_schema().relationships.items() if type_.stated}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _wrong(what: str, value: object, wanted: str) -> NoReturn:
    raise SchemaError(f"{what} must be {wanted}, not {_shown(value)}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
