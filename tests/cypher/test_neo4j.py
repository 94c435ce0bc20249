"""What only the Neo4j store has: a server, a login, a database, constraints."""

import subprocess
import sys
import threading

import neo4j
import pytest

from citegraph.cypher import open_store
from citegraph.errors import StoreError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from tests.cypher.conftest import refusal
from tests.cypher.papers import PAPERS, QUIZ

pytestmark = pytest.mark.neo4j


@pytest.fixture
def address(empty_neo4j):
    return empty_neo4j()


@pytest.fixture
def driver(address, neo4j_server):
    with neo4j.GraphDatabase.driver(address, auth=(neo4j_server.username, neo4j_server.password)) as opened:
        yield opened


def test_keys_are_unique_and_names_are_indexed(address, driver):
    open_store(address, create=True).close()

    rows = driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names", database_="neo4j").records
    assert {"paper_key", "method_key", "dataset_key", "benchmark_key", "result_key"} <= set(rows[0]["names"])
    rows = driver.execute_query("SHOW INDEXES YIELD name RETURN collect(name) AS names", database_="neo4j").records
    assert {"paper_year", "paper_id", "method_name", "benchmark_name"} <= set(rows[0]["names"])


def test_an_empty_database_says_how_to_make_a_store(address):
    assert (
        refusal(StoreError, open_store, address)
        == f"no store in {address} (database neo4j); make one with citegraph build"
    )


def test_a_database_of_another_graph_is_refused_and_left_alone(address, driver):
    driver.execute_query("CREATE (:Paper {doi: 'precious'})", database_="neo4j")

    assert refusal(StoreError, open_store, address, create=True) == (
        f"{address} (database neo4j) holds another graph of papers or methods; give another database"
    )
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n", database_="neo4j").records[0]["n"] == 1


def test_a_store_of_another_schema_is_refused(address, driver):
    open_store(address, create=True).close()
    driver.execute_query(
        "MATCH (m:CitegraphManifest) SET m.content = replace(m.content, '\"schema\": 2', '\"schema\": 0')",
        database_="neo4j",
    )

    assert refusal(StoreError, open_store, address) == (
        f"the store at {address} (database neo4j) has schema version 0, this citegraph has 2; "
        "rebuild it: citegraph build INPUT --store NEW"
    )


def test_a_server_that_is_down_is_named(neo4j_address):
    assert refusal(StoreError, open_store, "bolt://127.0.0.1:1") == (
        "no Neo4j server answers at bolt://127.0.0.1:1; start it (docker compose up --wait), or correct the address"
    )


def test_nothing_but_the_error_is_printed(neo4j_address):
    code = (
        "from citegraph.cypher import open_store; from citegraph.errors import StoreError\n"
        "try: open_store('neo4j://127.0.0.1:1')\n"
        "except StoreError: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("", "")


def test_a_wrong_password_is_told(address, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")

    assert refusal(StoreError, open_store, address) == (
        f"the server at {address} refuses the login; set NEO4J_USERNAME and NEO4J_PASSWORD"
    )


def test_an_unknown_database_is_told(address, monkeypatch):
    monkeypatch.setenv("NEO4J_DATABASE", "papers")

    assert refusal(StoreError, open_store, address, create=True) == (
        f"the server at {address} has no database papers; set NEO4J_DATABASE to one that it has"
    )


def test_a_login_in_the_address_is_refused_and_not_repeated():
    message = refusal(StoreError, open_store, "bolt://neo4j:secret@127.0.0.1:7687")

    assert message == "the address of a server must hold no login; set NEO4J_USERNAME and NEO4J_PASSWORD"


def test_a_wrong_address_is_told(neo4j_address):
    assert refusal(StoreError, open_store, "bolt://127.0.0.1:1?policy=x").startswith(
        "the address bolt://127.0.0.1:1?policy=x is wrong: "
    )


def test_a_port_that_is_no_number_is_told(neo4j_address):
    assert refusal(StoreError, open_store, "bolt://127.0.0.1:port").startswith(
        "the address bolt://127.0.0.1:port is wrong: "
    )


def test_two_writers_at_once_give_the_same_graph(address):
    open_store(address, create=True).close()

    def load():
        with open_store(address) as store:
            for start in range(0, len(PAPERS), 2):
                store.load(PAPERS[start : start + 2])

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    expected = KnowledgeGraph.from_facts(PAPERS)
    with open_store(address, read_only=True) as store:
        graph = store.read_graph()
    assert graph.nodes == expected.nodes
    assert graph.relationships == expected.relationships


def test_the_labels_of_the_schema_are_not_the_only_ones_allowed(address, driver):
    driver.execute_query("CREATE (:Unrelated {name: 'kept'})", database_="neo4j")
    with open_store(address, create=True) as store:
        store.load([QUIZ])

        assert store.counts()["nodes"]["Paper"] == 1
    assert driver.execute_query("MATCH (n:Unrelated) RETURN n.name AS n", database_="neo4j").records[0]["n"] == "kept"
