"""What an embedded store keeps when a load is killed, a disk is full, or several processes use it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from citegraph.cypher import open_store
from citegraph.cypher.embedded import EmbeddedStore
from citegraph.cypher.facts_log import facts_lines, write_part
from citegraph.errors import StoreError
from citegraph.graph.assemble import assemble
from citegraph.graph.knowledge_graph import KnowledgeGraph
from tests.cypher.conftest import refusal
from tests.cypher.papers import FORMER, GIANT, NET, QUIZ, STUDY, facts


def test_what_was_half_written_goes_at_the_next_opening_for_writing(folder):
    (folder / "facts" / "000003.jsonl.gz.tmp").write_bytes(b"half")

    with open_store(folder, read_only=True) as store:
        assert list(store.facts()) == [NET, FORMER, QUIZ]
        assert len(list((folder / "facts").iterdir())) == 3
    with open_store(folder):
        assert len(list((folder / "facts").iterdir())) == 2


def test_a_part_that_was_never_committed_is_loaded_at_the_next_opening_for_writing(folder):
    write_part(folder / "facts", 3, facts_lines([STUDY, GIANT]))

    with open_store(folder, read_only=True) as store:
        assert store.counts()["nodes"]["Paper"] == 3
    with open_store(folder) as store:
        assert store.read_graph().nodes == KnowledgeGraph.from_facts([NET, FORMER, QUIZ, STUDY, GIANT]).nodes
        assert list(store.facts()) == [NET, FORMER, QUIZ, STUDY, GIANT]


def test_a_damaged_part_is_named(folder):
    (folder / "facts" / "000003.jsonl.gz").write_bytes(b"half")

    assert refusal(StoreError, open_store, folder) == (
        f"{folder}/facts/000003.jsonl.gz is damaged (Not a gzipped file (b'ha')); restore it, or build a new store"
    )


@pytest.mark.parametrize("read_only", [True, False])
def test_a_log_with_a_torn_end_is_recovered(folder, read_only):
    crash = (
        "import os, sys; from citegraph.cypher import open_store; from citegraph.graph.records import PaperFacts\n"
        "store = open_store(sys.argv[1]); store.load([PaperFacts.from_json(sys.argv[2])]); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", crash, folder, STUDY.to_json()], check=False)
    with (folder / "graph.lbug.wal").open("ab") as log:
        log.write(b"torn" * 100)

    with open_store(folder, read_only=read_only) as store:
        assert store.read_graph().nodes == KnowledgeGraph.from_facts([NET, FORMER, QUIZ, STUDY]).nodes
    with open_store(folder) as store:
        store.load([GIANT])
        assert store.read_graph().nodes == KnowledgeGraph.from_facts([NET, FORMER, QUIZ, STUDY, GIANT]).nodes


def test_batches_that_the_database_lost_are_loaded_from_the_facts(folder, tmp_path):
    (folder / "graph.lbug").unlink()

    with open_store(folder) as store:
        assert store.read_graph().nodes == KnowledgeGraph.from_facts([NET, FORMER, QUIZ]).nodes


def test_a_load_that_the_engine_refuses_leaves_no_part(folder):
    paper = facts(
        "arxiv:9", "Numbers", 2022, ["ZzBench gives 5%."], {"ZzBench": "Benchmark"}, [],
        [(None, "ZzBench", None, "5%", 0, 5.0)],
    )  # fmt: skip
    key = assemble(paper).results[0].key
    with open_store(folder) as store:
        store.query("CREATE (:Result {key: $key})", {"key": key}, write=True)
        message = refusal(StoreError, store.load, [paper])

        assert store.counts()["nodes"]["Paper"] == 3
    assert message.startswith(
        f"the store at {folder} failed: Runtime exception: Found duplicated primary key value {key}"
    )
    assert len(list((folder / "facts").iterdir())) == 2


def test_too_little_room_is_told_before_anything_is_written(folder):
    class Small(EmbeddedStore):
        def _check_space(self, size):
            super()._check_space(2**60)

    with Small(folder, read_only=False) as store:
        message = refusal(StoreError, store.load, [GIANT])
        assert store.counts()["nodes"]["Paper"] == 3

    assert message == (
        f"cannot write the store at {folder}: the disk is full; free some space and run again "
        "(what was loaded before is whole)"
    )


def test_a_second_writer_is_refused_and_told_who_writes(folder):
    holder = subprocess.Popen(
        [sys.executable, "-c", f"from citegraph.cypher import open_store; s = open_store({str(folder)!r}); "
         "print('open', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with holder:
        assert holder.stdout.readline() == b"open\n"
        message = refusal(StoreError, open_store, folder)
        with open_store(folder, read_only=True) as reader:
            assert reader.counts()["nodes"]["Paper"] == 3
        holder.communicate(b"\n")

    assert message == f"the store at {folder} is being written by process {holder.pid}; wait until it ends"


def test_a_full_disk_keeps_the_last_whole_batch(folder, tmp_path):
    code = (
        "import resource, sys; from citegraph.cypher import open_store; from citegraph.errors import StoreError\n"
        "from citegraph.graph.records import PaperFacts\n"
        "store = open_store(sys.argv[1]); line = open(sys.argv[2], encoding='utf-8').read()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "try: store.load([PaperFacts.from_json(line)])\n"
        "except StoreError as error: print(error)\n"
    )
    line = tmp_path / "line.jsonl"
    line.write_text(facts("arxiv:9", "Long", 2022, [" ".join(map(str, range(5000)))], {}).to_json(), "utf-8")

    done = subprocess.run([sys.executable, "-c", code, folder, line], capture_output=True, text=True, check=False)

    assert done.stdout == (f"cannot write the store at {folder}: File too large (what was loaded before is whole)\n"), (
        done.stderr
    )
    with open_store(folder) as store:
        assert store.read_graph().nodes == KnowledgeGraph.from_facts([NET, FORMER, QUIZ]).nodes


LOADER = """
import sys
from citegraph.cypher import open_store
from citegraph.graph.records import PaperFacts
papers = [PaperFacts.from_json(line) for line in open(sys.argv[2], encoding="utf-8")]
with open_store(sys.argv[1], create=True) as store:
    for start in range(0, len(papers), 40):
        store.load(papers[start:start + 40])
        print(start, flush=True)
"""


@pytest.mark.parametrize("kill_after", [0, 3, 7])
def test_a_killed_load_keeps_whole_batches_and_goes_on_to_the_same_graph(tmp_path, kill_after):
    papers = [
        facts(
            f"arxiv:{n}", f"Paper {n}", 2000 + n % 20, [f"We propose Zz{n}Net, scored on Zz{n % 7}Set."],
            {f"Zz{n}Net": "Method", f"Zz{n % 7}Set": "Benchmark" if n % 3 else "Dataset"},
            [("PAPER", "PROPOSES", f"Zz{n}Net", 0), (f"Zz{n}Net", "EVALUATED_ON", f"Zz{n % 7}Set", 0)],
        )
        for n in range(400)
    ]  # fmt: skip
    lines, folder = tmp_path / "papers.jsonl", tmp_path / "store"
    lines.write_text("".join(paper.to_json() + "\n" for paper in papers), "utf-8")
    loader = subprocess.Popen([sys.executable, "-c", LOADER, folder, lines], stdout=subprocess.PIPE)
    with loader:
        for _ in range(kill_after + 1):
            loader.stdout.readline()
        time.sleep(0.02 * kill_after)
        os.kill(loader.pid, signal.SIGKILL)

    with open_store(folder) as store:
        loaded = store.counts()["nodes"]["Paper"]
        assert loaded >= 40 * (kill_after + 1)
        assert loaded % 40 == 0
        assert store.read_graph().nodes == KnowledgeGraph.from_facts(papers[:loaded]).nodes
        for start in range(0, 400, 100):
            store.load(papers[start : start + 100])
        expected = KnowledgeGraph.from_facts(papers)
        assert store.read_graph().nodes == expected.nodes
        assert store.read_graph().relationships == expected.relationships


def test_readers_see_whole_batches_while_a_writer_works(tmp_path):
    papers = [facts(f"arxiv:{n}", f"Paper {n}", 2000, ["Nothing."], {}) for n in range(800)]
    lines, folder = tmp_path / "papers.jsonl", tmp_path / "store"
    lines.write_text("".join(paper.to_json() + "\n" for paper in papers), "utf-8")
    seen = []
    with subprocess.Popen([sys.executable, "-c", LOADER, folder, lines], stdout=subprocess.PIPE) as loader:
        loader.stdout.readline()
        while loader.poll() is None:
            with open_store(folder, read_only=True) as store:
                seen.append(store.counts()["nodes"]["Paper"])

    assert seen == sorted(seen)
    assert {count % 40 for count in seen} == {0}
