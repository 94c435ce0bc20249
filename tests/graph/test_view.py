import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys

import pytest

from citegraph.errors import InputError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.view import ViewReport, select_view, write_view
from citegraph.graph.view_data import link_of, page_data
from tests.graph.view_graphs import FROBNET, hostile_graph, small_graph


def page(graph, folder, **options):
    path = folder / "graph.html"
    write_view(graph, path, **options)
    return path.read_text("utf-8")


def test_the_report_counts_what_is_drawn(tmp_path):
    report = write_view(small_graph(), tmp_path / "graph.html")
    assert report == ViewReport(6, 7, (tmp_path / "graph.html").stat().st_size)


def test_the_same_graph_gives_the_same_bytes(tmp_path):
    assert page(small_graph(), tmp_path) == page(small_graph(), tmp_path)


def test_another_process_gives_the_same_bytes(tmp_path):
    code = (
        "from tests.graph.view_graphs import small_graph; from citegraph.graph.view import write_view;"
        f"write_view(small_graph(), {str(tmp_path / 'other.html')!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert (tmp_path / "other.html").read_text("utf-8") == page(small_graph(), tmp_path)


def test_the_policy_allows_only_the_scripts_and_the_style_of_the_page(tmp_path):
    text = page(small_graph(), tmp_path)
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)

    def hashes(parts):
        digests = (hashlib.sha256(part.encode()).digest() for part in parts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    assert policy == (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_page_names_no_file_to_load(tmp_path):
    text = page(small_graph(), tmp_path)
    assert re.findall(r"<(?:link|img|iframe|script src|object|embed)\b", text) == []


def test_the_library_keeps_its_licence(tmp_path):
    assert "vis.js is dual licensed" in page(small_graph(), tmp_path)


def test_data_cannot_end_their_script_element(tmp_path):
    text = page(hostile_graph(), tmp_path)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>\n<script>', text, re.DOTALL)[1]
    assert re.findall(r"[<>&\u2028\u2029]", data) == []
    assert json.loads(data)["nodes"][0]["label"] == "Method"


def test_the_title_is_escaped(tmp_path):
    text = page(small_graph(), tmp_path, title="<b>&{{data}}")
    assert "<title>&lt;b&gt;&amp;{{data}}</title>" in text


def test_lone_surrogates_do_not_stop_the_page(tmp_path):
    assert "<title>a ? b</title>" in page(small_graph(), tmp_path, title="a \ud800 b")


def test_an_older_page_is_replaced_and_nothing_else_left(tmp_path):
    (tmp_path / "graph.html").write_text("old")
    page(small_graph(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_a_missing_folder_is_one_line(tmp_path):
    path = tmp_path / "none" / "graph.html"
    message = f"{path}: cannot be written (No such file or directory); choose another place"
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        write_view(small_graph(), path)


def test_a_folder_in_the_way_is_one_line(tmp_path):
    with pytest.raises(InputError, match=r": is a folder; name a file to write$"):
        write_view(small_graph(), tmp_path)


def test_an_empty_graph_gives_a_page(tmp_path):
    report = write_view(KnowledgeGraph(), tmp_path / "graph.html")
    assert (report.nodes, report.relationships) == (0, 0)


def test_importing_the_package_imports_no_drawing_library():
    code = (
        "import citegraph, citegraph.graph.view, sys;"
        "sys.exit(bool({'pyvis', 'igraph', 'networkx', 'IPython'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_paper_links_to_its_own_address_first():
    assert link_of({"id": "doi:10.1000/frob", "url": "https://example.org/frob"}) == "https://example.org/frob"


@pytest.mark.parametrize(
    ("id_", "link"),
    [
        ("arxiv:2002.05709", "https://arxiv.org/abs/2002.05709"),
        ("doi:10.1000/a<b>", "https://doi.org/10.1000/a%3Cb%3E"),
        ("acl:2020.acl-main.1", "https://aclanthology.org/2020.acl-main.1"),
        ("openalex:W1", "https://openalex.org/W1"),
        ("title:0123", None),
    ],
)
def test_an_identifier_links_to_its_resolver(id_, link):
    assert link_of({"id": id_}) == link


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://", "http://[", "file:///etc/passwd"]
)
def test_other_addresses_are_no_links(url):
    assert link_of({"id": "title:0123", "url": url}) is None


def test_a_node_lists_its_papers_newest_first():
    data = page_data(select_view(small_graph()))
    zebonet = next(node for node in data["nodes"] if node["key"] == "method:zebonet")
    years = [data["papers"][paper]["year"] for paper, _, _ in zebonet["papers"]]
    assert years == [2023, 2021, 2019]


def test_an_edge_keeps_its_sentence_and_the_spans_in_it():
    data = page_data(select_view(small_graph()))
    names = [node["name"] for node in data["nodes"]]
    edge = next(e for e in data["edges"] if data["types"][e["type"]]["name"] == "OUTPERFORMS")
    _, [[sentence, head, tail, confidence, by, cue]] = data["statements"][edge["statements"][0]]
    assert (names[edge["head"]], names[edge["tail"]]) == ("FrobNet", "ZeboNet")
    assert data["sentences"][sentence] == ["abstract", 20, "It beats ZeboNet."]
    assert (head, tail, cue, confidence, by) == ([], [[9, 16]], [[3, 8]], 0.6, "rule 1")


def test_a_result_keeps_the_places_of_its_benchmark_metric_and_value():
    data = page_data(select_view(small_graph()))
    _, [[sentence, *places]] = data["statements"][data["results"][0]["statement"]]
    assert data["sentences"][sentence][2] == "On Quxbench it has 76.5% zaccuracy."
    assert places == [[[3, 11]], [[25, 34]], 0.8, "rule 1", [[19, 24]]]


def test_a_result_names_its_method_benchmark_and_metric():
    data = page_data(select_view(small_graph()))
    [result] = data["results"]
    keys = [data["nodes"][result[part]]["key"] for part in ("method", "on", "metric")]
    assert (result["value"], keys) == ("76.5%", ["method:frobnet", "resource:quxbench", "metric:zaccuracy"])
    assert data["papers"][data["statements"][result["statement"]][0]]["key"] == FROBNET.paper.key
