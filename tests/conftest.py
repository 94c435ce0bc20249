"""Fixtures that several folders of tests share."""

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.requirements import UNAVAILABLE, UnavailableError, give_up  # noqa: E402

SAMPLES = ROOT / "samples"


@pytest.fixture(scope="session")
def samples():
    """The folder of the four sample pages."""
    return SAMPLES


@pytest.fixture(scope="session")
def neo4j_server():
    """A running Neo4j server with .uri, .username, .password; stopped at the end."""
    from tests.neo4j_server.server import running_server

    try:
        with running_server() as server:
            yield server
    except UnavailableError as error:
        give_up("neo4j", str(error))


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium, driven through Playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        give_up("browser", "no chromium on the PATH (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter):
    for part, reason in UNAVAILABLE.items():
        terminalreporter.write_line(f"could not run the {part} tests: {reason}")
