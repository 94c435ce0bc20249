import math
import time

import pytest

from citegraph.extractors.quantities import find_quantities
from citegraph.graph.records import HEDGES

LARGE = 1_000_000


def written(text):
    return [text[q.start : q.end] for q in find_quantities(text)]


def values(text):
    return [(q.number, q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "number", "lower", "upper", "unit"),
    [
        ("by 10-20% here", "10-20%", 10, 20, "%"), ("by 10–20% here", "10–20%", 10, 20, "%"),
        ("by 10--20% here", "10--20%", 10, 20, "%"), ("by 10~20% here", "10~20%", 10, 20, "%"),
        ("by 10 - 20% here", "10 - 20%", 10, 20, "%"), ("by 10\\%-20\\% here", "10\\%-20\\%", 10, 20, "%"),
        ("by 10% to 20% here", "10% to 20%", 10, 20, "%"), ("by $10\\sim20$% here", "10\\sim20$%", 10, 20, "%"),
        ("by $10$--$20$\\% here", "10$--$20$\\%", 10, 20, "%"),
        ("by 10\\text{--}20\\% here", "10\\text{--}20\\%", 10, 20, "%"),
        ("between 10% and 20%", "between 10% and 20%", 10, 20, "%"),
        ("between 10 and 20%", "between 10 and 20%", 10, 20, "%"),
        ("between 0.5 and 0.8", "between 0.5 and 0.8", 0.5, 0.8, None), ("is 2-3x faster", "2-3x", 2, 3, "x"),
        ("is 2x to 3x faster", "2x to 3x", 2, 3, "x"),
        ("is 2$\\times$-5$\\times$ faster", "2$\\times$-5$\\times$", 2, 5, "x"),
        ("by a factor of 2 to 5 here", "factor of 2 to 5", 2, 5, "x"),
        ("by 0.5-1.0 points", "0.5-1.0 points", 0.5, 1, "points"),
        ("(0.104 - 0.114) here", "0.104 - 0.114", 0.104, 0.114, None),
        ("by -2.5 to 3.5% here", "-2.5 to 3.5%", -2.5, 3.5, "%"), ("by +1% to +3% here", "+1% to +3%", 1, 3, "%"),
        ("by $-32$ to $+20$ points", "-32$ to $+20$ points", -32, 20, "points"),
        ("of -2.5–-1.5 here", "-2.5–-1.5", -2.5, -1.5, None),
        ("ranging from 10% to 20% here", "10% to 20%", 10, 20, "%"),
        ("it ranges from 0.5 to 0.8 here", "0.5 to 0.8", 0.5, 0.8, None),
    ],
)  # fmt: skip
def test_a_range(text, number, lower, upper, unit):
    (found,) = find_quantities(text)
    assert written(text) == [number]
    assert (found.number, found.upper, found.unit, found.form) == (lower, upper, unit, "range")


@pytest.mark.parametrize(
    ("text", "change", "end", "origin", "value", "unit"),
    [
        ("from 70.5% to 78.8% here", "from 70.5% to 78.8%", "78.8%", 70.5, 78.8, "%"),
        ("from 70.5 to 78.8% here", "from 70.5 to 78.8%", "78.8%", 70.5, 78.8, "%"),
        ("from 3.2 to 7.4 here", "from 3.2 to 7.4", "7.4", 3.2, 7.4, None),
        ("from 70.5% (base) to 78.8%", "from 70.5% (base) to 78.8%", "78.8%", 70.5, 78.8, "%"),
        ("from 70.5% to just 78.8%", "from 70.5% to just 78.8%", "78.8%", 70.5, 78.8, "%"),
        ("from 70.5% down to 60%", "from 70.5% down to 60%", "60%", 70.5, 60, "%"),
        ("by 5 points (70.5% to 75.5%)", "70.5% to 75.5%", "75.5%", 70.5, 75.5, "%"),
        ("from $70.5\\%$ to $78.8\\%$", "from $70.5\\%$ to $78.8\\%", "78.8\\%", 70.5, 78.8, "%"),
        ("from 12.5ms to 3ms", "from 12.5ms to 3ms", "3ms", 12.5, 3, "ms"),
        ("from 2.5 to 3.1 BLEU", "from 2.5 to 3.1", "3.1", 2.5, 3.1, "BLEU"),
        ("from +2.5% to -3.5%", "from +2.5% to -3.5%", "-3.5%", 2.5, -3.5, "%"),
        ("from $-0.2$ to $-0.3$", "from $-0.2$ to $-0.3", "-0.3", -0.2, -0.3, None),
        ("from about 70.5% to 78.8%", "from about 70.5% to 78.8%", "78.8%", 70.5, 78.8, "%"),
    ],
)
def test_a_change_comes_before_the_number_that_it_ends_at(text, change, end, origin, value, unit):
    *_, first, second = find_quantities(text)
    assert written(text)[-2:] == [change, end]
    assert (first.number, first.origin, first.unit, first.form) == (value, origin, unit, "change")
    assert (second.number, second.origin, second.unit, second.form) == (value, None, unit, "single")


def test_a_change_ends_below_a_bound():
    text = "from 70.5% to below 10%"
    assert written(text) == ["from 70.5% to below 10%", "below 10%"]
    assert [q.hedge for q in find_quantities(text)] == ["less than", "less than"]


def test_two_units_make_no_change():
    assert values("from 3 seconds to 12 ms") == [(3, "seconds"), (12, "ms")]


@pytest.mark.parametrize(
    ("text", "number", "value", "spread", "unit"),
    [
        ("76.5 ± 0.3", "76.5 ± 0.3", 76.5, 0.3, None), ("76.5±0.3%", "76.5±0.3%", 76.5, 0.3, "%"),
        ("76.5% ± 0.3%", "76.5% ± 0.3%", 76.5, 0.3, "%"), ("76.5 +/- 0.3", "76.5 +/- 0.3", 76.5, 0.3, None),
        ("76.5 +- 0.3", "76.5 +- 0.3", 76.5, 0.3, None), ("$76.5 \\pm 0.3$", "76.5 \\pm 0.3", 76.5, 0.3, None),
        ("$76.5\\pm0.3\\%$", "76.5\\pm0.3\\%", 76.5, 0.3, "%"), ("76.5$\\pm$0.3", "76.5$\\pm$0.3", 76.5, 0.3, None),
        ("$76.5{\\pm}0.3$", "76.5{\\pm}0.3", 76.5, 0.3, None),
        ("$76.5_{\\pm 0.3}$", "76.5_{\\pm 0.3}", 76.5, 0.3, None), ("76.5 (±0.3)", "76.5 (±0.3)", 76.5, 0.3, None),
        ("3.7 $\\pm$ 0.17 percentage points", "3.7 $\\pm$ 0.17 percentage points", 3.7, 0.17, "points"),
        ("2000 ± 50 here", "2000 ± 50", 2000, 50, None),
    ],
)  # fmt: skip
def test_a_spread(text, number, value, spread, unit):
    (found,) = find_quantities(text)
    assert written(text) == [number]
    assert (found.number, found.spread, found.unit, found.form) == (value, spread, unit, "spread")


def test_a_change_between_spreads_is_two_numbers():
    found = find_quantities("from $88 \\pm 38$ s to $37 \\pm 18$ s")
    assert [(q.number, q.spread, q.unit) for q in found] == [(88, 38, "seconds"), (37, 18, "seconds")]


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("of -0.94 here", "-0.94", -0.94), ("of −0.94 here", "−0.94", -0.94), ("of –0.94 here", "–0.94", -0.94),
        ("of +6.37 here", "+6.37", 6.37), ("of $-0.94$ here", "-0.94", -0.94), ("r=-0.94 here", "-0.94", -0.94),
        ("(+2.1) here", "+2.1", 2.1), ("[-0.94] here", "-0.94", -0.94), ("-.78 here", "-.78", -0.78),
        ("-5.5", "-5.5", -5.5),
    ],
)  # fmt: skip
def test_a_sign_belongs_to_its_number(text, number, value):
    (found,) = find_quantities(text)
    assert written(text) == [number]
    assert found.number == value
    assert found.at == found.start + 1


@pytest.mark.parametrize(
    ("hedge", "leads"),
    [
        (
            "about",
            "about|around|approximately|roughly|nearly|almost|close to|~|∼|≈|$\\sim$|$\\approx$|about a|\\sim",
        ),
        ("up to", "up to|as much as|as high as|as many as|up to a|Up to"),
        (
            "more than",
            "more than|greater than|higher than|better than|larger than|over|above|exceeding|exceeds|beyond|>|$>$",
        ),
        ("at least", "at least|no less than|≥|⩾|>=|$\\geq$|$\\ge$|\\geqslant|at least a"),
        ("less than", "less than|fewer than|lower than|under|below|<|$<$"),
        ("at most", "at most|no more than|within|≤|⩽|<=|$\\leq$|$\\le$|\\leqslant"),
    ],
)
def test_the_words_that_bound_a_number_belong_to_it(hedge, leads):
    assert hedge in HEDGES
    for lead in leads.split("|"):
        text = f"with {lead} 5%"
        assert [(q.hedge, text[q.start : q.end]) for q in find_quantities(text)] == [(hedge, f"{lead} 5%")]


@pytest.mark.parametrize("lead", ["~", "∼", "≈", "$\\sim$", "$>$", "$>", ">", "<", "$<$", "≥", "$\\leq$", "(>", "(~"])
def test_a_sign_that_bounds_a_number_may_touch_it(lead):
    text = f"at {lead}5%"
    assert written(text) == [f"{lead.lstrip('(')}5%"]
    assert all(q.hedge for q in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "number", "hedge"),
    [
        ("up to a factor of 3 here", "up to a factor of 3", "up to"),
        ("a factor of up to 3 here", "factor of up to 3", "up to"), ("up to 2-3x faster", "up to 2-3x", "up to"),
        ("by about 10 to 20%", "about 10 to 20%", "about"), ("(about 5% to 10%)", "about 5% to 10%", "about"),
        ("about 5.0 ± 0.1", "about 5.0 ± 0.1", "about"), ("~-0.94", "~-0.94", "about"),
    ],
)  # fmt: skip
def test_a_bound_goes_before_ranges_factors_spreads_and_signs(text, number, hedge):
    assert written(text) == [number]
    assert [q.hedge for q in find_quantities(text)] == [hedge]


@pytest.mark.parametrize(
    "text", ["takeover 5%", "roundabout 5%", "we go over, 5%", "more than we, at 5%", "stand-up to5%"]
)
def test_other_words_bound_nothing(text):
    assert [q.hedge for q in find_quantities(text)] in ([None], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.8%/22.0%", ["9.8%", "22.0%"]), ("9.8%/22%", ["9.8%", "22%"]), ("14%/6%", ["14%", "6%"]),
        ("9.8\\%/22.0\\%", ["9.8\\%", "22.0\\%"]), ("0.92/0.95", ["0.92", "0.95"]), ("0.92 / 0.95", ["0.92", "0.95"]),
        ("92.1/95.3/97.2", ["92.1", "95.3", "97.2"]), ("92.1/95", ["92.1", "95"]),
    ],
)  # fmt: skip
def test_slashes_part_numbers(text, expected):
    assert written(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in 2017", "since 2017, and 2018.", "(2017)", "2017-2020", "2017–2020", "1990-95", "from 2017 to 2020",
        "between 2017 and 2020", "2021-05-03", "03/05/2021", "May 3, 2021",
        "v1.2.3", "1.2.3", "version 1.2", "SQuAD v2.0", "Section 3.2", "Table 12", "Figure 10", "Fig. 10",
        "arXiv:2001.01234", "arXiv:2001.01234v1", "doi:10.1145/3394486.3403168", "https://doi.org/10.1145/3394486.3403168",
        "GPT-4", "GPT-3.5", "GPT\u20113.5", "GPT-3.5-turbo", "Qwen2.5", "LLaMA-3.1-8B", "ResNet-50", "CIFAR-10/100",
        "x_{16}", "x^{16}", "x_16", "top-5", "top-1 and top-5", "mAP@0.5", "mAP@[0.5:0.95]", "nDCG@10", "IoU@0.75",
        "2-layer", "12-layer", "16-bit", "1.58-bit", "1024-dimensional", "5-shot", "a 24-hour day",
        "5-fold cross-validation", "10 fold cross validation", "3 datasets", "2-3 layers", "7 models",
        "175B", "1.2M", "10k", "7B parameters",
        "1.2 million", "1.2 M parameters", "over 10 billion tokens", "$5.2 million", "3D", "1st", "99.9th", "90s",
        "3x3", "3 x 3", "224 × 224", "$3 \\times 3$", "3.5 x 4.5", "1e-5", "2.5e-4", "10^6", "10^{-3}",
        "$1.2 \\times 10^{-3}$", "2.5\\times10^6", "2.5$\\times$10$^6$", "3:1", "2.5:1", "24/7", "90/10 split", "1/3",
        "(1) and (2)", "1-1-1-1", "1.5-1.6-1.7", "555-12-34", "1,2,3", "10,20%", "0,95", "1,2345", "5..6",
        "%5", "%", "", ".", "...", "-", "±", "$", "5", "5.",
    ],
)  # fmt: skip
def test_years_names_and_counts_are_no_quantities(text):
    assert written(text) == []


@pytest.mark.parametrize("text", ["12345678.5%", "1234567", "1,000,000,000,000,000,000%", "1" + ",000" * 1000 + " ms"])
def test_a_number_of_too_many_digits_is_left_out_whole(text):
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("٣% here", 3), ("５% here", 5), ("１２.５% here", 12.5), ("1٣% here", 13)]
)
def test_digits_of_other_scripts_are_digits(text, value):
    assert values(text) == [(value, "%")]


@pytest.mark.parametrize("text", ["5²", "Ⅳ%", "½%", "②%"])
def test_other_numerals_are_none(text):
    assert written(text) == []


HOSTILE = [
    "9", "9" * 100_000 + " ", "1,000,", ",", "1,", "1.", "1-", "1–", "1--", "1/", "1.5/", "1:", "1 to ",
    "from 1 to 2 to ", "between 1 and ", "1 (a) to ", "1 ± ", "±", "5%,", "5% ", "5", "%", "\\%", "$", "}$", "1}$",
    "${", "~", "~5", "about ", "up to 5 ", "up to ", "factor of 5 ", "-", "+", "( 1", "1 ", "1.5, ", "1.5 and ", "10^",
    "1e9", "1\xa0", "٣", "５%", "\n1\n", "1 million ", "2.5x ", "2.5 x ", "\\textbf{1.5}",
    "from $", "[0.5, ", "1" + "," * 50,
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=lambda unit: repr(unit[:20]))
def test_hostile_text_gives_finite_numbers_in_order(unit):
    text = unit * (5_000 // len(unit) + 1)
    starts = [q.at for q in find_quantities(text)]
    assert starts == sorted(starts)
    for q in find_quantities(text):
        assert 0 <= q.start <= q.at < q.end <= len(text)
        assert text[q.at].isdigit() or text[q.at] == "."
        assert all(math.isfinite(value) for value in (q.number, q.upper, q.origin, q.spread) if value is not None)


@pytest.mark.parametrize("unit", ["9", "1-", "1,000,", ",%", "about ", "99,999."])
def test_a_megabyte_is_read_within_seconds(unit):
    text = unit * (LARGE // len(unit))
    begin = time.process_time()
    find_quantities(text)
    assert time.process_time() - begin < 8


@pytest.mark.parametrize("unit", ["5% ", "1 ", "from 1 to 2 to ", "1.5, ", "1.5/2.6 ", "1 ± ", "between 1 and ", "~5"])
def test_each_number_takes_the_same_time_in_a_long_text(unit):
    text = unit * (100_000 // len(unit))
    begin = time.process_time()
    find_quantities(text)
    assert time.process_time() - begin < 8


def test_the_value_begins_at_its_first_digit_and_ends_behind_its_unit():
    text = "We gain up to 14x over 9.8% on average."
    assert [(q.start, q.at, q.end) for q in find_quantities(text)] == [(8, 14, 17), (18, 23, 27)]


@pytest.mark.parametrize(
    ("text", "at"),
    [("about .78", ".78"), ("from -2.5 to 3.5%", "2.5 to 3.5%"), ("between $5$ and $6$%", "5$"), ("factor of 3", "3")],
)
def test_at_is_where_the_first_digit_stands(text, at):
    assert text[find_quantities(text)[0].at :].startswith(at)


def test_all_forms_in_one_abstract():
    text = (
        "In 2021, ZorbNet-50 with 25M parameters and 12-layer blocks reached 81.2% ± 0.3 on 3 sets, up from 78.5% to "
        "81.2% on ImageNet-1k (top-1), gained 1.5, 2.0 and 2.5 points, ran 2-3x faster than v1.2 and used under 4 GB."
    )
    assert written(text) == [
        "81.2% ± 0.3", "from 78.5% to 81.2%", "81.2%", "1.5", "2.0", "2.5 points", "2-3x", "under 4 GB",
    ]  # fmt: skip
