"""Reading query files and binding parameters, without a store."""

import pytest

from citegraph.cypher import queries
from citegraph.cypher.library import Parameter, bind, parse_query
from citegraph.cypher.opening import open_store
from citegraph.cypher.text import portability_warnings
from citegraph.errors import QueryError, StoreError

HEADER = """// What it asks,
// in two lines.
// :param thing: Benchmark|Dataset — the thing
// :param year: integer = null — the year
// :param share: float = 0.5 — the share
// :param deep: boolean = false — whether deep
// :param words: list = [] — words
// :param text: string = "x" — text
// :columns a, b
RETURN 1 AS a,
       2 AS b
"""


def resolve(name, labels):
    return f"{'|'.join(labels)}:{name}"


def bound(**given):
    return bind(parse_query("q", HEADER), {"thing": "t", **given}, resolve)


def test_a_header_is_parsed():
    query = parse_query("q", HEADER, "// why\nRETURN 2")

    assert query.purpose == "What it asks, in two lines."
    assert query.parameters[0] == Parameter("thing", "Benchmark|Dataset", "the thing")
    assert query.parameters[1] == Parameter("year", "integer", "the year", required=False, default=None)
    assert query.columns == ("a", "b")
    assert query.text == "RETURN 1 AS a,\n       2 AS b"
    assert query.embedded == "RETURN 2"


@pytest.mark.parametrize(
    "text",
    ["RETURN 1 AS a", "// Purpose.\nRETURN 1 AS a", "// :columns a\nRETURN 1 AS a"],
)
def test_a_query_without_purpose_or_columns_is_refused(text):
    with pytest.raises(QueryError) as caught:
        parse_query("q", text)

    assert str(caught.value) == "query q must state its purpose and its :columns in its header"


def test_a_wrong_header_line_is_named():
    with pytest.raises(QueryError) as caught:
        parse_query("q", "// What.\n// :param x: number — x\n// :columns a\nRETURN 1 AS a")

    assert str(caught.value) == "query q has a wrong header line: :param x: number — x"


def test_defaults_fill_in():
    assert bound() == {
        "thing": "Benchmark|Dataset:t",
        "year": None,
        "share": 0.5,
        "deep": False,
        "words": [],
        "text": "x",
    }


def test_text_is_converted_to_the_declared_type():
    values = bound(year="2020", share="1", deep="true", words='["a"]', text="7")

    assert (values["year"], values["share"], values["deep"], values["words"], values["text"]) == (
        2020,
        1,
        True,
        ["a"],
        "7",
    )


@pytest.mark.parametrize(
    ("name", "value", "type_"),
    [
        ("year", "2020.5", "integer"),
        ("year", True, "integer"),
        ("year", 2**70, "integer"),
        ("share", "half", "float"),
        ("deep", 1, "boolean"),
        ("words", "a,b", "list"),
        ("text", 7, "string"),
    ],
)
def test_a_value_of_another_type_is_refused(name, value, type_):
    with pytest.raises(QueryError) as caught:
        bound(**{name: value})

    assert str(caught.value) == f"parameter {name} of query q must be {type_}, not {value!r}"


def test_a_negative_limit_is_refused():
    with pytest.raises(QueryError) as caught:
        bind(queries()["papers_on_benchmark"], {"benchmark": "b", "limit": "-1"}, resolve)

    assert str(caught.value) == "parameter limit of query papers_on_benchmark must be 0 or more, not -1"


@pytest.mark.parametrize("query", queries().values(), ids=queries())
def test_a_query_declares_the_parameters_that_it_uses(query):
    from citegraph.cypher.text import parameters_in

    for text in filter(None, (query.text, query.embedded)):
        assert set(parameters_in(text)) == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("query", queries().values(), ids=queries())
def test_a_query_has_an_order(query):
    assert "ORDER BY" in query.text


@pytest.mark.parametrize("query", queries().values(), ids=queries())
def test_a_query_means_the_same_on_both_engines(query):
    if query.embedded is None:
        assert portability_warnings(query.text) == []


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("MATCH (a)-[:USES]->(b)<-[x:USES]-(c) RETURN c", "the type USES stands twice in one MATCH"),
        ("MATCH (a)-[:USES*1..3]->(b) RETURN count(*)", "count over a variable length"),
        ("RETURN [1, 2][0]", "a list index counts from 0 on Neo4j, from 1 on Ladybug"),
        ("RETURN substring('abc', 0, 1)", "substring counts from 0 on Neo4j, from 1 on Ladybug"),
        ("MATCH (a) RETURN labels(a)[0]", "labels() is a list on Neo4j, one text on Ladybug"),
    ],
)
def test_what_means_another_thing_elsewhere_is_named(text, warning):
    assert any(found.startswith(warning) for found in portability_warnings(text))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a)-[:USES]->(b) MATCH (c)-[:USES]->(b) RETURN c",
        "MATCH (a)-[:USES*1..3]->(b) RETURN min(length(a))",
        "RETURN 'a[0] substring(x)'",
        "MATCH (a) WHERE a.key IN [1] RETURN a // [0]",
    ],
)
def test_what_means_the_same_gives_no_warning(text):
    assert portability_warnings(text) == []


def test_an_address_of_no_store_is_refused():
    with pytest.raises(StoreError) as caught:
        open_store("http://localhost:7474")

    assert str(caught.value) == ("no store has an address that begins with http://; give a path, neo4j://… or bolt://…")
