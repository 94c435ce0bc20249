"""What can be told of a Cypher statement from its text: its parameters, and what means another thing elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from citegraph.errors import QueryError

__all__ = ["check_statement", "parameters_in", "portability_warnings", "without_literals"]

_LITERAL = re.compile(
    r"""`(?:``|[^`])*`|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/""",
    re.DOTALL,
)
_PARAMETER = re.compile(r"\$(?:(\w+)|`([^`]+)`)")
_CLAUSE = re.compile(
    r"\b(?:OPTIONAL\s+)?MATCH\b(.*?)(?=\b(?:MATCH|WHERE|WITH|RETURN|UNWIND|CREATE|MERGE)\b|$)", re.I | re.S
)
_TYPES = re.compile(r"\[\s*\w*\s*:\s*([\w|:&!\s]+?)\s*(?:\*[^\]]*)?(?:\{[^}]*\})?\s*\]")
_VARIABLE_LENGTH = re.compile(r"\[[^\]]*\*[^\]]*\]")
_INDEX = re.compile(r"[\w)\]`]\[\s*-?\d+\s*\]")
_REPEATED = "the type {} stands twice in one MATCH: Neo4j never uses one relationship twice there, Ladybug does"


def without_literals(text: str) -> str:
    """Blank strings and comments out, so that what is left is Cypher alone; names in backticks stay.

    >>> without_literals("RETURN 'a;b' // c")
    'RETURN           '
    """

    def blank(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith("`") else " " * len(match[0])

    return _LITERAL.sub(blank, text)


def parameters_in(text: str) -> tuple[str, ...]:
    """Give the names of the parameters in a statement, in order of first use.

    >>> parameters_in("MATCH (p {id: $id}) WHERE p.year > $year AND p.x <> '$no' RETURN $id")
    ('id', 'year')
    """
    found = (match[1] or match[2] for match in _PARAMETER.finditer(without_literals(text)))
    return tuple(dict.fromkeys(found))


def check_statement(text: str, parameters: Mapping[str, object]) -> None:
    """Check that the text is one statement, and that each of its parameters has a value.

    Raises:
        QueryError: it is empty or several statements, or a parameter has no value.

    """
    code = without_literals(text).rstrip().rstrip(";")
    if not code.strip():
        raise QueryError("the query is empty; give one Cypher statement")
    if ";" in code:
        raise QueryError("the query holds several statements; run them one by one")
    missing = [name for name in parameters_in(text) if name not in parameters]
    if missing:
        raise QueryError(f"the query needs a value for {_listed('$' + name for name in missing)}")


def portability_warnings(text: str) -> list[str]:
    """Name what in a statement silently means another thing on Neo4j than on the embedded store.

    >>> portability_warnings("MATCH (a)-[:USES]->(b)<-[:USES]-(c) RETURN c")[0][:35]
    'the type USES stands twice in one M'
    >>> portability_warnings("MATCH (a)-[:USES]->(b) RETURN a.name, b.name")
    []
    """
    code = without_literals(text)
    warnings = []
    for clause in _CLAUSE.findall(code):
        types = [type_ for group in _TYPES.findall(clause) for type_ in re.findall(r"\w+", group)]
        repeated = sorted({type_ for type_ in types if types.count(type_) > 1})
        if repeated:
            warnings.append(_REPEATED.format(", ".join(repeated)) + "; compare the keys of their ends with <>")
    if _VARIABLE_LENGTH.search(code) and re.search(r"\bcount\s*\(", code, re.IGNORECASE):
        warnings.append("count over a variable length: Neo4j counts trails, Ladybug walks")
    if _INDEX.search(code):
        warnings.append("a list index counts from 0 on Neo4j, from 1 on Ladybug")
    if re.search(r"\bsubstring\s*\(", code, re.IGNORECASE):
        warnings.append("substring counts from 0 on Neo4j, from 1 on Ladybug")
    if re.search(r"\bhead\s*\(|\blabels\s*\([^)]*\)\s*\[", code, re.IGNORECASE):
        warnings.append("labels() is a list on Neo4j, one text on Ladybug")
    return warnings


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
