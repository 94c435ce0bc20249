"""The query library: one statement a ``*.cypher`` file, with a header that says what it asks and returns.

A header line ``// :param NAME: TYPE [= DEFAULT] — about`` declares a parameter. TYPE is integer, float, string,
boolean or list (DEFAULT in JSON), or the labels that an entity may have, as ``Dataset|Benchmark``; such a
parameter takes a name, an alias or a key. ``// :columns a, b`` names the columns, and the other comments are the
purpose. Where the embedded engine needs other words, they stand in ``NAME.ladybug.cypher``.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from citegraph.errors import QueryError
from citegraph.graph.schema import load_schema

__all__ = ["Parameter", "Query", "bind", "find_query", "parse_query", "queries"]

_PARAMETER = re.compile(r":param (?P<name>\w+): (?P<type>[\w|]+)(?: = (?P<default>.+?))? — (?P<about>.+)")
_PYTHON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "integer": int,
    "float": (float, int),
    "string": str,
    "boolean": bool,
    "list": list,
}
_VARIANT = ".ladybug"
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; ``labels`` where it names a node; ``required`` where it has no default."""

    name: str
    type: str
    about: str
    required: bool = True
    default: object = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the node may have; none where the parameter is a plain value."""
        return () if self.type in _PYTHON_TYPES else tuple(self.type.split("|"))


@dataclass(frozen=True, slots=True)
class Query:
    """A query of the library; ``embedded`` is the text for the embedded engine where that differs."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str
    embedded: str | None = None


@cache
def queries() -> Mapping[str, Query]:
    """Read the library, by name, sorted."""
    files = {
        file.name.removesuffix(".cypher"): file.read_text("utf-8")
        for file in resources.files(__package__).iterdir()
        if file.name.endswith(".cypher")
    }
    return MappingProxyType(
        {
            name: parse_query(name, text, files.get(name + _VARIANT))
            for name, text in sorted(files.items())
            if not name.endswith(_VARIANT)
        }
    )


def parse_query(name: str, text: str, embedded: str | None = None) -> Query:
    r"""Parse the text of a query file.

    >>> query = parse_query("q", "// What.\n// :param n: integer = 3 — rows\n// :columns a\nRETURN $n AS a\n")
    >>> query.purpose, query.parameters[0].default, query.columns, query.text
    ('What.', 3, ('a',), 'RETURN $n AS a')

    Raises:
        QueryError: the header is wrong.

    """
    lines = text.splitlines()
    header = [line.removeprefix("//").strip() for line in lines if line.startswith("//")]
    purpose = " ".join(line for line in header if not line.startswith(":"))
    columns = [line.removeprefix(":columns ") for line in header if line.startswith(":columns ")]
    if not purpose or len(columns) != 1:
        raise QueryError(f"query {name} must state its purpose and its :columns in its header")
    parameters = tuple(_parameter(name, line) for line in header if line.startswith(":param"))
    return Query(
        name, purpose, parameters, tuple(columns[0].split(", ")), _body(text), _body(embedded) if embedded else None
    )


def find_query(name: str) -> Query:
    """Find a query by name.

    Raises:
        QueryError: there is none of this name; the text offers near ones.

    """
    known = queries()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3) or list(known)
        raise QueryError(f"no query is called {name!r}; there is {', '.join(near)}")
    return known[name]


def bind(
    query: Query, given: Mapping[str, object], resolve: Callable[[str, tuple[str, ...]], str]
) -> dict[str, object]:
    """Give every parameter of a query its value: converted to the declared type, names resolved, defaults filled in.

    Raises:
        QueryError: a parameter is unknown, missing, or not of its type.
        NotFoundError: raised by ``resolve`` for a name that nothing has.

    """
    declared = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in declared:
            near = difflib.get_close_matches(name, declared, n=3) or list(declared)
            has = f"it has {', '.join(near)}" if declared else "it has none"
            raise QueryError(f"query {query.name} has no parameter {name!r}; {has}")
    missing = [p for p in query.parameters if p.required and given.get(p.name) is None]
    if missing:
        raise QueryError(f"query {query.name} needs {', '.join(f'{p.name} ({p.type})' for p in missing)}")
    values: dict[str, object] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None and parameter.labels:
            value = resolve(str(value), parameter.labels)
        values[parameter.name] = value if parameter.labels else _converted(query, parameter, value)
    return values


def _converted(query: Query, parameter: Parameter, given: object) -> object:
    wrong = QueryError(f"parameter {parameter.name} of query {query.name} must be {parameter.type}, not {given!r}")
    value = given
    if isinstance(given, str) and parameter.type != "string":
        try:
            value = json.loads(given)
        except json.JSONDecodeError:
            raise wrong from None
    if value is None and not parameter.required:
        return None
    fits = isinstance(value, _PYTHON_TYPES[parameter.type])
    if not fits or isinstance(value, bool) != (parameter.type == "boolean"):
        raise wrong
    if isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
        raise wrong
    if parameter.name == "limit" and isinstance(value, int) and value < 0:
        raise QueryError(f"parameter limit of query {query.name} must be 0 or more, not {value}")
    return value


def _parameter(query: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or not _known_type(match["type"]):
        raise QueryError(f"query {query} has a wrong header line: {line}")
    if match["default"] is None:
        return Parameter(match["name"], match["type"], match["about"])
    return Parameter(match["name"], match["type"], match["about"], required=False, default=json.loads(match["default"]))


def _known_type(type_: str) -> bool:
    return type_ in _PYTHON_TYPES or set(type_.split("|")) <= load_schema().nodes.keys()


def _body(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
