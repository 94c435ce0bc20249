"""What only the embedded store has: a folder with a manifest, a database, and parts of facts."""

import gzip
import json
import threading

from citegraph.cypher import open_store
from citegraph.errors import StoreError
from citegraph.graph.records import PaperFacts
from tests.cypher.conftest import refusal
from tests.cypher.papers import FORMER, NET, NET_IN_PRINT, PAPERS, QUIZ, facts


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
        f"the store at {folder} has schema version 0, this citegraph has 2; "
        "rebuild it: citegraph build INPUT --store NEW"
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


def test_a_store_may_be_loaded_from_another_thread(folder):
    with open_store(folder) as store:
        thread = threading.Thread(target=store.load, args=([facts("arxiv:9", "Late", 2022, ["Nothing."], {})],))
        thread.start()
        thread.join()

        assert store.counts()["nodes"]["Paper"] == 4


def test_facts_of_a_part_are_lines_of_the_interchange_format(folder):
    lines = gzip.decompress((folder / "facts" / "000002.jsonl.gz").read_bytes()).decode("utf-8").splitlines()

    assert [PaperFacts.from_json(line) for line in lines] == [QUIZ]
