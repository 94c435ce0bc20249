"""The architecture, held by tests: who may import whom, where each library is at home, sizes, what is documented."""

import ast
import json
import os
import re
import resource
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = {
    "citegraph": ROOT / "citegraph",
    "citegraph.cli": ROOT / "citegraph/cli",
    "citegraph.readers": ROOT / "citegraph/readers",
    "citegraph.graph": ROOT / "graph",
    "citegraph.extractors": ROOT / "extractors",
    "citegraph.cypher": ROOT / "cypher",
}
MODULES = {
    package if path.stem == "__init__" else f"{package}.{path.stem}": path
    for package, folder in FOLDERS.items()
    for path in sorted(folder.glob("*.py"))
}

# A module belongs to the first part that names it, or a package that it is in; view_layout goes with view.
PARTS = {
    "cli": ["citegraph.cli"],
    "errors": ["citegraph.errors"],
    "files": ["citegraph.files"],
    "readers": ["citegraph.readers"],
    "extractors": ["citegraph.extractors"],
    "cypher": ["citegraph.cypher"],
    "analytics": [f"citegraph.graph.{name}" for name in ("analytics", "incidence", "ranking", "summary", "trends")],
    "view": ["citegraph.graph.view"],
    "export": ["citegraph.graph.export"],
    "graph": ["citegraph.graph"],
    "pipeline": ["citegraph"],
}
# What each part may import beside itself.
LOWER = {
    "errors": set(),
    "files": {"errors"},
    "graph": {"errors"},
    "analytics": {"graph", "errors"},
    "view": {"analytics", "graph", "files", "errors"},
    "export": {"graph", "files", "errors"},
    "readers": {"graph", "errors"},
    "extractors": {"graph", "errors"},
    "cypher": {"graph", "errors"},
    "pipeline": PARTS.keys() - {"cli", "pipeline"},
    "cli": PARTS.keys() - {"cli"},
}

HOMES = {
    "bibtexparser": {"readers"},
    "click": {"cli"},
    "igraph": {"analytics", "view"},
    "ladybug": {"cypher"},
    "neo4j": {"cypher"},
    "networkx": {"graph", "analytics", "export"},
    "numpy": {"analytics", "view", "extractors"},
    "pyarrow": {"cypher"},
    "pyvis": {"view"},
    "rich": {"cli"},
    "scipy": {"analytics", "view"},
    "spacy": {"extractors"},
    "thinc": {"extractors"},
}
HEAVY = ["igraph", "ladybug", "neo4j", "networkx", "numpy", "pyarrow", "pyvis", "scipy", "spacy"]


def part_of(module):
    return next(
        part
        for part, names in PARTS.items()
        for name in names
        if module == name or module.startswith((f"{name}.", f"{name}_"))
    )


def imports_of(path):
    """Every module that a file imports, at its top or within; `from a import b` is a.b where that is a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= inner or {node.module}
    return found


def clean_environment():
    return {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}


def run_python(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=clean_environment(), check=True
    )
    return done.stdout


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module):
    part = part_of(module)
    inside = {part_of(name) for name in imports_of(MODULES[module]) if name.startswith("citegraph.")}
    assert inside - {part} - LOWER[part] == set()


@pytest.mark.parametrize("module", MODULES)
def test_the_name_citegraph_alone_gives_only_the_version(module):
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "citegraph"
    }
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "citegraph"
        for alias in node.names
        if f"citegraph.{alias.name}" not in MODULES
    }
    assert used | taken <= {"__version__"}


@pytest.mark.parametrize("module", MODULES)
def test_third_party_libraries_are_used_only_at_home(module):
    libraries = {name.split(".")[0] for name in imports_of(MODULES[module])} - sys.stdlib_module_names - {"citegraph"}
    strays = {library for library in libraries if part_of(module) not in HOMES.get(library, ())}
    assert strays == set()


def test_every_library_imported_is_a_declared_dependency_and_the_other_way_round():
    declared = {
        re.match(r"[A-Za-z0-9-]+", line)[0]
        for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    }
    imported = {name.split(".")[0] for path in MODULES.values() for name in imports_of(path)}
    brought_by_spacy = {"thinc"}
    assert imported - sys.stdlib_module_names - {"citegraph"} - brought_by_spacy == declared


@pytest.mark.parametrize(
    "action",
    ["import citegraph", "from citegraph.cli import main; main(['--help'], 'citegraph', standalone_mode=False)"],
)
def test_heavy_libraries_stay_out_until_they_are_needed(action):
    loaded = run_python(
        f"import sys; {action}; import json; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    )
    assert json.loads(loaded.splitlines()[-1]) == []


def test_help_takes_less_than_three_tenths_of_a_second():
    assert min(help_seconds() for _ in range(3)) < 0.3


def help_seconds():
    """CPU seconds, user and system, of `citegraph --help` in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run_python("from citegraph.cli import main; main(['--help'], 'citegraph', standalone_mode=False)")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def python_files():
    folders = ["citegraph", "graph", "extractors", "cypher", "models", "training", "benchmarks", "docs", "tests"]
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_at_most_300_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("module", MODULES)
def test_function_bodies_are_at_most_30_lines(module):
    long = {
        node.name: lines
        for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (lines := body_lines(node)) > 30
    }
    assert long == {}


def body_lines(function):
    """Lines from the first statement after the docstring to the end."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("query", sorted(path.stem for path in FOLDERS["citegraph.cypher"].glob("*.cypher")))
def test_every_query_of_the_library_is_named_by_a_test(query):
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests/cypher").rglob("*.py"))
    assert re.search(rf"\b{query.removesuffix('.ladybug')}\b", tests)


def test_links_and_package_dir_say_the_same():
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    links = {
        f"citegraph.{link.name}": str(link.readlink()) for link in (ROOT / "citegraph").iterdir() if link.is_symlink()
    }
    assert links == {package: f"../{folder}" for package, folder in setuptools["package-dir"].items()}


def test_every_package_is_listed():
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    assert setuptools["packages"] == list(FOLDERS)


def test_every_package_folder_holds_modules_and_data_but_no_further_package():
    nested = {
        path.parent.relative_to(ROOT)
        for folder in FOLDERS.values()
        for path in folder.glob("*/*.py")
        if path.parent not in FOLDERS.values() and not path.parent.is_symlink()
    }
    assert nested == set()


def tracked_texts():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    suffixes = {"", ".cfg", ".css", ".cypher", ".html", ".js", ".md", ".py", ".sh", ".toml", ".xml", ".yaml", ".yml"}
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


def test_tracked_texts_name_no_folder_of_one_machine():
    folder = re.compile(r"(?<![\w.:/-])/(?:home|root|work|Users)/\w")
    named = {
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked_texts()
        for line in path.read_text("utf-8").splitlines()
        if folder.search(line)
    }
    assert named == set()
