"""Every sentence that says what a thing is to others, or what joins two things, with what stands where in it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product
from typing import Any, TypeAlias

from citegraph.cypher.store import Store, Table
from citegraph.errors import QueryError

__all__ = ["Statement", "evidence_between", "evidence_of"]

_Row: TypeAlias = dict[str, Any]
_ALL = 2**31 - 1
_ROLES = ("OF", "ON", "MEASURED_BY")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence and one thing that it says of head and tail.

    ``type`` is the relationship between them; or else "ROLE, ROLE", what the two are in a result (with its value,
    metric and kind), or what they are to a paper that names both in the sentence. The sentence is
    ``field[start:stop]`` of the paper; spans are [start, stop) within the sentence, those of the cue being the
    value's in a result.
    """

    head: str
    type: str
    tail: str
    value: str | None
    metric: str | None
    kind: str | None
    paper: str
    title: str
    year: int | None
    confidence: float
    by: str
    field: str
    start: int
    stop: int
    sentence: str
    head_spans: list[list[int]]
    tail_spans: list[list[int]]
    cue_spans: list[list[int]]


def evidence_of(store: Store, keys: Iterable[str], limit: int) -> list[Statement]:
    """Give at most ``limit`` statements of what the nodes with these keys are to papers and methods, newest first."""
    tables = (store.run("evidence_of_entity", {"entity": key, "limit": limit}) for key in keys)
    return _newest(chain.from_iterable(map(_stated, tables)), limit)


def evidence_between(store: Store, first: Collection[str], second: Collection[str], limit: int) -> list[Statement]:
    """Give at most ``limit`` statements that join nodes with keys of both, newest first, then by confidence.

    They come from relationships in either direction, from results, and, for sentences that neither gave, from papers
    that relate to both in one sentence.

    Raises:
        QueryError: both are the same nodes.

    """
    if set(first) == set(second):
        raise QueryError(f"both names stand for {' and '.join(first)}; give two different things, or the one alone")
    joined: list[Statement] = []
    named: list[Statement] = []
    for one, other in product(first, second):
        if one != other:
            ends = {"first": one, "second": other, "limit": _ALL}
            joined += [*_stated(store.run("evidence_of_pair", ends)), *_reported(store.run("results_of_pair", ends))]
            named += _named(store.run("roles_of_pair", ends))
    said = {_place(statement) for statement in joined}
    return _newest([*joined, *(statement for statement in named if _place(statement) not in said)], limit)


def _place(statement: Statement) -> tuple[str, str, str, int]:
    return statement.paper, statement.title, statement.field, statement.start


def _newest(statements: Iterable[Statement], limit: int) -> list[Statement]:
    """Order by year and confidence, else as given; of one thing said in one sentence, the first counts."""
    ordered = sorted(statements, key=lambda statement: (-(statement.year or 0), -statement.confidence))
    different: dict[tuple[object, ...], Statement] = {}
    for s in ordered:
        different.setdefault((_place(s), s.head, s.type, s.tail, s.value, s.metric, s.kind), s)
    return list(different.values())[:limit]


def _rows(table: Table) -> Iterator[_Row]:
    for row in table.rows:
        yield dict(zip(table.columns, row, strict=True))


def _stated(table: Table) -> Iterator[Statement]:
    for row in _rows(table):
        for evidence in json.loads(row["evidence"]):
            ends = {"head": row["head"], "tail": row["tail"]}
            yield _statement(row | evidence | ends, evidence["head"], evidence["tail"])


def _reported(table: Table) -> Iterator[Statement]:
    for row in _rows(table):
        spans = json.loads(row["spans"])
        ends = [(row["first_role"], row["first"]), (row["second_role"], row["second"])]
        (role, head), (other, tail) = sorted(ends, key=lambda end: _ROLES.index(end[0]))
        parts = {"head": head, "type": f"{role}, {other}", "tail": tail, "cue": spans["value"]}
        yield _statement(row | parts, spans[role], spans[other])


def _named(table: Table) -> Iterator[Statement]:
    """Find the sentences in which a paper relates to both; as sure as the less sure of the two."""
    for row in _rows(table):
        first, second = (_by_place(row[name]) for name in ("first_evidence", "second_evidence"))
        for place in sorted(first.keys() & second.keys()):
            one, other = first[place], second[place]
            parts = {
                "head": row["first"],
                "type": f"{row['first_role']}, {row['second_role']}",
                "tail": row["second"],
                "confidence": min(one["confidence"], other["confidence"]),
                "by": ", ".join(sorted({one["by"], other["by"]})),
                "cue": sorted([*one["cue"], *(span for span in other["cue"] if span not in one["cue"])]),
            }
            yield _statement(row | one | parts, one["tail"], other["tail"])


def _by_place(evidence: str) -> dict[tuple[str, int], _Row]:
    """Give the best evidence in each sentence."""
    return {(row["field"], row["start"]): row for row in reversed(json.loads(evidence))}


def _statement(parts: _Row, head_spans: list[list[int]], tail_spans: list[list[int]]) -> Statement:
    known: _Row = dict.fromkeys(("value", "metric", "kind")) | parts
    known |= {"head_spans": head_spans, "tail_spans": tail_spans, "cue_spans": parts["cue"]}
    return Statement(**{name: known[name] for name in Statement.__slots__})
