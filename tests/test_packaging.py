"""The wheel and the source archive hold everything, and the wheel works where the repository is not."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import citegraph

ROOT = Path(__file__).parent.parent
FOLDERS = {
    "citegraph": "citegraph",
    "graph": "citegraph/graph",
    "extractors": "citegraph/extractors",
    "cypher": "citegraph/cypher",
}
TOP = ("pyproject.toml", "README.md", "LICENSE")


def source_files():
    """Every module and data file of the package, as (path in the repository, path in the wheel)."""
    for folder, package in FOLDERS.items():
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT / folder)
            if (
                path.is_file()
                and "__pycache__" not in inside.parts
                and not (ROOT / folder / inside.parts[0]).is_symlink()
            ):
                yield f"{folder}/{inside}", f"{package}/{inside}"


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """The source archive, and the wheel built from it, by the names they hold."""
    tree = tmp_path_factory.mktemp("tree")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tree / folder, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in TOP:
        shutil.copy(ROOT / name, tree / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tree / "dist"), str(tree)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((tree / "dist").glob("*.tar.gz")), next((tree / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def installed(archives, tmp_path_factory):
    """A venv that has the wheel, and this environment's packages but those installed from the repository."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(archives[1]) as wheel:
        wheel.extractall(site)
    others = folder / "others"
    others.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(("citegraph", "__editable__")):
            (others / path.name).symlink_to(path)
    (site / "others.pth").write_text(str(others))
    return folder / "bin/python"


COMMAND = "from importlib.metadata import entry_points; entry_points(group='console_scripts')['citegraph'].load()()"


def run(python, *arguments, cwd):
    """Run the installed `citegraph` command by its entry point."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    command = [python, "-c", COMMAND, *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)


def test_the_wheel_holds_every_module_and_data_file(archives):
    with zipfile.ZipFile(archives[1]) as wheel:
        missing = {packed for _, packed in source_files()} - set(wheel.namelist())
    assert missing == set()


def test_the_source_archive_holds_every_module_and_data_file(archives):
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {path for path, _ in source_files()} - names == set()


def test_the_wheel_puts_nothing_beside_the_package(archives):
    with zipfile.ZipFile(archives[1]) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"citegraph", f"citegraph-{citegraph.__version__}.dist-info"}


def test_the_wheel_carries_both_licences(archives):
    with zipfile.ZipFile(archives[1]) as wheel:
        licences = {name.partition("/licenses/")[2] for name in wheel.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "graph/CATALOGUE-LICENSE.txt"}


def test_the_installed_package_is_the_wheel_and_not_the_repository(installed, tmp_path):
    code = "import citegraph.graph; print(citegraph.graph.__file__)"
    path = subprocess.run(
        [installed, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert path.strip() == str(
        next(installed.parent.parent.glob("lib/python*")) / "site-packages/citegraph/graph/__init__.py"
    )


def test_the_installed_command_tells_its_version(installed, tmp_path):
    assert run(installed, "--version", cwd=tmp_path).stdout.strip().endswith(citegraph.__version__)


def test_the_installed_command_builds_a_graph_outside_the_repository(installed, samples, tmp_path):
    page = min(samples.glob("*.txt"))
    built = run(installed, "build", str(page), "--store", "store", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    stats = run(installed, "stats", "--store", "store", "--format", "json", cwd=tmp_path)
    assert json.loads(stats.stdout)["nodes"]["Paper"] == 27


def test_without_its_package_the_accurate_model_is_one_line_that_says_how_to_install_it(installed, samples, tmp_path):
    done = run(installed, "extract", str(min(samples.glob("*.txt"))), "--model", "accurate", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "citegraph: the accurate model is a package of its own: pip install citegraph-accurate, "
        "or from a checkout pip install ./models/accurate\n"
    )


def test_the_accurate_package_s_wheel_holds_its_model(tmp_path):
    package = ROOT / "models/accurate"
    shutil.copytree(package, tmp_path / "package", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    done = subprocess.run([*command, str(tmp_path / "package")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name.partition("/")[2] for name in wheel.namelist() if name.startswith("citegraph_accurate/")}
    assert held == {path.name for path in (package / "citegraph_accurate").iterdir() if path.name != "__pycache__"}
    assert {"model.onnx", "tokenizer.json", "weights.json.gz"} <= held


def test_the_distribution_and_the_package_state_one_version():
    assert version("citegraph") == citegraph.__version__
