"""From an address to an open store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citegraph.errors import StoreError

if TYPE_CHECKING:
    from citegraph.cypher.store import Store

__all__ = ["open_store"]

_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(url: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """Open the store at an address: a path is an embedded store, ``neo4j://…`` or ``bolt://…`` a Neo4j server.

    A server's login comes from the environment: NEO4J_USERNAME (else neo4j), NEO4J_PASSWORD, NEO4J_DATABASE (else
    neo4j). ``create`` makes the store where there is none; ``read_only`` lets others write meanwhile.

    Raises:
        StoreError: there is no store, it cannot be reached or used, or the address is none.

    """
    scheme, separator, _ = str(url).partition("://")
    if not separator:
        from citegraph.cypher.embedded import open_embedded

        return open_embedded(Path(url), create=create, read_only=read_only)
    if scheme not in _SCHEMES:
        raise StoreError(f"no store has an address that begins with {scheme}://; give a path, neo4j://… or bolt://…")
    from citegraph.cypher.neo4j_store import open_neo4j

    return open_neo4j(str(url), create=create, read_only=read_only)
