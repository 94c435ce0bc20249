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

# A project and ports of its own: the server of `docker compose up` and its data are never touched.
compose() {
    NEO4J_BOLT_PORT=17687 NEO4J_HTTP_PORT=17474 docker compose --project-name citegraph-test "$@"
}

start_in_docker() {
    docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1 || return 1
    NEO4J_USERNAME=neo4j
    NEO4J_PASSWORD=$("$python" -c 'import secrets; print(secrets.token_hex(16))')
    export NEO4J_USERNAME NEO4J_PASSWORD
    trap 'compose down --volumes --timeout 5' EXIT
    trap 'exit 130' INT TERM
    if compose up --wait --quiet-pull; then
        export CITEGRAPH_TEST_NEO4J_URI=bolt://127.0.0.1:17687
    else
        echo "Docker could not start Neo4j; trying Java and Maven" >&2
        return 1
    fi
}

missing=
has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
if [ -z "${CITEGRAPH_TEST_NEO4J_URI:-}" ] && ! start_in_docker; then
    has java || missing="$missing default-jre-headless"
    has mvn || missing="$missing maven"
fi
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word a package
    scripts/packages.sh $missing || true
fi

"$python" -m pytest --cov --cov-report=term "$@"
