"""From the name that a person types to the key of a node."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from citegraph.errors import NotFoundError, QueryError
from citegraph.graph.identity import name_key
from citegraph.graph.records import ENTITY_TYPES, paper_key
from citegraph.graph.schema import load_schema

__all__ = ["Ask", "near_names", "resolve_all"]

Ask: TypeAlias = Callable[[str, Mapping[str, object]], Sequence[tuple[Any, ...]]]
"""Runs a statement with parameters and returns its rows."""

_NAMED = """
MATCH (n:{label}) WHERE toLower(n.name) = toLower($name) RETURN n.key AS key, 0 AS rank
UNION
MATCH (n:{label}) UNWIND n.aliases AS alias WITH n, alias WHERE toLower(alias) = toLower($name)
RETURN n.key AS key, 1 AS rank
"""
_PAPER = "MATCH (n:Paper) WHERE $name IN n.ids OR toLower(n.title) = toLower($name) RETURN n.key AS key, 0 AS rank"
_CANDIDATES = 200
_CUTOFF = 0.6
"""Least similarity, as difflib measures it, of a name that is offered."""


def resolve_all(ask: Ask, name: str, labels: Sequence[str]) -> list[str]:
    """Find the nodes of these labels that are called ``name``, the nearest first.

    The one that has it as its key, else those that have its normal form, one of a class, else those that have it as
    their name, else as an alias.

    Raises:
        NotFoundError: there is none; the text offers near names.
        QueryError: a label is unknown.

    """
    known = load_schema()
    wrong = [label for label in labels if label != "Paper" and label not in known.named_labels]
    if wrong:
        raise QueryError(f"nothing of label {wrong[0]!r} has a name; use {', '.join(('Paper', *known.named_labels))}")
    for keys in ([name], _keys(name, labels)):
        if stored := [key for key in dict.fromkeys(keys) if _is_stored(ask, key, labels)]:
            return stored
    found: set[tuple[int, str]] = set()
    for label in labels:
        text = _PAPER if label == "Paper" else _NAMED.format(label=label)
        found |= {(rank, key) for key, rank in ask(text, {"name": name})}
    if not found:
        raise NotFoundError(_not_found(ask, name, labels))
    best = min(found)[0]
    return sorted(key for rank, key in found if rank == best)


def near_names(name: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Give the names most like one, best first; compares closely only those that share most letter triples.

    >>> near_names("ImagNet", ["ImageNet", "CIFAR-10", "ImageNet-C"])
    ['ImageNet', 'ImageNet-C']
    """
    wanted = _triples(name)
    shared = [(-len(wanted & _triples(other)), other) for other in set(names)]
    candidates = {other.casefold(): other for common, other in sorted(shared)[:_CANDIDATES] if common}
    close = difflib.get_close_matches(name.casefold(), candidates, n=count, cutoff=_CUTOFF)
    return [candidates[other] for other in close]


def _is_stored(ask: Ask, key: str, labels: Sequence[str]) -> bool:
    return any(ask(f"MATCH (n:{label} {{key: $key}}) RETURN n.key AS key", {"key": key}) for label in labels)


def _keys(name: str, labels: Sequence[str]) -> list[str]:
    keys = [name_key(type_, name) for type_ in ENTITY_TYPES if type_ in labels]
    return [*keys, paper_key(name)] if "Paper" in labels else keys


def _not_found(ask: Ask, name: str, labels: Sequence[str]) -> str:
    names: list[str] = []
    for label in labels:
        text = "n.title" if label == "Paper" else "n.name"
        names += [row[0] for row in ask(f"MATCH (n:{label}) RETURN {text} AS name", {})]
    near = near_names(name, names)
    offer = f"near names: {', '.join(near)}" if near else "and no name is near it"
    return f"no {' or '.join(labels)} is called {name!r}; {offer}"


def _triples(name: str) -> set[str]:
    padded = f" {name.casefold()} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
