"""Choosing the format, and what happens to broken records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citegraph.errors import InputError
from citegraph.readers import FORMATS, RecordError, read_papers
from citegraph.readers.format import TextSource

PAGE = "A Title\n\nWe study how networks learn. They learn from examples, and they do so very slowly.\n"
CONTENT = {
    "daily-papers": PAGE,
    "jsonl": '{"title": "A Title"}\n{"title": "Another"}\n',
    "json": '[{"title": "A Title"}]',
    "csv": "title,abstract\nA Title,We do.\n",
    "tsv": "title\tabstract\nA Title\tWe do.\n",
    "bibtex": "@misc{a, title={A Title}}\n",
}


def test_formats_are_these():
    assert list(FORMATS) == ["daily-papers", "jsonl", "json", "csv", "tsv", "bibtex"]
    assert all(format_.name == name and format_.about for name, format_ in FORMATS.items())


@pytest.mark.parametrize("name", CONTENT)
def test_content_tells_the_format_whatever_the_file_is_called(read, name):
    for other in FORMATS.values():
        papers = read(f"x{other.suffixes[0]}", CONTENT[name])
        assert papers[0].title == "A Title"


@pytest.mark.parametrize("name", CONTENT)
def test_only_its_own_format_is_sure_of_a_content(name):
    assert [other for other, format_ in FORMATS.items() if format_.recognise(CONTENT[name]) == 2] == (
        [name] if name != "daily-papers" else []
    )


def test_file_name_breaks_a_tie(read):
    content = "One thing, another\nWe mean it, always.\n"
    assert [paper.title for paper in read("x.txt", content)] == ["One thing, another"]
    with pytest.raises(InputError, match="no column holds the title"):
        read("x.csv", content)


def test_names_of_columns_break_a_tie(read):
    columns = {"title": "Titel", "abstract": "Inhalt"}
    [paper] = read("x", "Titel;Inhalt\nEins;Wir zählen.\n", columns=columns)
    assert (paper.title, paper.abstract) == ("Eins", "Wir zählen.")


def test_content_of_no_known_format_is_an_error(read):
    with pytest.raises(InputError, match=r"^x: is in no known format; name one of daily-papers, jsonl, json, csv, "):
        read("x", "<html></html>\n")


def test_page_without_papers_is_an_error(read):
    header = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nApr 14\n"
    with pytest.raises(InputError, match=r"^x.txt: holds no papers, read as daily-papers; check the file, or name its"):
        read("x.txt", header)


@pytest.mark.parametrize("name", FORMATS)
@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from('{}[]",:;@=#\\\t\n\n')),
    st.sampled_from(list(CONTENT.values())),
    st.integers(0, 30),
)
def test_any_text_gives_papers_or_broken_records_or_one_clear_error(name, text, start, at):
    content = start[:at] + text + start[at:]
    try:
        records = list(FORMATS[name].read(TextSource("x", "x", iter([content])), {}))
        lines = [str(record) if isinstance(record, RecordError) else record.title for record in records]
    except InputError as error:
        lines = [str(error)]
    assert [line for line in lines if not line.strip() or "\n" in line] == []


def test_unknown_format_is_an_error_before_anything_is_read():
    with pytest.raises(
        InputError, match=r"^unknown format 'ris'; use one of daily-papers, jsonl, json, csv, tsv, bibtex"
    ):
        read_papers(["none"], format="ris")


def test_given_format_is_not_doubted(read):
    [paper] = read("x.csv", '{"title": "A Title"}', format="jsonl")
    assert paper.title == "A Title"


def test_first_broken_record_is_an_error_by_default(read):
    with pytest.raises(InputError, match=r"^x.jsonl:2: no title$"):
        read("x.jsonl", '{"title": "A"}\n{}\n{}\n')


def test_broken_records_are_handed_over_and_reading_goes_on(read):
    errors = []
    papers = read("x.jsonl", '{"title": "A"}\n{}\n{"title": "B"}\n', on_error=errors.append)
    assert [paper.title for paper in papers] == ["A", "B"]
    assert errors == [RecordError("x.jsonl", 2, "no title")]


def test_file_of_broken_records_alone_is_an_error(read):
    with pytest.raises(InputError, match=r"^x.jsonl: none of its 2 records is a paper, read as jsonl; check the file"):
        read("x.jsonl", "{}\n{}\n", on_error=lambda _: None)


def test_papers_of_earlier_sources_are_given_before_a_later_one_fails(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"title": "A"}')
    papers = read_papers([path, tmp_path / "none"])
    assert next(papers).title == "A"
    with pytest.raises(InputError, match="none: no such file; check the path"):
        next(papers)


def test_same_source_twice_is_read_twice(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"title": "A"}')
    assert len(list(read_papers([path, str(path)]))) == 2
