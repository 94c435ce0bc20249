"""JSON documents: a list, or an object that holds one, as the services answer."""

import json

import pytest

from citegraph.errors import InputError
from citegraph.readers.format import TextSource
from citegraph.readers.json_document import JSON


def titles(papers):
    return [paper.title for paper in papers]


@pytest.mark.parametrize(
    "document",
    [
        '[{"title": "A"}, {"title": "B"}]',
        '[\n  {\n    "title": "A"\n  },\n  {"title": "B"}\n]\n',
        '{"total": 2, "papers": [{"title": "A"}, {"title": "B"}], "next": null}',
        '{"meta": {"count": 2}, "results": [{"title": "A"}, {"title": "B"}]}',
        '{"status": "ok", "message": {"items": [{"title": ["A"]}, {"title": ["B"]}]}}',
        '{"data": [{"title": "A"}], "entries": [{"title": "B"}]}',
        '{\n  "title": "A"\n}\n{\n  "title": "B"\n}\n',
    ],
)
def test_list_is_found_wherever_it_stands(read, document):
    assert titles(read("x.json", document)) == ["A", "B"]


def test_object_with_a_title_is_one_paper(read):
    assert titles(read("x.json", '{\n "title": "A",\n "results": [{"value": "1"}]\n}')) == ["A"]


def test_broken_records_name_the_line_where_they_start(read):
    errors = []
    document = '[\n{"title": "A"},\n{\n"abstract": "x"},\n7,\n{"title": "B"}]'
    assert titles(read("x.json", document, on_error=errors.append)) == ["A", "B"]
    assert list(map(str, errors)) == ["x.json:3: no title", "x.json:5: not a JSON object"]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ('[{"title": "A"},\n{"title": "B', "x.json:2: broken JSON: Unterminated string; correct the file"),
        ('[{"title": "A"}\n', "x.json:2: broken JSON: expected , or ], found the end; correct the file"),
        ('[{"title": "A"}]\nx', "x.json:2: broken JSON: Expecting value; correct the file"),
        ('[{"title": "A"} {"title": "B"}]', "x.json:1: broken JSON: expected , or ], found {; correct the file"),
        ('[{"title": "A"},\n\n{"title": B}]', "x.json:3: broken JSON: Expecting value; correct the file"),
        ('{"papers"\n7}', "x.json:2: broken JSON: expected :, found 7; correct the file"),
        ('[{"title": ' + "[" * 100_000, "x.json:1: broken JSON: nested too deeply; correct the file"),
        ("[{}, " + "1" * 5000 + "]", "x.json:1: broken JSON: a number is too long; correct the file"),
    ],
)
def test_broken_document_is_an_error_with_its_line(read, document, text):
    with pytest.raises(InputError) as raised:
        read("x.json", document, format="json", on_error=lambda _: None)
    assert str(raised.value) == text


def test_papers_before_the_broken_place_are_given(read):
    source = TextSource("x", "x", iter(['[{"title": "A"}, {"ti']))
    records = JSON.read(source, {})
    assert next(records).title == "A"
    with pytest.raises(InputError):
        next(records)


def test_pieces_of_any_size_give_the_same_papers():
    document = json.dumps(
        {"papers": [{"title": 'A \u2603 \\ "', "year": 2021}, {"title": "B", "year": 2022}]}, indent=1
    )
    whole = list(JSON.read(TextSource("x", "x", iter([document])), {}))
    assert titles(whole) == ['A \u2603 \\ "', "B"]
    for size in range(1, len(document)):
        pieces = iter([document[at : at + size] for at in range(0, len(document), size)])
        assert list(JSON.read(TextSource("x", "x", pieces), {})) == whole


def test_broken_value_is_reported_without_reading_on():
    source = TextSource("x", "x", iter(["[{'title': 1}," + " " * 100, "never read"]))
    with pytest.raises(InputError):
        list(JSON.read(source, {}))
    assert list(source.chunks) == ["never read"]


def test_list_without_papers_is_an_error(read):
    with pytest.raises(
        InputError, match=r"^x.json: holds no papers, read as json; check the file, or name its format$"
    ):
        read("x.json", '{"count": 0, "results": []}')
