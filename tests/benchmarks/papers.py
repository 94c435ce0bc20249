"""One annotated paper and a prediction for it, small enough to score by hand."""

GOLD = {
    "id": 1,
    "title": "FooNet",
    "abstract": "We propose FooNet, beat BarNet on ImageNet, and use deep models.",
    "entities": [
        {"id": "e1", "type": "Method", "name": "FooNet", "surfaces": ["FooNet"], "core": True},
        {"id": "e2", "type": "Method", "name": "BarNet", "surfaces": ["BarNet"], "core": True},
        {"id": "e3", "type": "Benchmark", "name": "ImageNet", "surfaces": ["ImageNet"], "core": True},
        {"id": "e4", "type": "Method", "name": "deep model", "surfaces": ["deep models"], "core": False},
    ],
    "relations": [
        {"head": "PAPER", "type": "PROPOSES", "tail": "e1"},
        {"head": "e1", "type": "EVALUATED_ON", "tail": "e3"},
    ],
    "results": [],
}


def entity(id_, type_, *mentions):
    """Give a predicted entity; mentions are (text, confidence)."""
    found = [{"text": text, "confidence": confidence} for text, confidence in mentions]
    return {"id": id_, "type": type_, "name": mentions[0][0], "mentions": found}


PREDICTED = {
    "title": "FooNet",
    "entities": [
        entity("e1", "Method", ("FooNet", 0.9), ("FooNet", 0.9)),
        entity("e2", "Dataset", ("ImageNet", 0.6)),
        entity("e3", "Task", ("beat BarNet", 0.3)),
        entity("e4", "Method", ("deep models", 0.5)),
    ],
    "relations": [{"head": "PAPER", "type": "PROPOSES", "tail": "e1", "confidence": 0.8}],
    "results": [],
}


def relation(head, type_, tail, confidence=0.9):
    """Give a predicted relation."""
    return {"head": head, "type": type_, "tail": tail, "confidence": confidence}


def result(method, on, value, confidence=0.9, **more):
    """Give a predicted result."""
    return {"method": method, "on": on, "metric": None, "value": value, "confidence": confidence} | more
