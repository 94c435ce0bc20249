"""Both stores, empty or filled with the small library of papers."""

import neo4j
import pytest

from citegraph.cypher import open_store
from tests.cypher.papers import FORMER, NET, PAPERS, QUIZ

ENGINES = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]


def refusal(error, call, *arguments, **options):
    """Give the text of the error that a call raises; it is one line."""
    with pytest.raises(error) as caught:
        call(*arguments, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture(scope="session")
def neo4j_address(neo4j_server):
    """The address of the test server, its login in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_USERNAME", neo4j_server.username)
        patch.setenv("NEO4J_PASSWORD", neo4j_server.password)
        patch.delenv("NEO4J_DATABASE", raising=False)
        yield neo4j_server.uri


@pytest.fixture(scope="session")
def empty_neo4j(neo4j_address, neo4j_server):
    """Empties the test server's database and gives its address."""

    def empty():
        login = neo4j_server.username, neo4j_server.password
        with neo4j.GraphDatabase.driver(neo4j_address, auth=login) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n", database_="neo4j")
        return neo4j_address

    return empty


@pytest.fixture(scope="session", params=ENGINES)
def engine(request):
    return request.param


@pytest.fixture
def address(engine, request, tmp_path):
    """The address of a place where there is no store."""
    return str(tmp_path / "store") if engine == "embedded" else request.getfixturevalue("empty_neo4j")()


@pytest.fixture
def store(address):
    """An empty store."""
    with open_store(address, create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def library_store(engine, request, tmp_path_factory):
    """A store of all papers, open for reading."""
    if engine == "embedded":
        address = tmp_path_factory.mktemp("library") / "store"
    else:
        address = request.getfixturevalue("empty_neo4j")()
    with open_store(address, create=True) as opened:
        opened.load(PAPERS)
    with open_store(address, read_only=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    """A store of two batches, closed."""
    path = tmp_path / "store"
    with open_store(path, create=True) as store:
        store.load([NET, FORMER])
        store.load([QUIZ])
    return path
