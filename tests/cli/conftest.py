"""The command line in this process, a store of three hand-written papers, and one of the sample pages."""

import json

import pytest
from click.testing import CliRunner

from citegraph.cli import main
from citegraph.graph.example import example_facts


@pytest.fixture(scope="session")
def run():
    """Call the command line: run("stats", "--store", path) gives .exit_code, .stdout, .stderr."""

    def call(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return call


@pytest.fixture(scope="session")
def rows(run):
    """Call a reading command with --format jsonl and decode its rows."""

    def call(*arguments):
        result = run(*arguments, "--format", "jsonl")
        assert result.exit_code == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]

    return call


@pytest.fixture(scope="session")
def facts_file(tmp_path_factory):
    """The facts of the three example papers."""
    path = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    path.write_text("".join(facts.to_json() + "\n" for facts in example_facts()), "utf-8")
    return path


@pytest.fixture(scope="session")
def store(run, facts_file, tmp_path_factory):
    """A store of the three example papers."""
    path = tmp_path_factory.mktemp("stores") / "example"
    assert run("load", facts_file, "--store", path).exit_code == 0
    return path


@pytest.fixture(scope="session")
def sample_store(run, samples, tmp_path_factory):
    """A store of the four sample pages, and what building it printed."""
    path = tmp_path_factory.mktemp("stores") / "samples"
    result = run("build", *sorted(samples.glob("*.txt")), "--store", path)
    assert result.exit_code == 0, result.stderr
    return path, result.stdout
