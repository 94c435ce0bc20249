"""Run the examples that README and guide show, and put what they print into the pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from citegraph.extractors import extract
from citegraph.graph.records import Paper

__all__ = ["EXAMPLE", "with_console_output", "with_example_facts"]

ROOT = Path(__file__).parent.parent
EXAMPLE = Paper(
    id="arxiv:2101.00001",
    title="FooNet: Foo Layers for Image Classification",
    abstract="We propose FooNet, a network of foo layers. FooNet reaches 76.5% top-1 accuracy on ImageNet.",
    year=2021,
)
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_JSON = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def with_console_output(text: str) -> str:
    """Replace what follows each `$ command` in the page's console blocks by what the command prints.

    The commands run one after the other, by the shell, in an empty folder beside a link to the samples.

    Raises:
        RuntimeError: a command fails.

    """
    with tempfile.TemporaryDirectory(prefix="citegraph-docs-") as folder:
        (Path(folder) / "samples").symlink_to(ROOT / "samples")
        return _CONSOLE.sub(lambda block: f"```console\n{_rerun(block[1], Path(folder))}```", text)


def with_example_facts(text: str) -> str:
    """Replace the page's JSON block by the facts of `EXAMPLE`, one line a record so that they can be read."""
    facts = json.loads(next(iter(extract([EXAMPLE]))).to_json())
    return _JSON.sub(lambda _: f"```json\n{_readable(facts)}```", text)


def _rerun(block: str, folder: Path) -> str:
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    """Give standard output and standard error, without blank lines and white space at line ends."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CITEGRAPH_", "NEO4J_"))}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    environment["PYTHONUNBUFFERED"] = "1"
    done = subprocess.run(  # noqa: S602 - the commands are those of our own pages
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command}: exit status {done.returncode}: {done.stdout}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if line.strip())


def _readable(facts: dict[str, Any]) -> str:
    parts = []
    for name, value in facts.items():
        rows = [json.dumps(row, ensure_ascii=False) for row in value] if isinstance(value, list) and value else []
        shown = "[\n  " + ",\n  ".join(rows) + "\n]" if rows else json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(name)}: {shown}")
    return "{" + ",\n".join(parts) + "}\n"
