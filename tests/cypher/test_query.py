"""Free Cypher, library calls and names, on a store of all papers: alike on both engines."""

import pytest

from citegraph.errors import NotFoundError, QueryError, StoreError
from tests.cypher.conftest import refusal
from tests.cypher.papers import NET


def test_a_reading_query_gives_columns_and_rows(library_store):
    table = library_store.query("MATCH (b:Benchmark) RETURN b.name AS name, b.aliases AS aliases ORDER BY name")

    assert table.columns == ("name", "aliases")
    assert table.rows == [
        ("ZzBench", ["ZzBench"]),
        ("ZzCorpus", ["ZzCorpus"]),
        ("ZzQuiz", ["ZzQuiz"]),
        ("ZzShift", ["ZzShift", "the ZzShift benchmark"]),
    ]


def test_values_are_plain_python(library_store):
    returned = "sum(x) AS s, avg(x) AS a, true AS t, null AS n, {k: [1]} AS m, date('2020-01-31') AS d"

    assert library_store.query(f"UNWIND [1, 2] AS x RETURN {returned}").rows == [
        (3, 1.5, True, None, {"k": [1]}, "2020-01-31")
    ]


def test_a_node_is_a_dict_with_its_label(library_store):
    rows = library_store.query("MATCH (m:Method {name: 'ZzNet'}) RETURN m, labels(m) AS labels").rows

    assert rows == [({"label": "Method", "aliases": ["ZzNet"], "key": "method:zznet", "name": "ZzNet"}, ["Method"])]


def test_a_relationship_is_a_dict_with_its_type(library_store):

    ((relationship,),) = library_store.query("MATCH (:Method)-[r:COMPARED_WITH]->(:Method) RETURN r").rows
    assert (relationship["type"], relationship["field"], relationship["start"]) == ("COMPARED_WITH", "abstract", 0)


def test_a_path_is_a_dict_of_nodes_and_relationships(library_store):
    ((path,),) = library_store.query("MATCH path = (:Method)-[:COMPARED_WITH]->(:Method) RETURN path").rows

    assert [node["name"] for node in path["nodes"]] == ["ZzNet", "ZzFormer"]
    assert [relationship["type"] for relationship in path["relationships"]] == ["COMPARED_WITH"]


def test_parameters_are_values_never_text(library_store):
    text = "MATCH (m:Method) WHERE m.name = $name RETURN m.key"

    assert library_store.query(text, {"name": "ZzNet'}) //"}).rows == []
    assert library_store.query(text, {"name": "ZzNet"}).rows == [("method:zznet",)]


def test_a_store_open_for_reading_neither_loads_nor_writes(library_store):
    for call in (
        lambda: library_store.load([NET]),
        lambda: library_store.query("MATCH (m:Method) SET m.name = 'x'", write=True),
        lambda: library_store.record_input("a", "b", 1),
    ):
        assert refusal(StoreError, call).endswith("is open for reading only; open it for writing")


def test_a_wrong_statement_is_told_in_the_engines_words_with_its_position(library_store):
    message = refusal(QueryError, library_store.query, "MATCH (m:Method) RETRUN m")

    assert message.startswith(("Parser exception: Invalid input", "Invalid input 'RETRUN'"))
    assert "(line" in message or "(line 1, column 18" in message


def test_a_parameter_without_a_value_is_named(library_store):
    message = refusal(QueryError, library_store.query, "MATCH (m) WHERE m.key = $key RETURN m", {"other": 1})

    assert message == "the query needs a value for $key"


def test_several_statements_are_refused(library_store):
    message = refusal(QueryError, library_store.query, "RETURN 1; RETURN 2")

    assert message == "the query holds several statements; run them one by one"


def test_an_empty_statement_is_refused(library_store):
    assert refusal(QueryError, library_store.query, " // nothing") == "the query is empty; give one Cypher statement"


def test_a_parameter_that_no_engine_takes_is_refused(library_store):
    refusal(QueryError, library_store.query, "RETURN $x AS x", {"x": object()})


def test_an_unknown_query_offers_near_ones(library_store):
    message = refusal(QueryError, library_store.run, "benchmark_trends", {})

    assert message == "no query is called 'benchmark_trends'; there is benchmark_trend, benchmarks_of_task"


def test_a_missing_parameter_is_named_with_its_type(library_store):
    message = refusal(QueryError, library_store.run, "benchmark_trend", {})

    assert message == "query benchmark_trend needs benchmark (Benchmark|Dataset)"


def test_an_unknown_parameter_offers_those_that_there_are(library_store):
    message = refusal(QueryError, library_store.run, "benchmark_trend", {"bench": "ZzBench"})

    assert message == "query benchmark_trend has no parameter 'bench'; it has benchmark"


def test_a_parameter_of_the_wrong_type_is_refused(library_store):
    message = refusal(QueryError, library_store.run, "growing_benchmarks", {"year": "last"})

    assert message == "parameter year of query growing_benchmarks must be integer, not 'last'"


@pytest.mark.parametrize(
    ("name", "labels", "key"),
    [
        ("method:zznet", ["Method"], "method:zznet"),
        ("ZzNet", ["Method"], "method:zznet"),
        ("zznets", ["Method"], "method:zznet"),
        ("zzcp", ["Dataset", "Method"], "method:zz contrastive pretraining"),
        ("THE ZZSHIFT BENCHMARK", ["Benchmark"], "resource:zzshift"),
        ("ZzPile", ["Benchmark", "Dataset"], "resource:zzpile"),
        ("arxiv:2001.00003", ["Paper"], "title:6e5c7abfd7cf4b81"),
        ("bigger is BETTER.", ["Paper"], "title:6e5c7abfd7cf4b81"),
    ],
)
def test_a_name_an_alias_or_a_key_finds_the_node(library_store, name, labels, key):
    assert library_store.resolve(name, labels) == key


def test_a_name_of_nothing_offers_near_names(library_store):
    message = refusal(NotFoundError, library_store.resolve, "ZzBenk", ["Benchmark", "Dataset"])

    assert message == "no Benchmark or Dataset is called 'ZzBenk'; near names: ZzBench"


def test_a_name_like_no_other_says_so(library_store):
    message = refusal(NotFoundError, library_store.resolve, "qqqq", ["Task"])

    assert message == "no Task is called 'qqqq'; and no name is near it"


def test_a_label_without_names_is_refused(library_store):
    message = refusal(QueryError, library_store.resolve, "x", ["Result"])

    assert message == "nothing of label 'Result' has a name; use Paper, Method, Dataset, Benchmark, Task, Metric"
