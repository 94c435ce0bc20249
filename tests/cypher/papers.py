"""A small library of papers, written by hand, with every relation of the schema."""

import re
from dataclasses import replace

from citegraph.graph.records import PAPER, Cue, Entity, Evidence, Mention, Paper, PaperFacts, Relation, Result


def facts(
    id_, title, year, sentences, entities, relations=(), results=(), *, extractor="rules 1", source="zz", **paper
):
    """Build the facts of a paper whose abstract is the sentences.

    ``entities`` maps a name to its type, or to its type and other surface forms; a relation is head, type, tail, the
    number of its sentence and perhaps its cue; a result is method, on, metric, value, the number of its sentence, and
    perhaps its optional parts in their order.
    """
    abstract = " ".join(sentences)
    spans = []
    for sentence in sentences:
        start = abstract.index(sentence, spans[-1].end if spans else 0)
        spans.append(Evidence("abstract", start, start + len(sentence)))
    ids = {name: f"e{number}" for number, name in enumerate(entities, 1)} | {PAPER: PAPER, None: None}
    return PaperFacts(
        Paper(id_, title, abstract, year=year, source=source, **paper),
        extractor,
        tuple(
            _entity(ids[name], name, *([kind] if isinstance(kind, str) else kind), abstract=abstract)
            for name, kind in entities.items()
        ),
        tuple(
            Relation(ids[head], type_, ids[tail], _with_cue(spans[at], abstract, *cue), 0.75, "rule")
            for head, type_, tail, at, *cue in relations
        ),
        tuple(
            Result(
                ids[method], ids[on], ids.get(metric, metric), value, "%", "absolute",
                _with_cue(spans[at], abstract, value), 0.5, "rule", *parts,
            )
            for method, on, metric, value, at, *parts in results
        ),
    )  # fmt: skip


def _with_cue(at, abstract, cue=None):
    """The sentence with its cue, where that stands in it."""
    start = abstract.find(cue, at.start, at.end) if cue else -1
    return at if start < 0 else replace(at, cue=Cue(start, start + len(cue), cue))


def _entity(id_, name, type_, *others, abstract):
    places = [match for form in (name, *others) for match in re.finditer(re.escape(form), abstract)]
    mentions = [Mention("abstract", *place.span(), place[0], 0.9, "rule") for place in places]
    return Entity(id_, type_, name, tuple(mentions))


NET = facts(
    "arxiv:1801.00001", "A first network for parsing", 2018,
    ["We propose ZzNet for zz parsing.", "ZzNet is trained on ZzPile and ZzCorpus.",
     "ZzNet reaches 71.5% zz accuracy on ZzBench."],
    {"ZzNet": "Method", "zz parsing": "Task", "ZzPile": "Dataset", "ZzCorpus": "Dataset", "zz accuracy": "Metric",
     "ZzBench": "Benchmark"},
    [(PAPER, "PROPOSES", "ZzNet", 0), ("ZzNet", "ADDRESSES", "zz parsing", 0), ("ZzNet", "TRAINED_ON", "ZzPile", 1),
     ("ZzNet", "TRAINED_ON", "ZzCorpus", 1), ("ZzNet", "EVALUATED_ON", "ZzBench", 2)],
    [("ZzNet", "ZzBench", "zz accuracy", "71.5%", 2, 71.5)],
    authors=("Ada Zz", "Bob Zz"),
)  # fmt: skip
NET_IN_PRINT = facts(
    "doi:10.1/zz.1", "A First Network for Parsing", 2019, ["We propose ZzNet."],
    {"ZzNet": "Method"}, [(PAPER, "PROPOSES", "ZzNet", 0)], source="journal", venue="Journal of Zz",
)  # fmt: skip
FORMER = facts(
    "arxiv:1901.00002", "Parsing and reading with one model", 2019,
    ["We propose ZzFormer, which extends ZzNet.",
     "ZzFormer outperforms ZzNet on ZzBench, with up to 80.0% zz accuracy.", "It also leads ZzQuiz for zz parsing."],
    {"ZzFormer": "Method", "ZzNet": "Method", "ZzBench": "Benchmark", "zz accuracy": "Metric", "ZzQuiz": "Benchmark",
     "zz parsing": "Task"},
    [(PAPER, "PROPOSES", "ZzFormer", 0), ("ZzFormer", "USES", "ZzNet", 0),
     ("ZzFormer", "OUTPERFORMS", "ZzNet", 1, "outperforms"), ("ZzFormer", "EVALUATED_ON", "ZzBench", 1),
     ("ZzFormer", "EVALUATED_ON", "ZzQuiz", 2), ("ZzFormer", "ADDRESSES", "zz parsing", 2)],
    [("ZzFormer", "ZzBench", "zz accuracy", "80.0%", 1, 80.0, 85.0, 71.5, 0.5, "up to", "higher"),
     (PAPER, "ZzQuiz", "exactness", "55%", 2, 55.0)],
)  # fmt: skip
QUIZ = facts(
    "acl:2018.zz-1", "Questions about everything", 2018,
    ["We introduce ZzQuiz, a benchmark for zz reading.", "ZzNet is no match for it."],
    {"ZzQuiz": "Benchmark", "zz reading": "Task", "ZzNet": "Method"},
    [(PAPER, "INTRODUCES", "ZzQuiz", 0), (PAPER, "ADDRESSES", "zz reading", 0)],
    venue="ZACL",
)  # fmt: skip
GIANT = facts(
    "arxiv:2001.00003", "Bigger is better", 2020,
    ["We present ZzGiant.", "ZzGiant beats ZzFormer on ZzBench, ZzQuiz and ZzShift."],
    {"ZzGiant": "Method", "ZzFormer": "Method", "ZzBench": "Benchmark", "ZzQuiz": "Benchmark", "ZzShift": "Benchmark"},
    [(PAPER, "PROPOSES", "ZzGiant", 0), ("ZzGiant", "OUTPERFORMS", "ZzFormer", 1),
     ("ZzGiant", "EVALUATED_ON", "ZzBench", 1), ("ZzGiant", "EVALUATED_ON", "ZzQuiz", 1),
     ("ZzGiant", "EVALUATED_ON", "ZzShift", 1)],
)  # fmt: skip
STUDY = facts(
    "arxiv:2001.00004", "A study of networks", 2020,
    ["We compare ZzNet with ZzFormer on ZzBench.", "Both are applied to zz reading and scored on ZzCorpus."],
    {"ZzNet": "Method", "ZzFormer": "Method", "ZzBench": "Benchmark", "zz reading": "Task", "ZzCorpus": "Benchmark"},
    [("ZzNet", "COMPARED_WITH", "ZzFormer", 0), (PAPER, "EVALUATED_ON", "ZzBench", 0),
     ("ZzNet", "ADDRESSES", "zz reading", 1), (PAPER, "EVALUATED_ON", "ZzCorpus", 1)],
)  # fmt: skip
UNNAMED = facts(
    "arxiv:2101.00005", "Simple tricks", 2021,
    ["Our tricks outperform ZzGiant on ZzQuiz."],
    {"ZzGiant": "Method", "ZzQuiz": "Benchmark"},
    [(PAPER, "OUTPERFORMS", "ZzGiant", 0), (PAPER, "EVALUATED_ON", "ZzQuiz", 0)],
)  # fmt: skip
PRETRAINING = facts(
    "arxiv:2101.00006", "Contrast helps", 2021,
    ["Zz Contrastive Pretraining (ZzCP) is trained on ZzPile.", "We train it for the ZzShift benchmark as well."],
    {"Zz Contrastive Pretraining": ("Method", "ZzCP"), "ZzPile": "Dataset",
     "ZzShift": ("Benchmark", "the ZzShift benchmark")},
    [(PAPER, "PROPOSES", "Zz Contrastive Pretraining", 0), ("Zz Contrastive Pretraining", "TRAINED_ON", "ZzPile", 0),
     ("Zz Contrastive Pretraining", "EVALUATED_ON", "ZzShift", 1)],
)  # fmt: skip
METRICS = facts(
    "openalex:W5", "How to measure", None,
    ["We introduce zz fidelity and the ZzLog data for zz reading."],
    {"zz fidelity": "Metric", "ZzLog": "Dataset", "zz reading": "Task"},
    [(PAPER, "INTRODUCES", "zz fidelity", 0), (PAPER, "INTRODUCES", "ZzLog", 0),
     (PAPER, "INTRODUCES", "zz reading", 0)],
)  # fmt: skip
ESSAY = facts("title:0000000000000000", "An essay without entities", 2021, ["Nothing is named here."], {})

PAPERS = [NET, NET_IN_PRINT, FORMER, QUIZ, GIANT, STUDY, UNNAMED, PRETRAINING, METRICS, ESSAY]
