"""The documentation tells the truth: generated pages are current, links lead somewhere, commands exist."""

import re
import shlex

import click
import pytest
import srsly

from citegraph.cli import main
from citegraph.cypher import queries
from citegraph.graph.records import PaperFacts
from docs.examples import EXAMPLE
from docs.generate import PAGES as GENERATED
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def name(page):
    return str(page.relative_to(ROOT))


def blocks(page, language):
    return [text for tag, text in BLOCK.findall(page.read_text("utf-8")) if tag == language]


def command_lines(page):
    """Every call of citegraph in blocks of `sh` (commands) and `console` ("$ " and a command, then its output)."""
    shown = re.findall(r"^\$ (.*)$", "\n".join(blocks(page, "console")), re.MULTILINE)
    for line in [*shown, *"\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()]:
        for part in re.split(r" \| | > ", line):
            words = shlex.split(part, comments=True)
            if words and words[0] == "citegraph":
                yield words[1:]


@pytest.mark.parametrize("page", GENERATED)
def test_what_the_code_dictates_in_a_page_is_current(page):
    assert (ROOT / page).read_text("utf-8") == GENERATED[page]()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_files_that_are_there(page):
    text = re.sub(BLOCK, "", page.read_text("utf-8"))
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_shown_have_options_and_queries_that_exist(page):
    for words in command_lines(page):
        if words[0].startswith("-"):
            continue
        given = main.commands[words[0]].make_context(words[0], words[1:]).params
        if words[0] == "query" and given["name"]:
            query = queries()[given["name"]]
            assert set(given["parameters"]) <= {p.name for p in query.parameters}, words


def test_readme_and_guide_show_commands():
    shown = {words[0] for page in (ROOT / "README.md", ROOT / "docs/guide.md") for words in command_lines(page)}
    assert set(main.commands) - shown == set()


@pytest.mark.parametrize("verb", ["setup", "demo", "test", "check", "bench", "evaluate", "docs", "dist"])
def test_make_has_the_verb_and_explains_it(verb):
    assert re.search(rf"^{verb}:.*## \w", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_verbs_named_in_the_documentation_exist():
    verbs = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {verb for page in PAGES for verb in re.findall(r"(?:`|^)make (\w+)", page.read_text("utf-8"), re.MULTILINE)}
    assert named - verbs == set()


def test_the_facts_shown_in_the_guide_can_be_loaded():
    (shown,) = blocks(ROOT / "docs/guide.md", "json")
    assert PaperFacts.from_json(shown).paper == EXAMPLE


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs/guide.md"], ids=name)
def test_python_shown_runs(page, tmp_path, monkeypatch):
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    shown = blocks(page, "python")
    for text in shown:
        exec(compile(text, page.name, "exec"), {})
    assert len(shown) == 2


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_help_of_a_command_ends_in_examples_and_every_option_is_explained(command):
    options = [p for p in main.commands[command].params if isinstance(p, click.Option)]
    assert f"citegraph {command}" in main.commands[command].help
    assert [option.name for option in options if not option.help] == []


def test_the_compose_server_is_pinned_and_listens_only_on_this_machine():
    service = srsly.read_yaml(ROOT / "docker-compose.yml")["services"]["neo4j"]
    assert service["image"] == "neo4j:5.26.12-community"
    assert [port.split(":")[0] for port in service["ports"]] == ["127.0.0.1", "127.0.0.1"]
