import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegraph.errors import SchemaError
from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.parsing import parse_facts
from citegraph.graph.records import OPTIONAL_OF_RESULT, Cue

ROW = {
    "id": "arxiv:1",
    "title": "SimNet",
    "abstract": "SimNet gets 76.5% on ZooSet.",
    "authors": ["Ann Lee"],
    "year": 2020,
    "extractor": "rules@1",
    "entities": [
        {
            "id": "e1",
            "type": "Method",
            "name": "SimNet",
            "mentions": [
                {"field": "abstract", "start": 0, "end": 6, "text": "SimNet", "confidence": 0.9, "by": "rules@1"}
            ],
        },
        {
            "id": "e2",
            "type": "Benchmark",
            "name": "ZooSet",
            "mentions": [
                {"field": "abstract", "start": 21, "end": 27, "text": "ZooSet", "confidence": 0.9, "by": "rules@1"}
            ],
        },
    ],
    "relations": [
        {
            "head": "PAPER",
            "type": "EVALUATED_ON",
            "tail": "e2",
            "evidence": {"field": "abstract", "start": 0, "end": 28, "cue": {"start": 18, "end": 20, "text": "on"}},
            "confidence": 1,
            "by": "rules@1",
        }
    ],
    "results": [
        {
            "method": "e1",
            "on": "e2",
            "metric": "accuracy",
            "value": "76.5%",
            "unit": "%",
            "kind": "absolute",
            "evidence": {"field": "abstract", "start": 0, "end": 28},
            "confidence": 0.5,
            "by": "rules@1",
            "number": 76.5,
            "upper": 80,
            "origin": -1,
            "spread": 0.5,
            "hedge": "up to",
            "direction": "higher",
        }
    ],
}
MENTION = ("entities", 0, "mentions", 0)
RELATION = ("relations", 0)
CUE = (*RELATION, "evidence", "cue")
RESULT = ("results", 0)


def changed(*path, to):
    """The good row with the value at the path replaced."""
    row = copy.deepcopy(ROW)
    part = row
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return json.dumps(row)


def message(line):
    with pytest.raises(SchemaError) as caught:
        parse_facts(line)
    text = str(caught.value)
    assert text.splitlines() == [text]
    return text


def places(part, path=()):
    """The paths of all values in a decoded JSON document."""
    yield path
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for step, value in steps:
        yield from places(value, (*path, step))


def test_a_good_line_gives_its_paper_entities_relations_and_results():
    found = parse_facts(json.dumps(ROW))
    assert (found.paper.id, found.paper.authors, found.paper.year) == ("arxiv:1", ("Ann Lee",), 2020)
    assert [entity.id for entity in found.entities] == ["e1", "e2"]
    assert (found.relations[0].evidence.cue, found.results[0].value) == (Cue(18, 20, "on"), "76.5%")


def test_the_parts_of_a_number_become_floats():
    result = parse_facts(json.dumps(ROW)).results[0]
    assert repr((result.number, result.upper, result.origin, result.spread)) == "(76.5, 80.0, -1.0, 0.5)"
    assert (result.hedge, result.direction) == ("up to", "higher")


@pytest.mark.parametrize("name", ["number", "upper", "origin", "spread", "hedge", "direction"])
def test_an_optional_part_of_a_result_may_be_null_or_missing(name):
    assert getattr(parse_facts(changed(*RESULT, name, to=None)).results[0], name) is None


def test_a_number_beyond_floats_in_the_notation_of_json_is_refused():
    line = json.dumps(ROW).replace('"number": 76.5', '"number": 1e999')
    assert message(line) == "number of result '76.5%' must be a number that a float can hold, not inf"


def test_a_whole_number_as_confidence_becomes_a_float():
    assert repr(parse_facts(json.dumps(ROW)).relations[0].confidence) == "1.0"


def test_order_of_keys_does_not_matter():
    assert parse_facts(json.dumps(ROW, sort_keys=True)) == parse_facts(json.dumps(ROW))


def test_escaped_and_plain_emoji_are_the_same():
    row = ROW | {"title": "🎉"}
    assert parse_facts(json.dumps(row)) == parse_facts(json.dumps(row, ensure_ascii=False))


def test_paper_fields_of_other_tools_are_dropped():
    assert parse_facts(json.dumps(ROW | {"doi_count": 3})) == parse_facts(json.dumps(ROW))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("", "not JSON: Expecting value at column 1"),
        ('{"id": ', "not JSON: Expecting value at column 8"),
        ("\ufeff{}", "not JSON: Unexpected UTF-8 BOM (decode using utf-8-sig) at column 1"),
        ("[1, 2]", "a facts record must be a JSON object, not [1, 2]"),
        ("null", "a facts record must be a JSON object, not None"),
        ('{"id": NaN}', "not JSON that can be read: 'NaN is no JSON number'"),
        ('{"id": -Infinity}', "not JSON that can be read: '-Infinity is no JSON number'"),
        ("{}", "extractor must be text that is not blank, not None"),
    ],
)
def test_a_line_that_is_no_record_says_so(line, text):
    assert message(line) == text


def test_deep_nesting_is_refused():
    assert message("[" * 100_000).startswith("not JSON that can be read: ")


def test_a_number_of_too_many_digits_is_refused():
    assert message('{"year": ' + "9" * 5000 + "}").startswith("not JSON that can be read: ")


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        (("id",), 5, "id must be text that is not blank, not 5"),
        (("title",), " ", "title must be text that is not blank, not ' '"),
        (("title",), ["a"], "title must be text that is not blank, not ['a']"),
        (("abstract",), None, "abstract must be text, not None"),
        (("authors",), "Ann Lee", "authors must be a list of texts, not 'Ann Lee'"),
        (("authors",), [1], "authors must be a list of texts, not [1]"),
        (("year",), "2020", "year must be a whole number from 1 to 9999, not '2020'"),
        (("year",), True, "year must be a whole number from 1 to 9999, not True"),
        (("year",), 0, "year must be a whole number from 1 to 9999, not 0"),
        (("venue",), {}, "venue must be text, not {}"),
        (("entities",), {}, "entities must be a list, not {}"),
        (("relations",), None, "relations must be a list, not None"),
        (("results",), 1, "results must be a list, not 1"),
        (("entities", 0), [], "an entity must be an object of id, type, name, mentions, not []"),
        (("entities", 0, "id"), "", "id of an entity must be text that is not blank, not ''"),
        (("entities", 0, "id"), "e2", "two entities have the same id; give each its own"),
        (
            ("entities", 0, "id"),
            "PAPER",
            "the entity id 'PAPER' stands for the paper itself; give the entity another",
        ),
        (
            ("entities", 0, "type"),
            "Model",
            "type of entity 'e1' must be one of Method, Dataset, Benchmark, Task, Metric, not 'Model'",
        ),
        (("entities", 0, "name"), 7, "name of an entity must be text that is not blank, not 7"),
        (
            ("entities", 0, "mentions"),
            [],
            "mentions of entity 'e1' must be a list of the places where the text names it, not []",
        ),
        ((*MENTION, "field"), "body", "field must be title or abstract, not 'body'"),
        ((*MENTION, "field"), [], "field must be title or abstract, not []"),
        ((*MENTION, "start"), -1, "abstract[-1:6] is not inside the abstract of 28 characters"),
        ((*MENTION, "start"), 6, "abstract[6:6] is not inside the abstract of 28 characters"),
        ((*MENTION, "start"), 0.0, "abstract[0.0:6] is not inside the abstract of 28 characters"),
        ((*MENTION, "end"), 29, "abstract[0:29] is not inside the abstract of 28 characters"),
        ((*MENTION, "end"), True, "abstract[0:True] is not inside the abstract of 28 characters"),
        ((*MENTION, "text"), "Simnet", "mention 'Simnet' is not at abstract[0:6]"),
        ((*MENTION, "confidence"), 1.5, "confidence must be a number from 0 to 1, not 1.5"),
        ((*MENTION, "confidence"), -0.1, "confidence must be a number from 0 to 1, not -0.1"),
        ((*MENTION, "confidence"), True, "confidence must be a number from 0 to 1, not True"),
        ((*MENTION, "confidence"), "high", "confidence must be a number from 0 to 1, not 'high'"),
        ((*RELATION, "head"), "e9", "relation 'e9' 'EVALUATED_ON' 'e2' names an unknown entity"),
        ((*RELATION, "tail"), "PAPER", "relation 'PAPER' EVALUATED_ON 'PAPER' may not join Paper to Paper"),
        ((*RELATION, "tail"), "e1", "relation 'PAPER' EVALUATED_ON 'e1' may not join Paper to Method"),
        (
            (*RELATION, "type"),
            "CITES",
            "type of a relation must be one of PROPOSES, INTRODUCES, EVALUATED_ON, TRAINED_ON, USES, OUTPERFORMS, "
            "COMPARED_WITH, ADDRESSES, MENTIONS, not 'CITES'",
        ),
        ((*RELATION, "evidence"), None, "evidence must be an object of field, start, end and perhaps cue, not None"),
        ((*RELATION, "evidence", "end"), 99, "abstract[0:99] is not inside the abstract of 28 characters"),
        (CUE, 3, "cue of evidence must be an object of start, end, text, not 3"),
        (CUE, "on", "cue 'on' has no place, as in facts of older versions; extract the paper anew"),
        ((*CUE, "text"), "of", "cue 'of' is not at abstract[18:20]"),
        ((*CUE, "start"), 20, "cue abstract[20:20] is not inside its sentence, abstract[0:28]"),
        ((*CUE, "end"), 29, "cue abstract[18:29] is not inside its sentence, abstract[0:28]"),
        ((*RESULT, "method"), "e9", "method of result '76.5%' names an unknown entity"),
        ((*RESULT, "method"), "e2", "method of result '76.5%' must be a Method or Paper, not a Benchmark"),
        ((*RESULT, "on"), "e1", "on of result '76.5%' must be a Dataset or Benchmark, not a Method"),
        ((*RESULT, "metric"), "e1", "metric of result '76.5%' must be a Metric, not a Method"),
        ((*RESULT, "metric"), 3, "metric of result '76.5%' must be text that is not blank, not 3"),
        ((*RESULT, "value"), 76.5, "value of a result must be text that is not blank, not 76.5"),
        (
            (*RESULT, "kind"),
            "total",
            "kind of result '76.5%' must be one of absolute, improvement, ratio, not 'total'",
        ),
        ((*RESULT, "number"), "76.5", "number of result '76.5%' must be a number, not '76.5'"),
        ((*RESULT, "upper"), True, "upper of result '76.5%' must be a number, not True"),
        (
            (*RESULT, "spread"),
            10**400,
            f"spread of result '76.5%' must be a number that a float can hold, not 1{'0' * 58}…",
        ),
        (
            (*RESULT, "hedge"),
            "ca",
            "hedge of result '76.5%' must be one of about, up to, more than, at least, less than, at most, not 'ca'",
        ),
        ((*RESULT, "direction"), 1, "direction of result '76.5%' must be one of higher, lower, not 1"),
        (
            ("title",),
            "\ud800",
            "the record holds the lone surrogate \\ud800, which is no character; replace it, e.g. by \\ufffd",
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(path, value, text):
    assert message(changed(*path, to=value)) == text


def test_a_long_wrong_value_is_cut():
    assert message(changed("venue", to=["x" * 500])) == "venue must be text, not ['" + "x" * 57 + "…"


def test_a_line_end_in_an_id_does_not_break_the_message():
    assert message(changed(*RELATION, "head", to="e\n9")).startswith("relation 'e\\n9' ")


@pytest.mark.parametrize("path", [path for path in places(ROW) if path and isinstance(path[-1], str)], ids=str)
def test_a_missing_value_is_refused_unless_it_is_optional(path):
    row = copy.deepcopy(ROW)
    part = row
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    if path[-1] in ("authors", "year", "cue", *OPTIONAL_OF_RESULT):
        assert parse_facts(json.dumps(row)).paper.id == "arxiv:1"
    else:
        message(json.dumps(row))


@pytest.mark.parametrize("path", [("entities", 0), MENTION, RELATION, (*RELATION, "evidence"), CUE, RESULT], ids=str)
def test_an_unknown_key_inside_a_part_is_refused(path):
    assert "must be an object of " in message(changed(*path, "weight", to=1))


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([path for path in places(ROW) if path]),
    st.sampled_from([None, True, -1, 1.5, 10**30, "", "x", [], [[]], {}, {"a": 1}, "\x00", "\udc00"]),
)
def test_any_replaced_value_is_refused_in_one_line_or_gives_a_graph_that_fits_the_schema(path, value):
    try:
        KnowledgeGraph.from_facts([parse_facts(changed(*path, to=value))]).check()
        outcome = "accepted"
    except SchemaError as error:
        outcome = str(error)
    assert outcome.splitlines() == [outcome]
