"""From one paper's facts to its nodes and relationships, and the join of two records of one paper."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from citegraph.graph.catalogue import Catalogue
from citegraph.graph.identity import entity_key, entity_label, preferred_id, preferred_name
from citegraph.graph.model import Node, PaperGraph, Properties, Relationship, Value
from citegraph.graph.records import (
    OPTIONAL_OF_RESULT,
    PAPER,
    Entity,
    Evidence,
    Field,
    Mention,
    Paper,
    PaperFacts,
    Relation,
    Result,
)
from citegraph.graph.sentences import sentence_at, sentence_spans

__all__ = ["assemble", "merge_paper_graphs", "merge_paper_properties"]

_FIELDS: tuple[Field, ...] = ("title", "abstract")
_OF_THE_PAPER = frozenset({"EVALUATED_ON", "TRAINED_ON"})
_Triple: TypeAlias = tuple[str, str, str]
_EvidenceRow: TypeAlias = dict[str, Any]
_Mentions: TypeAlias = Mapping[str, Sequence[Mention]]


def assemble(facts: PaperFacts, catalogue: Catalogue | None = None) -> PaperGraph:
    """Build what one paper contributes to the graph, as a pure function of its facts.

    A relation of a method that the paper proposes is also one of the paper; so is what any method is evaluated
    or trained on. Entities in no other role are MENTIONED.
    """
    keys = {entity.id: entity_key(entity, catalogue) for entity in facts.entities}
    entities = _entities(facts, keys, catalogue)
    mentions = _mentions(facts, keys)
    relationships = _relationships(facts, keys, entities, mentions)
    results, links = _results(facts, keys, mentions)
    content = [[n.key, n.label, n.properties] for n in entities.values()]
    content += [[r.key, r.properties] for r in relationships]
    content += [[n.key, n.properties] for n in results]
    digest = _hash(json.dumps(content, sort_keys=True))
    return PaperGraph(_paper_node(facts, digest), tuple(entities.values()), tuple(results), (*relationships, *links))


def merge_paper_graphs(first: PaperGraph, second: PaperGraph) -> PaperGraph:
    """Join two records of one paper: what the sources say from both, the facts of the one that ranks higher."""
    properties, second_wins = merge_paper_properties(first.paper.properties, second.paper.properties)
    winner = second if second_wins else first
    node = Node(first.paper.key, "Paper", properties)
    return PaperGraph(node, winner.entities, winner.results, winner.relationships)


def merge_paper_properties(first: Properties, second: Properties) -> tuple[Properties, bool]:
    """Join the properties of two Paper nodes with one key; commutative, associative, idempotent.

    Returns the joined properties, and whether the facts (text and relationships) of ``second`` replace those of
    ``first``: they come from a newer extractor, else a longer abstract, else the one that sorts last. Identifiers
    and sources are united; the earliest year and date, the longest list of authors and venue are kept.
    """
    second_wins = _rank(second) > _rank(first)
    text = second if second_wins else first
    ids = _union(first.get("ids"), second.get("ids"))
    joined: dict[str, Value] = {
        "id": preferred_id(ids),
        "ids": ids,
        "title": text["title"],
        "abstract": text["abstract"],
        "authors": _join(_longest, first.get("authors"), second.get("authors")),
        "year": _join(min, first.get("year"), second.get("year")),
        "date": _join(min, first.get("date"), second.get("date")),
        "venue": _join(_longest, first.get("venue"), second.get("venue")),
        "url": _join(min, first.get("url"), second.get("url")),
        "sources": _union(first.get("sources"), second.get("sources")),
        "extractor": text["extractor"],
        "digest": text["digest"],
    }
    return {name: value for name, value in joined.items() if value is not None}, second_wins


def _rank(paper: Properties) -> tuple[list[int], str, int, str, str, str]:
    extractor, abstract = str(paper["extractor"]), str(paper["abstract"])
    version = [int(part) for part in re.findall(r"\d+", extractor)]
    return version, extractor, len(abstract), abstract, str(paper["title"]), str(paper["digest"])


def _union(first: Value, second: Value) -> list[str]:
    return sorted({*_strings(first), *_strings(second)})


def _strings(value: Value) -> list[str]:
    return value if isinstance(value, list) else []


def _longest(values: Iterable[Any]) -> Any:  # noqa: ANN401 - str or list[str]
    return max(values, key=lambda value: (len(value), value))


def _join(choose: Callable[[list[Any]], Value], *values: Value) -> Value:
    found = [value for value in values if value is not None]
    return choose(found) if found else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _paper_node(facts: PaperFacts, digest: str) -> Node:
    paper = facts.paper
    properties: dict[str, Value] = {
        "id": paper.id,
        "ids": [paper.id],
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": list(paper.authors) or None,
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "url": paper.url,
        "sources": [paper.source] if paper.source else [],
        "extractor": facts.extractor,
        "digest": digest,
    }
    return Node(paper.key, "Paper", {name: value for name, value in properties.items() if value is not None})


def _entities(facts: PaperFacts, keys: dict[str, str], catalogue: Catalogue | None) -> dict[str, Node]:
    grouped: dict[str, list[Entity]] = defaultdict(list)
    for entity in facts.entities:
        grouped[keys[entity.id]].append(entity)
    nodes = {}
    for key, group in sorted(grouped.items()):
        aliases = sorted({surface for entity in group for surface in entity.surfaces})
        label = entity_label(key, [entity.type for entity in group], catalogue)
        nodes[key] = Node(key, label, {"name": preferred_name(key, aliases, catalogue), "aliases": list(aliases)})
    return nodes


def _triples(facts: PaperFacts, keys: dict[str, str]) -> dict[_Triple, list[Relation]]:
    """Group the relations by (head key, type, tail key), with those that follow for the paper."""
    paper = facts.paper.key
    own = {keys[relation.tail] for relation in facts.relations if relation.type == "PROPOSES"}
    triples: dict[_Triple, list[Relation]] = defaultdict(list)
    for relation in facts.relations:
        head = paper if relation.head == PAPER else keys[relation.head]
        tail = keys[relation.tail]
        if head == tail:
            continue
        triples[head, relation.type, tail].append(relation)
        if (head in own and tail not in own) or (head != paper and relation.type in _OF_THE_PAPER):
            triples[paper, relation.type, tail].append(relation)
    return triples


def _mentions(facts: PaperFacts, keys: dict[str, str]) -> _Mentions:
    """Give every mention of each key; none for the paper's own."""
    mentions: dict[str, list[Mention]] = {facts.paper.key: []}
    for entity in facts.entities:
        mentions.setdefault(keys[entity.id], []).extend(entity.mentions)
    return mentions


def _relationships(
    facts: PaperFacts, keys: dict[str, str], entities: dict[str, Node], mentions: _Mentions
) -> list[Relationship]:
    paper, paper_key = facts.paper, facts.paper.key
    rows = {
        triple: [
            _evidence(paper, r.evidence, r.confidence, r.by, mentions[triple[0]], mentions[triple[2]])
            for r in relations
        ]
        for triple, relations in _triples(facts, keys).items()
    }
    named = {tail for head, _, tail in rows if head == paper_key}
    spans = {field: sentence_spans(paper.field(field)) for field in _FIELDS}
    for key in entities.keys() - named:
        rows[paper_key, "MENTIONS", key] = _mention_evidence(paper, spans, mentions[key])
    return [_relationship(paper_key, triple, rows[triple], entities) for triple in sorted(rows)]


def _relationship(paper: str, triple: _Triple, evidence: list[_EvidenceRow], entities: dict[str, Node]) -> Relationship:
    head, type_, tail = triple
    ordered = _best_first(evidence) if len(evidence) > 1 else evidence
    best = ordered[0]
    properties: dict[str, Value] = {
        "paper": paper,
        **{name: best[name] for name in ("field", "start", "stop", "sentence", "confidence", "by")},
        "cue": " ".join(best["sentence"][start:stop] for start, stop in best["cue"]) or None,
        "evidence": json.dumps(ordered, ensure_ascii=False),
    }
    if head == paper:
        properties |= {"surfaces": entities[tail].properties["aliases"], "tail_label": entities[tail].label}
    key = "rel:" + _hash("\x1f".join((paper, *triple)))
    return Relationship(key, type_, head, tail, {k: v for k, v in properties.items() if v is not None})


def _best_first(evidence: list[_EvidenceRow]) -> list[_EvidenceRow]:
    unique = {json.dumps(row, sort_keys=True): row for row in evidence}
    return sorted(
        unique.values(),
        key=lambda row: (-row["confidence"], row["field"] != "title", row["start"], row["by"]),
    )


def _evidence(
    paper: Paper, at: Evidence, confidence: float, by: str, head: Sequence[Mention], tail: Sequence[Mention]
) -> _EvidenceRow:
    return {
        "field": at.field,
        "start": at.start,
        "stop": at.end,
        "sentence": paper.field(at.field)[at.start : at.end],
        "confidence": confidence,
        "by": by,
        "head": _spans_within(head, at),
        "tail": _spans_within(tail, at),
        "cue": _cue_spans(at),
    }


def _cue_spans(at: Evidence) -> list[list[int]]:
    return [[at.cue.start - at.start, at.cue.end - at.start]] if at.cue else []


def _spans_within(mentions: Sequence[Mention], at: Evidence) -> list[list[int]]:
    """Give the mentions inside the sentence, as [start, end) offsets from the sentence's start."""
    return sorted(
        [m.start - at.start, m.end - at.start]
        for m in mentions
        if m.field == at.field and m.start >= at.start and m.end <= at.end
    )


def _mention_evidence(
    paper: Paper, spans: Mapping[Field, list[tuple[int, int]]], mentions: Sequence[Mention]
) -> list[_EvidenceRow]:
    rows = []
    for mention in mentions:
        start, end = sentence_at(spans[mention.field], mention.start)
        at = Evidence(mention.field, start, end)
        rows.append(_evidence(paper, at, mention.confidence, mention.by, (), mentions))
    return rows


def _results(facts: PaperFacts, keys: dict[str, str], mentions: _Mentions) -> tuple[list[Node], list[Relationship]]:
    paper_key = facts.paper.key
    own = sorted({keys[r.tail] for r in facts.relations if r.type == "PROPOSES" and r.head == PAPER})
    nodes: dict[str, Node] = {}
    links: dict[str, Relationship] = {}
    for result in facts.results:
        method = keys.get(result.method) or (own[0] if len(own) == 1 else None)
        on = keys[result.on] if result.on else None
        measure = keys.get(result.metric or "")
        at = result.evidence
        parts = [paper_key, method, on, measure or result.metric, result.value, result.kind, at.field, at.start]
        key = "result:" + _hash(json.dumps(parts))
        ends = {type_: end for type_, end in (("OF", method), ("ON", on), ("MEASURED_BY", measure)) if end}
        spans = {type_: _spans_within(mentions[end], at) for type_, end in ends.items()}
        nodes[key] = Node(key, "Result", _result_properties(facts.paper, result, measure is None, spans))
        for type_, head, tail in (("REPORTS", paper_key, key), *((type_, key, end) for type_, end in ends.items())):
            link = "rel:" + _hash("\x1f".join((type_, head, tail)))
            links[link] = Relationship(link, type_, head, tail, {})
    return [nodes[key] for key in sorted(nodes)], [links[key] for key in sorted(links)]


def _result_properties(
    paper: Paper, result: Result, plain_metric: bool, spans: Mapping[str, list[list[int]]]
) -> Properties:
    at = result.evidence
    properties: dict[str, Value] = {
        "paper": paper.key,
        "value": result.value,
        **{name: getattr(result, name) for name in OPTIONAL_OF_RESULT},
        "unit": result.unit,
        "kind": result.kind,
        "metric": result.metric if plain_metric else None,
        "field": at.field,
        "start": at.start,
        "stop": at.end,
        "sentence": paper.field(at.field)[at.start : at.end],
        "spans": json.dumps({**spans, "value": _cue_spans(at)}),
        "confidence": result.confidence,
        "by": result.by,
    }
    return {name: value for name, value in properties.items() if value is not None}
