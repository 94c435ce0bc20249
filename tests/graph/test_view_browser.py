import pytest

from citegraph.graph.knowledge_graph import KnowledgeGraph
from citegraph.graph.view import select_view
from tests.graph.view_graphs import FROBNET, SURVEY, ZEBONET, facts, small_graph
from tests.graph.view_page import heading, selected, state, wait_for

pytestmark = pytest.mark.browser


def test_the_header_says_what_is_shown(show):
    page = show(small_graph())
    assert page.locator("h1").text_content() == "Widgets"
    assert page.locator("#counts").text_content() == "6 nodes · 7 relationships"


def test_a_cut_view_says_so(show):
    page = show(select_view(small_graph(), max_nodes=3))
    assert page.locator("#counts").text_content() == "3 of 6 nodes shown · 2 relationships"


def test_an_empty_graph_says_so(show):
    page = show(KnowledgeGraph())
    assert page.locator("#empty").is_visible()
    assert page.locator("#counts").text_content() == "0 nodes · 0 relationships"


def test_search_completes_and_selects_by_keyboard(show):
    page = show(small_graph())
    page.keyboard.press("/")
    page.keyboard.type("zebo")
    assert page.locator("#matches li .name").all_text_contents() == [
        "ZeboNet",
        "Frobbing beats zebo",
        "Sorting widgets by zebo",
    ]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert selected(page) == "method:zebonet"
    assert page.locator("#search").get_attribute("aria-expanded") == "false"


def test_search_names_the_active_option_to_screen_readers(show):
    page = show(small_graph())
    page.locator("#search").fill("quxbench")
    active = page.locator("#search").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"


def test_search_without_a_match_says_so(show):
    page = show(small_graph())
    page.locator("#search").fill("nothing like it")
    assert page.locator("#matches").text_content() == "No such name here"


def test_search_selects_by_click(show):
    page = show(small_graph())
    page.locator("#search").fill("survey")
    page.locator("#matches li").first.click()
    assert selected(page) == SURVEY.paper.key


def test_a_click_on_a_node_selects_it_and_a_click_beside_clears(show):
    page = show(select_view(small_graph(), around="task:widget sorting", depth=0))
    page.keyboard.press("Escape")
    assert selected(page) == ""
    box = page.locator("#graph canvas").bounding_box()
    page.wait_for_timeout(400)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for(page, "selected", "task:widget sorting")
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    wait_for(page, "selected", "")


def test_a_click_on_a_line_shows_its_sentence(show):
    page = show(select_view(small_graph(), labels=["Method"], years=(2021, 2021)))
    box = page.locator("#graph canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for(page, "selectedEdge", "0")
    assert heading(page) == "FrobNet outperforms ZeboNet"
    assert page.locator("#panel blockquote").text_content() == "It beats ZeboNet."
    assert page.locator("#panel mark.Method").all_text_contents() == ["ZeboNet"]
    assert "Frobbing beats zebo, 2021 · confidence 0.60 · by rule 1" in page.locator("#panel .source").text_content()


def test_a_node_panel_tells_of_papers_relationships_and_results(show):
    page = show(small_graph(), link="#node=resource%3Aquxbench")
    assert heading(page) == "Quxbench"
    assert page.locator("#panel .facts").first.text_content() == "2 papers, 2019–2021"
    assert page.locator("#panel h3").all_text_contents() == [
        "← evaluated on 2",
        "measured by → 1",
        "Reported results 1",
        "Papers 2",
    ]
    assert page.locator("#panel tbody td").all_text_contents() == ["76.5%", "zaccuracy", "FrobNet"]
    assert page.locator("#panel .papers .year").all_text_contents() == ["2021", "2019"]


def test_evidence_opens_with_both_ends_and_the_cue_marked(show):
    graph = KnowledgeGraph.from_facts([
        facts(
            ZEBONET.paper,
            {"z": ("Method", "ZeboNet"), "t": ("Task", "widget sorting")},
            [("z", "ADDRESSES", "t", 0.9, "propose")],
        )
    ])  # fmt: skip
    page = show(graph, link="#node=method:zebonet")
    page.locator("#panel summary").first.click()
    page.locator("#panel mark.Task").wait_for()
    assert page.locator("#panel mark.Method").all_text_contents() == ["ZeboNet"]
    assert page.locator("#panel mark.Task").all_text_contents() == ["widget sorting"]
    assert page.locator("#panel mark.cue").all_text_contents() == ["propose"]


def test_an_edge_of_a_result_marks_benchmark_metric_and_value(show):
    page = show(small_graph(), link="#node=metric:zaccuracy")
    page.locator("#panel summary").first.click()
    page.locator("#panel mark.cue").wait_for()
    assert page.locator("#panel blockquote mark").all_text_contents() == ["Quxbench", "76.5%", "zaccuracy"]


def test_a_paper_panel_marks_what_the_abstract_names(show):
    page = show(small_graph(), link=f"#node={ZEBONET.paper.key}")
    assert heading(page) == "Sorting widgets by zebo"
    assert page.locator("#panel .facts").text_content() == "Ada Lovelace, Emmy Noether · 2019"
    assert page.locator("#panel .abstract").text_content() == ZEBONET.paper.abstract
    assert page.locator("#panel .abstract mark").all_text_contents() == ["ZeboNet", "widget sorting", "Quxbench"]
    link = page.locator("#panel a[target]")
    assert link.get_attribute("href") == "https://arxiv.org/abs/1901.00001"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_an_address_that_is_not_http_is_no_link(show):
    page = show(small_graph(), link=f"#node={SURVEY.paper.key}")
    assert heading(page) == "A survey of widgets"
    assert page.locator("#panel a[target]").count() == 0


def test_a_name_in_the_panel_leads_on_and_back_returns(show):
    page = show(small_graph(), link=f"#node={FROBNET.paper.key}")
    page.locator("#panel .chip", has_text="FrobNet").click()
    wait_for(page, "selected", "method:frobnet")
    page.go_back()
    wait_for(page, "selected", FROBNET.paper.key)


def test_an_unknown_link_selects_nothing(show):
    assert selected(show(small_graph(), link="#node=method:nothing")) == ""


def test_a_broken_link_selects_nothing(show):
    assert selected(show(small_graph(), link="#node=%E0%A4%A")) == ""


def test_the_address_follows_the_selection(show):
    page = show(small_graph())
    page.locator("#search").fill("widget sorting")
    page.keyboard.press("Enter")
    assert page.url.endswith("#node=task%3Awidget%20sorting")


def test_the_focus_of_a_neighbourhood_is_selected(show):
    assert selected(show(select_view(small_graph(), around="method:frobnet"))) == "method:frobnet"


def test_a_type_of_node_can_be_hidden(show):
    page = show(small_graph())
    page.get_by_label("Method").uncheck()
    wait_for(page, "nodesShown", "4")
    assert state(page, "relationshipsShown") == "2"


def test_a_type_of_relationship_can_be_hidden_and_its_lone_nodes_with_it(show):
    page = show(small_graph())
    page.get_by_label("measured by").uncheck()
    wait_for(page, "relationshipsShown", "6")
    assert state(page, "nodesShown") == "5"


def test_the_years_filter_what_papers_state(show):
    page = show(small_graph())
    page.get_by_label("Last year").fill("2019")
    wait_for(page, "relationshipsShown", "2")
    assert page.locator("#counts").text_content() == "3 of 6 nodes shown · 2 relationships"


def test_the_least_confidence_filters_statements(show):
    page = show(small_graph())
    page.get_by_label("Least confidence").fill("0.75")
    wait_for(page, "relationshipsShown", "3")


def test_reset_brings_everything_back(show):
    page = show(small_graph(), link="#node=method:frobnet")
    page.get_by_label("Method").uncheck()
    page.get_by_label("Last year").fill("2019")
    wait_for(page, "nodesShown", "0")
    page.get_by_role("button", name="Reset").click()
    wait_for(page, "nodesShown", "6")
    assert selected(page) == ""
    assert page.locator("#panel").is_hidden()
