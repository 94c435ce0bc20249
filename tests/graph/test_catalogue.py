import gzip
import json
from importlib import resources

import pytest

from citegraph.graph.catalogue import Catalogue, CatalogueEntry, load_catalogue, parse_entry
from citegraph.graph.normalise import entity_class, normalise
from citegraph.graph.records import ENTITY_TYPES


def test_a_thing_is_found_by_name_alias_and_spelling_variant():
    entry = CatalogueEntry("CIFAR-10", "Benchmark", ("Canadian ten",))
    catalogue = Catalogue([entry])
    found = [
        catalogue.find("resource", name) for name in ("CIFAR-10", "cifar 10", "the CIFAR10 dataset", "Canadian Ten")
    ]
    assert found == [entry] * 4


def test_a_thing_is_found_in_its_class_alone():
    assert Catalogue([CatalogueEntry("Adam", "Method")]).find("task", "Adam") is None


def test_a_name_outranks_an_alias_of_another_thing():
    catalogue = Catalogue([CatalogueEntry("first", "Task", ("shared",)), CatalogueEntry("shared", "Task")])
    assert catalogue.find("task", "shared") == CatalogueEntry("shared", "Task")


def test_a_row_without_flags_is_a_plain_entry():
    assert parse_entry({"name": "X", "type": "Task"}) == CatalogueEntry("X", "Task", (), False)


@pytest.mark.parametrize(
    ("surface", "type_", "name"),
    [
        ("CIFAR-10", "Benchmark", "CIFAR-10"),
        ("ImageNet", "Benchmark", "ImageNet"),
        ("BERT", "Method", "BERT"),
        ("CNNs", "Method", "convolutional neural network"),
        ("question answering", "Task", "question answering"),
        ("BLEU", "Metric", "BLEU"),
    ],
)
def test_well_known_things_are_in_the_catalogue_that_ships(surface, type_, name):
    entry = load_catalogue().find(entity_class(type_), surface)
    assert (entry.name, entry.type) == (name, type_)


@pytest.mark.parametrize(
    ("first", "second"), [("CIFAR-10", "CIFAR-100"), ("ImageNet", "ImageNet-1K"), ("BERT", "BART"), ("GPT-3", "GPT-4")]
)
def test_different_things_are_never_one_entry(first, second):
    class_ = "resource" if "CIFAR" in first or "Image" in first else "method"
    entries = [load_catalogue().find(class_, name) for name in (first, second)]
    assert None not in entries
    assert entries[0] != entries[1]


@pytest.mark.parametrize("word", ["method", "model", "data", "approach", "results", "we", "performance"])
def test_ordinary_words_are_not_in_the_catalogue(word):
    assert [load_catalogue().find(entity_class(type_), word) for type_ in ENTITY_TYPES] == [None] * 5


def test_rows_are_sorted_typed_and_own_their_names():
    rows = [json.loads(line) for line in gzip.decompress(_bytes()).decode("utf-8").splitlines()]
    assert rows == sorted(rows, key=lambda row: (row["name"].casefold(), row["name"], row["type"]))
    assert {row["type"] for row in rows} == set(ENTITY_TYPES)
    owners = {}
    for row in rows:
        for name in (row["name"], *row["aliases"]):
            assert owners.setdefault(normalise(name), row["name"]) == row["name"]


def test_the_file_carries_no_time_stamp():
    assert _bytes()[4:8] == b"\0\0\0\0"


def test_the_licence_stands_beside_it():
    text = resources.files("citegraph.graph").joinpath("CATALOGUE-LICENSE.txt").read_text("utf-8")
    assert "CC BY-SA 4.0" in text
    assert "Papers with Code" in text


def _bytes():
    return resources.files("citegraph.graph").joinpath("catalogue.jsonl.gz").read_bytes()
