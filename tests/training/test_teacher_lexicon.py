"""Known names found in a text."""

from training.teacher.lexicon import find_names, known_names

ROWS = [
    {"name": "ImageNet", "type": "DATASET/BENCHMARK", "n_sources": 5, "aliases": ["ILSVRC 2012"]},
    {"name": "ImageNet-A", "type": "DATASET/BENCHMARK", "n_sources": 1, "aliases": []},
    {"name": "Accuracy", "type": "METRIC", "n_sources": 2, "aliases": ["accuracy"]},
    {"name": "MMLU", "type": "TASK", "n_sources": 1, "aliases": []},
    {"name": "MMLU", "type": "DATASET/BENCHMARK", "n_sources": 6, "aliases": []},
    {"name": "Set", "type": "METHOD", "n_sources": 1, "aliases": []},
]


def found(text):
    return [(text[start:end], classes) for start, end, classes in find_names(text, known_names(ROWS))]


def test_the_longest_name_wins():
    assert found("on ImageNet-A here") == [("ImageNet-A", 1)]


def test_spelling_of_gaps_does_not_matter():
    assert found("on ILSVRC-2012") == [("ILSVRC-2012", 2)]


def test_a_word_without_capitals_counts_only_where_the_lexicon_writes_it_so():
    assert found("a set by accuracy") == [("accuracy", 16)]


def test_a_name_of_two_classes_has_both():
    assert found("MMLU") == [("MMLU", 10)]


def test_names_are_found_from_left_to_right_with_their_offsets():
    assert find_names("ImageNet, MMLU", known_names(ROWS)) == [(0, 8, 2), (10, 14, 10)]
