from itertools import pairwise

import pytest


def names(facts):
    return {(entity.type, entity.name) for entity in facts.entities}


def entity(facts, surface):
    return next(e for e in facts.entities if surface in e.surfaces)


@pytest.mark.parametrize(
    ("abstract", "type_", "surface"),
    [
        ("We evaluate our model on ImageNet and CIFAR-10.", "Benchmark", "CIFAR-10"),
        ("We propose ZorbNet, a novel network for images.", "Method", "ZorbNet"),
        ("We fine-tune BERT with Adam.", "Method", "BERT"),
        ("This work studies image classification.", "Task", "image classification"),
        ("We report BLEU and perplexity.", "Metric", "BLEU"),
        ("We evaluate on the Zorbench benchmark.", "Benchmark", "Zorbench"),
        ("We use contrastive learning.", "Method", "contrastive learning"),
    ],
)
def test_the_type_of_an_entity(read, abstract, type_, surface):
    assert entity(read(abstract), surface).type == type_


@pytest.mark.parametrize("surface", ["our method", "the model", "state-of-the-art methods", "a subset"])
def test_descriptions_are_no_entities(read, surface):
    facts = read(f"We show that {surface} works well on many problems.")
    assert surface not in {s for e in facts.entities for s in e.surfaces}


def test_an_abbreviation_and_its_long_form_are_one_entity(read):
    facts = read("We propose Zebra Representation Learning (ZRL), a new method. ZRL outperforms BERT on GLUE.")
    found = entity(facts, "ZRL")
    assert found.surfaces == ("ZRL", "Zebra Representation Learning")
    assert found.name == "Zebra Representation Learning"


def test_the_name_of_a_known_thing_is_the_catalogues(read):
    assert entity(read("We train CNNs with dropout on ImageNet."), "CNNs").name == "convolutional neural network"


def test_every_mention_of_an_entity_is_kept(read):
    facts = read("We propose ZorbNet. ZorbNet beats BERT on GLUE.", title="ZorbNet: a network")
    assert [(m.field, m.start) for m in entity(facts, "ZorbNet").mentions] == [
        ("title", 0), ("abstract", 11), ("abstract", 20),
    ]  # fmt: skip


def test_entities_are_numbered_by_first_mention(read):
    facts = read("We evaluate BERT on GLUE with Adam.")
    assert [e.id for e in facts.entities] == [f"e{n}" for n in range(1, len(facts.entities) + 1)]
    firsts = [e.mentions[0].start for e in facts.entities]
    assert firsts == sorted(firsts)


def test_no_entity_crosses_title_and_abstract(read):
    facts = read("Autoencoder models work.", title="We study the Variational")
    assert all("Variational" not in m.text or m.field == "title" for e in facts.entities for m in e.mentions)
    assert "variational autoencoder" not in {e.name for e in facts.entities}


def test_mentions_do_not_overlap(read):
    facts = read("We study deep convolutional neural networks for medical image segmentation on ImageNet-1K with Adam.")
    spans = sorted((m.start, m.end) for e in facts.entities for m in e.mentions)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_variant_is_an_entity_of_its_own(read):
    facts = read("We evaluate on ImageNet and on ImageNet-1K.")
    assert entity(facts, "ImageNet") is not entity(facts, "ImageNet-1K")


def test_confidence_and_rule_are_given(read):
    mention = entity(read("We evaluate our model on CIFAR-10."), "CIFAR-10").mentions[0]
    assert 0.5 < mention.confidence <= 1
    assert mention.by == "catalogue-1"


def test_coordinated_names_are_two_entities(read):
    facts = read("We evaluate our model on CIFAR-10/100 and ImageNet.")
    assert {(e.name, e.surfaces) for e in facts.entities} >= {
        ("CIFAR-10", ("CIFAR-10",)),
        ("CIFAR-100", ("CIFAR-10/100",)),
    }
