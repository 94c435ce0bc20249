import pytest
import spacy

from citegraph.extractors.draft import draft_of
from citegraph.extractors.measures import Measures, load_measures
from citegraph.extractors.quantities import find_quantities
from citegraph.extractors.result_features import Number
from citegraph.extractors.tokenizer import make_tokenizer


@pytest.fixture(scope="module")
def near():
    """Give for each number of a text the measure beside it."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp.vocab)

    def find(text):
        draft = draft_of(nlp.make_doc(text))
        at = draft.words.at
        numbers = [Number(q, at(q.start), at(q.end)) for q in find_quantities(text)]
        return [load_measures().near(number, draft) for number in numbers]

    return find


@pytest.mark.parametrize(
    "measure",
    [
        "accuracy", "Accuracy", "top-1 accuracy", "accuracy (%)", "F1", "F1-score", "macro F1", "F1 scores", "BLEU",
        "BLEU-4 score", "ROUGE-L", "mAP", "mAP@0.5", "mAP@[0.5:0.95]", "AP50", "nDCG@10", "Recall@10", "Hits@1",
        "pass@1", "success rate", "AUC", "ROC-AUC", "AUC-ROC", "mIoU", "mean reciprocal rank", "PSNR", "throughput",
        "Dice", "tokens per second", "true positive rate", "inception score",
    ],
)  # fmt: skip
def test_more_is_better(measure):
    assert load_measures().direction(measure, None) == "higher"


@pytest.mark.parametrize(
    "measure",
    [
        "error rate", "Word Error Rate", "word-error rate", "WER", "perplexity", "FID", "Fréchet inception distance",
        "latency", "inference time", "memory footprint", "attack success rate", "Attack Success Rate", "Brier score",
        "mean absolute error", "validation loss", "FPR@95", "FPR95", "expected calibration error",
        "number of parameters",
    ],
)  # fmt: skip
def test_less_is_better(measure):
    assert load_measures().direction(measure, None) == "lower"


@pytest.mark.parametrize(
    "measure", ["", "frobnication", "error rate reduction", "accuracy drop", "@", "(", "temperature"]
)
def test_of_other_measures_nothing_is_known(measure):
    assert load_measures().direction(measure, None) is None


@pytest.mark.parametrize(
    ("unit", "direction"),
    [
        ("BLEU", "higher"), ("FPS", "higher"), ("dB", "higher"), ("F1", "higher"), ("ms", "lower"),
        ("seconds", "lower"), ("TB", "lower"), ("hours", "lower"),
        ("GB", "lower"), ("WER", "lower"), ("%", None), ("x", None), ("points", None), (None, None),
    ],
)  # fmt: skip
def test_a_unit_tells_where_no_measure_does(unit, direction):
    assert load_measures().direction(None, unit) == direction
    assert load_measures().direction("frobnication", unit) == direction


def test_the_measure_counts_before_the_unit():
    assert load_measures().direction("throughput", "ms") == "higher"


def test_the_longest_end_of_a_name_wins():
    measures = Measures({"higher": ["rate", "a hit rate"], "lower": ["hit rate"]}, {})
    names = ("rate", "hit rate", "a hit rate", "some hit rate")
    assert [measures.direction(name, None) for name in names] == ["higher", "lower", "higher", "lower"]


def test_every_unit_of_a_number_with_a_direction_is_known():
    units = {
        q.unit for q in find_quantities("1.5 ms, 2 s, 3 min, 4 h, 5 hours, 6 fps, 7 GB, 8 dB, 9 KB, 9 TB and 5 MB")
    }
    assert {unit for unit in units if load_measures().direction(None, unit) is None} == set()


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("reaches 76.5% accuracy on it", "accuracy"),
        ("reaches 76.5% Accuracy on it", "Accuracy"),
        ("reaches 76.5% top-1 accuracy on it", "top-1 accuracy"),
        ("an accuracy of 76.5% on it", "accuracy"),
        ("improves accuracy by 2.5 points", "accuracy"),
        ("accuracy = 0.95", "accuracy"),
        ("has 0.618 F1", "F1"),
        ("has 0.618 F1 score", "F1 score"),
        ("has 41.2 ROUGE-L here", "ROUGE-L"),
        ("at 5.1% word error rate", "word error rate"),
        ("at 5.1% error rate", "error rate"),
        ("an error rate of 5.1%", "error rate"),
        ("a 5.1% attack success rate", "attack success rate"),
        ("at a latency of 12 ms per image", "latency"),
        ("a 2.5x speedup", "speedup"),
        ("a PER of 12.5%", "PER"),
        ("at 45.1 mAP", "mAP"),
        ("high accuracy (95.3%)", "accuracy"),
        ("(95.3% accuracy)", "accuracy"),
    ],
)
def test_the_measure_beside_a_number(near, text, measure):
    assert near(text) == [measure]


@pytest.mark.parametrize(
    "text",
    [
        "reaches 76.5%, accuracy is not all",
        "for accuracy, 76.5% of them",
        "reaches 76.5%. Accuracy is not all",
        "reaches 76.5% and accuracy too",
        "reaches 76.5% (accuracy) of it",
        "accuracy (low) 76.5%",
        "reaches 76.5% on this very large accuracy",
        "the accuracy that one would like 76.5%",
        "takes 12 ms per image",
        "has 12 ms map here",
        "reaches 76.5% frobnication",
        "76.5%",
    ],
)
def test_other_words_beside_a_number_are_no_measure(near, text):
    assert near(text) == [None]


def test_what_stands_behind_a_number_goes_before_what_stands_before_it(near):
    assert near("accuracy of 95.3% F1") == ["F1"]


def test_each_number_of_a_list_has_its_measure(near):
    text = "We get 95.3% accuracy, 0.91 F1 and a latency of 12 ms."
    assert near(text) == ["accuracy", "F1", "latency"]


def test_a_number_at_either_end_of_a_text(near):
    assert near("95.3% accuracy") == ["accuracy"]
    assert near("accuracy 95.3%") == ["accuracy"]
