import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citegraph.graph.catalogue import Catalogue, CatalogueEntry
from citegraph.graph.identity import entity_key, entity_label, name_key, preferred_id, preferred_name
from citegraph.graph.records import Entity, Mention

EMPTY = Catalogue(())
KNOWN = Catalogue(
    [
        CatalogueEntry("ImageNet-1K", "Benchmark", ("ILSVRC 2012", "IN1k")),
        CatalogueEntry("Contrastive Predictive Coding", "Method", ("CPC",)),
    ]
)


def entity(type_, name, *surfaces):
    mentions = tuple(Mention("title", 0, len(text), text, 1.0, "x") for text in (surfaces or (name,)))
    return Entity("e1", type_, name, mentions)


def test_a_name_key_is_class_and_normal_form():
    assert name_key("Benchmark", "the MS-COCO dataset", EMPTY) == "resource:ms coco"


def test_a_catalogued_alias_gives_the_key_of_its_entry():
    assert name_key("Dataset", "ILSVRC-2012", KNOWN) == "resource:imagenet1k"


def test_an_alias_of_another_class_is_another_thing():
    assert name_key("Method", "ILSVRC 2012", KNOWN) == "method:ilsvrc2012"


def test_dataset_and_benchmark_of_one_name_have_one_key():
    keys = {entity_key(entity(type_, "ZooSet"), EMPTY) for type_ in ("Dataset", "Benchmark")}
    assert keys == {"resource:zooset"}


def test_the_name_decides_the_key_whatever_the_surface_forms():
    assert entity_key(entity("Method", "Zoo Nets", "ZN", "Zoo Net"), EMPTY) == "method:zoo net"


def test_a_resource_is_recognised_by_a_catalogued_short_form():
    assert entity_key(entity("Dataset", "Large Image Set", "Large Image Set", "IN1k"), KNOWN) == "resource:imagenet1k"


def test_a_method_is_not_recognised_by_its_short_form():
    found = entity_key(entity("Method", "Cross Product Coding", "Cross Product Coding", "CPC"), KNOWN)
    assert found == "method:cross product coding"


@pytest.mark.parametrize(
    ("key", "aliases", "name"),
    [
        ("method:zzclr", ("ZZCLR", "ZzCLR", "zzclr"), "ZzCLR"),
        ("method:zoo net", ("Zoo Nets", "zoo net", "ZOO NET"), "zoo net"),
        ("method:zoo net", ("ZN", "Zoo Net"), "Zoo Net"),
        ("resource:zooset", ("ZooSets", "ZooSet"), "ZooSet"),
        ("task:parsing", ("parsing",), "parsing"),
    ],
)
def test_the_best_written_surface_form_is_the_name(key, aliases, name):
    assert preferred_name(key, aliases, EMPTY) == name


def test_the_catalogue_names_what_it_knows():
    assert preferred_name("resource:imagenet1k", ["imagenet-1k"], KNOWN) == "ImageNet-1K"


@settings(deadline=None)
@given(st.lists(st.sampled_from(("ZooSet", "zoo-set", "ZOOSET", "Zoosets", "zooset")), min_size=1).flatmap(
    lambda names: st.tuples(st.just(names), st.permutations(names))
))  # fmt: skip
def test_the_name_does_not_depend_on_the_order_of_the_aliases(both):
    assert preferred_name("resource:zooset", both[0], EMPTY) == preferred_name("resource:zooset", both[1], EMPTY)


def test_one_benchmark_claim_promotes_a_dataset():
    assert entity_label("resource:zooset", ["Dataset", "Benchmark"], EMPTY) == "Benchmark"


def test_without_a_benchmark_claim_a_resource_is_a_dataset():
    assert entity_label("resource:zooset", ["Dataset", "Dataset"], EMPTY) == "Dataset"


def test_the_catalogue_promotes_a_dataset():
    assert entity_label("resource:imagenet1k", ["Dataset"], KNOWN) == "Benchmark"


@pytest.mark.parametrize(
    ("ids", "best"),
    [
        (["openalex:W1", "acl:P18-1001", "arxiv:1", "doi:10.1/a"], "doi:10.1/a"),
        (["openalex:W1", "acl:P18-1001", "arxiv:1"], "arxiv:1"),
        (["openalex:W1", "acl:P18-1001"], "acl:P18-1001"),
        (["title:00", "s2:1"], "s2:1"),
        (["arxiv:2", "arxiv:1"], "arxiv:1"),
    ],
)
def test_the_best_identifier_is_doi_arxiv_acl_openalex_other_then_title(ids, best):
    assert preferred_id(ids) == best
