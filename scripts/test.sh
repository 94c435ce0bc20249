#!/bin/sh
# Run all tests with coverage. Neo4j comes from Docker where an engine answers, else from Maven Central (Java);
# what cannot be had is named in one line, and fails only where CITEGRAPH_REQUIRE names it (neo4j, browser).
# Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
python="$(pwd)/.venv/bin/python"

has() {
    command -v "$1" >/dev/null 2>&1
}

compose() {
    docker compose --project-name citegraph-test "$@"
}

missing=
has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
if [ -z "${CITEGRAPH_TEST_NEO4J_URI:-}" ]; then
    if docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
        NEO4J_USERNAME=neo4j
        NEO4J_PASSWORD=$("$python" -c 'import secrets; print(secrets.token_hex(16))')
        NEO4J_BOLT_PORT=17687 NEO4J_HTTP_PORT=17474
        CITEGRAPH_TEST_NEO4J_URI=bolt://127.0.0.1:$NEO4J_BOLT_PORT
        export NEO4J_USERNAME NEO4J_PASSWORD NEO4J_BOLT_PORT NEO4J_HTTP_PORT CITEGRAPH_TEST_NEO4J_URI
        trap 'compose down --volumes --timeout 5' EXIT
        trap 'exit 130' INT TERM
        compose up --wait --quiet-pull
    else
        has java || missing="$missing default-jre-headless"
        has mvn || missing="$missing maven"
    fi
fi
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word a package
    scripts/packages.sh $missing || true
fi

"$python" -m pytest --cov --cov-report=term "$@"
