#!/bin/sh
# Check what tests do not: format, lint, types, generated pages, and the wheel as a stranger installs it.
# All steps run, and those that failed are named at the end.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
python="$root/.venv/bin/python"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
failed=

step() {
    echo "- $1"
    name=$1
    shift
    "$@" || failed="$failed, $name"
}

build_archives() {
    "$python" -m build --no-isolation --outdir "$scratch/dist" . >"$scratch/build.log" 2>&1 || {
        cat "$scratch/build.log" >&2
        return 1
    }
}

install_wheel() {
    "$python" -m venv "$scratch/venv" &&
        "$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$scratch"/dist/*.whl
}

run_elsewhere() (
    cd "$scratch" &&
        venv/bin/citegraph --version &&
        venv/bin/citegraph build "$root"/samples/000_*.txt --store store >/dev/null &&
        venv/bin/citegraph query benchmarks_by_year --store store >/dev/null
)

step "format" "$python" -m ruff format --check --quiet .
step "lint" "$python" -m ruff check --quiet .
step "types" "$python" -m mypy
step "types of docs" "$python" -m mypy docs/generate.py docs/examples.py
step "generated pages" "$python" -m docs.generate --check
step "wheel and source archive" build_archives
step "installs in a clean venv" install_wheel
step "runs outside the repository" run_elsewhere

if [ -n "$failed" ]; then
    echo "failed: ${failed#, }" >&2
    exit 1
fi
echo "all checks passed"
