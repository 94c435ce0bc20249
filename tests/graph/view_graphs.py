"""Graphs for the tests of the view: three papers that relate to one another, hostile ones, and a crowd."""

import random

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.records import PAPER, Cue, Entity, Evidence, Mention, Paper, PaperFacts, Relation, Result
from citegraph.graph.sentences import sentence_at, sentence_spans


def facts(paper, entities, relations, results=()):
    """Find the entities {id: (type, surface)} in the abstract.

    A relation is (head, type, tail, confidence) and perhaps its cue; a result is (method, on, metric, value).
    """
    text = paper.abstract
    places = {id_: text.index(surface) for id_, (_, surface) in entities.items()}

    def evidence(id_, cue=None):
        start, end = sentence_at(sentence_spans(text), places[id_])
        at = text.index(cue, start, end) if cue else None
        return Evidence("abstract", start, end, Cue(at, at + len(cue), cue) if cue else None)

    def entity(id_, type_, surface):
        start = places[id_]
        return Entity(id_, type_, surface, (Mention("abstract", start, start + len(surface), surface, 0.9, "rule 1"),))

    return PaperFacts(
        paper,
        "rule 1",
        tuple(entity(id_, type_, surface) for id_, (type_, surface) in entities.items()),
        tuple(
            Relation(head, type_, tail, evidence(tail, *cue), confidence, "rule 1")
            for head, type_, tail, confidence, *cue in relations
        ),
        tuple(
            Result(of, on, metric, value, "%", "absolute", evidence(on, value), 0.8, "rule 1")
            for of, on, metric, value in results
        ),
    )


ZEBONET = facts(
    Paper(
        "arxiv:1901.00001",
        "Sorting widgets by zebo",
        "We propose ZeboNet for widget sorting. 🦓 It is tested on Quxbench.",
        ("Ada Lovelace", "Emmy Noether"),
        2019,
    ),
    {"z": ("Method", "ZeboNet"), "t": ("Task", "widget sorting"), "q": ("Benchmark", "Quxbench")},
    [(PAPER, "PROPOSES", "z", 0.95), (PAPER, "ADDRESSES", "t", 0.9), ("z", "EVALUATED_ON", "q", 0.8)],
)
FROBNET = facts(
    Paper(
        "doi:10.1000/frob",
        "Frobbing beats zebo",
        "We propose FrobNet. It beats ZeboNet. On Quxbench it has 76.5% zaccuracy.",
        ("Alan Turing",),
        2021,
        url="https://example.org/frob",
    ),
    {
        "f": ("Method", "FrobNet"),
        "z": ("Method", "ZeboNet"),
        "q": ("Benchmark", "Quxbench"),
        "a": ("Metric", "zaccuracy"),
    },
    [
        (PAPER, "PROPOSES", "f", 0.9),
        ("f", "OUTPERFORMS", "z", 0.6, "beats"),
        (PAPER, "EVALUATED_ON", "q", 0.5),
        ("f", "EVALUATED_ON", "q", 0.5),
    ],
    [("f", "q", "a", "76.5%")],
)
SURVEY = facts(
    Paper(
        "title:survey",
        "A survey of widgets",
        "We study widget sorting with ZeboNet. Flimset is old.",
        year=2023,
        url="javascript:alert(1)",
    ),
    {"t": ("Task", "widget sorting"), "z": ("Method", "ZeboNet"), "d": ("Dataset", "Flimset")},
    [(PAPER, "ADDRESSES", "t", 0.7), (PAPER, "USES", "z", 0.4)],
)


def small_graph():
    """Two papers that propose a method each, and a survey that proposes none."""
    return KnowledgeGraph.from_facts([ZEBONET, FROBNET, SURVEY])


def crowd(papers, seed=1):
    """A graph of invented papers: each proposes a method and joins popular benchmarks, tasks and older methods."""
    generator = random.Random(seed)

    def popular(most):
        return min(int(generator.paretovariate(0.9)), most)

    rows = []
    for index in range(papers):
        method, older = f"Zq{index}Net", f"Zq{generator.randrange(max(index, 1))}Net"
        benchmark, task = f"Bench{popular(papers // 6)}X", f"widget {popular(papers // 8)} sorting"
        text = f"We propose {method} for {task}. It is evaluated on {benchmark} and beats {older} by far."
        entities = {"m": ("Method", method), "b": ("Benchmark", benchmark), "t": ("Task", task)}
        relations = [(PAPER, "PROPOSES", "m", 0.9), ("m", "ADDRESSES", "t", 0.8), ("m", "EVALUATED_ON", "b", 0.7)]
        if older != method:
            entities["o"] = ("Method", older)
            relations.append(("m", "OUTPERFORMS", "o", 0.9))
        paper = Paper(f"arxiv:1000.{index:05d}", f"Paper number {index}", text, year=2015 + index % 10)
        rows.append(facts(paper, entities, relations))
    return KnowledgeGraph.from_facts(rows)


HOSTILE = [
    "<script>hacked=1</script>",
    "</script><script>hacked=1</script>",
    "<img src=x onerror=hacked=1>",
    "<svg onload=hacked=1>",
    "<svg><script>hacked=1</script></svg>",
    "<body onload=hacked=1>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    '"><script>hacked=1</script>',
    "'><img src=x onerror=hacked=1>",
    "javascript:hacked=1//q",
    "<a href='javascript:hacked=1'>q</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=hacked=1>",
    "<details open ontoggle=hacked=1>",
    "<input autofocus onfocus=hacked=1>",
    "<video><source onerror=hacked=1>",
    "<object data='javascript:hacked=1'>",
    "<embed src='javascript:hacked=1'>",
    "<link rel=stylesheet href=http://example.org/q.css>",
    "<meta http-equiv=refresh content='0;url=http://example.org/'>",
    "<base href=http://example.org/>",
    "<style>*{display:none}</style>",
    "<!--<script>hacked=1</script>-->",
    "-->hacked<!--",
    "<![CDATA[<script>hacked=1</script>]]>",
    "{{constructor.constructor('hacked=1')()}}",
    "${hacked=1}",
    "`;hacked=1;`",
    '";hacked=1;"',
    "';hacked=1;'",
    '\\";hacked=1;//',
    "\\u003cscript\\u003ehacked=1\\u003c/script\\u003e",
    "&lt;script&gt;hacked=1&lt;/script&gt;",
    "&#60;script&#62;hacked=2&#60;/script&#62;",
    "%3Cscript%3Ehacked=1%3C/script%3E",
    "q\u2028hacked=1",
    "q\u2029hacked=2",
    "q\u202ehacked reversed",
    "q\u0007hacked bell",
    "__proto__",
    "constructor",
]


def hostile_graph():
    """Papers whose every field is one of the hostile strings."""
    rows = []
    for number, text in enumerate(HOSTILE):
        abstract = f"Number {number} brings {text} for Quxbench."
        paper = Paper(f"arxiv:{text}", f"{number} {text}", abstract, (text,), 2020, venue=text, url=text, source=text)
        entities = {"m": ("Method", text), "q": ("Benchmark", "Quxbench")}
        rows.append(facts(paper, entities, [(PAPER, "PROPOSES", "m", 0.9), ("m", "EVALUATED_ON", "q", 0.8)]))
    return KnowledgeGraph.from_facts(rows)
