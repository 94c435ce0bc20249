import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest

from tests.cypher.papers import PAPER, facts

SCORES = facts(
    "arxiv:1", "One network", 2020,
    ["ZzNet reaches 71.5% zz accuracy on the ZzBench set.", "ZzNet and ZzOld are compared.", "See \x1b[31m\r ZzOdd."],
    {"ZzNet": "Method", "zz accuracy": "Metric", "ZzBench set": "Benchmark", "ZzOld": "Method",
     "ZzOdd": "Task"},
    [("ZzNet", "EVALUATED_ON", "ZzBench set", 0, "reaches"), (PAPER, "TRAINED_ON", "ZzBench set", 0, "set"),
     (PAPER, "PROPOSES", "ZzNet", 1, "ZzNet and ZzOld are compared"), (PAPER, "COMPARED_WITH", "ZzOld", 1)],
    [("ZzNet", "ZzBench set", "zz accuracy", "71.5%", 0, 71.5)],
)  # fmt: skip
SENTENCE = "BarNet wins on ZooBench and FarmBench."


@pytest.fixture(scope="module")
def scores(run, tmp_path_factory):
    """A store of one paper with relations, a result and cues."""
    folder = tmp_path_factory.mktemp("scores")
    (folder / "facts.jsonl").write_text(SCORES.to_json() + "\n", "utf-8")
    assert run("load", folder / "facts.jsonl", "--store", folder / "store").exit_code == 0
    return folder / "store"


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
        "this paper PROPOSES BarNet  0.90\n  [BarNet] beats FooNet\n  BarNet beats FooNet (arxiv:2101.00002, 2021)\n\n"
    )


def test_explain_prints_relationships_results_and_shared_sentences_of_two_things(run, scores):
    assert run("explain", "ZzNet", "ZzBench set", "--store", scores).stdout == (
        "ZzNet EVALUATED_ON ZzBench set  0.75\n"
        "  [ZzNet] *reaches* 71.5% zz accuracy on the [ZzBench set].\n"
        "  One network (arxiv:1, 2020)\n\n"
        "71.5% zz accuracy OF ZzNet ON ZzBench set, absolute  0.50\n"
        "  [ZzNet] reaches *71.5%* zz accuracy on the [ZzBench set].\n"
        "  One network (arxiv:1, 2020)\n\n"
    )
    assert run("explain", "zz accuracy", "ZzNet", "--store", scores).stdout.splitlines()[0] == (
        "71.5% zz accuracy OF ZzNet, absolute  0.50"
    )
    assert run("explain", "ZzNet", "ZzOld", "--store", scores).stdout == (
        "this paper PROPOSES ZzNet, COMPARED_WITH ZzOld  0.75\n"
        "  *[ZzNet] and [ZzOld] are compared*.\n"
        "  One network (arxiv:1, 2020)\n\n"
    )


def test_explain_puts_a_cue_inside_a_name_into_its_brackets(run, scores):
    assert "[ZzBench *set*]" in run("explain", "ZzBench set", "--store", scores).stdout


def test_explain_keeps_control_characters_from_the_terminal(run, scores):
    assert run("explain", "ZzOdd", "--store", scores).stdout == (
        "this paper MENTIONS ZzOdd  0.90\n  See  [31m  [ZzOdd].\n  One network (arxiv:1, 2020)\n\n"
    )


def test_explain_colours_names_and_underlines_cues_in_a_terminal(run, scores, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert run("explain", "ZzNet", "ZzBench set", "--store", scores, "-n", 1).stdout.splitlines()[1] == (
        "  \x1b[1;36mZzNet\x1b[0m \x1b[4mreaches\x1b[0m 71.5% zz accuracy on the \x1b[1;32mZzBench set\x1b[0m."
    )


def test_explain_gives_places_as_data(rows, scores):
    stated, result = rows("explain", "ZzNet", "ZzBench set", "--store", scores)
    assert result == {
        "head": "ZzNet", "type": "OF, ON", "tail": "ZzBench set", "value": "71.5%", "metric": "zz accuracy",
        "kind": "absolute", "paper": "arxiv:1", "title": "One network", "year": 2020, "confidence": 0.5, "by": "rule",
        "field": "abstract", "start": 0, "stop": 51,
        "sentence": "ZzNet reaches 71.5% zz accuracy on the ZzBench set.",
        "head_spans": [[0, 5]], "tail_spans": [[39, 50]], "cue_spans": [[14, 19]],
    }  # fmt: skip
    assert list(stated) == list(result)
    assert (stated["type"], stated["value"], stated["cue_spans"]) == ("EVALUATED_ON", None, [[6, 13]])


def test_explain_says_so_where_nothing_joins_two_things(run, store):
    result = run("explain", "FooNet", "FarmBench", "--store", store)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no sentence says so\n")


def test_explain_heads_a_table_of_nothing(run, scores):
    result = run("explain", "ZzNet", "ZzOdd", "--store", scores, "--format", "csv")
    assert (result.stdout, result.stderr) == (
        "head,type,tail,value,metric,kind,paper,title,year,confidence,by,field,start,stop,sentence,"
        "head_spans,tail_spans,cue_spans\n",
        "no sentence says so\n",
    )


def test_explain_says_where_the_limit_left_sentences_out(run, scores):
    result = run("explain", "ZzNet", "ZzBench set", "--store", scores, "--limit", 1, "--format", "csv")
    assert (len(result.stdout.splitlines()), result.stderr) == (2, "the first 1; --limit prints more\n")


def test_explain_refuses_one_thing_twice(run, scores):
    result = run("explain", "ZzNet", "zznet", "--store", scores)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        "citegraph: both names stand for method:zznet; give two different things, or the one alone\n",
    )


def test_explain_offers_near_names_for_either(run, scores):
    for names in (("ZzNat", "ZzBench set"), ("ZzBench set", "ZzNat")):
        assert run("explain", *names, "--store", scores).stderr == (
            "citegraph: no Method or Dataset or Benchmark or Task or Metric is called 'ZzNat'; near names: ZzNet\n"
        )


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
