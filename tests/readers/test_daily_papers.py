"""Pages copied from a browser: every paper, nothing else."""

import pytest

from citegraph.readers import FORMATS, read_papers

ABSTRACT = "We study how networks learn. They learn from examples, and they do so slowly. Our method is faster."
OTHER = "We ask what comes next. Nothing does, as our experiments on many data sets show in great detail."


def titles(papers):
    return [paper.title for paper in papers]


@pytest.mark.parametrize(
    ("page", "number", "first", "last"),
    [
        (
            "000_1af8fd3480a2917c.txt",
            27,
            ("Understanding self-supervised Learning Dynamics without Contrastive Pairs", 2021, "2021-02-12"),
            (
                "Impossible Distillation: from Low-Quality Model to High-Quality Dataset & Model for Summarization "
                "and Paraphrasing",
                2023,
                "2023-05-26",
            ),
        ),
        (
            "001_841f2b944b10923a.txt",
            255,
            (
                "Enabling First-Order Gradient-Based Learning for Equilibrium Computation in Markets",
                None,
                None,
            ),
            ("On Retrieval Augmentation and the Limitations of Language Model Training", None, None),
        ),
        (
            "002_60c8ab470e82c054.txt",
            32,
            ("Learning useful representations for shifting tasks and distributions", 2022, "2022-12-14"),
            ("Seq vs Seq: An Open Suite of Paired Encoders and Decoders", None, None),
        ),
        (
            "003_13dbd084d06a4ae0.txt",
            57,
            ("Label-Agnostic Forgetting: A Supervision-Free Unlearning in Deep Models", None, None),
            ("Contrastive Learning and Mixture of Experts Enables Precise Vector Embeddings", None, None),
        ),
    ],
)
def test_sample_page_gives_its_papers_in_order(samples, page, number, first, last):
    papers = list(read_papers([samples / page]))
    assert len(papers) == number
    assert [(paper.title, paper.year, paper.date) for paper in (papers[0], papers[-1])] == [first, last]


def test_sample_pages_hold_342_different_papers_in_371_entries(samples):
    papers = list(read_papers(sorted(samples.glob("*.txt"))))
    assert (len(papers), len({paper.key for paper in papers})) == (371, 342)


def test_every_paper_of_the_sample_pages_has_its_abstract_as_it_stands_there(samples):
    for page in sorted(samples.glob("*.txt")):
        lines = {line.strip() for line in page.read_text("utf-8").splitlines()}
        assert [paper.title for paper in read_papers([page]) if paper.abstract not in lines] == []


def test_sample_pages_joined_without_a_line_end_between_them_give_the_same_papers(samples, read):
    joined = b"".join(page.read_bytes() for page in sorted(samples.glob("*.txt")))
    papers = read("joined.txt", joined)
    assert len(papers) == 371
    assert papers[26].date == "2023-05-26"
    assert papers[281].abstract.endswith("performance in this setting.")


def test_papers_name_the_page_without_its_folder(samples):
    paper = next(read_papers([samples / "000_1af8fd3480a2917c.txt"]))
    assert paper.source == "000_1af8fd3480a2917c.txt"
    assert paper.id == paper.key


def test_footer_gives_year_and_date(read):
    [paper] = read("page.txt", f"A Title\n\n{ABSTRACT}\n\n  • 3 authors\n·\nFeb 12, 2021 1\n")
    assert (paper.year, paper.date) == (2021, "2021-02-12")


@pytest.mark.parametrize("date", ["Jun 9", "Jul 15 7", ""])
def test_footer_without_a_year_leaves_the_year_unknown(read, date):
    papers = read("page.txt", f"A Title\n\n{ABSTRACT}\n\n  • 3 authors\n·\n{date}\n\nA Second Title\n\n{OTHER}\n")
    assert [(paper.title, paper.year, paper.date) for paper in papers] == [
        ("A Title", None, None),
        ("A Second Title", None, None),
    ]


def test_footer_on_one_line_is_a_footer(read):
    [paper] = read("page.txt", f"A Title\n{ABSTRACT}\n• 12 authors · May 4, 2024 12\n")
    assert (paper.abstract, paper.date) == (ABSTRACT, "2024-05-04")


def test_date_of_the_page_belongs_to_no_paper(read):
    header = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\n"
    page = f"{header}Apr 14, 2024\n\nA Title\n\n{ABSTRACT}\n\n{header}Apr 15, 2024\n\nA Second Title\n\n{OTHER}\n"
    assert [(paper.title, paper.date) for paper in read("page.txt", page)] == [
        ("A Title", None),
        ("A Second Title", None),
    ]


def test_word_of_the_header_glued_to_the_first_title_goes(read):
    page = f"Get trending papers in your email inbox!\nSubscribeA Title\n{ABSTRACT}\nSubscribed Titles\n{OTHER}\n"
    assert titles(read("page.txt", page)) == ["A Title", "Subscribed Titles"]


def test_title_that_starts_with_a_header_word_stays_whole(read):
    page = f"Get trending papers in your email inbox!\nSubscribe\nSubscribeNet: A Title\n{ABSTRACT}\n"
    assert titles(read("page.txt", page)) == ["SubscribeNet: A Title"]
    assert titles(read("page.txt", f"SubscribeNet: A Title\n{ABSTRACT}\n")) == ["SubscribeNet: A Title"]


@pytest.mark.parametrize("word", ["New", "Daily Papers", "Subscribe"])
def test_header_word_right_before_an_abstract_is_a_title(read, word):
    page = f"A Title\n{ABSTRACT}\n{word}\n{OTHER}\n"
    assert [(paper.title, paper.abstract) for paper in read("page.txt", page)] == [
        ("A Title", ABSTRACT),
        (word, OTHER),
    ]


def test_abstract_of_one_short_sentence_is_an_abstract(read):
    [first, second] = read("page.txt", f"A Title\nWe study it.\nA Second Title\n{ABSTRACT}\n")
    assert (first.abstract, second.abstract) == ("We study it.", ABSTRACT)


def test_abstract_in_two_paragraphs_keeps_them_apart(read):
    page = f"A Title\n\n{ABSTRACT}\n\n{OTHER}\n\nA Second Title\n\n{OTHER}\n"
    [first, second] = read("page.txt", page)
    assert (first.abstract, second.abstract) == (f"{ABSTRACT}\n\n{OTHER}", OTHER)


def test_heading_over_the_abstract_is_no_paper(read):
    page = f"A Title\nAbstract\n{ABSTRACT}\nA Second Title\nABSTRACT:\n{OTHER}\n"
    assert [(paper.title, paper.abstract) for paper in read("page.txt", page)] == [
        ("A Title", ABSTRACT),
        ("A Second Title", OTHER),
    ]


def test_title_without_abstract_is_a_paper_with_an_empty_one(read):
    page = f"A Title\n\nA Second Title\n\n{ABSTRACT}\n\nA Third Title\n"
    assert [(paper.title, paper.abstract) for paper in read("page.txt", page)] == [
        ("A Title", ""),
        ("A Second Title", ABSTRACT),
        ("A Third Title", ""),
    ]


def test_title_with_a_full_stop_is_a_title(read):
    page = f"Attention is all you need.\n{ABSTRACT}\nMulti-task learners, unsupervised.\n{OTHER}\n"
    assert titles(read("page.txt", page)) == ["Attention is all you need.", "Multi-task learners, unsupervised."]


def test_title_that_asks_is_a_title(read):
    page = f"Are we there yet? What remains?\n{ABSTRACT}\nHow far is it?\n{OTHER}\n"
    assert titles(read("page.txt", page)) == ["Are we there yet? What remains?", "How far is it?"]


def test_windows_line_ends_and_blank_lines_at_the_end_change_nothing(read):
    page = f"A Title\n\n{ABSTRACT}\n\n  • 3 authors\n·\nFeb 12, 2021 1\n"
    plain = read("page.txt", page)
    assert read("page.txt", page.replace("\n", "\r\n") + "\r\n  \r\n\r\n") == plain


def test_lines_broken_at_a_width_are_joined_again(read):
    page = (
        "Networks that learn from a very large number of examples which nobody has\n"
        "labelled\n"
        "We study how networks learn. They learn from examples, and they do so very\n"
        "slowly. Our method is faster. We show this on twelve tasks in vision, and\n"
        "on three in language.\n"
        "A Second Title\n"
        "We ask what comes next. Nothing does.\n"
    )
    [first, second] = read("page.txt", page)
    assert first.title == "Networks that learn from a very large number of examples which nobody has labelled"
    assert first.abstract.endswith("tasks in vision, and on three in language.")
    assert (second.title, second.abstract) == ("A Second Title", "We ask what comes next. Nothing does.")


def test_abstract_without_a_title_is_a_broken_record(read):
    errors = []
    papers = read("page.txt", f"\n{ABSTRACT * 4}\nA Title\n{OTHER}\n", on_error=errors.append)
    assert titles(papers) == ["A Title"]
    assert list(map(str, errors)) == ["page.txt:2: an abstract without a title"]


def test_lone_word_is_a_broken_record(read):
    errors = []
    papers = read("page.txt", f"Datasets\nA Title\n{OTHER}\n", on_error=errors.append)
    assert titles(papers) == ["A Title"]
    assert list(map(str, errors)) == ["page.txt:1: a lone word, neither title nor abstract: 'Datasets'"]


def test_page_is_recognised_by_its_header_or_its_papers():
    recognise = FORMATS["daily-papers"].recognise
    assert recognise("new\n\nGet trending papers in your email inbox!\n") == 2
    assert recognise(f"A Title\n{ABSTRACT}\n") == 1
    assert recognise("<html>\n<body>We say so. We mean it.\n") == 0
