import numpy as np

from citegraph.extractors.columns import WordIndex


def test_each_table_gives_its_value_or_its_default():
    index = WordIndex([{5: 1, 9: 2}, {9: 3}], [0, -1], np.int32)
    at = index.at(np.array([9, 5, 7, 2**64 - 1], dtype=np.uint64))
    assert index.values[:, at].tolist() == [[2, 1, 0, 0], [3, -1, -1, -1]]


def test_empty_tables_know_nothing():
    index = WordIndex([{}], [7], np.int32)
    assert index.values[:, index.at(np.array([0, 3], dtype=np.uint64))].tolist() == [[7, 7]]
