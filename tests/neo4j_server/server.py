"""A real Neo4j Community server for tests, from Maven jars, without Docker.

``python -m tests.neo4j_server.server`` starts one, prints how to reach it, and runs until Ctrl-C. Where
CITEGRAPH_TEST_NEO4J_URI names a server (with NEO4J_USERNAME and NEO4J_PASSWORD), that one is used instead.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.requirements import UnavailableError

__all__ = ["Server", "running_server"]

_HERE = Path(__file__).parent
_JARS = _HERE.parent.parent / ".cache" / "neo4j"
_START_TIMEOUT = 120.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens, and the login."""

    uri: str
    username: str
    password: str


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server on free ports with an own data folder; it is killed at the end, whatever happens.

    Raises:
        UnavailableError: Java or Maven is missing, the jars cannot be had, or the server does not start.

    """
    uri = os.environ.get("CITEGRAPH_TEST_NEO4J_URI")
    if uri:
        yield Server(uri, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
        return
    jars = _jars()
    with tempfile.TemporaryDirectory(prefix="citegraph-neo4j-", ignore_cleanup_errors=True) as home:
        server = Server(f"bolt://127.0.0.1:{_free_port()}", "neo4j", secrets.token_hex(8))
        _configure(Path(home), server)
        _set_password(jars, Path(home), server.password)
        process = _start(jars, Path(home))
        atexit.register(_kill, process)
        try:
            _wait(process, server, Path(home))
            yield server
        finally:
            _kill(process)
            atexit.unregister(_kill)


def _jars() -> Path:
    """Return the folder of jars, downloaded on the first use; a folder of this name is always complete."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None and not (tool == "mvn" and _JARS.is_dir()):
            raise UnavailableError(f"no {tool} on the PATH (apt-get install openjdk-17-jre-headless maven)")
    if not _JARS.is_dir():
        _JARS.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_JARS.parent) as folder:
            lib = Path(folder) / "lib"
            _run(
                ["mvn", "-q", "-B", "-f", str(_HERE / "pom.xml"), "dependency:copy-dependencies",
                 f"-DoutputDirectory={lib}"],
                "Maven could not download the Neo4j jars",
            )  # fmt: skip
            try:
                lib.rename(_JARS)
            except OSError:
                if not _JARS.is_dir():
                    raise
    return _JARS


def _run(command: Sequence[str], failure: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines() or ["no message"]
        raise UnavailableError(f"{failure}: {lines[0]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _configure(home: Path, server: Server) -> None:
    conf = home / "conf"
    conf.mkdir()
    settings = {
        "server.bolt.listen_address": server.uri.removeprefix("bolt://"),
        "server.http.listen_address": f"127.0.0.1:{_free_port()}",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "server.memory.heap.max_size": "1g",
        "server.memory.pagecache.size": "256m",
    }
    (conf / "neo4j.conf").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))


def _set_password(jars: Path, home: Path, password: str) -> None:
    _run(
        ["java", "-cp", f"{jars}/*", "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password",
         password],
        "Neo4j's admin command failed",
        os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
    )  # fmt: skip


def _start(jars: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["java", "-Xmx1g", "-cp", f"{jars}/*", "org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}",
         f"--config-dir={home / 'conf'}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def _wait(process: subprocess.Popen[bytes], server: Server, home: Path) -> None:
    import neo4j

    deadline = time.monotonic() + _START_TIMEOUT
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        while True:
            try:
                driver.verify_connectivity()
            except neo4j.exceptions.DriverError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise UnavailableError(f"Neo4j did not start: {_last_line(home)}") from None
                time.sleep(0.3)
            else:
                return


def _last_line(home: Path) -> str:
    logs = sorted((home / "logs").glob("neo4j.log"))
    lines = logs[0].read_text("utf-8", "replace").splitlines() if logs else []
    return lines[-1] if lines else "its log is empty"


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main() -> None:
    """Run a server until Ctrl-C or SIGTERM, its connection printed as shell exports."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with running_server() as server:
        print(f"export CITEGRAPH_TEST_NEO4J_URI={server.uri} CITEGRAPH_STORE={server.uri}")  # noqa: T201
        print(f"export NEO4J_USERNAME={server.username} NEO4J_PASSWORD={server.password}", flush=True)  # noqa: T201
        try:
            signal.pause()
        except KeyboardInterrupt:
            sys.exit(0)


if __name__ == "__main__":
    main()
