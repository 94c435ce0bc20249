"""From scored mentions to facts: abbreviations joined, type and role by vote."""

import pytest

from training.teacher.abbreviations import defined_by, is_short_form
from training.teacher.decode import TaggedSpan
from training.teacher.facts import ScoredMention, facts_of
from training.teacher.labels import ROLES, TYPES
from training.teacher.rules import Rules


def mention(abstract, text, type_, role="none", nth=0, sure=0.8):
    start = -1
    for _ in range(nth + 1):
        start = abstract.index(text, start + 1)
    types = [(1 - sure) / 5] * 6
    types[1 + TYPES.index(type_)] = sure
    roles = tuple(4.0 if name == role else 0.0 for name in ROLES)
    return ScoredMention(TaggedSpan(0, 1, "abstract", start, start + len(text), tuple(types)), text, roles)


def facts(abstract, *mentions, rules=Rules()):  # noqa: B008 - frozen
    return facts_of({"id": "arxiv:1", "title": "T", "abstract": abstract}, mentions, rules)


def shown(found):
    return [(entity["type"], [row["text"] for row in entity["mentions"]]) for entity in found["entities"]]


def test_an_abbreviation_joins_its_long_form():
    text = "Matryoshka Representation Learning (MRL) helps; MRL wins."
    found = facts(
        text,
        mention(text, "Matryoshka Representation Learning", "Method"),
        mention(text, "MRL", "Method"),
        mention(text, "MRL", "Method", nth=1),
    )
    assert shown(found) == [("Method", ["Matryoshka Representation Learning", "MRL", "MRL"])]


def test_spellings_of_one_name_are_one_entity():
    text = "Vision Transformers, a vision-transformer."
    found = facts(text, mention(text, "Vision Transformers", "Method"), mention(text, "vision-transformer", "Method"))
    assert shown(found) == [("Method", ["Vision Transformers", "vision-transformer"])]


def test_mentions_vote_for_the_type():
    text = "retrieval and retrieval"
    found = facts(
        text, mention(text, "retrieval", "Task", sure=0.9), mention(text, "retrieval", "Method", nth=1, sure=0.6)
    )
    assert shown(found) == [("Task", ["retrieval", "retrieval"])]


def test_a_role_that_the_type_cannot_have_is_no_relation():
    text = "BLEU"
    assert facts(text, mention(text, "BLEU", "Metric", "USES"))["relations"] == []


def test_a_role_becomes_a_relation_of_the_paper_with_its_place():
    text = "on ImageNet"
    (found,) = facts(text, mention(text, "ImageNet", "Benchmark", "EVALUATED_ON"))["relations"]
    assert (found["head"], found["type"], found["tail"], found["evidence"]) == (
        "PAPER",
        "EVALUATED_ON",
        "e1",
        {"field": "abstract", "start": 3, "end": 11},
    )


def test_offsets_give_the_text_of_each_mention():
    text = "we use naïve 𝒳-Net"
    (row,) = facts(text, mention(text, "𝒳-Net", "Method"))["entities"][0]["mentions"]
    assert text[row["start"] : row["end"]] == "𝒳-Net"


def test_a_raised_logit_of_no_role_drops_a_relation():
    text = "BERT"
    assert facts(text, mention(text, "BERT", "Method", "USES"), rules=Rules(no_role=5.0))["relations"] == []


def test_an_entity_below_the_least_confidence_is_left_out():
    text = "BERT"
    assert facts(text, mention(text, "BERT", "Method", sure=0.5), rules=Rules(least=0.6))["entities"] == []


def test_a_shifted_class_wins_the_vote():
    text = "accuracy"
    found = facts(text, mention(text, "accuracy", "Task", sure=0.3), rules=Rules(metric=1.0))
    assert shown(found) == [("Metric", ["accuracy"])]


@pytest.mark.parametrize(("shift", "type_"), [(0.0, "Dataset"), (3.0, "Benchmark")])
def test_benchmark_is_shifted_against_dataset_alone(shift, type_):
    text = "BookCorpus"
    found = facts(text, mention(text, "BookCorpus", "Dataset", sure=0.6), rules=Rules(benchmark=shift))
    assert shown(found) == [(type_, ["BookCorpus"])]


@pytest.mark.parametrize(
    ("short", "long"),
    [("CNNs", "convolutional neural networks"), ("LoRA", "Low-Rank Adaptation"), ("k-NN", "k-nearest neighbour")],
)
def test_letters_in_order_make_a_short_form(short, long):
    assert is_short_form(short, long)


@pytest.mark.parametrize(("short", "long"), [("GPT", "language model"), ("2", "two"), ("Adapt", "LoRA")])
def test_other_parentheses_are_no_short_form(short, long):
    assert not is_short_form(short, long)


def test_a_definition_may_end_with_more_than_the_short_form():
    assert defined_by("principal component analysis (PCA; Pearson 1901)", 28, "principal component analysis") == "PCA"
