import pytest
import spacy

from citegraph.extractors.draft import draft_of
from citegraph.extractors.given import Given, give, relate
from citegraph.extractors.pipeline import make_doc, shared_pipeline
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import Paper


@pytest.fixture(scope="module")
def given():
    """Give the draft of a paper whose entities are set."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)

    def set_entities(abstract, entities, title=""):
        draft = draft_of(make_doc(nlp, Paper("test:1", title, abstract)))
        give(draft, entities)
        return draft

    return set_entities


def method(name, *surfaces, key=None):
    return Given(key or name, "Method", name, surfaces or (name,))


def mentions(draft):
    return [(e.id, [(m.field, m.start, m.end, m.text) for m in e.mentions]) for e in draft.entities]


def test_ids_types_and_names_are_kept(given):
    entities = [Given("e7", "Dataset", "the GLUE benchmark", ["GLUE"]), method("bert", "BERT", key="x")]
    draft = given("We test BERT on GLUE.", entities)
    assert [(e.id, e.type, e.name, e.surfaces) for e in draft.entities] == [
        ("x", "Method", "bert", ("BERT",)),
        ("e7", "Dataset", "the GLUE benchmark", ("GLUE",)),
    ]


def test_entities_come_in_the_order_of_the_text(given):
    draft = given("Beta and Alpha, then Gamma.", [method("Alpha"), method("Gamma"), method("Beta")])
    assert [e.id for e in draft.entities] == ["Beta", "Alpha", "Gamma"]
    assert [found.entity for found in draft.found] == list(draft.entities)


def test_an_entity_that_the_text_does_not_have_is_left_out(given):
    draft = given("We test BERT.", [method("GPT"), method("BERT"), method("bert")])
    assert [e.id for e in draft.entities] == ["BERT"]


def test_every_mention_of_every_surface_form_is_found(given):
    draft = given("BERT is old. Bert stays, and BERT wins.", [method("bert", "BERT", "Bert")], "On BERT")
    assert mentions(draft) == [
        (
            "bert",
            [
                ("title", 3, 7, "BERT"),
                ("abstract", 0, 4, "BERT"),
                ("abstract", 13, 17, "Bert"),
                ("abstract", 29, 33, "BERT"),
            ],
        ),
    ]


def test_mentions_are_exact(given):
    title, abstract = "ViT-B/16: é ü", "  𝔸 is ViT-B/16; so is the ViT-B/16."
    draft = given(abstract, [method("ViT-B/16")], title)
    places = [(m.field, m.start, m.end) for e in draft.entities for m in e.mentions]
    fields = {"title": title, "abstract": abstract}
    assert [fields[field][start:end] for field, start, end in places] == ["ViT-B/16"] * 3


def test_the_longest_surface_takes_its_words_first(given):
    draft = given("BERT large beats BERT.", [method("BERT"), method("BERT large"), method("large")])
    assert mentions(draft) == [
        ("BERT large", [("abstract", 0, 10, "BERT large")]),
        ("BERT", [("abstract", 17, 21, "BERT")]),
    ]


def test_no_word_has_two_entities(given):
    draft = given("a b c d", [method("a b"), method("b c"), method("c d")])
    assert mentions(draft) == [("a b", [("abstract", 0, 3, "a b")]), ("c d", [("abstract", 4, 7, "c d")])]


def test_of_two_entities_with_one_surface_the_first_has_it(given):
    draft = given("We test BERT.", [method("one", "BERT"), method("two", "BERT")])
    assert [e.id for e in draft.entities] == ["one"]


@pytest.mark.parametrize("text", ["RoBERTa", "BERTScore", "BERT2", "2BERT", "éBERT", "BERTé"])
def test_a_surface_inside_a_longer_word_is_none(given, text):
    assert given(f"We test {text} here.", [method("BERT")]).entities == ()


@pytest.mark.parametrize(
    "text", ["BERT-based", "(BERT)", "$BERT$", "BERT.", "BERT's", "\\textbf{BERT}", "GPT/BERT", "_BERT_"]
)
def test_marks_may_touch_a_surface(given, text):
    (entity,) = given(f"We test {text} here.", [method("BERT")]).entities
    assert entity.mentions[0].start == 8 + text.index("BERT")


@pytest.mark.parametrize(
    "surface",
    [
        "CIFAR-10/100", "DAVIS_{16}", "$\\alpha$-Net", "\\textsc{Foo}", "C++", "Y=X+1", "top-5 accuracy", "GPT–4",
        "Fréchet distance", "模型", "A*", "λ", "(un)supervised training",
    ],
)  # fmt: skip
def test_a_surface_may_have_any_marks(given, surface):
    (entity,) = given(f"We test {surface} here.", [method("it", surface)], "On " + surface).entities
    assert [(m.field, m.text) for m in entity.mentions] == [("title", surface), ("abstract", surface)]


@pytest.mark.parametrize("surface", ["", " ", "-", "\n\n", "  -  "])
def test_a_surface_without_words_is_none(given, surface):
    assert given("We test -  - here.", [method("it", surface)], "A title").entities == ()


@pytest.mark.parametrize("surfaces", [(), ("",), ("missing", "")])
def test_an_entity_without_surfaces_is_left_out(given, surfaces):
    assert given("We test BERT.", [Given("e", "Method", "BERT", surfaces)]).entities == ()


def test_no_entities_at_all(given):
    draft = given("We test BERT.", [])
    assert (draft.entities, draft.found) == ((), [])


@pytest.mark.parametrize("abstract", ["", "\n", "…"])
def test_an_empty_text_has_no_entities(given, abstract):
    assert given(abstract, [method("BERT")]).entities == ()


def test_no_mention_crosses_title_and_abstract(given):
    assert given("Net is new.", [method("Deep\n\nNet")], "On Deep").entities == ()


def test_a_lone_surrogate_is_found(given):
    (entity,) = given("We test B\ud800T here.", [method("B\ud800T")]).entities
    assert entity.mentions[0].text == "B\ud800T"


def test_a_surface_repeated_many_times(given):
    (entity,) = given("aa " * 20_000, [method("aa"), method("a")]).entities
    assert len(entity.mentions) == 20_000


def test_places_are_word_indices(given):
    draft = given("We test the Foo-Bar net, Foo-Bar.", [method("Foo-Bar")])
    (found,) = draft.found
    starts, ends = draft.words.starts, draft.words.ends
    assert [draft.text[starts[a] : ends[b - 1]] for a, b in found.places] == ["Foo-Bar", "Foo-Bar"]
    assert [b - a for a, b in found.places] == [2, 2]


def test_the_facts_have_the_given_entities_alone():
    paper = Paper("test:1", "ZorbNet: a network", "We propose ZorbNet. It outperforms BERT by 2.8 points on GLUE.")
    entities = [
        method("zorb", "ZorbNet", key="m1"),
        method("BERT", key="m2"),
        Given("d1", "Dataset", "GLUE", ["GLUE"]),
        method("GPT"),
    ]
    facts = relate(shared_pipeline("standard"), paper, entities, "standard-3.2")
    assert [e.id for e in facts.entities] == ["m1", "m2", "d1"]
    assert facts.paper == paper
    assert {e for r in facts.relations for e in (r.head, r.tail)} <= {"PAPER", "m1", "m2", "d1"}
    assert {r.method for r in facts.results} | {r.on for r in facts.results} <= {"PAPER", "m1", "m2", "d1", None}
