import pytest

from citegraph.extractors.draft import Candidate, Definition, draft_of
from citegraph.extractors.groups import fold, group_candidates
from citegraph.graph.catalogue import CatalogueEntry


@pytest.fixture
def groups(nlp):
    def group(text, candidates, definitions=(), hopeless=frozenset()):
        draft = draft_of(nlp.make_doc(text))
        draft.candidates.extend(candidates)
        draft.definitions.extend(definitions)
        return [(found.name, sorted(found.places), found.defined) for found in group_candidates(draft, hopeless)]

    return group


@pytest.mark.parametrize(
    ("first", "second"),
    [("GANs", "GAN"), ("Self-Attention", "self attention"), ("Vision Transformers", "vision transformer")],
)
def test_spelling_variants_fold_together(first, second):
    assert fold(first) == fold(second)


@pytest.mark.parametrize(("first", "second"), [("CIFAR-10", "CIFAR-100"), ("BERT", "BART"), ("loss", "los")])
def test_different_names_stay_apart(first, second):
    assert fold(first) != fold(second)


def test_mentions_of_one_name_are_one_group(groups):
    assert groups("GANs beat a GAN", [Candidate(0, 1, "a"), Candidate(3, 4, "a")]) == [("gan", [(0, 1), (3, 4)], False)]


def test_a_defined_abbreviation_joins_its_long_form(groups):
    found = groups(
        "Graph Nets ( GN ) and GN",
        [Candidate(0, 2, "a"), Candidate(3, 4, "a"), Candidate(6, 7, "a")],
        [Definition(0, 2, 3, 4)],
    )
    assert found == [("graph net", [(0, 2), (3, 4), (6, 7)], True)]


def test_aliases_of_one_catalogue_entry_are_one_group(groups):
    entry = CatalogueEntry("knowledge distillation", "Method", ("KD",))
    found = groups("KD is knowledge distillation", [Candidate(0, 1, "a", entry), Candidate(2, 4, "a", entry)])
    assert found == [("knowledge distillation", [(0, 1), (2, 4)], False)]


def test_the_texts_own_abbreviation_outranks_the_catalogue(groups):
    entry = CatalogueEntry("knowledge distillation", "Method", ("KD",))
    found = groups(
        "kernel density ( KD ) . KD", [Candidate(0, 2, "a"), Candidate(6, 7, "a", entry)], [Definition(0, 2, 3, 4)]
    )
    assert found == [("kernel density", [(0, 2), (6, 7)], True)]


def test_hopeless_names_are_left_out(groups):
    assert groups("big model", [Candidate(0, 2, "a")], hopeless=frozenset({"big model"})) == []
