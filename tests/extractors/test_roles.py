import pytest

from citegraph.graph.records import PAPER


def relations(facts):
    names = {e.id: e.name for e in facts.entities} | {PAPER: PAPER}
    return {(names[r.head], r.type, names[r.tail]) for r in facts.relations}


def relation(facts, type_):
    return next(r for r in facts.relations if r.type == type_)


TEXT = (
    "We propose ZorbNet, a novel framework for image classification based on contrastive learning. "
    "Experiments on CIFAR-100 show that ZorbNet outperforms SimCLR."
)
TITLE = "ZorbNet: a simple framework"


@pytest.mark.parametrize(
    "triple",
    [
        (PAPER, "PROPOSES", "ZorbNet"),
        ("ZorbNet", "ADDRESSES", "image classification"),
        ("ZorbNet", "USES", "contrastive learning"),
        ("ZorbNet", "EVALUATED_ON", "CIFAR-100"),
        ("ZorbNet", "OUTPERFORMS", "SimCLR"),
    ],
)
def test_the_role_of_each_entity(read, triple):
    assert triple in relations(read(TEXT, TITLE))


def test_a_paper_without_a_method_of_its_own_is_the_head(read):
    facts = read("We evaluate BERT on GLUE and SQuAD. Our analysis shows that BERT fails.")
    assert (PAPER, "EVALUATED_ON", "GLUE") in relations(facts)
    assert "PROPOSES" not in {r.type for r in facts.relations}


def test_a_new_benchmark_is_introduced(read):
    facts = read("We introduce Zorbench, a new benchmark for question answering.", "Zorbench: a benchmark")
    assert (PAPER, "INTRODUCES", "Zorbench") in relations(facts)


def test_the_winner_is_the_head(read):
    assert ("SimCLR", "OUTPERFORMS", "ZorbNet") not in relations(read(TEXT, TITLE))


def test_evidence_is_the_sentence_with_the_cue(read):
    facts = read(TEXT, TITLE)
    evidence = relation(facts, "OUTPERFORMS").evidence
    assert TEXT[evidence.start : evidence.end] == "Experiments on CIFAR-100 show that ZorbNet outperforms SimCLR."
    assert evidence.cue == "outperforms"
    assert relation(facts, "OUTPERFORMS").by == "cue:outperform-1"


def test_every_relation_names_its_rule_and_confidence(read):
    for found in read(TEXT, TITLE).relations:
        assert found.by.endswith("-1")
        assert 0 < found.confidence <= 1


def test_a_proposed_method_has_no_relation_to_itself(read):
    assert all(r.head != r.tail for r in read(TEXT, TITLE).relations)
