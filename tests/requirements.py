"""What some tests need beyond Python: a Neo4j server, Chromium. Absent, they are named; required, they fail."""

import os

import pytest

UNAVAILABLE: dict[str, str] = {}


class UnavailableError(Exception):
    """A part cannot be had on this machine; the text says why."""


def give_up(part: str, reason: str) -> None:
    """Skip, or fail where CITEGRAPH_REQUIRE names the part."""
    UNAVAILABLE[part] = reason
    if part in os.environ.get("CITEGRAPH_REQUIRE", "").split(","):
        pytest.fail(f"{part} is required and cannot run: {reason}", pytrace=False)
    pytest.skip(f"{part}: {reason}")
