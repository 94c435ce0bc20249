"""The training of the accurate encoder with PyTorch: its network, its steps, and that it goes on where it was."""

import doctest
from importlib import import_module

import numpy as np
import pytest
import torch

from citegraph.extractors.tags import TAGS


@pytest.mark.parametrize("name", ["examples", "train", "catalogues"])
def test_the_examples_hold(name):
    result = doctest.testmod(import_module(f"training.encoder.{name}"))
    assert (result.attempted > 0, result.failed) == (True, 0)


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
