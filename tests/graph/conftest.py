"""The page of a graph in a real browser."""

import pytest

from citegraph.graph.view import write_view
from tests.graph.view_page import DESKTOP, READY


@pytest.fixture
def show(browser, tmp_path):
    """A function that writes a graph's page and opens it; in the end, checks that nothing complained or was fetched."""
    contexts, complaints = [], []

    def open_page(graph, *, viewport=DESKTOP, scheme="light", link=""):
        path = tmp_path / f"graph{len(contexts)}.html"
        write_view(graph, path, title="Widgets")
        context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: request.url.startswith(path.as_uri()) or complaints.append(request.url))
        page.goto(path.as_uri() + link)
        page.wait_for_selector(READY, timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
