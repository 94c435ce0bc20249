"""Lists of authors in the forms that sources have them."""

import pytest

from citegraph.readers.authors import parse_authors


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Ada Lovelace, Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("A. Lovelace, A. Turing and G. Hopper", ("A. Lovelace", "A. Turing", "G. Hopper")),
        ("Ada Lovelace and Alan Turing", ("Ada Lovelace", "Alan Turing")),
        ("Lovelace A.; Turing A.M.", ("Lovelace A.", "Turing A.M.")),
        ("van der Berg, Jan; King, Jr., Martin", ("Jan van der Berg", "Martin King Jr.")),
        (["Lovelace, Ada", "Alan Turing"], ("Ada Lovelace", "Alan Turing")),
        ([["Balázs", "C.", ""], ["King", "Martin", "Jr."]], ("C. Balázs", "Martin King Jr.")),
        ([{"author": {"display_name": "Ada Lovelace"}}], ("Ada Lovelace",)),
        ([{"firstName": "Ada", "lastName": "Lovelace"}], ("Ada Lovelace",)),
        ([{"name": "Barnes and Noble, Inc"}], ("Barnes and Noble, Inc",)),
        ([{}, None, 3, ""], ()),
        (17, ()),
        ("", ()),
    ],
)
def test_authors(value, authors):
    assert parse_authors(value) == authors
