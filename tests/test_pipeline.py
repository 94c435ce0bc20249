import pytest

import citegraph
from citegraph.errors import QueryError, StoreError
from citegraph.pipeline import StoredGraph


@pytest.fixture
def papers(tmp_path):
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "ZzNet: A Net", "abstract": "We propose ZzNet. It is evaluated on ImageNet."}\n')
    return path


def test_build_gives_a_graph_that_answers_queries(papers):
    graph = citegraph.build(papers)
    assert graph.counts()["nodes"]["Paper"] == 1
    (row,) = graph.query("papers_on_benchmark", benchmark="ImageNet")
    assert row["sentence"] == "It is evaluated on ImageNet."


def test_build_into_a_store_that_stays(papers, tmp_path):
    built = citegraph.build([papers], store=tmp_path / "store")
    assert StoredGraph(tmp_path / "store").nodes == built.nodes


def test_graph_becomes_networkx(papers):
    network = citegraph.build(papers).to_networkx()
    assert network.nodes["resource:imagenet"]["name"] == "ImageNet"


def test_graph_writes_its_page(papers, tmp_path):
    citegraph.build(papers).view(tmp_path / "graph.html")
    assert "ZzNet" in (tmp_path / "graph.html").read_text("utf-8")


def test_unknown_query_is_named(papers):
    with pytest.raises(QueryError, match="no query is called 'nope'"):
        citegraph.build(papers).query("nope")


def test_no_store_is_named(tmp_path):
    with pytest.raises(StoreError, match="none"):
        StoredGraph(tmp_path / "none")


def test_load_gives_a_spacy_pipeline():
    doc = citegraph.load()("We propose ZzNet, which is evaluated on ImageNet.")
    assert ("ImageNet", "Benchmark") in [(entity.text, entity.label_) for entity in doc.ents]


def test_unknown_public_name():
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        citegraph.nope  # noqa: B018
