"""The pipeline and short cuts to what it finds."""

import pytest

from citegraph.extractors.pipeline import extract_papers, shared_pipeline
from citegraph.graph.records import Paper


@pytest.fixture(scope="session")
def nlp():
    return shared_pipeline("fast")


@pytest.fixture(scope="session")
def read(nlp):
    """Extract the facts of a text of one's own."""

    def extract_text(abstract, title=""):
        return next(extract_papers(nlp, [Paper("test:1", title, abstract)], "fast-2.1"))

    return extract_text
