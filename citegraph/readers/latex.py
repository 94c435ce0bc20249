"""LaTeX in titles and names of BibTeX: accents and special letters to Unicode, braces that protect case away."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["decode_accents"]

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
    "textendash": "–", "textemdash": "—", "textasciitilde": "~",
}  # fmt: skip
_MATH = re.compile(r"((?<!\\)\$[^$]+(?<!\\)\$)")
_ACCENTED = re.compile(r"""\\(?:([`'^~=."])\s*|([uvHcdbkr])(?:\s+|(?=\{)))\{?\\?([^\W\d_])\}?""")
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?:\{{\}}|\s+|(?![A-Za-z]))")
_ESCAPED = re.compile(r"\\([&%#_$])")


def decode_accents(text: str) -> str:
    r"""Decode accents, special letters and escaped signs, and drop braces; math and other commands stay as written.

    >>> decode_accents(r"{BERT} {\&} M{\"u}ller, {\L}ukasz, Fran\c{c}ois, \v{S}afa\v{r}{\'\i}k")
    'BERT & Müller, Łukasz, François, Šafařík'
    >>> decode_accents(r"{A} $x_{i}$ \emph{study}")
    'A $x_{i}$ \\emph{study}'
    """
    parts = _MATH.split(text)
    return "".join(part if index % 2 else _decode(part) for index, part in enumerate(parts))


def _decode(text: str) -> str:
    text = _ACCENTED.sub(_combine, text)
    text = _LETTER.sub(lambda match: _LETTERS[match[1]], text)
    text = _ESCAPED.sub(r"\1", text)
    return _without_braces(text)


def _combine(match: re.Match[str]) -> str:
    accent, letter = match[1] or match[2], match[3]
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


def _without_braces(text: str) -> str:
    """Drop braces, but for those that are a command's argument, and what is inside them."""
    kept: list[str] = []
    arguments: list[bool] = []
    for index, character in enumerate(text):
        if character == "{":
            command = re.search(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})*$", text[:index])
            arguments.append(command is not None or (bool(arguments) and arguments[-1]))
            kept.append(character if arguments[-1] else "")
        elif character == "}" and arguments:
            kept.append(character if arguments.pop() else "")
        else:
            kept.append(character)
    return "".join(kept)
