"""The stream of papers over one or several processes."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeAlias

from citegraph.errors import ExtractionError
from citegraph.extractors.pipeline import MODELS, extract_papers, shared_pipeline
from citegraph.graph.records import Paper, PaperFacts

__all__ = ["extract_stream"]

_TASK_SIZE = 250
_STREAM_SIZE = 32
_TASKS_PER_PROCESS = 2
_MAX_STRINGS = 500_000

_Batch: TypeAlias = list[Paper]


def extract_stream(papers: Iterable[Paper], processes: int, model: str) -> Iterator[PaperFacts]:
    """Yield the facts of each paper in order; see `citegraph.extractors.extract`."""
    shared_pipeline(model)
    if processes <= 1:
        return (facts for batch in _batches(papers, _STREAM_SIZE) for facts in _extract_batch(batch, model))
    return _extract_in_pool(papers, processes, model)


def _extract_in_pool(papers: Iterable[Paper], processes: int, model: str) -> Iterator[PaperFacts]:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context(method), _leave_interrupts_to_parent)
    pending: deque[Future[list[PaperFacts]]] = deque()
    try:
        for batch in _batches(papers, _TASK_SIZE):
            pending.append(pool.submit(_extract_batch, batch, model))
            if len(pending) > processes * _TASKS_PER_PROCESS:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool:
        raise ExtractionError(
            "a worker process died, often for lack of memory: use fewer processes (--processes 1)"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


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
