"""Identifiers of papers: recognised shapes only, in one spelling each."""

from __future__ import annotations

import re

__all__ = ["arxiv_month", "parse_identifier"]

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_URL = re.compile(
    r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/"
    r"|(?:https?://)?huggingface\.co/papers/|arxiv:\s*)(.+?)(?:\.pdf)?",
    re.IGNORECASE,
)
_ARXIV_ID = re.compile(
    r"(?P<id>(?P<month>\d\d(?:0[1-9]|1[0-2]))\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/(?P<old>\d\d(?:0[1-9]|1[0-2]))\d{3})"
    r"(?:v\d+)?(?:\s*\[[\w.-]+\])?"
)
_ACL = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/|acl:)?"
    r"(\d{4}\.[a-z\d_]+-[a-z\d_]+\.\d+|[A-Z]\d\d-\d{4})(?:v\d+)?(?:\.pdf)?/?"
)
_OPENALEX = re.compile(r"(?:(?:https?://)?(?:api\.)?openalex\.org/(?:works/)?|openalex:)?(W\d{6,})", re.IGNORECASE)


def parse_identifier(text: str) -> str | None:
    """Give ``doi:…``, ``arxiv:…``, ``acl:…`` or ``openalex:…``, or None where the text has none of these shapes.

    DOIs are in lower case, arXiv identifiers without their version; a DOI that arXiv gives is an arXiv identifier.

    >>> parse_identifier("https://doi.org/10.1103/PhysRevD.76.013009")
    'doi:10.1103/physrevd.76.013009'
    >>> parse_identifier("http://arxiv.org/abs/2002.05709v3"), parse_identifier("hep-th/9901001")
    ('arxiv:2002.05709', 'arxiv:hep-th/9901001')
    >>> parse_identifier("2022.aacl-short.44"), parse_identifier("https://aclanthology.org/P18-1001/")
    ('acl:2022.aacl-short.44', 'acl:P18-1001')
    >>> parse_identifier("https://openalex.org/W2741809807"), parse_identifier("42"), parse_identifier("2013.1234")
    ('openalex:W2741809807', None, None)
    """
    text = text.strip()
    if match := _DOI.fullmatch(text):
        doi = match[1].rstrip(".,;")
        arxiv = _ARXIV_DOI.fullmatch(doi)
        return (arxiv and _arxiv(arxiv[1])) or f"doi:{doi.lower()}"
    if match := _ACL.fullmatch(text):
        return f"acl:{match[1]}"
    if match := _OPENALEX.fullmatch(text):
        return f"openalex:{match[1].upper()}"
    match = _ARXIV_URL.fullmatch(text)
    return _arxiv(match[1] if match else text)


def arxiv_month(identifier: str) -> str | None:
    """Give the month, YYYY-MM, in which an identifier ``arxiv:…`` was given out.

    >>> arxiv_month("arxiv:2002.05709"), arxiv_month("arxiv:hep-th/9901001"), arxiv_month("doi:10.1/x")
    ('2020-02', '1999-01', None)
    """
    match = _ARXIV_ID.fullmatch(identifier.removeprefix("arxiv:"))
    if match is None:
        return None
    digits = match["month"] or match["old"]
    century = "19" if digits > "9100" else "20"
    return f"{century}{digits[:2]}-{digits[2:]}"


def _arxiv(text: str) -> str | None:
    """Numbers have four digits until 2014 and five from 2015, so a number that lost a zero is not taken."""
    match = _ARXIV_ID.fullmatch(text)
    if match is None:
        return None
    number = match["id"].partition(".")[2] if match["month"] else ""
    if number and (len(number) == 5) != (match["month"] >= "1501"):
        return None
    return f"arxiv:{match['id']}"
