import json
import re
from collections import Counter
from pathlib import Path

import pytest

from citegraph.graph.records import DIRECTIONS, ENTITY_TYPES, HEDGES, OPTIONAL_OF_RESULT, PAPER, RESULT_KINDS
from citegraph.graph.schema import load_schema

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "benchmarks" / "gold"
ITEMS = [json.loads(line) for line in (HERE / "relations.jsonl").read_text(encoding="utf-8").splitlines()]

CASES = {
    "active", "over", "passive", "lagging", "negation", "parity", "hypothetical", "related", "unnamed_rivals",
    "our_method", "proposed_model", "pronoun", "the_benchmark", "acronym", "and_list", "four_edges", "such_as", "uses",
    "trained_evaluated", "benchmark_models", "introduces", "addresses", "absolute", "improvement", "ratio", "from_to",
    "range_spread", "hedged", "lower_better", "respectively", "other_result", "no_result",
}  # fmt: skip

MEASURES = ("AP", "BLEU", "F1", "mAP")
UNITS = {
    "%": ("%",),
    "points": ("points", "percentage points"),
    "x": ("x", "×", "$\\times$", "times", "-fold"),
    None: ("",),
    **dict.fromkeys(MEASURES, ("",)),
}
HEDGE_WORDS = {
    "about": ("about", "around", "approximately", "roughly"),
    "up to": ("up to",),
    "more than": ("more than", "over", "above"),
    "at least": ("at least",),
    "less than": ("less than", "below", "under"),
    "at most": ("at most", "no more than"),
}


def each_case(check):
    """Make of a check of one item a test of all items of a case, for every case."""

    @pytest.mark.parametrize("case", sorted(CASES))
    def test(case):
        for item in ITEMS:
            if item["case"] == case:
                check(item)

    return test


def texts_of(item):
    return item["title"], item["abstract"]


def stands_in(item, words):
    return any(words in text for text in texts_of(item))


def numbers_in(words):
    return [float(number.replace(",", "")) for number in re.findall(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?", words)]


def absolute_numbers(item):
    return [result["number"] for result in item["results"] if result["kind"] == "absolute"]


def sentences_of(text):
    parts = re.split(r"(?<=[.!?])\s+", text)
    return {" ".join(re.findall(r"\w+", part.casefold())) for part in parts} - {""}


def test_there_are_enough_items_of_every_case():
    counts = Counter(item["case"] for item in ITEMS)
    assert set(counts) == CASES
    assert min(counts.values()) >= 5
    assert len(ITEMS) >= 150


def test_no_two_items_have_the_same_abstract():
    assert [abstract for abstract, n in Counter(item["abstract"] for item in ITEMS).items() if n > 1] == []


def test_no_sentence_stands_in_the_development_sets():
    files = sorted(GOLD.glob("*.jsonl"))
    assert [file.name for file in files] == ["dev.jsonl", "dev_corpus.jsonl"]
    papers = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    known = set().union(*(sentences_of(text) for paper in papers for text in texts_of(paper)))
    assert len(known) > 1000
    assert [item["abstract"] for item in ITEMS if sentences_of(item["abstract"]) & known] == []


@each_case
def test_an_item_has_its_keys_in_order(item):
    assert list(item) == ["case", "title", "abstract", "entities", "relations", "results"]
    for entity in item["entities"]:
        assert list(entity) == ["id", "type", "name", "surfaces", "core"]
    for relation in item["relations"]:
        assert list(relation) in (["head", "type", "tail"], ["head", "type", "tail", "cue"])
    for result in item["results"]:
        assert list(result)[:7] == ["method", "on", "metric", "value", "number", "unit", "kind"]
        assert set(list(result)[7:]) <= set(OPTIONAL_OF_RESULT)


@each_case
def test_entities_stand_in_the_text(item):
    ids = [entity["id"] for entity in item["entities"]]
    assert ids == [f"e{n}" for n in range(1, len(ids) + 1)]
    for entity in item["entities"]:
        assert entity["type"] in ENTITY_TYPES
        assert entity["core"] in (True, False)
        assert entity["surfaces"]
        assert [surface for surface in entity["surfaces"] if not stands_in(item, surface)] == []


@each_case
def test_the_schema_allows_the_relations(item):
    schema = load_schema()
    labels = {entity["id"]: entity["type"] for entity in item["entities"]} | {PAPER: "Paper"}
    for relation in item["relations"]:
        assert relation["tail"] != relation["head"]
        assert (
            schema.check_relationship(relation["type"], labels[relation["head"]], labels[relation["tail"]], {}) is None
        )
    triples = [(relation["head"], relation["type"], relation["tail"]) for relation in item["relations"]]
    assert len(set(triples)) == len(triples)


@each_case
def test_only_the_paper_proposes_and_introduces(item):
    heads = {relation["head"] for relation in item["relations"] if relation["type"] in ("PROPOSES", "INTRODUCES")}
    assert heads <= {PAPER}


@each_case
def test_the_proposed_method_stands_for_the_paper(item):
    types = {relation["type"] for relation in item["relations"] if relation["head"] == PAPER}
    if "PROPOSES" in types:
        assert types <= {"PROPOSES", "INTRODUCES"}
        assert PAPER not in {result["method"] for result in item["results"]}


@each_case
def test_only_comparisons_have_cues_and_they_stand_in_the_text(item):
    for relation in item["relations"]:
        if "cue" in relation:
            assert relation["type"] in ("OUTPERFORMS", "COMPARED_WITH")
            assert relation["cue"] in item["abstract"]


@each_case
def test_results_are_of_entities_of_the_right_type(item):
    types = {entity["id"]: entity["type"] for entity in item["entities"]} | {PAPER: "Method"}
    for result in item["results"]:
        assert types[result["method"]] == "Method"
        assert result["on"] is None or types[result["on"]] in ("Dataset", "Benchmark")
        assert types.get(result["metric"], "Metric") == "Metric"
        assert result["kind"] in RESULT_KINDS
        assert result.get("hedge", HEDGES[0]) in HEDGES
        assert result.get("direction", DIRECTIONS[0]) in DIRECTIONS


@each_case
def test_what_has_a_result_on_a_resource_is_scored_on_it(item):
    scored = {(row["head"], row["tail"]) for row in item["relations"] if row["type"] == "EVALUATED_ON"}
    assert {(row["method"], row["on"]) for row in item["results"] if row["on"] is not None} <= scored


@each_case
def test_values_and_their_parts_stand_in_the_text(item):
    for result in item["results"]:
        value = result["value"]
        assert re.search(rf"(?<![\d.]){re.escape(value)}(?!\d)", item["abstract"])
        parts = [result[part] for part in ("number", "upper", "origin", "spread") if part in result]
        assert sorted(parts) == sorted(numbers_in(value))
        assert value.endswith(UNITS.get(result["unit"], (result["unit"],)))
        assert not value.endswith(MEASURES)
        if "hedge" in result:
            assert value.startswith(HEDGE_WORDS[result["hedge"]])
        else:
            assert value.startswith("from ") if "origin" in result else value[0].isdigit()


@each_case
def test_a_change_is_given_with_where_it_ends(item):
    ends = [result["number"] for result in item["results"] if "origin" in result]
    assert [number for number in ends if number not in absolute_numbers(item)] == []


def test_all_kinds_of_values_are_there():
    results = [result for item in ITEMS for result in item["results"]]
    assert {result["kind"] for result in results} == {"absolute", "improvement", "ratio"}
    assert {part for result in results for part in result} - {"method", "on", "metric", "value", "unit", "kind"} == {
        "number", "upper", "origin", "spread", "hedge", "direction",
    }  # fmt: skip
    assert {result["hedge"] for result in results if "hedge" in result} == set(HEDGE_WORDS)


def test_numbers_that_are_no_results_give_none():
    assert [item["abstract"] for item in ITEMS if item["case"] == "no_result" and item["results"]] == []
    assert [
        item["abstract"] for item in ITEMS if item["case"] == "no_result" and not re.search(r"\d", item["abstract"])
    ] == []


def test_hypotheticals_compare_nothing():
    types = {relation["type"] for item in ITEMS if item["case"] == "hypothetical" for relation in item["relations"]}
    assert types == {"PROPOSES"}
