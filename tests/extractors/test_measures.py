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


def written(text):
    return [text[q.start : q.end] for q in find_quantities(text)]


def values(text):
    return [(q.number, q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "number", "value", "unit"),
    [
        ("reaches 76.5% accuracy", "76.5%", 76.5, "%"), ("reaches 94\\% accuracy", "94\\%", 94, "%"),
        ("reaches 94 % accuracy", "94 %", 94, "%"), ("reaches 94~\\% accuracy", "94~\\%", 94, "%"),
        ("reaches 94\\,\\% accuracy", "94\\,\\%", 94, "%"), ("reaches 94％ here", "94％", 94, "%"),
        ("of 94 percent of them", "94 percent", 94, "%"), ("of 94 per cent of them", "94 per cent", 94, "%"),
        ("by 3 percentage points", "3 percentage points", 3, "points"),
        ("a 3-percentage-point gain", "3-percentage-point", 3, "points"),
        ("by 2.5% points", "2.5% points", 2.5, "points"), ("by 2.5%p here", "2.5%p", 2.5, "points"),
        ("by 2.8 points", "2.8 points", 2.8, "points"), ("by 1 point", "1 point", 1, "points"),
        ("a 10-point gain", "10-point", 10, "points"),
        ("by 3.5 absolute points", "3.5 absolute points", 3.5, "points"), ("by 3.5 pp", "3.5 pp", 3.5, "points"),
        ("by 2 pts", "2 pts", 2, "points"), ("is 14x smaller", "14x", 14, "x"), ("is 14 x smaller", "14 x", 14, "x"),
        ("is 3× faster", "3×", 3, "x"), ("is 1.26$\\times$ faster", "1.26$\\times$", 1.26, "x"),
        ("is $3\\times$ faster", "3\\times$", 3, "x"), ("is 10 times faster", "10 times", 10, "x"),
        ("a 2-fold gain", "2-fold", 2, "x"), ("a 2.5 fold gain", "2.5 fold", 2.5, "x"),
        ("by a factor of 3 here", "factor of 3", 3, "x"), ("by factors of 3.5 here", "factors of 3.5", 3.5, "x"),
        ("by 2 orders of magnitude", "2 orders of magnitude", 2, "orders of magnitude"),
        ("of 25.3 dB", "25.3 dB", 25.3, "dB"), ("a 3.2-dB gain", "3.2-dB", 3.2, "dB"), ("in 12 ms", "12 ms", 12, "ms"),
        ("in 12ms", "12ms", 12, "ms"), ("in 12 milliseconds", "12 milliseconds", 12, "ms"),
        ("in 3 seconds", "3 seconds", 3, "seconds"), ("in 1 second", "1 second", 1, "seconds"),
        ("in 1.5s", "1.5s", 1.5, "seconds"), ("in 5 s", "5 s", 5, "seconds"), ("in 5 min", "5 min", 5, "minutes"),
        ("in 2 hours", "2 hours", 2, "hours"), ("at 30 FPS", "30 FPS", 30, "FPS"), ("at 45 fps", "45 fps", 45, "FPS"),
        ("in 12 GB", "12 GB", 12, "GB"), ("in 300 MB", "300 MB", 300, "MB"), ("of 46.85 here", "46.85", 46.85, None),
        ("of .78 here", ".78", 0.78, None), ("of 1,024.5 here", "1,024.5", 1024.5, None),
        ("of 1,024,000 here", "1,024,000", 1024000, None), ("of 0.1234567 here", "0.1234567", 0.1234567, None),
        ("is 46.85.", "46.85", 46.85, None), ("i.e.,46.85 here", "46.85", 46.85, None),
        ("76.5%accuracy", "76.5%", 76.5, "%"), ("reaches 76.5%.Then", "76.5%", 76.5, "%"),
    ],
)  # fmt: skip
def test_a_number_with_its_unit(text, number, value, unit):
    assert written(text) == [number]
    assert values(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "number", "value", "unit"),
    [
        ("of 0.618 F1", "0.618", 0.618, "F1"), ("of 5.3 F1-score", "5.3", 5.3, "F1"),
        ("of 28.4 BLEU", "28.4", 28.4, "BLEU"), ("a 2.5-BLEU gain", "2.5", 2.5, "BLEU"),
        ("of 28.4~BLEU", "28.4", 28.4, "BLEU"), ("of $28.4$ BLEU", "28.4", 28.4, "BLEU"),
        ("by 2.5 BLEU points", "2.5", 2.5, "points"), ("by 2.0 absolute F1 points", "2.0", 2, "points"),
        ("of 45.1 mIoU", "45.1", 45.1, "mIoU"), ("an FID of 3.2 FID", "3.2", 3.2, "FID"),
    ],
)  # fmt: skip
def test_a_measure_behind_a_number_is_its_unit_but_not_written_with_it(text, number, value, unit):
    assert written(text) == [number]
    assert values(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("\\textbf{76.5}\\%", "76.5}\\%"), ("\\textbf{76.5\\%}", "76.5\\%"), ("$\\mathbf{76.5}$\\%", "76.5}$\\%"),
        ("$76.5$\\%", "76.5$\\%"), ("$76.5\\%$", "76.5\\%"),
    ],
)  # fmt: skip
def test_a_unit_may_stand_behind_a_latex_group(text, number):
    assert written(text) == [number]
    assert values(text) == [(76.5, "%")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 2.5, 3.1 and 4.0 points", [(2.5, "points", True), (3.1, "points", True), (4, "points", False)]),
        ("by 2.5, 3.1, and 4.0%", [(2.5, "%", True), (3.1, "%", True), (4, "%", False)]),
        ("by 5 and 6 points", [(5, "points", True), (6, "points", False)]),
        ("by 2.5 or 3.1%", [(2.5, "%", True), (3.1, "%", False)]),
        ("of 2.5 and 3.1 BLEU", [(2.5, "BLEU", True), (3.1, "BLEU", False)]),
        ("of $2.5$ and $3.1$\\%", [(2.5, "%", True), (3.1, "%", False)]),
        ("9.5,8.1 and 7.3%", [(9.5, "%", True), (8.1, "%", True), (7.3, "%", False)]),
        ("92.1/95.3%", [(92.1, "%", True), (95.3, "%", False)]),
        ("2.5%, 3.1% and 4.0%", [(2.5, "%", False), (3.1, "%", False), (4, "%", False)]),
        ("of 2.5 and of 3.1%", [(2.5, None, False), (3.1, "%", False)]),
        ("2.5% and 3.1", [(2.5, "%", False), (3.1, None, False)]), ("in 2017, 5%", [(5, "%", False)]),
    ],
)  # fmt: skip
def test_a_list_shares_the_unit_of_its_last_number(text, expected):
    assert [(q.number, q.unit, q.shared) for q in find_quantities(text)] == expected
