"""The student's training: what it reads, how it counts, and that it repeats itself."""

import gzip
import json

import numpy as np
import pytest

from citegraph.extractors.tagger import TARGETS
from citegraph.extractors.tags import TAGS
from training.gold_tags import one_hot
from training.span_scores import Score
from training.student.__main__ import main, score_tags
from training.student.corpus import gold_example, silver_examples
from training.student.train import CONFIG, Stage, blank_pipeline, load_student, new_student, save_student, train
from training.tag_files import write_tagged

PAPER = {
    "title": "MRL",
    "abstract": "We propose MRL and test it on the GLUE benchmark.",
    "entities": [
        {"id": "e1", "type": "Method", "surfaces": ["MRL"], "core": True},
        {"id": "e2", "type": "Benchmark", "surfaces": ["GLUE benchmark"], "core": True},
        {"id": "e3", "type": "Task", "surfaces": ["test"], "core": False},
    ],
    "relations": [
        {"head": "PAPER", "type": "PROPOSES", "tail": "e1"},
        {"head": "PAPER", "type": "EVALUATED_ON", "tail": "e2"},
    ],
}


@pytest.fixture(scope="module")
def nlp():
    return blank_pipeline()


def test_annotated_papers_give_the_tags_of_their_core_mentions(nlp):
    tags = gold_example(nlp, PAPER).reference.user_data[TARGETS].argmax(axis=1)
    assert [TAGS[tag] for tag in tags if tag] == [
        "B-Method:PROPOSES",
        "B-Method:PROPOSES",
        "B-Benchmark:EVALUATED_ON",
        "I-Benchmark:EVALUATED_ON",
    ]


def test_tagged_papers_give_the_teachers_probabilities_made_whole(nlp, tmp_path):
    soft = np.zeros((14, len(TAGS)), np.float32)
    soft[:, :2] = 50 / 255, 200 / 255
    write_tagged(tmp_path / "silver-00000.jsonl.gz", [PAPER], [soft])
    (example,) = silver_examples(nlp, [tmp_path / "silver-00000.jsonl.gz"])
    assert example.reference.user_data[TARGETS][0, :3].tolist() == pytest.approx([0.2, 0.8, 0])


def test_a_right_span_of_a_wrong_role_counts_as_a_span_but_not_as_a_role(nlp):
    right = gold_example(nlp, PAPER).reference.user_data[TARGETS]
    given = right.copy()
    proposed, used = TAGS.index("B-Method:PROPOSES"), TAGS.index("B-Method:USES")
    given[:, used], given[:, proposed] = right[:, proposed], 0
    assert score_tags(nlp, [PAPER], [right]) == Score(gold=3, found=3, right=3, roles=3)
    assert score_tags(nlp, [PAPER], [given]) == Score(gold=3, found=3, right=3, roles=1)


def test_training_learns_and_repeats_itself(nlp):
    stage = Stage(steps=150, gold=2, silver=0, learn_rate=5e-3, seed=1)
    results = []
    for _ in range(2):
        student = new_student(nlp, CONFIG, 1)
        train(student, nlp, [gold_example(nlp, PAPER)], [], stage)
        results += student.predict([gold_example(nlp, PAPER).predicted])
    assert results[0].tobytes() == results[1].tobytes()
    assert score_tags(nlp, [PAPER], results[:1]) == Score(gold=3, found=3, right=3, roles=3)


def test_a_saved_student_tags_as_before(nlp, tmp_path):
    student = new_student(nlp, CONFIG, 1)
    save_student(student, tmp_path / "student.npz", CONFIG)
    doc = gold_example(nlp, PAPER).predicted
    assert (
        load_student(nlp, tmp_path / "student.npz").predict([doc])[0].tobytes() == student.predict([doc])[0].tobytes()
    )


def test_training_without_tagged_papers_says_what_writes_them(tmp_path, capsys):
    assert main(["silver", "--work", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"Error: {tmp_path / 'tags'}: no silver-*.jsonl.gz; write them with python -m training.teacher label\n"
    )


def test_cross_fit_writes_every_paper_in_the_order_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr("training.student.__main__._SILVER", (Stage(1, 0, 1, 1e-3, 1),))
    monkeypatch.setattr("training.student.__main__._FINE", Stage(1, 1, 1, 1e-3, 1))
    papers = [PAPER | {"title": f"MRL {number}"} for number in range(5)]
    write_tagged(tmp_path / "tags" / "silver-00000.jsonl.gz", papers[:1], [one_hot([0] * 15)])
    with gzip.open(tmp_path / "train.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(paper) + "\n" for paper in papers)
    inputs = ["--work", str(tmp_path), "--train", str(tmp_path / "train.jsonl.gz")]
    assert main(["silver", *inputs]) == 0
    assert main(["cross-fit", *inputs]) == 0
    with gzip.open(tmp_path / "student" / "train.jsonl.gz", "rt", encoding="utf-8") as stream:
        assert [json.loads(line)["title"] for line in stream] == [f"MRL {number}" for number in range(5)]
    assert main(["ship", *inputs, "--output", str(tmp_path / "tagger.npz")]) == 0
    assert (tmp_path / "tagger.npz").stat().st_size < 20_000_000
