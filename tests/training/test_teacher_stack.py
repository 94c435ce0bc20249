"""The teacher's tags joined to the log-odds: tags that are right make the facts right."""

import json
from itertools import islice

import pytest

from benchmarks.score import score
from citegraph.extractors.draft import draft_of
from citegraph.extractors.pipeline import make_doc, shared_pipeline
from citegraph.extractors.weights import load_weights
from citegraph.graph.catalogue import load_catalogue
from citegraph.graph.records import Paper
from training.build_catalogue import TRAIN
from training.counts import Counted, Finder
from training.gold_tags import gold_tags, one_hot
from training.papers import read_papers
from training.tag_files import read_tagged, write_tagged
from training.teacher.stack import predict, stacked


@pytest.fixture(scope="module")
def papers():
    return list(islice(read_papers(TRAIN), 40))


def right_tags(paper):
    doc = make_doc(shared_pipeline("fast"), Paper("", paper["title"], paper["abstract"]))
    return one_hot(gold_tags(paper, draft_of(doc)))


def test_right_tags_make_the_facts_of_other_papers_right(papers):
    weights = load_weights("fast")
    counted = Counted(load_catalogue().entries, weights.starts, weights.heads, weights.outside, weights.seen)
    finder = Finder(shared_pipeline("fast"), counted, {paper["id"]: right_tags(paper) for paper in papers})
    new = papers[30:]
    facts = [json.loads(found.to_json()) for found in predict(stacked(weights, finder, papers[:30]), finder, new)]
    report = score(new, facts)[0]
    assert report["All"]["f1"] > 0.9
    assert report["rel:PROPOSES"]["gold"] == 8
    assert report["rel:PROPOSES"]["f1"] > 0.6


def test_tags_come_back_from_a_file_to_one_part_in_255(papers, tmp_path):
    path = tmp_path / "tags" / "some.jsonl.gz"
    tags = [0.25 + 0.5 * right_tags(paper) for paper in papers[:2]]
    write_tagged(path, papers[:2], tags)
    read = list(read_tagged(path))
    assert [paper["title"] for paper, _ in read] == [paper["title"] for paper in papers[:2]]
    assert all(found == pytest.approx(given, abs=1 / 510 + 1e-6) for (_, found), given in zip(read, tags, strict=True))
