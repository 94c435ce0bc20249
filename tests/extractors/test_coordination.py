import pytest

from citegraph.extractors.coordination import coordinated_ends, coordinated_name


def ends(name, rest):
    return [(name + rest)[:end] for end in coordinated_ends(name + rest, 0, len(name))]


def test_each_further_number_is_a_name():
    assert ends("VOC 2007", ", 2010, and 2012.") == ["VOC 2007, 2010", "VOC 2007, 2010, and 2012"]


@pytest.mark.parametrize("rest", [" and 101", " or 101", "/101", " & 101", ", 101"])
def test_numbers_are_linked_by_a_mark_or_a_word(rest):
    assert ends("ResNet-50", rest) == [f"ResNet-50{rest}"]


@pytest.mark.parametrize("rest", [" and 1010", " and 20%", " and 2.5", " and 30x", ", 12-layer", " and more"])
def test_other_continuations_are_none(rest):
    assert ends("ResNet-50", rest) == []


def test_a_year_is_followed_by_years_alone():
    assert ends("VOC 2007", " and 200") == []


def test_a_bare_number_and_a_name_without_one_share_nothing():
    assert ends("2007", " and 2012") == []
    assert ends("VOC", " and 2012") == []


@pytest.mark.parametrize(
    ("surface", "name"),
    [("CIFAR-10/100", "CIFAR-100"), ("VOC 2007, 2010, and 2012", "VOC 2012"), ("CIFAR-10", "CIFAR-10"), ("1/f", "1/f")],
)
def test_the_last_name_is_written_out(surface, name):
    assert coordinated_name(surface) == name
