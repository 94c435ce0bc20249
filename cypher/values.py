"""Values of query answers as plain Python, the same for both engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

__all__ = ["Special", "plain", "record"]

Special: TypeAlias = Callable[[Any], Any]
"""Turns an engine's own node, relationship or path into dicts and lists, and leaves all else as it is."""


def plain(value: Any, special: Special) -> Any:  # noqa: ANN401 - any value of an engine
    """Turn a value into str, int, float, bool, list, dict or None; dates and other scalars become text.

    >>> plain([Decimal("3"), Decimal("0.5"), {"a": (1, None)}], lambda value: value)
    [3, 0.5, {'a': [1, None]}]
    """
    value = special(value)
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(name): plain(part, special) for name, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part, special) for part in value]
    return str(value)


def record(label: str, name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Build the plain form of a node (``name`` is "label") or relationship ("type"): empty properties left out.

    >>> record("Method", "label", {"key": "method:vit", "year": None})
    {'label': 'Method', 'key': 'method:vit'}
    """
    return {name: label} | {key: properties[key] for key in sorted(properties) if properties[key] is not None}
