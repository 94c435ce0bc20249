"""Lists of authors in the forms that sources have them, as names with the given name first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["given_name_first", "parse_authors"]

_AND = re.compile(r"\s+(?:and|&)\s+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_WHOLE = ("name", "display_name", "full_name", "fullname", "literal")
_GIVEN = ("given", "first", "firstName", "first_name", "forenames", "given_name")
_FAMILY = ("family", "last", "lastName", "last_name", "surname", "family_name")


def parse_authors(value: object) -> tuple[str, ...]:
    """Read authors from a list of names, of objects or of (family, given, suffix), or from one text.

    Texts are separated by ";", by "and", or by commas, in this order; "Family, Given" is turned round.

    >>> parse_authors(["Ada Lovelace", {"name": "Alan Turing"}, {"given": "Grace", "family": "Hopper"}])
    ('Ada Lovelace', 'Alan Turing', 'Grace Hopper')
    >>> parse_authors("Lovelace, Ada; Turing, Alan") == parse_authors("Lovelace, Ada and Turing, Alan")
    True
    >>> parse_authors("Ada Lovelace, Alan Turing, and Grace Hopper")
    ('Ada Lovelace', 'Alan Turing', 'Grace Hopper')
    >>> parse_authors("Lovelace, A., Turing, A. M.")
    ('A. Lovelace', 'A. M. Turing')
    """
    if isinstance(value, str):
        names = _split(" ".join(value.split()))
    elif isinstance(value, Sequence):
        names = [_name(author) for author in value]
    else:
        names = []
    return tuple(name for name in names if name)


def given_name_first(name: str) -> str:
    """Turn "Family, Given" and "Family, Jr, Given" round.

    >>> given_name_first("van der Berg, Jan"), given_name_first("King, Jr., Martin"), given_name_first("Jan Berg")
    ('Jan van der Berg', 'Martin King Jr.', 'Jan Berg')
    """
    parts = [part for part in re.split(r"\s*,\s*", " ".join(name.split())) if part]
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(reversed(parts)) if len(parts) == 2 else " ".join(parts)


def _split(text: str) -> list[str]:
    if ";" in text:
        return [given_name_first(name) for name in text.split(";")]
    names = _AND.split(text)
    if len(names) > 1 and ("," in names[-1] or not any("," in name for name in names)):
        return [given_name_first(name) for name in names]
    pieces = [piece.strip() for name in names for piece in name.split(",") if piece.strip()]
    families, given = pieces[::2], pieces[1::2]
    inverted = len(families) == len(given) and len(names) == 1
    one = len(pieces) == 2 and " " not in pieces[0] and " " not in pieces[1]
    if inverted and (one or all(_INITIALS.fullmatch(piece) for piece in given)):
        return [f"{first} {last}" for first, last in zip(given, families, strict=True)]
    return pieces


def _name(author: object) -> str:
    if isinstance(author, str):
        return given_name_first(author) if author.count(",") == 1 else " ".join(author.split())
    if isinstance(author, Mapping):
        if isinstance(author.get("author"), Mapping):
            return _name(author["author"])
        if whole := _first(author, _WHOLE):
            return whole
        return f"{_first(author, _GIVEN)} {_first(author, _FAMILY)}".strip()
    if isinstance(author, Sequence) and len(author) >= 2 and all(isinstance(part, str) for part in author):
        family, given, *suffix = (" ".join(part.split()) for part in author)
        return " ".join(part for part in (given, family, *suffix[:1]) if part)
    return ""


def _first(author: Mapping[str, object], names: Sequence[str]) -> str:
    values = (author.get(name) for name in names)
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), "")
