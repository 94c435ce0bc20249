import pytest

from citegraph.errors import SchemaError
from citegraph.graph.schema import load_schema

SCHEMA = load_schema()


def test_labels_come_in_the_order_of_the_file():
    assert tuple(SCHEMA.nodes) == ("Paper", "Method", "Dataset", "Benchmark", "Task", "Metric", "Result")


def test_named_labels_are_those_of_entities():
    assert SCHEMA.named_labels == ("Method", "Dataset", "Benchmark", "Task", "Metric")


def test_relationship_types_come_in_the_order_of_the_file():
    assert tuple(SCHEMA.relationships) == (
        "PROPOSES", "INTRODUCES", "EVALUATED_ON", "TRAINED_ON", "USES", "OUTPERFORMS", "COMPARED_WITH", "ADDRESSES",
        "MENTIONS", "REPORTS", "OF", "ON", "MEASURED_BY",
    )  # fmt: skip


def test_named_nodes_share_name_and_aliases():
    assert [prop.name for prop in SCHEMA.nodes["Task"].properties] == ["name", "aliases"]


def test_stated_relationships_carry_the_evidence_and_links_of_results_none():
    assert "sentence" in [prop.name for prop in SCHEMA.relationships["USES"].properties]
    assert SCHEMA.relationships["REPORTS"].properties == ()


@pytest.mark.parametrize(
    ("label", "properties"),
    [
        ("Paper", {"title": "A", "year": 2020, "ids": ["doi:1"], "venue": None}),
        ("Result", {"number": 76, "confidence": 0.5}),
        ("Method", {}),
    ],
)
def test_a_node_that_fits_is_accepted(label, properties):
    assert SCHEMA.check_node(label, properties) is None


@pytest.mark.parametrize(
    ("label", "properties", "text"),
    [
        ("Model", {}, "unknown label 'Model'; the schema has Paper, Method, Dataset, Benchmark, Task, Metric, Result"),
        ("Method", {"title": "A"}, "Method has no property 'title'"),
        ("Paper", {"year": "2020"}, "Paper.year must be of type integer, not '2020'"),
        ("Paper", {"year": True}, "Paper.year must be of type integer, not True"),
        ("Paper", {"ids": "doi:1"}, "Paper.ids must be of type string[], not 'doi:1'"),
        ("Result", {"confidence": "high"}, "Result.confidence must be of type float, not 'high'"),
    ],
)
def test_a_node_that_does_not_fit_is_refused(label, properties, text):
    with pytest.raises(SchemaError) as caught:
        SCHEMA.check_node(label, properties)
    assert str(caught.value) == text


def test_a_relationship_that_fits_is_accepted():
    assert SCHEMA.check_relationship("EVALUATED_ON", "Method", "Benchmark", {"confidence": 1, "cue": "on"}) is None


@pytest.mark.parametrize(
    ("type_", "head", "tail", "properties", "text"),
    [
        ("USES", "Paper", "Dataset", {}, "USES may not join Paper to Dataset"),
        ("USES", "Method", "Paper", {}, "USES may not join Method to Paper"),
        ("USES", "Paper", "Method", {"weight": 1}, "USES has no property 'weight'"),
        ("OF", "Result", "Method", {"cue": "x"}, "OF has no property 'cue'"),
    ],
)
def test_a_relationship_that_does_not_fit_is_refused(type_, head, tail, properties, text):
    with pytest.raises(SchemaError) as caught:
        SCHEMA.check_relationship(type_, head, tail, properties)
    assert str(caught.value) == text


def test_an_unknown_relationship_type_is_refused_with_the_known_ones():
    with pytest.raises(SchemaError, match=r"^unknown relationship type 'CITES'; the schema has PROPOSES, INTRODUCES, "):
        SCHEMA.check_relationship("CITES", "Paper", "Paper", {})
