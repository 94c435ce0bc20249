#!/bin/sh
# Build the graph of the sample pages, ask it three questions, draw it. Again: nothing new, the same answers.
set -eu
cd "$(dirname "$0")/.."
PATH="$(pwd)/.venv/bin:$PATH"
export CITEGRAPH_STORE=demo/store
mkdir -p demo

show() {
    printf '\n$ %s\n' "$*"
    "$@"
}

show citegraph build samples/*.txt --store demo/store
show citegraph query methods_on_benchmark --param benchmark=ImageNet --limit 10
show citegraph query methods_on_benchmark --param benchmark=MTEB --limit 10
show citegraph query benchmarks_by_year --limit 15
show citegraph view --store demo/store -o demo/graph.html
printf '\nThe graph is drawn in %s/demo/graph.html; open it in a browser.\n' "$(pwd)"
