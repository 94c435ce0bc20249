import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

SENTENCE = "BarNet wins on ZooBench and FarmBench."


def test_query_gives_rows_of_the_library(rows, store):
    assert rows("query", "papers_on_benchmark", "--param", "benchmark=ZooBench", "--store", store) == [
        {
            "paper": "arxiv:2101.00002",
            "title": "BarNet beats FooNet",
            "year": 2021,
            "confidence": 0.9,
            "sentence": SENTENCE,
        },
        {
            "paper": "arxiv:2001.00001",
            "title": "FooNet: Nets for Foo",
            "year": 2020,
            "confidence": 0.9,
            "sentence": "We propose FooNet. We test on ZooBench.",
        },
        {
            "paper": "doi:10.1/baz",
            "title": "On BazNet",
            "year": None,
            "confidence": 0.9,
            "sentence": "BazNet learns. Scores on ZooBench and FarmBench are high.",
        },
    ]


@pytest.mark.parametrize("name", ["zoobench", "the ZooBench benchmark", "resource:zoobench"])
def test_query_takes_another_spelling_or_the_key(rows, store, name):
    assert len(rows("query", "papers_on_benchmark", "-p", f"benchmark={name}", "--store", store)) == 3


def test_query_offers_near_names(run, store):
    result = run("query", "methods_on_benchmark", "-p", "benchmark=ZooBnch", "--store", store)
    assert result.exit_code == 1
    assert result.stderr == "citegraph: no Benchmark or Dataset is called 'ZooBnch'; near names: ZooBench\n"


def test_query_limits_rows(rows, store):
    assert len(rows("query", "papers_on_benchmark", "-p", "benchmark=ZooBench", "-n", "1", "--store", store)) == 1


def test_query_lists_the_library(rows):
    listed = {row["query"]: row for row in rows("query", "--list")}
    assert listed["methods_on_benchmark"]["parameters"] == ["benchmark: Benchmark|Dataset", "limit: integer = 50"]


def test_query_runs_cypher_with_json_parameters(rows, store):
    text = "MATCH (p:Paper) WHERE p.year >= $since RETURN p.id AS id ORDER BY id"
    assert rows("query", "--cypher", text, "-p", "since=2021", "--store", store) == [{"id": "arxiv:2101.00002"}]


def test_query_reads_cypher_from_a_file_and_from_standard_input(run, store, tmp_path):
    (tmp_path / "count.cypher").write_text("MATCH (p:Paper) RETURN count(p) AS n")
    from_file = run("query", "--cypher", f"@{tmp_path}/count.cypher", "--store", store, "--format", "csv")
    piped = run("query", "--cypher", "-", "--store", store, "-f", "csv", stdin="MATCH (p:Paper) RETURN count(p) AS n")
    assert from_file.stdout == piped.stdout == "n\n3\n"


def test_query_refuses_to_write_unless_told(run, facts_file, tmp_path):
    run("load", facts_file, "--store", tmp_path / "store")
    create = ("query", "--cypher", "CREATE (:Task {key: 'task:zz', name: 'zz'})", "--store", tmp_path / "store")
    assert run(*create).exit_code == 1
    assert run(*create, "--write").exit_code == 0
    stats = json.loads(run("stats", "--store", tmp_path / "store", "--format", "json").stdout)
    assert stats["nodes"]["Task"] == 1


def test_query_warns_of_what_means_another_thing_on_a_server(run, store):
    text = "MATCH (a)<-[:EVALUATED_ON]-(p)-[:EVALUATED_ON]->(b) RETURN count(*) AS n"
    assert "warning: the type EVALUATED_ON stands twice" in run("query", "--cypher", text, "--store", store).stderr


@pytest.mark.parametrize("arguments", [(), ("stats", "--cypher", "RETURN 1"), ("papers_on_benchmark", "--write")])
def test_query_wants_either_a_name_or_cypher(run, store, arguments):
    assert run("query", *arguments, "--store", store).exit_code == 2


def test_explain_prints_sentence_paper_and_confidence(run, store):
    result = run("explain", "BarNet", "--store", store)
    assert result.stdout == (
        "this paper PROPOSES BarNet  0.90\n  BarNet beats FooNet\n  BarNet beats FooNet (arxiv:2101.00002, 2021)\n\n"
    )


def test_explain_gives_the_spans_of_both_ends(run, facts_file, store):
    result = run("explain", "FooNet", "--store", store, "--format", "json")
    beaten = next(row for row in json.loads(result.stdout) if row["type"] == "OUTPERFORMS")
    assert beaten["sentence"] == "BarNet beats FooNet"
    assert beaten["tail_spans"] == [[13, 19]]


def test_explain_says_so_where_nothing_joins_two_things(run, store):
    result = run("explain", "FooNet", "FarmBench", "--store", store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no sentence says so\n")


def test_stats_counts_labels_and_types(run, store):
    counts = json.loads(run("stats", "--store", store, "--format", "json").stdout)
    assert counts["nodes"] == {
        "Paper": 3, "Method": 3, "Dataset": 0, "Benchmark": 2, "Task": 0, "Metric": 0, "Result": 0,
    }  # fmt: skip
    assert counts["relationships"]["EVALUATED_ON"] == 5
    assert counts["relationships"]["PROPOSES"] == 3


def test_stats_as_csv(run, store):
    table = list(csv.reader(io.StringIO(run("stats", "--store", store, "--format", "csv").stdout)))
    assert table[:2] == [["kind", "name", "count"], ["nodes", "Paper", "3"]]


def test_stats_tells_how_much_is_known(run, store):
    counts = json.loads(run("stats", "--coverage", "--store", store, "--format", "json").stdout)
    assert counts["papers"] == {"with a year": 2, "that name nothing": 0}
    assert counts["years"] == {"first": 2020, "last": 2021}
    assert counts["confidence"]["0.9-1.0"] == 9
    assert counts["extractors"] == {"example@1": 3}


def test_rank_by_papers(rows, store):
    ranked = rows("rank", "--store", store)
    assert [(row["name"], row["papers"]) for row in ranked] == [("ZooBench", 3), ("FarmBench", 2)]


def test_rank_by_pagerank(rows, store):
    assert [row["name"] for row in rows("rank", "--by", "pagerank", "--store", store)] == ["ZooBench", "FarmBench"]


def test_rank_by_co_use(rows, store):
    (pair,) = rows("rank", "--by", "co-use", "--store", store)
    assert (pair["first"], pair["second"], pair["papers"]) == ("FarmBench", "ZooBench", 2)


def test_trends_by_year_tell_papers_without_a_year(run, store):
    result = run("trends", "--name", "ZooBench", "--store", store, "--format", "csv")
    assert result.stdout == (
        "name,year,papers,evaluated,share,first,last\n"
        "ZooBench,2020,1,1,1.0,2020,2021\n"
        "ZooBench,2021,1,1,1.0,2020,2021\n"
        "ZooBench,,1,1,,2020,2021\n"
    )
    assert result.stderr == "1 papers have no year\n"


def test_view_writes_one_page(run, store, tmp_path):
    result = run("view", "--store", store, "-o", tmp_path / "graph.html", "--title", "Zoo")
    assert result.exit_code == 0
    assert "<title>Zoo</title>" in (tmp_path / "graph.html").read_text("utf-8")


def test_view_around_an_entity_takes_its_name(run, store, tmp_path):
    page = tmp_path / "graph.html"
    assert run("view", "--store", store, "-o", page, "--around", "FarmBench", "--years", "2021:").exit_code == 0
    assert "FarmBench" in page.read_text("utf-8")


def test_view_refuses_years_that_are_none(run, store):
    assert "'soon:' is not A:B, A: or :B with years" in run("view", "--store", store, "--years", "soon:").stderr


def test_export_writes_graphml(run, store, tmp_path):
    assert run("export", "--store", store, "-o", tmp_path / "g.graphml").exit_code == 0
    nodes = ET.parse(tmp_path / "g.graphml").findall(".//{http://graphml.graphdrawing.org/xmlns}node")
    assert len(nodes) == 8


def test_schema_prints_what_may_join_what(rows):
    proposes = next(row for row in rows("schema") if row["name"] == "PROPOSES")
    assert proposes["joins"] == ["Paper->Method"]
