"""The manifest of a store: with what it was made, and from which inputs."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping
from importlib import resources
from typing import Any

import citegraph
from citegraph.errors import StoreError
from citegraph.graph.schema import load_schema

__all__ = ["check_manifest", "new_manifest", "with_input"]


def new_manifest() -> dict[str, Any]:
    """Describe a store that this citegraph makes: versions of schema and package, hash of the identity data."""
    return {
        "schema": load_schema().version,
        "citegraph": citegraph.__version__,
        "identity": _identity(),
        "inputs": {},
    }


def with_input(manifest: Mapping[str, Any], name: str, digest: str, papers: int) -> dict[str, Any]:
    """Add an input to a manifest; one of the same name is replaced.

    >>> with_input({"inputs": {}}, "a.bib", "00ff", 3)
    {'inputs': {'a.bib': {'digest': '00ff', 'papers': 3}}}
    """
    inputs = {**manifest["inputs"], name: {"digest": digest, "papers": papers}}
    return {**manifest, "inputs": dict(sorted(inputs.items()))}


def check_manifest(manifest: Mapping[str, Any], where: str, rebuild: str) -> None:
    """Check that this citegraph may use a store: same schema, same identity data.

    ``rebuild`` is the command that makes the store anew from its facts; those of another schema say other things of
    their evidence, and the papers have to be read anew.

    Raises:
        StoreError: schema or identity data differ.

    """
    inputs = " ".join(map(shlex.quote, manifest.get("inputs") or ["INPUT"]))
    again = f"citegraph build {inputs} --store NEW"
    checks = (("schema", "schema version", again), ("identity", "identity data", rebuild))
    for name, what, command in checks:
        mine, theirs = new_manifest()[name], manifest.get(name)
        if mine != theirs:
            raise StoreError(
                f"the store at {where} has {what} {theirs}, this citegraph has {mine}; rebuild it: {command}"
            )


def _identity() -> str:
    data = resources.files("citegraph.graph").joinpath("catalogue.jsonl.gz").read_bytes()
    return hashlib.sha256(data).hexdigest()[:16]
