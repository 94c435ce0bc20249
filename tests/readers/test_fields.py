"""The fields of common exports."""

import pytest

from citegraph.errors import InputError
from citegraph.graph.records import Paper, paper_key
from citegraph.readers.fields import check_columns, paper_from_record


def paper(record, **columns):
    return paper_from_record(record, "x", columns)


def test_arxiv_metadata():
    record = {
        "id": "0704.0001",
        "submitter": "Pavel Nadolsky",
        "authors": "C. Bal\\'azs, E. L. Berger",
        "title": "Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies",
        "journal-ref": "Phys.Rev.D76:013009,2007",
        "doi": None,
        "license": None,
        "abstract": "  A fully differential calculation in perturbative\nquantum chromodynamics is presented.\n",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2008-11-26",
        "authors_parsed": [["Balázs", "C.", ""], ["Berger", "E. L.", ""]],
    }
    assert paper(record) == Paper(
        "arxiv:0704.0001",
        "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies",
        "A fully differential calculation in perturbative quantum chromodynamics is presented.",
        ("C. Balázs", "E. L. Berger"),
        2007,
        "2007-04-02",
        "Phys.Rev.D76:013009,2007",
        None,
        "x",
    )


def test_semantic_scholar():
    record = {
        "paperId": "204e3073870fae3d05bcbc2f6a8e263d9b72e776",
        "externalIds": {"MAG": "2963403868", "ArXiv": "1706.03762", "CorpusId": 13756489},
        "url": "https://www.semanticscholar.org/paper/204e30",
        "title": "Attention is All you Need",
        "abstract": None,
        "venue": "",
        "year": 2017,
        "publicationDate": "2017-06-12",
        "journal": {"pages": "5998-6008", "name": "NIPS"},
        "authors": [{"authorId": "40348417", "name": "Ashish Vaswani"}],
    }
    assert paper(record) == Paper(
        "arxiv:1706.03762",
        "Attention is All you Need",
        "",
        ("Ashish Vaswani",),
        2017,
        "2017-06-12",
        "NIPS",
        "https://www.semanticscholar.org/paper/204e30",
        "x",
    )


def test_openalex():
    record = {
        "id": "https://openalex.org/W2741809807",
        "doi": None,
        "title": None,
        "display_name": "The state of OA",
        "publication_year": 2018,
        "publication_date": "2018-02-13",
        "authorships": [{"author": {"display_name": "Heather Piwowar"}}],
        "primary_location": {"landing_page_url": "https://peerj.com/4375", "source": {"display_name": "PeerJ"}},
        "abstract_inverted_index": {"Despite": [0], "growing": [1], "interest": [2, 4], "in": [3]},
    }
    assert paper(record) == Paper(
        "openalex:W2741809807",
        "The state of OA",
        "Despite growing interest in interest",
        ("Heather Piwowar",),
        2018,
        "2018-02-13",
        "PeerJ",
        "https://peerj.com/4375",
        "x",
    )


def test_papers_with_code():
    record = {
        "paper_url": "https://paperswithcode.com/paper/dynamic-network",
        "arxiv_id": "1805.01167v2",
        "title": "Dynamic Network",
        "abstract": "We build it.",
        "url_abs": "http://arxiv.org/abs/1805.01167v2",
        "proceeding": None,
        "authors": ["A B", "C D"],
        "date": "2018-05-03",
    }
    assert paper(record) == Paper(
        "arxiv:1805.01167",
        "Dynamic Network",
        "We build it.",
        ("A B", "C D"),
        2018,
        "2018-05-03",
        None,
        "http://arxiv.org/abs/1805.01167v2",
        "x",
    )


def test_daily_papers_service_nests_the_paper():
    found = paper({"paper": {"id": "2401.00001", "summary": "We do.", "title": "A"}, "publishedAt": "2024-01-02T00:00"})
    assert (found.id, found.title, found.abstract, found.date) == ("arxiv:2401.00001", "A", "We do.", "2024-01-02")


def test_crossref_date_parts():
    found = paper({"title": ["A"], "container-title": ["Mind"], "issued": {"date-parts": [[2020, 3]]}})
    assert (found.title, found.venue, found.year, found.date) == ("A", "Mind", 2020, "2020-03")


def test_unknown_identifier_gives_way_to_the_title():
    assert paper({"id": 17, "title": "A"}).id == paper_key("A")
    assert paper({"id": "wacv2024:dfc39332d5", "title": "A"}).id == paper_key("A")


def test_doi_goes_before_other_identifiers():
    assert paper({"title": "A", "url": "https://arxiv.org/abs/1706.03762", "doi": "10.1000/X"}).id == "doi:10.1000/x"


def test_date_of_another_year_than_the_paper_is_left_out():
    found = paper({"title": "A", "year": "2019", "update_date": "2023-05-01"})
    assert (found.year, found.date) == (2019, None)


def test_month_of_first_appearance_goes_before_the_last_update():
    found = paper({"title": "A", "id": "1706.03762", "update_date": "2023-05-01"})
    assert (found.year, found.date) == (2017, "2017-06")


def test_nan_is_a_missing_value():
    found = paper({"title": "A", "abstract": float("nan"), "year": float("nan"), "venue": float("nan")})
    assert (found.abstract, found.year, found.venue) == ("", None, None)


def test_abstract_as_a_list_of_sentences_is_joined():
    assert paper({"title": "A", "abstract": ["We do. ", "It works."]}).abstract == "We do. It works."


def test_named_key_goes_before_all_others():
    assert paper({"title": "A", "kop": "B"}, title="kop").title == "B"
    assert paper({"title": "A", "summary": "no", "text": "yes"}, abstract="text").abstract == "yes"


def test_column_for_an_unknown_field_is_an_error():
    with pytest.raises(InputError, match=r"^column 'x' is given for the unknown field 'titel'; use title, abstract, "):
        check_columns({"titel": "x"})
