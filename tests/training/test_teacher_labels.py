"""The exact spans and roles that an annotated paper gives."""

from training.teacher.labels import gold_spans, paper_roles, tag_of


def entity(number, type_, surfaces, core=True):
    return {"id": number, "type": type_, "surfaces": surfaces, "core": core}


def paper(title, abstract, entities, relations=()):
    return {"title": title, "abstract": abstract, "entities": entities, "relations": list(relations)}


def texts(annotated):
    return [annotated[span.field][span.start : span.end] for span in gold_spans(annotated)]


def test_every_place_of_every_surface_is_a_span():
    annotated = paper("MRL", "MRL, Matryoshka learning.", [entity("e1", "Method", ["MRL", "Matryoshka learning"])])
    assert [(span.field, span.start, span.end) for span in gold_spans(annotated)] == [
        ("title", 0, 3),
        ("abstract", 0, 3),
        ("abstract", 5, 24),
    ]


def test_the_longer_of_two_overlapping_surfaces_wins():
    annotated = paper("T", "on CIFAR-10/100", [
        entity("e1", "Benchmark", ["CIFAR-10"]),
        entity("e2", "Benchmark", ["CIFAR-10/100"]),
    ])  # fmt: skip
    assert texts(annotated) == ["CIFAR-10/100"]


def test_a_surface_inside_a_longer_word_is_no_mention():
    annotated = paper("T", "GANs and a GAN", [entity("e1", "Method", ["GAN"])])
    assert [span.start for span in gold_spans(annotated)] == [11]


def test_a_surface_that_only_stands_inside_words_is_found_there():
    annotated = paper("T", "ImageNet1k", [entity("e1", "Benchmark", ["ImageNet"])])
    assert texts(annotated) == ["ImageNet"]


def test_latex_and_letters_beyond_ascii_keep_their_offsets():
    annotated = paper("T", "𝒳 naïve DAVIS_{16} set", [entity("e1", "Dataset", ["DAVIS_{16}"])])
    assert [(span.start, span.end) for span in gold_spans(annotated)] == [(8, 18)]


def test_the_mentions_of_an_entity_share_its_weight():
    annotated = paper("BERT", "BERT and BERT", [entity("e1", "Method", ["BERT"])])
    assert [span.share for span in gold_spans(annotated)] == [1 / 3, 1 / 3, 1 / 3]


def test_a_span_carries_the_role_of_its_entity():
    relations = [{"head": "PAPER", "type": "USES", "tail": "e1"}]
    annotated = paper("T", "BERT", [entity("e1", "Method", ["BERT"])], relations)
    assert [span.role for span in gold_spans(annotated)] == ["USES"]


def test_relations_of_other_methods_give_no_role():
    assert paper_roles([{"head": "e2", "type": "EVALUATED_ON", "tail": "e3"}]) == {}


def test_a_proposed_method_speaks_for_the_paper():
    relations = [
        {"head": "PAPER", "type": "PROPOSES", "tail": "e1"},
        {"head": "e1", "type": "EVALUATED_ON", "tail": "e2"},
    ]
    assert paper_roles(relations) == {"e1": "PROPOSES", "e2": "EVALUATED_ON"}


def test_begin_and_inside_of_the_last_type_are_the_last_two_tags():
    assert (tag_of("Metric", False), tag_of("Metric", True)) == (9, 10)
