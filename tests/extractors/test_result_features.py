import time

import pytest
import spacy

from citegraph.extractors.cues import cues_of, load_cues
from citegraph.extractors.draft import draft_of
from citegraph.extractors.given import Given, give
from citegraph.extractors.result_features import LINK_TEMPLATES, NUMBER_TEMPLATES, LinkFeatures, NumberFeatures
from citegraph.extractors.scenes import LINKS, find_scenes
from citegraph.graph.records import PAPER, Evidence, Relation

CUES = load_cues()


def of_paper(type_, *names):
    return tuple(Relation(PAPER, type_, name, Evidence("abstract", 0, 1), 0.9, "test-1") for name in names)


OURS = of_paper("PROPOSES", "Ours")


class Named(dict):
    """Rows that are the template and the value themselves."""

    def __init__(self, template):
        self._template = template

    def get(self, key, default=None):
        return f"{self._template}: {key}"


@pytest.fixture(scope="module")
def scenes(named):
    """Give a draft and its scenes."""

    def read(text, title="", relations=()):
        draft = named(text, title)
        draft.relations = relations
        return draft, find_scenes(draft, CUES)

    return read


@pytest.fixture(scope="module")
def numbers(scenes):
    """Give the numbers of each sentence that has some."""

    def read(text, title=""):
        draft, found = scenes(text, title)
        return [[draft.text[n.quantity.start : n.quantity.end] for n in scene.numbers] for scene in found]

    return read


@pytest.fixture(scope="module")
def candidates(scenes):
    """Give what the numbers of a text's last scene may be linked to, with the sentence of each."""

    def read(text, link, title="", relations=()):
        draft, found = scenes(text, title, relations)
        sentence_of = cues_of(draft, CUES).sentence_of
        return [
            (draft.found[p.number].entity.id, sentence_of(p.start))
            for p in found[-1].candidates(link, found[-1].numbers[-1])
        ]

    return read


@pytest.fixture(scope="module")
def linked(scenes):
    """Give what is known of the last number of a text and the nth candidate for a link."""

    def read(text, link, nth=0, relations=()):
        draft, found = scenes(text, relations=relations)
        scene = found[-1]
        features = LinkFeatures({name: Named(name) for name in LINK_TEMPLATES}, CUES.names)
        place = scene.candidates(link, scene.numbers[-1])[nth]
        return {
            row.removeprefix("plain: ")
            for row in features(scene.numbers[-1], place, link, scene, draft, cues_of(draft, CUES))
        }

    return read


def test_a_scene_is_a_sentence_with_numbers(scenes):
    _, found = scenes("Alpha is new. Alpha reaches 80.5% and 70%. It is fast. GLUE has 3.5 GB.")
    assert [scene.sentence for scene in found] == [1, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Alpha is new.", []),
        ("In 2017 there were 7 sets.", []),
        ("We reach 80.5%. We reach 90.5%.", [["80.5%"], ["90.5%"]]),
        ("It goes from 70.5% to 80.5%.", [["from 70.5% to 80.5%", "80.5%"]]),
        ("It is up to 14x faster, by 3 to 4 points.", [["up to 14x", "3 to 4 points"]]),
    ],
)
def test_the_numbers_of_each_sentence(numbers, text, expected):
    assert numbers(text) == expected


def test_title_and_abstract_have_their_own(numbers):
    assert numbers("We reach 90.5%.", "Ours reaches 80.5%") == [["80.5%"], ["90.5%"]]


def test_numbers_inside_names_are_left_out(numbers):
    assert numbers("We test CIFAR-10 at 90.5%.") == [["90.5%"]]


def test_a_number_that_is_part_of_a_given_name_is_none(named):
    draft = named("Net 50.5 reaches 90.5%.")
    give(draft, [Given("e1", "Method", "Net 50.5", ["Net 50.5"])])
    (scene,) = find_scenes(draft, CUES)
    assert [number.quantity.number for number in scene.numbers] == [90.5]


@pytest.mark.parametrize(
    ("link", "expected"),
    [("on", [("GLUE", 0), ("Photos", 0)]), ("metric", [("accuracy", 0)]), ("method", [("Alpha", 0)])],
)
def test_each_link_has_its_types(candidates, link, expected):
    assert candidates("Alpha reaches 80.5% accuracy on GLUE and Photos in parsing.", link) == expected


def test_each_mention_in_the_sentence_is_a_candidate(candidates):
    assert candidates("On GLUE it is 80.5%, as GLUE is hard.", "on") == [("GLUE", 0), ("GLUE", 0)]


def test_the_papers_own_methods_are_no_candidates(candidates):
    text = "Ours reaches 80.5% and Alpha 70.1%."
    assert candidates(text, "method", relations=OURS) == [("Alpha", 0)]
    assert candidates(text, "method") == [("Ours", 0), ("Alpha", 0)]


def test_what_other_sentences_name_is_a_candidate_once(candidates):
    text = "GLUE is old. We use GLUE and Photos. We reach 80.5%. GLUE and Corpora are large."
    assert candidates(text, "on") == [("GLUE", 1), ("Photos", 1), ("Corpora", 3)]


def test_of_mentions_elsewhere_the_last_before_counts_else_the_first(candidates):
    assert candidates("We reach 80.5%. GLUE is old. GLUE is hard.", "on") == [("GLUE", 1)]
    assert candidates("GLUE is old. GLUE is hard. We reach 80.5%. GLUE is large.", "on") == [("GLUE", 1)]


def test_what_the_sentence_names_is_not_looked_for_elsewhere(candidates):
    assert candidates("GLUE is old. GLUE is at 80.5%. Photos is new.", "on") == [("GLUE", 1), ("Photos", 2)]


def test_a_metric_stands_in_the_sentence(candidates):
    assert candidates("We measure accuracy. We reach 80.5%.", "metric") == []


def test_what_stands_for_the_introduced_resource_is_a_candidate(scenes):
    text = "We introduce GLUE. Alpha reaches 80.5% on the benchmark."
    _, (scene,) = scenes(text, relations=of_paper("INTRODUCES", "GLUE"))
    assert [(place.type, place.number) for place in scene.candidates("on", scene.numbers[0])] == [("Benchmark", 0)]
    assert scene.elsewhere == []


def test_the_own_methods_are_known_by_number(scenes):
    _, (scene,) = scenes("Alpha beats Ours at 80.5%.", relations=OURS)
    assert scene.around.own == {1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They reach 80.5% and 70.1%, respectively.", True),
        ("They reach 80.5% and 70.1%.", False),
        ("They reach 80.5%. Respectively so.", False),
    ],
)
def test_whether_the_sentence_says_respectively(scenes, text, expected):
    assert scenes(text)[1][0].respectively is expected


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Alpha reaches 80.5% accuracy on GLUE.", "after 1"),
        ("On GLUE, Alpha reaches 80.5%.", "before 1"),
        ("Alpha reaches 80.5% on GLUE.", "after % single"),
        ("Alpha goes from 70.5% to 80.5% on GLUE.", "after % single"),
        ("Alpha reaches 80.5% on GLUE.", "candidates 1 numbers 1"),
        ("Alpha reaches 80.5% on GLUE.", "rank 0"),
        ("Alpha reaches 80.5% on GLUE and Photos.", "after list of True"),
        ("On GLUE: 80.5%.", "close :"),
        ("GLUE was released. We reach 80.5%.", "elsewhere 1 False"),
        ("We reach 80.5%. GLUE was released.", "elsewhere -1 False"),
        ("We reach 80.5% on GLUE.", "after subjects between False"),
        ("On GLUE we reach 80.5%.", "before subjects between True"),
        ("Alpha reaches 80.5% on GLUE.", "subjects False"),
    ],
)
def test_what_is_known_of_a_number_and_a_resource(linked, text, known):
    assert known in linked(text, "on")


@pytest.mark.parametrize(
    ("text", "nth", "known"),
    [
        ("Alpha and Beta reach 80.5% and 70.1%, respectively.", 1, "aligned True True"),
        ("Alpha and Beta reach 80.5% and 70.1%, respectively.", 0, "aligned False True"),
        ("Alpha reaches 80.5% and Beta 70.1%.", 1, "aligned True False"),
        ("Alpha reaches 80.5% and Beta 70.1%.", 0, "before numbers between 1"),
        ("Alpha reaches 80.5% and Beta 70.1%.", 0, "before rank 1"),
    ],
)
def test_what_is_known_of_a_number_among_several(linked, text, nth, known):
    assert known in linked(text, "method", nth)


def test_what_the_paper_does_with_a_name_is_known(linked):
    assert "role EVALUATED_ON True" in linked("We reach 80.5% on GLUE.", "on", 0, of_paper("EVALUATED_ON", "GLUE"))
    assert "own True True" in linked("Ours reaches 80.5%, Alpha 70.1%.", "method", 0, OURS)


@pytest.fixture(scope="module")
def known(scenes):
    """Give what is known of the first number of a text, words left out."""

    def read(text):
        draft, found = scenes(text)
        rows = {name: Named(name) for name in NUMBER_TEMPLATES}
        features = NumberFeatures(rows, CUES.names)
        rows = features(found[0].numbers[0], found[0], draft, cues_of(draft, CUES))
        return {row for row in rows if row.startswith(("plain", "cue"))}

    return read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Alpha reaches 80.5%.", "plain: unit %"),
        ("Alpha reaches up to 80.5%.", "plain: form single up to"),
        ("Alpha goes from 70.5% to 80.5%.", "plain: form change None"),
        ("Alpha reaches 10-20%.", "plain: form range None"),
        ("Alpha reaches 80.5 ± 0.3%.", "plain: form spread None"),
        ("Alpha reaches 80.5.", "plain: decimal True"),
        ("Alpha reaches 80%.", "plain: whole False"),
        ("Alpha reaches 80.5%.", "plain: size 2 %"),
        ("Alpha reaches 0.618.", "plain: size 0 None"),
        ("Alpha reaches 80.5%.", "plain: numbers 1"),
        ("Alpha reaches 80.5%. It is new.", "plain: from end 2"),
        ("Alpha reaches 80.5%.", "plain: Method"),
        ("Alpha reaches 80.5%.", "cue: achieve before near"),
        ("Alpha does not reach an accuracy of 80.5%.", "cue: not achieve before near"),
    ],
)
def test_what_is_known_of_a_number(known, text, value):
    assert value in known(text)


@pytest.mark.parametrize("text", ["80.5%", "80.5% it is", "It is 80.5%", "14x", "(80.5%)"])
def test_a_number_at_either_end_of_a_text_is_read(known, text):
    assert known(text)


def test_the_links_are_columns_in_this_order():
    assert list(LINKS) == ["on", "metric", "method"]


def test_many_numbers_in_one_sentence_take_little_time(named):
    draft = named("80.5% on GLUE, " * 5_000)
    start = time.process_time()
    found = find_scenes(draft, CUES)
    assert time.process_time() - start < 5
    assert sum(len(scene.numbers) for scene in found) == 5_000
    assert {scene.sentence for scene in found} == {0}


def test_a_long_sentence_is_parted_and_keeps_what_is_near(named):
    draft = named("80.5% on GLUE, " * 50 + "90.5% on Photos.")
    last = find_scenes(draft, CUES)[-1]
    number = last.numbers[-1]
    assert number.quantity.number == 90.5
    near = last.candidates("on", number)
    assert [draft.found[place.number].entity.id for place in near][-1] == "Photos"
    assert len(near) <= 16


def test_a_plain_doc_without_numbers_has_no_scene():
    assert find_scenes(draft_of(spacy.blank("en")("Nothing here.")), CUES) == []
