"""The four sample pages, from file to answers, in the embedded store and in a real Neo4j."""

import json

import pytest
from click.testing import CliRunner

from citegraph.cli import main
from citegraph.cypher import open_store, queries

pytestmark = pytest.mark.neo4j

EXAMPLES = {
    "benchmark": "ImageNet",
    "entity": "ImageNet",
    "first": "ImageNet",
    "second": "CIFAR-10",
    "from": "ImageNet",
    "to": "BEIR",
    "x": "ImageNet",
    "y": "CIFAR-100",
    "method": "BERT",
    "task": "continual learning",
    "paper": "Pointer Networks",
    "text": "net",
    "year": 2023,
}


def citegraph(*arguments):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def stores(samples, empty_neo4j, tmp_path_factory):
    """The addresses of both stores, filled from the sample pages, and what the two builds printed."""
    addresses = (str(tmp_path_factory.mktemp("samples") / "store"), empty_neo4j())
    return addresses, [citegraph("build", *sorted(samples.glob("*.txt")), "--store", url) for url in addresses]


def test_371_entries_give_342_papers(stores):
    for url, printed in zip(*stores, strict=True):
        assert f"371 entries read: 371 extracted, 0 broken; 342 different papers stored in {url}" in printed


def test_counts_are_equal(stores):
    embedded, server = (json.loads(citegraph("stats", "--store", url, "--format", "json")) for url in stores[0])
    assert embedded == server
    assert embedded["nodes"]["Paper"] == 342


def test_a_second_build_changes_nothing(stores, samples):
    for url in stores[0]:
        printed = citegraph("build", *sorted(samples.glob("*.txt")), "--store", url)
        assert "papers: 0 created, 0 changed; nodes: 0 created, 0 changed, 0 deleted" in printed
        assert "relationships: 0 created, 0 changed, 0 deleted" in printed


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_query_gives_equal_rows(stores, name):
    given = {p.name: EXAMPLES[p.name] for p in queries()[name].parameters if p.required}
    tables = []
    for url in stores[0]:
        with open_store(url, read_only=True) as store:
            tables.append(store.run(name, given))
    assert tables[0] == tables[1]
