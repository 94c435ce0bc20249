"""The stream of papers over one or several processes."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias

from citegraph.errors import ExtractionError
from citegraph.extractors.pipeline import MODELS, extract_papers, shared_pipeline
from citegraph.graph.records import OPTIONAL_OF_RESULT, Entity, Evidence, Mention, Paper, PaperFacts, Relation, Result

__all__ = ["extract_stream"]

_TASK_SIZE = 250
_STREAM_SIZE = 32
_TASKS_PER_PROCESS = 2
_MAX_STRINGS = 250_000

_Batch: TypeAlias = list[Paper]
_Packed: TypeAlias = tuple[list[Any], list[Any], list[Any]]

_mention_values = attrgetter("field", "start", "end", "text", "confidence", "by")
_evidence_values = attrgetter("field", "start", "end", "cue")
_relation_values = attrgetter("head", "type", "tail", "confidence", "by")
_result_values = attrgetter("method", "on", "metric", "value", "unit", "kind")
_result_rest = attrgetter("confidence", "by", *OPTIONAL_OF_RESULT)


def extract_stream(papers: Iterable[Paper], processes: int, model: str) -> Iterator[PaperFacts]:
    """Yield the facts of each paper in order; see `citegraph.extractors.extract`."""
    shared_pipeline(model)
    if processes <= 1:
        return (facts for batch in _batches(papers, _STREAM_SIZE) for facts in _extract_batch(batch, model))
    return _extract_in_pool(papers, processes, model)


def _extract_in_pool(papers: Iterable[Paper], processes: int, model: str) -> Iterator[PaperFacts]:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context(method), _leave_interrupts_to_parent)
    pending: deque[tuple[_Batch, Future[list[_Packed]]]] = deque()
    try:
        for batch in _batches(papers, _TASK_SIZE):
            pending.append((batch, pool.submit(_extract_and_pack, batch, model)))
            if len(pending) > processes * _TASKS_PER_PROCESS:
                yield from _received(*pending.popleft(), model)
        while pending:
            yield from _received(*pending.popleft(), model)
    except BrokenProcessPool:
        raise ExtractionError(
            "a worker process died, often for lack of memory: use fewer processes (--processes 1)"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _received(papers: _Batch, future: Future[list[_Packed]], model: str) -> Iterator[PaperFacts]:
    for paper, packed in zip(papers, future.result(), strict=True):
        yield _unpack(paper, packed, MODELS[model][0])


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(papers: Iterable[Paper], size: int) -> Iterator[_Batch]:
    iterator = iter(papers)
    while batch := list(islice(iterator, size)):
        yield batch


def _extract_batch(papers: _Batch, model: str) -> list[PaperFacts]:
    nlp = shared_pipeline(model)
    if len(nlp.vocab.strings) > _MAX_STRINGS:
        shared_pipeline.cache_clear()
        nlp = shared_pipeline(model)
    extractor = MODELS[model][0]
    return list(extract_papers(nlp, papers, extractor))


def _extract_and_pack(papers: _Batch, model: str) -> list[_Packed]:
    """Extract a batch as plain tuples, which travel between processes at half the cost of records."""
    return [_pack(facts) for facts in _extract_batch(papers, model)]


def _pack(facts: PaperFacts) -> _Packed:
    return (
        [(e.id, e.type, e.name, [_mention_values(m) for m in e.mentions]) for e in facts.entities],
        [(_relation_values(r), _evidence_values(r.evidence)) for r in facts.relations],
        [(_result_values(r), _evidence_values(r.evidence), _result_rest(r)) for r in facts.results],
    )


def _unpack(paper: Paper, packed: _Packed, extractor: str) -> PaperFacts:
    entities = tuple(
        Entity(id_, type_, name, tuple([Mention(*values) for values in mentions]))
        for id_, type_, name, mentions in packed[0]
    )
    relations = tuple(
        Relation(head, type_, tail, Evidence(*evidence), confidence, by)
        for (head, type_, tail, confidence, by), evidence in packed[1]
    )
    results = tuple(Result(*(*values, Evidence(*evidence), *rest)) for values, evidence, rest in packed[2])
    return PaperFacts(paper, extractor, entities, relations, results)
