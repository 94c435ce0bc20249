import pytest

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.view import select_view
from tests.graph.view_graphs import FROBNET, HOSTILE, crowd, facts, hostile_graph, small_graph
from tests.graph.view_page import PHONE, heading, screenshot, state, wait_for

pytestmark = pytest.mark.browser


def test_the_page_follows_the_dark_scheme_and_the_button(show):
    page = show(small_graph(), scheme="dark")
    background = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 24, 29)"
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(background) == "rgb(251, 251, 249)"


def test_labels_give_way_to_one_another_and_come_with_zoom(show):
    page = show(crowd(200))
    before = int(state(page, "labelsDrawn"))
    box = page.locator("#graph canvas").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(3):
        page.mouse.wheel(0, -300)
    page.wait_for_function("before => Number(document.body.dataset.labelsDrawn) > before", arg=before, timeout=5000)
    assert before < 100


def test_hostile_text_is_shown_as_written_and_never_runs(show):
    graph = hostile_graph()
    page = show(graph)
    methods = {n.key: n.properties for n in graph.nodes.values() if n.label == "Method"}
    names, written = {}, set()
    for key, properties in methods.items():
        page.evaluate("key => { location.hash = '#node=' + encodeURIComponent(key) }", key)
        wait_for(page, "selected", key)
        page.evaluate("() => document.querySelectorAll('#panel details').forEach((part) => { part.open = true; })")
        page.wait_for_selector("#panel blockquote")
        names[key] = heading(page)
        text = page.locator("#panel").text_content()
        written |= {alias for alias in properties["aliases"] if alias in text}
    assert names == {key: properties["name"] for key, properties in methods.items()}
    assert written == set(HOSTILE)
    assert page.evaluate("() => window.hacked === undefined && document.querySelectorAll('script').length === 3")


def test_hostile_papers_are_shown_as_written(show):
    graph = hostile_graph()
    page = show(graph)
    papers = {n.key: n.properties["title"] for n in graph.nodes.values() if n.label == "Paper"}
    shown = {}
    for key in papers:
        page.evaluate("key => { location.hash = '#node=' + encodeURIComponent(key) }", key)
        wait_for(page, "selected", key)
        shown[key] = heading(page)
    assert shown == papers
    hrefs = page.evaluate("() => [...document.querySelectorAll('a[target]')].map((link) => link.protocol)")
    assert set(hrefs) == {"https:"}


def test_half_a_surrogate_pair_can_be_selected(show):
    paper = FROBNET.paper.__class__("title:x", "Half", "We propose Zq\ud800Net for Quxbench.", year=2020)
    graph = KnowledgeGraph.from_facts([
        facts(
            paper,
            {"m": ("Method", "Zq\ud800Net"), "q": ("Benchmark", "Quxbench")},
            [("m", "EVALUATED_ON", "q", 0.9)],
        )
    ])  # fmt: skip
    page = show(graph)
    page.locator("#search").fill("Zq")
    page.keyboard.press("Enter")
    assert page.locator("#panel").is_visible()


@pytest.mark.parametrize(("papers", "most", "milliseconds"), [(260, 300, 3000), (2700, 3000, 8000)])
def test_the_first_frame_comes_soon(show, papers, most, milliseconds):
    page = show(select_view(crowd(papers), max_nodes=most))
    assert int(state(page, "nodesShown")) > 0.9 * most
    assert int(state(page, "firstFrame")) < milliseconds


@pytest.mark.parametrize("link", ["", "#node=resource:bench1x"])
def test_a_phone_needs_no_sideways_scrolling(show, link):
    page = show(crowd(60), viewport=PHONE, link=link)
    assert page.evaluate("() => document.documentElement.scrollWidth") == 400
    assert page.locator("#graph canvas").bounding_box()["height"] > 250
    screenshot(page, "phone-panel" if link else "phone")


def test_a_phone_opens_the_filters_with_a_button(show):
    page = show(small_graph(), viewport=PHONE)
    assert page.locator("#sidebar").is_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Method").uncheck()
    wait_for(page, "nodesShown", "4")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_can_be_looked_at(show, scheme):
    page = show(crowd(120), scheme=scheme, link="#node=resource:bench1x")
    screenshot(page, scheme)
    assert heading(page) == "Bench1X"
