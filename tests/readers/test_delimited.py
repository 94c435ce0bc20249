"""CSV and TSV with a header line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citegraph.errors import InputError
from citegraph.graph.records import Paper, paper_key
from citegraph.readers import FORMATS
from citegraph.readers.delimited import CSV, TSV
from citegraph.readers.format import TextSource
from citegraph.readers.text import fold_abstract, fold_title

ZOTERO = (
    '\ufeff"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note",'
    '"Date"\n'
    '"A1","conferencePaper","2019","Devlin, Jacob; Chang, Ming-Wei","BERT, ""the"" paper","NAACL",'
    '"10.18653/V1/N19-1423","https://aclanthology.org/N19-1423","We\nshow it.","2019-06-02"\n'
)
SCOPUS = (
    '"Authors","Author full names","Title","Year","Source title","DOI","Link","Abstract"\n'
    '"Turing A.M.","Turing, Alan M. (57193)","On Numbers",2020,"Mind","10.1093/MIND/LIX",'
    '"https://www.scopus.com/x","[No abstract available]"\n'
)


def titles(papers):
    return [paper.title for paper in papers]


def test_zotero_export(read):
    assert read("zotero.csv", ZOTERO) == [
        Paper(
            "doi:10.18653/v1/n19-1423",
            'BERT, "the" paper',
            "We show it.",
            ("Jacob Devlin", "Ming-Wei Chang"),
            2019,
            "2019-06-02",
            "NAACL",
            "https://aclanthology.org/N19-1423",
            "zotero.csv",
        )
    ]


def test_scopus_export(read):
    assert read("scopus.csv", SCOPUS) == [
        Paper(
            "doi:10.1093/mind/lix",
            "On Numbers",
            "",
            ("Turing A.M.",),
            2020,
            None,
            "Mind",
            "https://www.scopus.com/x",
            "scopus.csv",
        )
    ]


def test_semicolons_part_the_columns_of_a_european_export(read):
    [paper] = read("x.csv", "title;abstract;year\nOne, two;We count, slowly.;2020\n")
    assert (paper.title, paper.abstract, paper.year) == ("One, two", "We count, slowly.", 2020)


def test_named_columns_are_used_in_any_language(read):
    table = "Titel;Zusammenfassung;title\nEins;Wir zählen.;no\n"
    [paper] = read("x.csv", table, columns={"title": "Titel", "abstract": "Zusammenfassung"})
    assert (paper.title, paper.abstract) == ("Eins", "Wir zählen.")


def test_named_column_that_is_not_there_is_an_error(read):
    with pytest.raises(InputError, match=r"^x.csv:1: no column 'Titel'; the columns are title, abstract$"):
        read("x.csv", "title,abstract\nA,b\n", columns={"title": "Titel"})


def test_table_without_a_title_column_is_an_error(read):
    with pytest.raises(InputError, match=r"^x.csv:1: no column holds the title; name it, the columns are a, b$"):
        read("x.csv", "a,b\nA,b\n")


def test_row_with_too_few_or_too_many_columns_is_a_broken_record(read):
    errors = []
    papers = read("x.csv", "title,abstract\nA,b\nB\n\nC,d,e\nD,e,,\n", on_error=errors.append)
    assert titles(papers) == ["A", "D"]
    assert list(map(str, errors)) == [
        "x.csv:3: 1 columns where the header has 2",
        "x.csv:5: 3 columns where the header has 2",
    ]


def test_quote_that_is_never_closed_breaks_its_own_row_only(read):
    errors = []
    papers = read("x.csv", 'title,abstract\nA,"b\nc"\n"B,c\nC,d\nD,e\n', on_error=errors.append)
    assert titles(papers) == ["A", "C", "D"]
    assert list(map(str, errors)) == ["x.csv:4: a quoted field does not end; close it, or double the quotes inside it"]


def test_header_with_a_quote_that_is_never_closed_is_an_error(read):
    with pytest.raises(InputError, match=r"^x.csv:1: the header is broken: a quoted field does not end"):
        read("x.csv", '"title,abstract\nA,b\n', format="csv")


def test_first_filled_one_of_two_columns_with_one_name_counts(read):
    assert titles(read("x.csv", "title,abstract,title\nA,b,c\n,b,C\n")) == ["A", "C"]


def test_quotes_in_a_table_parted_by_tabs_are_characters_where_the_rows_say_so(read):
    table = 'title\tabstract\n"Why Should I Trust You?": A Reason\tWe do.\n"Half\tAn "old" one.\n'
    assert titles(read("x.tsv", table)) == ['"Why Should I Trust You?": A Reason', '"Half']


def test_quotes_in_a_table_parted_by_tabs_hold_where_the_rows_say_so(read):
    [paper] = read("x.tsv", 'title\tabstract\n"""Why?"": A Reason"\t"We\ndo."\n')
    assert (paper.title, paper.abstract) == ('"Why?": A Reason', "We do.")


def test_table_is_recognised_by_its_header():
    assert FORMATS["csv"].recognise("Paper Title,Abstract\n") == 2
    assert FORMATS["csv"].recognise("title\nA\n") == 1
    assert FORMATS["csv"].recognise("a,b\nc,d\n") == 1
    assert FORMATS["csv"].recognise("A title, with a comma\nAn abstract, with one, and another.\n") == 0
    assert FORMATS["tsv"].recognise("title\tabstract\n") == 2


texts = st.text(st.characters(codec="utf-8"), max_size=40)
rows = st.lists(st.tuples(texts.map(fold_title).filter(bool), texts.map(fold_abstract)), min_size=1)


@pytest.mark.parametrize(("format_", "delimiter"), [(CSV, ","), (TSV, "\t")])
@given(rows=rows)
def test_papers_written_as_a_table_come_back(format_, delimiter, rows):
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("title", "abstract"), *rows])
    papers = [Paper(paper_key(title), title, abstract, source="x") for title, abstract in rows]
    assert list(format_.read(TextSource("x", "x", iter([written.getvalue()])), {})) == papers
