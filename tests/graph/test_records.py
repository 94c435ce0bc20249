import json

import pytest
from hypothesis import given, settings

from citegraph.errors import SchemaError
from citegraph.graph.records import (
    Cue,
    Entity,
    Evidence,
    Mention,
    Paper,
    PaperFacts,
    Relation,
    Result,
    normalise_title,
    paper_key,
)
from tests.graph.strategies import facts

PAPER = Paper("arxiv:2002.05709", "SimCLR 🎉 works", "We beat MoCo by 2%.", ("Ting Chen",), 2020)
GAIN = Evidence("abstract", 0, 19, Cue(16, 18, "2%"))


def with_abstract(abstract):
    return PaperFacts(Paper("arxiv:1", "A title", abstract), "rules@1")


def test_title_is_folded_to_lower_case_letters_digits_and_single_spaces():
    assert normalise_title("  GPT-3:\tLanguage “Models”… ") == "gpt 3 language models"


def test_compatibility_forms_of_a_title_are_one():
    assert normalise_title("ﬁne ＡＢＣ") == "fine abc"


def test_paper_key_is_sixteen_digits_of_the_folded_title_hash():
    assert paper_key("Pointer Networks") == "title:0f1b28e2cc7b8669"


def test_titles_that_differ_in_a_word_have_different_keys():
    assert paper_key("Pointer Networks") != paper_key("Pointer Network")


def test_titles_of_symbols_only_keep_different_keys():
    assert paper_key("???") != paper_key("!!!")


def test_paper_key_leaves_out_the_identifier():
    assert Paper("doi:10.1/x", "A", "").key == Paper("arxiv:1", "a.", "").key


def test_field_gives_the_title_or_the_abstract():
    assert (PAPER.field("title"), PAPER.field("abstract")) == ("SimCLR 🎉 works", "We beat MoCo by 2%.")


def test_surfaces_are_sorted_and_unique():
    mentions = tuple(Mention("title", 0, 1, text, 1.0, "x") for text in ("b", "a", "b"))
    assert Entity("e1", "Method", "b", mentions).surfaces == ("a", "b")


def test_json_line_is_the_documented_one():
    mention = Mention("title", 0, 6, "SimCLR", 0.9, "rules@1")
    found = PaperFacts(
        PAPER,
        "rules@1",
        (Entity("e1", "Method", "SimCLR", (mention,)),),
        (Relation("PAPER", "PROPOSES", "e1", Evidence("title", 0, 14, Cue(9, 14, "works")), 0.8, "rules@1"),),
        (Result("e1", None, "gain", "2%", "%", "improvement", GAIN, 0.5, "rules@1"),),
    )
    assert found.to_json() == (
        '{"id": "arxiv:2002.05709", "title": "SimCLR 🎉 works", "abstract": "We beat MoCo by 2%.", '
        '"authors": ["Ting Chen"], "year": 2020, "extractor": "rules@1", "entities": [{"id": "e1", "type": "Method", '
        '"name": "SimCLR", "mentions": [{"field": "title", "start": 0, "end": 6, "text": "SimCLR", "confidence": 0.9, '
        '"by": "rules@1"}]}], "relations": [{"head": "PAPER", "type": "PROPOSES", "tail": "e1", "evidence": '
        '{"field": "title", "start": 0, "end": 14, "cue": {"start": 9, "end": 14, "text": "works"}}, '
        '"confidence": 0.8, "by": "rules@1"}], '
        '"results": [{"method": "e1", "on": null, "metric": "gain", "value": "2%", "unit": "%", '
        '"kind": "improvement", "evidence": {"field": "abstract", "start": 0, "end": 19, '
        '"cue": {"start": 16, "end": 18, "text": "2%"}}, "confidence": 0.5, "by": "rules@1"}]}'
    )


def test_what_a_result_has_of_its_optional_parts_stands_at_its_end():
    result = Result("PAPER", None, None, "2%", "%", "absolute", GAIN, 0.5, "r", 2.0, spread=0.1, hedge="up to")
    (row,) = json.loads(PaperFacts(PAPER, "rules@1", results=(result,)).to_json())["results"]
    assert list(row.items())[7:] == [
        ("confidence", 0.5),
        ("by", "r"),
        ("number", 2.0),
        ("spread", 0.1),
        ("hedge", "up to"),
    ]


def test_empty_paper_fields_are_left_out_of_the_line():
    assert list(json.loads(with_abstract("").to_json())) == [
        "id", "title", "abstract", "extractor", "entities", "relations", "results",
    ]  # fmt: skip


@settings(deadline=None)
@given(facts())
def test_facts_survive_json(found):
    assert PaperFacts.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    "abstract",
    [
        "🎉👩‍🔬 emoji",
        "מאמר بحث right to left \u202e",
        "null \x00 byte",
        "\u2028 line \u0085 ends \r\n",
        "$\\alpha^{2}$",
        "e\u0301",
    ],
    ids=["emoji", "right-to-left", "null", "line-ends", "latex", "combining"],
)
def test_unusual_text_survives_json_and_utf8_on_one_line(abstract):
    line = with_abstract(abstract).to_json().encode("utf-8")
    assert b"\n" not in line
    assert PaperFacts.from_json(line.decode("utf-8")).paper.abstract == abstract


def test_text_with_a_lone_surrogate_is_refused_before_it_reaches_a_file():
    with pytest.raises(SchemaError, match=r"^paper 'arxiv:1' holds the lone surrogate \\ud83d, which "):
        with_abstract("half \ud83d").to_json()
