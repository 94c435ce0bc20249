"""What only the embedded store has: a folder, one writer, recovery, parts of facts."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from citegraph.cypher import open_store
from citegraph.cypher.embedded import EmbeddedStore
from citegraph.cypher.facts_log import facts_lines, write_part
from citegraph.errors import StoreError
from citegraph.graph.assemble import assemble
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PaperFacts
from tests.cypher.conftest import refusal
from tests.cypher.papers import FORMER, GIANT, NET, NET_IN_PRINT, PAPERS, QUIZ, STUDY, facts


@pytest.fixture
def folder(tmp_path):
    """A store of two batches, closed."""
    path = tmp_path / "store"
    with open_store(path, create=True) as store:
        store.load([NET, FORMER])
        store.load([QUIZ])
    return path


def edit_manifest(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_a_store_is_a_manifest_a_database_and_parts_of_facts(folder):
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) == [
        "facts",
        "facts/000001.jsonl.gz",
        "facts/000002.jsonl.gz",
        "graph.lbug",
        "manifest.json",
    ]


def test_the_parts_hold_the_facts_as_they_were_loaded(folder):
    with open_store(folder, read_only=True) as store:
        assert list(store.facts()) == [NET, FORMER, QUIZ]


def test_a_load_that_changes_nothing_writes_no_part(folder):
    with open_store(folder) as store:
        store.load([NET, FORMER, QUIZ])

    assert len(list((folder / "facts").iterdir())) == 2


def test_a_record_that_adds_a_source_is_kept_in_the_facts(folder):
    with open_store(folder) as store:
        store.load([NET, NET_IN_PRINT])
        assert list(store.facts())[3:] == [NET, NET_IN_PRINT]


def test_equal_loads_write_equal_bytes(tmp_path):
    parts = []
    for name in ("a", "b"):
        with open_store(tmp_path / name, create=True) as store:
            store.load(PAPERS)
        parts.append((tmp_path / name / "facts" / "000001.jsonl.gz").read_bytes())

    assert parts[0] == parts[1]


def test_a_graph_built_from_the_parts_is_the_same(folder, tmp_path):
    with open_store(folder) as store, open_store(tmp_path / "new", create=True) as new:
        new.load(list(store.facts()))

        assert new.read_graph().nodes == store.read_graph().nodes
        assert new.read_graph().relationships == store.read_graph().relationships


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "photo.txt").write_text("precious")

    message = refusal(StoreError, open_store, tmp_path, create=True)

    assert message == f"{tmp_path} is no citegraph store and not empty; give another path"
    assert [path.name for path in tmp_path.iterdir()] == ["photo.txt"]


def test_a_file_is_refused(tmp_path):
    file = tmp_path / "papers.bib"
    file.write_text("@article{}")

    assert (
        refusal(StoreError, open_store, file, create=True)
        == f"{file} is no citegraph store and not empty; give another path"
    )


def test_where_there_is_no_store_the_error_says_how_to_make_one(tmp_path):
    path = tmp_path / "none"

    assert refusal(StoreError, open_store, path) == f"no store at {path}; make one with citegraph build"
    assert not path.exists()


def test_a_store_of_another_schema_is_refused(folder):
    edit_manifest(folder, schema=0)

    assert refusal(StoreError, open_store, folder, read_only=True) == (
        f"the store at {folder} has schema version 0, this citegraph has 1; "
        f"rebuild it: citegraph load {folder}/facts --store NEW"
    )


def test_a_store_of_other_identity_data_is_refused(folder):
    edit_manifest(folder, identity="0123456789abcdef")

    message = refusal(StoreError, open_store, folder)

    assert message.startswith(f"the store at {folder} has identity data 0123456789abcdef, this citegraph has ")
    assert message.endswith(f"; rebuild it: citegraph load {folder}/facts --store NEW")


def test_a_damaged_manifest_is_named(folder):
    (folder / "manifest.json").write_text("{")

    assert refusal(StoreError, open_store, folder) == (
        f"{folder}/manifest.json is damaged; build a new store from {folder}/facts"
    )


def test_a_lost_part_is_named(folder):
    (folder / "facts" / "000001.jsonl.gz").unlink()

    assert refusal(StoreError, open_store, folder, read_only=True) == (
        f"the store lacks {folder}/facts/000001.jsonl.gz, which it was made from; restore it, or build a new store"
    )


def test_a_damaged_database_is_told_from_the_rest(folder):
    (folder / "graph.lbug").write_bytes(b"not a database" * 1000)

    message = refusal(StoreError, open_store, folder)

    assert message.startswith(f"cannot open the store at {folder}: ")
    assert message.endswith(f"; if it is damaged, rebuild it: citegraph load {folder}/facts --store NEW")
    assert "\n" not in message


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
        [(None, "ZzBench", None, "5%", 0)],
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


def test_a_store_may_be_loaded_from_another_thread(folder):
    with open_store(folder) as store:
        thread = threading.Thread(target=store.load, args=([facts("arxiv:9", "Late", 2022, ["Nothing."], {})],))
        thread.start()
        thread.join()

        assert store.counts()["nodes"]["Paper"] == 4


def test_facts_of_a_part_are_lines_of_the_interchange_format(folder):
    lines = gzip.decompress((folder / "facts" / "000002.jsonl.gz").read_bytes()).decode("utf-8").splitlines()

    assert [PaperFacts.from_json(line) for line in lines] == [QUIZ]


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
