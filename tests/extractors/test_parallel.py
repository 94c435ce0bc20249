import itertools
import os
import signal
import subprocess
import sys

import pytest

from citegraph.errors import ExtractionError
from citegraph.extractors import extract, parallel
from citegraph.graph.records import Paper

TEXTS = (
    "We propose ZorbNet, a network for image classification. On CIFAR-10, ZorbNet outperforms BERT by 2.5% accuracy.",
    "Graph neural networks (GNNs) are evaluated on Cora. GNNs fail.",
    "",
    "Nothing of note.",
)


def papers(count):
    return [Paper(f"test:{n}", f"Title {n}", TEXTS[n % len(TEXTS)]) for n in range(count)]


def lines(stream):
    return [facts.to_json() for facts in stream]


@pytest.fixture
def small_tasks(monkeypatch):
    monkeypatch.setattr(parallel, "_TASK_SIZE", 3)


def test_two_processes_give_the_same_bytes_in_the_same_order(small_tasks):
    assert lines(extract(papers(40), processes=2)) == lines(extract(papers(40)))


def test_order_and_neighbours_do_not_matter():
    forward = lines(extract(papers(12)))
    backward = lines(extract(papers(12)[::-1]))
    assert backward[::-1] == forward


@pytest.mark.parametrize("processes", [1, 2])
def test_no_papers_give_no_facts(processes):
    assert lines(extract([], processes=processes)) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_facts_stream_from_an_endless_source(small_tasks, processes):
    endless = (Paper(f"test:{n}", "t", TEXTS[0]) for n in itertools.count())
    stream = extract(endless, processes=processes)
    assert [facts.paper.id for facts in itertools.islice(stream, 4)] == ["test:0", "test:1", "test:2", "test:3"]
    stream.close()


def test_a_dying_worker_is_one_clear_error(small_tasks, monkeypatch):
    monkeypatch.setattr(parallel, "extract_papers", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(ExtractionError, match="a worker process died"):
        lines(extract(papers(6), processes=2))


def test_an_error_in_the_source_reaches_the_caller(small_tasks):
    def broken():
        yield from papers(4)
        raise ValueError("broken source")

    with pytest.raises(ValueError, match="broken source"):
        lines(extract(broken(), processes=2))


def test_a_full_vocabulary_is_renewed_without_a_trace(monkeypatch):
    before = lines(extract(papers(4)))
    monkeypatch.setattr(parallel, "_MAX_STRINGS", 0)
    assert lines(extract(papers(4))) == before


def test_an_interrupt_ends_all_processes_at_once_and_quietly():
    code = """
import itertools, sys
from citegraph.extractors import extract
from citegraph.graph.records import Paper
try:
    for facts in extract((Paper(f"t:{n}", "t", "We use BERT.") for n in itertools.count()), processes=2):
        print("started", flush=True)
except KeyboardInterrupt:
    sys.exit(3)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout.readline() == b"started\n"
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (3, b"")
