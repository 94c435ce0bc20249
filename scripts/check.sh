#!/bin/sh
# Check what tests do not: format, lint, types, generated pages, and the wheel as a stranger installs it.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
python="$root/.venv/bin/python"

step() {
    printf '%s\n' "- $1"
    shift
    "$@"
}

step "format" "$python" -m ruff format --check --quiet .
step "lint" "$python" -m ruff check --quiet .
step "types" "$python" -m mypy
step "generated pages" "$python" -m docs.generate --check

build_quietly() {
    "$python" -m build --no-isolation --outdir "$scratch/dist" . >"$scratch/build.log" 2>&1 || {
        cat "$scratch/build.log" >&2
        return 1
    }
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
step "wheel and source archive" build_quietly
step "installs in a clean venv" "$python" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$scratch"/dist/*.whl
cd "$scratch"
step "runs outside the repository" "$scratch/venv/bin/citegraph" --version
"$scratch/venv/bin/citegraph" build "$root"/samples/000_*.txt --store "$scratch/store" >/dev/null
"$scratch/venv/bin/citegraph" stats --store "$scratch/store" --format json >/dev/null
echo "all checks passed"
