"""What tests read off a page, and pictures of it to look at."""

from tests.conftest import ROOT

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 400, "height": 800}
READY = "body[data-ready=true]"


def state(page, name):
    return page.evaluate("name => document.body.dataset[name]", name)


def wait_for(page, name, value):
    page.wait_for_function("([name, value]) => document.body.dataset[name] === value", arg=[name, value], timeout=5000)


def selected(page):
    return state(page, "selected")


def heading(page):
    return page.locator("#panel h2").text_content()


def screenshot(page, name):
    folder = ROOT / "test-output"
    folder.mkdir(exist_ok=True)
    page.wait_for_timeout(300)
    page.screenshot(path=folder / f"view-{name}.png")
