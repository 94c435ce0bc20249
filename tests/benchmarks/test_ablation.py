import pytest
from spacy.language import Language

from benchmarks import ablation
from benchmarks.ablation import FULL, Part, ablate, ablation_table, parts
from citegraph.extractors import DEFAULT_MODEL
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import MODELS
from citegraph.graph.records import Entity, Mention
from tests.benchmarks.papers import GOLD

NEEDED = {"citegraph_sentences_v1", "citegraph_entities_v1", "citegraph_annotate_v1"}


@Language.factory("test_names_v1", default_config={"foo": True, "bar": True, "least": 1, "off": False})
def make_names(nlp, name, foo, bar, least, off):
    """A component that finds what it is told to, after what was found before."""

    def find(doc):
        draft = draft_of(doc)
        names = [name for name, wanted in (("FooNet", foo), ("BarNet", bar)) if wanted]
        found = [
            Entity(f"e{n}", "Method", name, (Mention("title", 0, 1, name, 0.5, "x"),)) for n, name in enumerate(names)
        ]
        draft.entities = (*draft.entities, *found)
        return doc

    return find


@Language.factory("test_wrong_v1")
def make_wrong(nlp, name):
    """A component that finds a data set that is none."""

    def find(doc):
        draft = draft_of(doc)
        wrong = Entity("e9", "Dataset", "Nothing", (Mention("title", 0, 1, "Nothing", 0.5, "x"),))
        draft.entities = (*draft.entities, wrong)
        return doc

    return find


@pytest.fixture
def reports(monkeypatch):
    monkeypatch.setitem(MODELS, "tiny", ("tiny-1", ("test_names_v1", "test_wrong_v1")))
    return ablate([GOLD], "tiny")


def report(f1):
    return {name: {"f1": f1} for name in ablation.SCORES}


def test_a_row_says_what_is_found_without_its_part_alone(reports):
    counts = {name: (row["Method"]["predicted"], row["Resource"]["predicted"]) for name, row in reports.items()}
    assert counts == {
        FULL: (2, 1),
        "test names": (0, 1),
        "test names: foo": (1, 1),
        "test names: bar": (1, 1),
        "test wrong": (2, 0),
    }


def test_scores_are_those_of_the_scorer(reports):
    assert {name: row["All"]["f1"] for name, row in reports.items()} == {
        FULL: 0.6667,
        "test names": 0.0,
        "test names: foo": 0.4,
        "test names: bar": 0.4,
        "test wrong": 0.8,
    }


def test_every_component_of_the_default_model_that_others_can_do_without_is_a_part():
    components = MODELS[DEFAULT_MODEL][1]
    whole = {part.component for component in components for part in parts(component) if part.switch is None}
    assert whole == set(components) - NEEDED


def test_every_rule_of_the_shapes_is_a_part():
    switches = {part.switch for part in parts("citegraph_shapes_v1")}
    assert switches == {None, "coordination", "latex", "numbers", "title_names", "trims", "urls"}


def test_names_of_parts_are_told_apart():
    names = [part.name for component in MODELS[DEFAULT_MODEL][1] for part in parts(component)]
    assert len(names) == len({*names, FULL}) - 1


def test_parts_of_components_that_are_there_are_named_as_they_are():
    named = {part for part in ablation.NAMES if part[0] in MODELS[DEFAULT_MODEL][1]}
    assert named <= {part for component in MODELS[DEFAULT_MODEL][1] for part in parts(component)} | {
        ("citegraph_entities_v1", "hopeless")
    }


def test_a_part_without_a_name_is_called_by_component_and_switch():
    assert Part("citegraph_new_thing_v2", "some_rule").name == "new thing: some rule"


def test_the_table_gives_differences_and_the_dearest_part_first():
    table = ablation_table("T", {FULL: report(0.7), "a": report(0.7001), "b": report(0.65)})
    assert [row[:2] for row in table.rows] == [[FULL, "0.700"], ["b", "0.650 -0.050"], ["a", "0.700 ±0.000"]]


def test_the_default_model_is_scored_without_each_part(capsys, tmp_path, monkeypatch):
    (tmp_path / "gold.jsonl").write_text("")
    monkeypatch.setattr("sys.argv", ["ablation", "--gold", str(tmp_path / "gold.jsonl")])
    ablation.main()
    printed = capsys.readouterr().out
    assert "on 0 papers" in printed
    assert "catalogue of known names" in printed
    assert max(map(len, printed.splitlines())) <= 100
