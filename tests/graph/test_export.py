import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegraph.errors import InputError
from citegraph.graph.example import example_facts, example_graph
from citegraph.graph.export import EXPORTERS, write_csv, write_graphml, write_jsonl
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Node, Relationship
from tests.graph.strategies import facts

ODD = "a\x00b\x0b\r\n\ud800\ufffe\x1f \U0001f389 <&> \u202e שלום"
ESCAPED = "a\\x00b\\x0b\\x0d\n\\ud800\\ufffe\\x1f \U0001f389 <&> \u202e שלום"


def odd_graph():
    nodes = [Node("title:1", "Paper", {"title": ODD, "ids": [ODD]}), Node("method:m", "Method", {"name": ODD})]
    return KnowledgeGraph(nodes, [Relationship("rel:1", "USES", "title:1", "method:m", {"cue": ODD})])


def parallel_graph():
    nodes = [Node("a", "Method", {"name": "a"}), Node("b", "Method", {"name": "b"})]
    return KnowledgeGraph(nodes, [Relationship(key, "USES", "a", "b", {"paper": key}) for key in ("p1", "p2")])


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_formats_are_graphml_jsonl_and_csv():
    assert list(EXPORTERS) == ["graphml", "jsonl", "csv"]


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_papers_in_any_order_give_the_same_bytes(tmp_path, name):
    graphs = example_graph(), KnowledgeGraph.from_facts(reversed(example_facts()))
    for number, graph in enumerate(graphs):
        EXPORTERS[name](graph, tmp_path / str(number))
    first, second = (
        {file.relative_to(tmp_path / number): file.read_bytes() for file in (tmp_path / number).glob("*")}
        or (tmp_path / number).read_bytes()
        for number in ("0", "1")
    )
    assert first == second


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_order_of_properties_does_not_change_the_bytes(tmp_path, name):
    for number, properties in enumerate(({"name": "m", "aliases": ["m"]}, {"aliases": ["m"], "name": "m"})):
        EXPORTERS[name](KnowledgeGraph([Node("method:m", "Method", properties)]), tmp_path / str(number))
    files = [path if path.is_file() else path / "nodes.csv" for path in (tmp_path / "0", tmp_path / "1")]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_second_export_replaces_the_first_and_leaves_nothing_beside(tmp_path, name):
    EXPORTERS[name](KnowledgeGraph(), tmp_path / "out")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    EXPORTERS[name](example_graph(), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert "FooNet" in "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())


def test_graphml_is_read_by_networkx(tmp_path):
    write_graphml(example_graph(), tmp_path / "g.graphml")
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (8, 9)
    assert graph.nodes["method:foonet"] == {"label": "Method", "name": "FooNet", "aliases": '["FooNet"]'}
    paper = graph.nodes["title:2d5bac6ad87bb3ce"]
    assert (paper["identifier"], paper["year"]) == ("arxiv:2001.00001", 2020)
    edge = graph.edges["title:b3b180fee8fd6b64", "method:foonet"]
    assert (edge["type"], edge["confidence"], edge["start"]) == ("OUTPERFORMS", 0.9, 0)


def test_graphml_is_read_by_igraph_with_the_keys_as_ids(tmp_path):
    write_graphml(example_graph(), tmp_path / "g.graphml")
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (8, 9, True)
    assert graph.vs[0]["id"] == "method:barnet"


def test_graphml_keeps_parallel_edges(tmp_path):
    write_graphml(parallel_graph(), tmp_path / "g.graphml")
    assert sorted(nx.read_graphml(tmp_path / "g.graphml").edges(keys=True)) == [("a", "b", "p1"), ("a", "b", "p2")]


def test_graphml_escapes_what_xml_cannot_hold(tmp_path):
    write_graphml(odd_graph(), tmp_path / "g.graphml")
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert graph.nodes["title:1"]["title"] == ESCAPED
    assert graph.edges["title:1", "method:m"]["cue"] == ESCAPED
    assert json.loads(graph.nodes["title:1"]["ids"])[0].startswith("a\x00b\x0b\r\n")


def test_graphml_declares_each_attribute_once_with_its_own_id(tmp_path):
    write_graphml(example_graph(), tmp_path / "g.graphml")
    keys = ET.parse(tmp_path / "g.graphml").getroot().findall("{http://graphml.graphdrawing.org/xmlns}key")
    names = [(key.get("for"), key.get("attr.name")) for key in keys]
    assert len({key.get("id") for key in keys}) == len(keys) == len(set(names))


@settings(deadline=None, max_examples=30)
@given(st.lists(facts(), max_size=4))
def test_graphml_of_any_graph_has_its_nodes_and_edges(tmp_path_factory, found):
    graph, path = KnowledgeGraph.from_facts(found), tmp_path_factory.mktemp("out") / "g.graphml"
    write_graphml(graph, path)
    read = nx.read_graphml(path)
    assert set(read.nodes) == set(graph.nodes)
    assert read.number_of_edges() == len(graph.relationships)


def test_jsonl_has_nodes_then_relationships(tmp_path):
    write_jsonl(parallel_graph(), tmp_path / "g.jsonl")
    assert (tmp_path / "g.jsonl").read_text("utf-8").splitlines() == [
        '{"key": "a", "label": "Method", "properties": {"name": "a"}}',
        '{"key": "b", "label": "Method", "properties": {"name": "b"}}',
        '{"key": "p1", "type": "USES", "head": "a", "tail": "b", "properties": {"paper": "p1"}}',
        '{"key": "p2", "type": "USES", "head": "a", "tail": "b", "properties": {"paper": "p2"}}',
    ]


def test_jsonl_gives_the_graph_back(tmp_path):
    write_jsonl(odd_graph(), tmp_path / "g.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "g.jsonl").read_bytes().split(b"\n") if line]
    nodes = [Node(**row) for row in rows if "label" in row]
    read = KnowledgeGraph(nodes, [Relationship(**row) for row in rows if "type" in row])
    assert (read.nodes, read.relationships) == (odd_graph().nodes, odd_graph().relationships)


def test_csv_has_the_columns_of_the_schema_whatever_the_graph_holds(tmp_path):
    write_csv(KnowledgeGraph(), tmp_path)
    assert (tmp_path / "nodes.csv").read_text("utf-8") == (
        "key,label,id,ids,title,abstract,authors,year,date,venue,url,sources,extractor,digest,name,aliases,paper,"
        "value,number,upper,origin,spread,hedge,direction,unit,kind,metric,field,start,stop,sentence,spans,confidence,by\n"
    )
    assert (tmp_path / "relationships.csv").read_text("utf-8") == (
        "key,type,head,tail,paper,field,start,stop,sentence,cue,confidence,by,evidence,surfaces,tail_label\n"
    )


def test_csv_rows_give_values_back(tmp_path):
    write_csv(example_graph(), tmp_path / "new" / "folder")
    nodes = {row["key"]: row for row in rows_of(tmp_path / "new" / "folder" / "nodes.csv")}
    assert (nodes["method:foonet"]["name"], nodes["method:foonet"]["aliases"]) == ("FooNet", '["FooNet"]')
    assert (nodes["method:foonet"]["year"], nodes["title:2d5bac6ad87bb3ce"]["year"]) == ("", "2020")
    edges = rows_of(tmp_path / "new" / "folder" / "relationships.csv")
    assert [(row["type"], row["confidence"]) for row in edges if row["tail"] == "method:foonet"] == [
        ("OUTPERFORMS", "0.9"),
        ("PROPOSES", "0.9"),
    ]


def test_csv_quotes_line_ends_and_keeps_control_characters(tmp_path):
    write_csv(odd_graph(), tmp_path)
    title = rows_of(tmp_path / "nodes.csv")[1]["title"]
    assert title == ODD.replace("\ud800", "\\ud800")


def test_csv_leaves_other_files_of_the_folder(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write_csv(example_graph(), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nodes.csv", "notes.txt", "relationships.csv"]


@pytest.mark.parametrize("name", ["graphml", "jsonl"])
def test_a_folder_is_no_place_for_a_file(tmp_path, name):
    with pytest.raises(InputError) as caught:
        EXPORTERS[name](example_graph(), tmp_path)
    assert str(caught.value) == f"{tmp_path}: is a folder; name a file to write"


def test_a_file_is_no_place_for_a_folder_and_stays(tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(InputError) as caught:
        write_csv(example_graph(), tmp_path / "taken")
    assert str(caught.value) == f"{tmp_path / 'taken'}: cannot be written (File exists); choose another place"
    assert (tmp_path / "taken").read_text() == "mine"


@pytest.mark.parametrize("name", ["graphml", "jsonl"])
@pytest.mark.parametrize(("place", "reason"), [("none/g", "No such file or directory"), ("taken/g", "Not a directory")])
def test_a_place_that_cannot_be_written_is_named(tmp_path, name, place, reason):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(InputError) as caught:
        EXPORTERS[name](example_graph(), tmp_path / place)
    assert str(caught.value) == f"{tmp_path / place}: cannot be written ({reason}); choose another place"


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, name):
    EXPORTERS[name](example_graph(), tmp_path / "out")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    broken = KnowledgeGraph([Node("a", "Method", {"name": object()})])
    broken.nodes["a"].properties["aliases"] = [object()]
    with pytest.raises(TypeError):
        EXPORTERS[name](broken, tmp_path / "out")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_link_stays_a_link_to_the_new_file(tmp_path):
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_jsonl(parallel_graph(), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text().startswith('{"key": "a"')


def test_the_mode_of_a_replaced_file_stays(tmp_path):
    (tmp_path / "g").write_text("old")
    (tmp_path / "g").chmod(0o600)
    write_jsonl(parallel_graph(), tmp_path / "g")
    assert (tmp_path / "g").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_device_is_reported_and_stays_a_device():
    with pytest.raises(InputError) as caught:
        write_jsonl(example_graph(), "/dev/full")
    assert str(caught.value) == "/dev/full: cannot be written (No space left on device); choose another place"
    assert Path("/dev/full").is_char_device()
