"""Small graphs for the tests of measures and exports, written as edges."""

import random

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.model import Node, Relationship

LABELS = {"M": "Method", "B": "Benchmark", "D": "Dataset", "T": "Task"}


def graph_of(papers, edges, alone=()):
    """Build a graph.

    ``papers`` are the years (or None) by key, ``edges`` triples (head, type, tail), ``alone`` further entities; the
    first letter of an entity's key is that of its label, its name is its key.
    """
    nodes = [
        Node(key, "Paper", {"title": key, "extractor": "rules@1"} | ({"year": year} if year else {}))
        for key, year in papers.items()
    ]
    ends = {end for head, _, tail in edges for end in (head, tail)}
    nodes += [Node(k, LABELS[k[0]], {"name": k, "aliases": [k]}) for k in (ends | set(alone)) - papers.keys()]
    relationships = [Relationship(f"r{i}", type_, head, tail, {}) for i, (head, type_, tail) in enumerate(edges)]
    return KnowledgeGraph(nodes, relationships)


def random_graph(papers, entities, edges, seed):
    """Build a graph whose papers name random entities, some of them in two roles."""
    choose = random.Random(seed)
    keys = [f"{choose.choice('MBDT')}{i}" for i in range(entities)]
    triples = [
        (f"p{choose.randrange(papers)}", choose.choice(("EVALUATED_ON", "MENTIONS")), choose.choice(keys))
        for _ in range(edges)
    ]
    return graph_of({f"p{i}": choose.choice((None, 2019, 2020)) for i in range(papers)}, triples, keys)
