"""JSON lines, the form of most corpora and of citegraph's own facts files."""

import json
import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from citegraph.graph.records import Paper, paper_key
from citegraph.readers import read_papers
from citegraph.readers.format import TextSource
from citegraph.readers.json_lines import JSONL, is_json_lines
from citegraph.readers.text import fold_abstract, fold_title

LINE = '{"id": "arxiv:1706.03762", "title": "Attention", "abstract": "We attend.", "year": 2017}\n'


def reasons(read, content):
    errors = []
    read("x.jsonl", LINE + content + LINE, on_error=errors.append, format="jsonl")
    return [str(error) for error in errors]


def test_line_is_a_paper(read):
    assert read("x.jsonl", LINE) == [
        Paper("arxiv:1706.03762", "Attention", "We attend.", year=2017, date="2017-06", source="x.jsonl"),
    ]


def test_blank_lines_and_a_missing_last_line_end_change_nothing(read):
    assert len(read("x.jsonl", f"\n{LINE}\n  \n{LINE}".rstrip())) == 2


def test_half_a_line_is_a_broken_record(read):
    assert reasons(read, '{"title": "Half\n') == ["x.jsonl:2: not JSON: Unterminated string at column 11"]


def test_line_that_is_no_object_is_a_broken_record(read):
    assert reasons(read, "[1]\n") == ["x.jsonl:2: not a JSON object"]


def test_record_without_title_is_a_broken_record(read):
    assert reasons(read, '{"abstract": "We attend."}\n\n{"title": " "}\n') == [
        "x.jsonl:2: no title",
        "x.jsonl:4: no title",
    ]


def test_title_that_is_no_text_is_a_broken_record(read):
    assert reasons(read, '{"title": 7}\n') == ["x.jsonl:2: the title is not text but '7'"]


def test_nesting_without_end_is_a_broken_record(read):
    assert reasons(read, '{"title": ' + "[" * 100_000 + "\n") == ["x.jsonl:2: not JSON: nested too deeply"]


def test_number_without_end_is_a_broken_record(read):
    assert reasons(read, '{"title": "A", "n": ' + "1" * 5000 + "}\n") == ["x.jsonl:2: not JSON: a number is too long"]


def test_facts_file_is_read_as_papers(read):
    facts = json.loads(LINE) | {"extractor": "rules 1", "entities": [], "relations": [], "results": [{"value": "1"}]}
    assert [paper.id for paper in read("facts.jsonl", json.dumps(facts))] == ["arxiv:1706.03762"]


def test_document_is_not_taken_for_lines():
    assert is_json_lines('{"title": "A"}')
    assert is_json_lines('{"title": "A", "abs\n{"title": "B"}\n')
    assert is_json_lines('{"title": "A"}\nbroken\n')
    assert not is_json_lines('{\n"title": "A"}')
    assert not is_json_lines('{"meta": {}, "results": [{"title": "A"}]}')
    assert not is_json_lines("")


texts = st.text(st.characters(codec="utf-8"), max_size=40)
titles = texts.map(fold_title).filter(bool)


@given(st.lists(st.tuples(titles, texts.map(fold_abstract), st.integers(1500, 2199)), min_size=1))
def test_papers_written_as_json_lines_come_back(rows):
    written = "".join(json.dumps(dict(zip(("title", "abstract", "year"), row, strict=True))) + "\n" for row in rows)
    papers = [Paper(paper_key(title), title, abstract, year=year, source="x") for title, abstract, year in rows]
    assert list(JSONL.read(TextSource("x", "x", iter(written.splitlines(True))), {})) == papers


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "large.jsonl"
    line = json.dumps({"title": "A Title", "abstract": "We study networks. " * 1250}) + "\n"
    with path.open("w") as file:
        file.writelines(line for _ in range(50_000_000 // len(line) + 1))
    papers = read_papers([path])
    tracemalloc.start()
    try:
        number = sum(1 for _ in papers)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 50_000_000
    assert number == 50_000_000 // len(line) + 1
    assert peak < 2_000_000
