"""What a store keeps and refuses: writes, the manifest, places without a store; alike on both engines."""

import pytest

from citegraph import __version__
from citegraph.cypher import Store, open_store
from citegraph.errors import QueryError, StoreError
from tests.cypher.conftest import refusal
from tests.cypher.papers import NET, PAPERS, facts


def test_a_store_keeps_the_contract(store):
    assert isinstance(store, Store)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:Method {key: 'method:x'})",
        "MATCH (m:Method) SET m.name = 'x'",
        "MATCH (m:Method) DETACH DELETE m",
        "MERGE (:Method {key: 'method:x'})",
    ],
)
def test_a_reading_query_that_would_write_is_refused_by_the_engine(store, text):
    store.load([NET])
    before = store.read_graph().nodes

    message = refusal(QueryError, store.query, text)

    assert message in {
        "Can not execute a write query inside a read-only transaction.",
        "Writing in read access mode not allowed. Attempted write to neo4j",
    }
    assert store.read_graph().nodes == before


def test_a_query_may_write_where_that_is_asked_for(store):
    store.load([NET])
    store.query("MATCH (m:Method) SET m.name = $name", {"name": "renamed"}, write=True)

    assert store.query("MATCH (m:Method) RETURN m.name").rows == [("renamed",)]


def test_the_manifest_tells_versions_extractors_and_inputs(store):
    store.load(PAPERS)
    store.record_input("b.bib", "00ff", 3)
    store.record_input("a.jsonl", "11ee", 10)
    store.record_input("b.bib", "22dd", 4)

    manifest = store.manifest()

    assert len(manifest.pop("identity")) == 16
    assert manifest == {
        "schema": 2,
        "citegraph": __version__,
        "extractors": ["rules 1"],
        "inputs": {"a.jsonl": {"digest": "11ee", "papers": 10}, "b.bib": {"digest": "22dd", "papers": 4}},
    }


def test_a_name_stands_for_all_that_are_called_so(store):
    two = facts(
        "arxiv:1", "Two networks", 2020, ["Zz Adaptive Nets (ZAN) and Zz Altered Nets, also ZAN."],
        {"Zz Adaptive Nets": ("Method", "ZAN"), "Zz Altered Nets": ("Method", "ZAN")},
    )  # fmt: skip
    store.load([two])

    assert store.resolve_all("zan", ["Method"]) == ["method:zz adaptive net", "method:zz altered net"]
    assert store.resolve_all("Zz Altered Nets", ["Method"]) == ["method:zz altered net"]


def test_a_place_without_a_store_says_how_to_make_one(address):
    message = refusal(StoreError, open_store, address)

    assert message.startswith("no store ")
    assert message.endswith("; make one with citegraph build")
