"""Every query of the library, with literal rows, equal on both stores."""

import json

import pytest

from citegraph.cypher import queries
from tests.cypher.papers import PAPERS

NET = ("doi:10.1/zz.1", "A first network for parsing", 2018)
FORMER = ("arxiv:1901.00002", "Parsing and reading with one model", 2019)
GIANT = ("arxiv:2001.00003", "Bigger is better", 2020)
STUDY = ("arxiv:2001.00004", "A study of networks", 2020)
TRICKS = ("arxiv:2101.00005", "Simple tricks", 2021)
ON_BENCH = {
    "net": "ZzNet reaches 71.5% zz accuracy on ZzBench.",
    "former": "ZzFormer outperforms ZzNet on ZzBench, with up to 80.0% zz accuracy.",
    "giant": "ZzGiant beats ZzFormer on ZzBench, ZzQuiz and ZzShift.",
    "study": "We compare ZzNet with ZzFormer on ZzBench.",
}
UP_TO_80 = ("80.0%", "up to", 80.0, 85.0, 71.5, "%", "absolute", "higher")
EXACTLY_71 = ("71.5%", None, 71.5, None, None, "%", "absolute", None)
EXACTLY_55 = ("55%", None, 55.0, None, None, "%", "absolute", None)
PLACE = (0.5, "rule", "abstract", 74, 117)
SPANS = '{"OF": [[0, 5]], "ON": [[35, 42]], "MEASURED_BY": [[20, 31]], "value": [[14, 19]]}'
SCORED = "Both are applied to zz reading and scored on ZzCorpus."

EXPECTED = [
    ("benchmark_trend", {"benchmark": "ZzBench"}, [(2018, 1), (2019, 1), (2020, 2)]),
    (
        "benchmarks_by_year",
        {},
        [
            (2021, "ZzQuiz", 1),
            (2021, "ZzShift", 1),
            (2020, "ZzBench", 2),
            (2020, "ZzCorpus", 1),
            (2020, "ZzQuiz", 1),
            (2020, "ZzShift", 1),
            (2019, "ZzBench", 1),
            (2019, "ZzQuiz", 1),
            (2018, "ZzBench", 1),
        ],
    ),
    ("benchmarks_by_year", {"year": "2019", "limit": "1"}, [(2019, "ZzBench", 1)]),
    ("benchmarks_of_task", {"task": "zz parsing"}, [("ZzBench", 2), ("ZzQuiz", 1)]),
    ("co_used_benchmarks", {"benchmark": "ZzBench"}, [("ZzQuiz", 2), ("ZzCorpus", 1), ("ZzShift", 1)]),
    ("compared_with", {"method": "ZzNet"}, [("ZzFormer", 1, 2020, 2020)]),
    ("compared_with", {"method": "ZzFormer"}, [("ZzNet", 1, 2020, 2020)]),
    (
        "entities_of_paper",
        {"paper": "arxiv:1801.00001"},
        [
            ("ADDRESSES", "Task", "zz parsing", "task:zz parsing", 0.75, "We propose ZzNet for zz parsing."),
            ("EVALUATED_ON", "Benchmark", "ZzBench", "resource:zzbench", 0.75, ON_BENCH["net"]),
            ("MENTIONS", "Metric", "zz accuracy", "metric:zz accuracy", 0.9, ON_BENCH["net"]),
            ("PROPOSES", "Method", "ZzNet", "method:zznet", 0.75, "We propose ZzNet for zz parsing."),
            (
                "TRAINED_ON",
                "Benchmark",
                "ZzCorpus",
                "resource:zzcorpus",
                0.75,
                "ZzNet is trained on ZzPile and ZzCorpus.",
            ),
            ("TRAINED_ON", "Dataset", "ZzPile", "resource:zzpile", 0.75, "ZzNet is trained on ZzPile and ZzCorpus."),
        ],
    ),
    ("first_and_last_use", {"benchmark": "ZzBench"}, [("ZzBench", 2018, 2020, 4)]),
    ("first_and_last_use", {"benchmark": "ZzCorpus"}, [("ZzCorpus", 2018, 2020, 2)]),
    ("growing_benchmarks", {"year": 2020}, [("ZzBench", 2, 1, 1), ("ZzCorpus", 1, 0, 1), ("ZzShift", 1, 0, 1)]),
    (
        "introduced_by",
        {"entity": "ZzQuiz"},
        [
            (
                "acl:2018.zz-1",
                "Questions about everything",
                2018,
                "We introduce ZzQuiz, a benchmark for zz reading.",
            )
        ],
    ),
    ("methods_for_task", {"task": "zz parsing"}, [("ZzFormer", 1, 2019, 2019), ("ZzNet", 1, 2018, 2018)]),
    (
        "methods_on_benchmark",
        {"benchmark": "ZzBench"},
        [
            ("ZzGiant", *GIANT, 0.75, ON_BENCH["giant"]),
            ("ZzFormer", *FORMER, 0.75, ON_BENCH["former"]),
            ("ZzNet", *NET, 0.75, ON_BENCH["net"]),
        ],
    ),
    ("new_methods_of_year", {"year": 2020}, [("ZzGiant", *GIANT[:2], 1)]),
    ("new_methods_of_year", {"year": 2018}, [("ZzNet", *NET[:2], 1)]),
    ("outperforms_chain", {"method": "ZzGiant"}, [("ZzFormer", 1), ("ZzNet", 2)]),
    (
        "papers_of_method",
        {"method": "ZzNet"},
        [
            (*STUDY, "MENTIONS", ON_BENCH["study"]),
            (*FORMER, "OUTPERFORMS", ON_BENCH["former"]),
            (*FORMER, "USES", "We propose ZzFormer, which extends ZzNet."),
            ("acl:2018.zz-1", "Questions about everything", 2018, "MENTIONS", "ZzNet is no match for it."),
            (*NET, "PROPOSES", "We propose ZzNet for zz parsing."),
        ],
    ),
    (
        "papers_on_benchmark",
        {"benchmark": "the ZzBench benchmark"},
        [
            (*GIANT, 0.75, ON_BENCH["giant"]),
            (*STUDY, 0.75, ON_BENCH["study"]),
            (*FORMER, 0.75, ON_BENCH["former"]),
            (*NET, 0.75, ON_BENCH["net"]),
        ],
    ),
    ("papers_on_both", {"first": "ZzBench", "second": "ZzQuiz"}, [GIANT, FORMER]),
    (
        "proposes_and_evaluates_on_x_not_y",
        {"x": "ZzBench", "y": "ZzShift"},
        [(*FORMER, "ZzFormer"), (*NET, "ZzNet")],
    ),
    (
        "results_on_benchmark",
        {"benchmark": "ZzBench"},
        [
            ("ZzFormer", "zz accuracy", *UP_TO_80, *FORMER, ON_BENCH["former"]),
            ("ZzNet", "zz accuracy", *EXACTLY_71, *NET, ON_BENCH["net"]),
        ],
    ),
    (
        "results_on_benchmark",
        {"benchmark": "ZzQuiz"},
        [("ZzFormer", "exactness", *EXACTLY_55, *FORMER, "It also leads ZzQuiz for zz parsing.")],
    ),
    (
        "results_of_pair",
        {"first": "ZzBench", "second": "ZzNet"},
        [("ON", "ZzBench", "OF", "ZzNet", "71.5%", "zz accuracy", "absolute", *NET, *PLACE, ON_BENCH["net"], SPANS)],
    ),
    ("results_of_pair", {"first": "zz accuracy", "second": "zz accuracy"}, []),
    ("results_of_pair", {"first": "zz parsing", "second": "ZzBench"}, []),
    (
        "search_names",
        {"text": "ZZCP"},
        [
            (
                "Method",
                "Zz Contrastive Pretraining",
                "method:zz contrastive pretraining",
                ["Zz Contrastive Pretraining", "ZzCP"],
            )
        ],
    ),
    (
        "shortest_path",
        {"from": "ZzNet", "to": "ZzShift", "limit": 3},
        [
            (3, ["ZzNet", "ZzBench", "Bigger is better", "ZzShift"]),
            (3, ["ZzNet", "ZzBench", "ZzGiant", "ZzShift"]),
            (3, ["ZzNet", "ZzFormer", "Bigger is better", "ZzShift"]),
        ],
    ),
    ("trained_on_never_evaluated", {}, [("ZzPile", 2)]),
    ("who_outperforms", {"method": "ZzNet"}, [("ZzFormer", *FORMER, 0.75, ON_BENCH["former"])]),
    (
        "who_outperforms",
        {"method": "ZzGiant"},
        [("Simple tricks", *TRICKS, 0.75, "Our tricks outperform ZzGiant on ZzQuiz.")],
    ),
]
WITH_EVIDENCE = [
    (
        "evidence_of_pair",
        {"first": "ZzFormer", "second": "ZzNet"},
        [
            ("ZzNet", "COMPARED_WITH", "ZzFormer", *STUDY, 0.75, ON_BENCH["study"]),
            ("ZzFormer", "OUTPERFORMS", "ZzNet", *FORMER, 0.75, ON_BENCH["former"]),
            ("ZzFormer", "USES", "ZzNet", *FORMER, 0.75, "We propose ZzFormer, which extends ZzNet."),
        ],
    ),
    (
        "evidence_of_pair",
        {"first": "Simple tricks", "second": "ZzGiant"},
        [
            (
                "Simple tricks",
                "OUTPERFORMS",
                "ZzGiant",
                *TRICKS,
                0.75,
                "Our tricks outperform ZzGiant on ZzQuiz.",
            )
        ],
    ),
    (
        "evidence_of_entity",
        {"entity": "ZzCorpus"},
        [
            (STUDY[1], "EVALUATED_ON", "ZzCorpus", *STUDY, 0.75, SCORED),
            (NET[1], "TRAINED_ON", "ZzCorpus", *NET, 0.75, "ZzNet is trained on ZzPile and ZzCorpus."),
            ("ZzNet", "TRAINED_ON", "ZzCorpus", *NET, 0.75, "ZzNet is trained on ZzPile and ZzCorpus."),
        ],
    ),
]  # fmt: skip
ROLES = [
    (
        "roles_of_pair",
        {"first": "ZzQuiz", "second": "ZzGiant"},
        [
            ("ZzQuiz", "EVALUATED_ON", "ZzGiant", "OUTPERFORMS", *TRICKS),
            ("ZzQuiz", "EVALUATED_ON", "ZzGiant", "PROPOSES", *GIANT),
        ],
        [("Our tricks outperform ZzGiant on ZzQuiz.",) * 2, (ON_BENCH["giant"], "We present ZzGiant.")],
    )
]
PARAMETERS = {row[0]: row[1] for row in [*EXPECTED, *WITH_EVIDENCE, *ROLES]}


@pytest.mark.parametrize(("name", "parameters", "rows"), EXPECTED)
def test_a_query_gives_the_rows_that_the_papers_say(library_store, name, parameters, rows):
    assert library_store.run(name, parameters).rows == rows


@pytest.mark.parametrize(("name", "parameters", "rows"), WITH_EVIDENCE)
def test_a_query_gives_its_evidence_as_the_last_column(library_store, name, parameters, rows):
    table = library_store.run(name, parameters)

    assert [row[:-1] for row in table.rows] == rows
    assert [json.loads(row[-1])[0]["sentence"] for row in table.rows] == [row[-1] for row in rows]


@pytest.mark.parametrize(("name", "parameters", "rows", "sentences"), ROLES)
def test_a_query_gives_the_evidence_of_both_roles_as_its_last_columns(library_store, name, parameters, rows, sentences):
    table = library_store.run(name, parameters)

    assert [row[:-2] for row in table.rows] == rows
    assert [tuple(json.loads(text)[0]["sentence"] for text in row[-2:]) for row in table.rows] == sentences


@pytest.mark.parametrize("name", queries())
def test_a_query_has_the_columns_of_its_header(library_store, name):
    assert library_store.run(name, PARAMETERS[name]).columns == queries()[name].columns


def test_every_query_has_a_test_with_rows():
    assert PARAMETERS.keys() == queries().keys()


def test_the_papers_have_every_relationship_type(library_store):
    assert library_store.counts() == {
        "nodes": {"Paper": 9, "Method": 4, "Dataset": 2, "Benchmark": 4, "Task": 2, "Metric": 2, "Result": 3},
        "relationships": {
            "PROPOSES": 4,
            "INTRODUCES": 4,
            "EVALUATED_ON": 17,
            "TRAINED_ON": 6,
            "USES": 2,
            "OUTPERFORMS": 5,
            "COMPARED_WITH": 1,
            "ADDRESSES": 6,
            "MENTIONS": 6,
            "REPORTS": 3,
            "OF": 3,
            "ON": 3,
            "MEASURED_BY": 2,
        },
    }
    assert len(PAPERS) == 10
