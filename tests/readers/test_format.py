"""Records of broken records."""

from citegraph.readers import RecordError
from citegraph.readers.format import TextSource


def test_error_is_one_line_whatever_the_reason():
    assert str(RecordError("x.bib", 3, "broken\n  entry")) == "x.bib:3: broken entry"


def test_lines_of_empty_and_blank_texts():
    assert list(TextSource("x", "x", iter([])).lines()) == []
    assert list(TextSource("x", "x", iter(["\n", "\n"])).lines()) == ["", ""]
