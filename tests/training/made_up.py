"""Made-up annotated papers, and drafts that have found what is annotated."""

import spacy

from citegraph.extractors.draft import draft_of
from citegraph.extractors.given import Given, give
from citegraph.extractors.pipeline import make_doc
from citegraph.extractors.sentences import SentenceSplitter
from citegraph.extractors.tokenizer import make_tokenizer
from citegraph.graph.records import PAPER, Paper

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP.vocab)


def paper(abstract, entities, relations=(), results=(), title="", optional=()):
    """Give an annotated paper; ``entities`` are names by type, each its own id."""
    rows = [
        {"id": name, "type": type_, "name": name, "surfaces": [name], "core": name not in optional}
        for type_, names in entities.items()
        for name in names
    ]
    return {
        "title": title,
        "abstract": abstract,
        "entities": rows,
        "relations": [dict(zip(("head", "type", "tail"), triple, strict=True)) for triple in relations],
        "results": list(results),
    }


def result(value, kind="absolute", method=PAPER, on=None, metric=None):
    return {"method": method, "on": on, "metric": metric, "value": value, "unit": None, "kind": kind}


def read(annotated, without=()):
    """Give a paper with the draft that has found its entities but some."""
    document = make_doc(NLP, Paper("", annotated["title"], annotated["abstract"]))
    draft = draft_of(SentenceSplitter()(document))
    rows = [row for row in annotated["entities"] if row["id"] not in without]
    give(draft, [Given(row["id"], row["type"], row["name"], row["surfaces"]) for row in rows])
    return annotated, draft


def of_a_method(number):
    """A paper that proposes a method."""
    own, rival, part = f"Own{number}net", f"Rival{number}net", f"Part{number}net"
    text = (
        f"We propose {own}, a network for parsing based on {part}. {own} is trained on Photos{number}. "
        f"It outperforms {rival} by 2.5 points on Bench{number}, and reaches 80.5% accuracy. We use 64 cores."
    )
    relations = [
        (PAPER, "PROPOSES", own),
        (own, "ADDRESSES", "parsing"),
        (own, "USES", part),
        (own, "TRAINED_ON", f"Photos{number}"),
        (own, "OUTPERFORMS", rival),
        (own, "EVALUATED_ON", f"Bench{number}"),
        (rival, "EVALUATED_ON", f"Bench{number}"),
    ]
    results = [
        result("2.5 points", "improvement", own, f"Bench{number}"),
        result("80.5%", "absolute", own, f"Bench{number}", "accuracy"),
    ]
    entities = {
        "Method": [own, rival, part],
        "Dataset": [f"Photos{number}"],
        "Benchmark": [f"Bench{number}"],
        "Task": ["parsing"],
        "Metric": ["accuracy"],
    }
    return paper(text, entities, relations, results, f"{own}: a network")


def of_a_benchmark(number):
    """A paper that introduces a benchmark and scores the methods of others on it."""
    one, other, bench = f"One{number}net", f"Other{number}net", f"Bench{number}"
    text = (
        f"We introduce {bench}, a new benchmark for parsing. We evaluate {one} and {other} on {bench}. "
        f"{one} outperforms {other}. {one} reaches 70.5% accuracy, {other} does not outperform {one}. "
        f"{other} is trained on Photos{number}. {one} is used for parsing."
    )
    relations = [
        (PAPER, "INTRODUCES", bench),
        (PAPER, "ADDRESSES", "parsing"),
        (one, "EVALUATED_ON", bench),
        (other, "EVALUATED_ON", bench),
        (one, "OUTPERFORMS", other),
        (other, "TRAINED_ON", f"Photos{number}"),
    ]
    entities = {
        "Method": [one, other],
        "Dataset": [f"Photos{number}"],
        "Benchmark": [bench],
        "Task": ["parsing"],
        "Metric": ["accuracy"],
    }
    return paper(text, entities, relations, [result("70.5%", "absolute", one, bench, "accuracy")])


def folds(size=4):
    """Four folds of both kinds of papers, read."""
    return [
        [read(make(10 * fold + number)) for number in range(size) for make in (of_a_method, of_a_benchmark)]
        for fold in range(4)
    ]
