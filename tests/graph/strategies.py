"""Facts made up by Hypothesis: few titles and names, so that papers and entities often coincide."""

from dataclasses import replace

from hypothesis import strategies as st

from citegraph.graph.records import (
    DIRECTIONS,
    HEDGES,
    PAPER,
    Cue,
    Entity,
    Evidence,
    Mention,
    Paper,
    PaperFacts,
    Relation,
    Result,
)

TITLES = ("Foo Nets", "foo  nets.", "On Bars 🎉", "שלום")
NAMES = (
    ("ZZGAN", "Method"),
    ("ZZGANs", "Method"),
    ("Zoo Net", "Method"),
    ("ZooSet", "Dataset"),
    ("ZooSet", "Benchmark"),
    ("zoo-set", "Benchmark"),
    ("zoo counting", "Task"),
    ("zoo score", "Metric"),
)
HEADS = {
    "PROPOSES": ((PAPER,), ("Method",)),
    "EVALUATED_ON": ((PAPER, "Method"), ("Dataset", "Benchmark")),
    "USES": ((PAPER, "Method"), ("Method",)),
    "OUTPERFORMS": ((PAPER, "Method"), ("Method",)),
    "ADDRESSES": ((PAPER, "Method"), ("Task",)),
}

NUMBERS = st.none() | st.sampled_from((0.0, -3.5, 76.5, 1e300))

papers = st.builds(
    Paper,
    id=st.sampled_from(("arxiv:2001.00001", "doi:10.1/a", "openalex:W1", "title:00")),
    title=st.just(""),
    abstract=st.just(""),
    authors=st.lists(st.sampled_from(("Ann Lee", "Bo Xu")), max_size=2).map(tuple),
    year=st.none() | st.integers(2019, 2021),
    date=st.none() | st.sampled_from(("2019-05-01", "2020-01")),
    venue=st.none() | st.sampled_from(("ICML", "NeurIPS")),
    url=st.none() | st.sampled_from(("https://a.org", "https://b.org")),
    source=st.none() | st.sampled_from(("a.bib", "b.jsonl")),
)


@st.composite
def facts(draw, titles=TITLES):
    """One paper whose abstract lists the names of its entities, with relations and results among them."""
    named = draw(st.lists(st.sampled_from(NAMES), max_size=5))
    abstract, entities = "We write: ", []
    for number, (name, type_) in enumerate(named):
        start = len(abstract)
        mention = Mention("abstract", start, start + len(name), name, draw(st.sampled_from((0.5, 1.0))), "rules@1")
        entities.append(Entity(f"e{number}", type_, name, (mention,)))
        abstract += name + ", "
    paper = replace(draw(papers), title=draw(st.sampled_from(titles)), abstract=abstract)
    at = Evidence("abstract", 0, len(abstract), draw(st.none() | st.just(Cue(3, 8, "write"))))
    possible = [
        Relation(head, type_, tail.id, at, 0.75, "rules@1")
        for type_, (heads, tails) in HEADS.items()
        for tail in entities
        if tail.type in tails
        for head in [PAPER, *(e.id for e in entities if e.type in heads and e is not tail)]
    ]
    relations = draw(st.lists(st.sampled_from(possible), max_size=4, unique=True)) if possible else []
    methods = [PAPER, *(entity.id for entity in entities if entity.type == "Method")]
    targets = [None, *(entity.id for entity in entities if entity.type in ("Dataset", "Benchmark"))]
    metrics = [None, "accuracy", *(entity.id for entity in entities if entity.type == "Metric")]
    results = st.builds(
        Result,
        method=st.sampled_from(methods),
        on=st.sampled_from(targets),
        metric=st.sampled_from(metrics),
        value=st.sampled_from(("76.5%", "two times")),
        unit=st.none() | st.just("%"),
        kind=st.sampled_from(("absolute", "improvement", "ratio")),
        evidence=st.just(at),
        confidence=st.just(0.5),
        by=st.just("rules@1"),
        number=NUMBERS,
        upper=NUMBERS,
        origin=NUMBERS,
        spread=NUMBERS,
        hedge=st.none() | st.sampled_from(HEDGES),
        direction=st.none() | st.sampled_from(DIRECTIONS),
    )
    extractor = draw(st.sampled_from(("rules@1", "rules@2", "rules@10")))
    found = draw(st.lists(results, max_size=2))
    return PaperFacts(paper, extractor, tuple(entities), tuple(relations), tuple(found))
