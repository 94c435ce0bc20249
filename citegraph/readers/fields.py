"""From a record with named fields, in any of the common exports, to a `Paper`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from citegraph.errors import InputError
from citegraph.graph.identity import preferred_id
from citegraph.graph.records import Paper, paper_key
from citegraph.readers.authors import parse_authors
from citegraph.readers.dates import parse_date, parse_year
from citegraph.readers.format import BrokenRecordError
from citegraph.readers.identifiers import arxiv_month, parse_identifier
from citegraph.readers.text import fold_abstract, fold_title

__all__ = ["FIELDS", "check_columns", "fold_name", "is_title", "paper_from_record"]

Record: TypeAlias = Mapping[str, Any]

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "name", "displayname"),
    "abstract": (
        "abstract", "abstracttext", "paperabstract", "abstractnote", "summary", "abstractinvertedindex",
        "shortabstract",
    ),
    "authors": (
        "authorsparsed", "authors", "author", "authornames", "authorships", "authorlist", "creators", "creator",
    ),
    "year": ("year", "publicationyear", "pubyear", "yearpublished"),
    "date": (
        "date", "published", "publicationdate", "publisheddate", "publishedat", "pubdate", "issued", "submitteddate",
        "versions",
    ),
    "venue": (
        "venue", "journal", "booktitle", "conference", "publicationtitle", "sourcetitle", "journaltitle", "proceeding",
        "proceedings", "containertitle", "publicationvenue", "hostvenue", "primarylocation", "journalref",
    ),
    "url": (
        "url", "link", "urlabs", "abstracturl", "paperurl", "landingpageurl", "pdfurl", "urlpdf", "openaccesspdf",
        "primarylocation",
    ),
    "id": (
        "doi", "arxivid", "arxiv", "aclid", "anthologyid", "openalexid", "externalids", "ids", "eprint", "entryid",
        "id", "paperid", "sourceid", "identifier", "url", "link", "urlabs", "abstracturl", "pdfurl", "urlpdf",
        "paperurl",
    ),
}  # fmt: skip
_LAST_RESORT_DATES = ("updatedate", "updated")
_VENUE_KEYS = ("name", "display_name", "title", "source")
_URL_KEYS = ("landing_page_url", "url", "pdf_url")
_DATE_KEYS = ("created", "date")

FIELDS = tuple(_ALIASES)
"""The fields of a paper whose column a user may name."""


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Fold the name of a column or key to its letters and digits, so that its spelling does not matter.

    >>> fold_name("Publication Year") == fold_name("publication_year") == fold_name("publicationYear")
    True
    """
    return re.sub(r"[\W_]+", "", name.casefold())


def is_title(name: str) -> bool:
    """Tell whether a column or key of this name holds titles.

    >>> is_title("Paper Title"), is_title("Source title")
    (True, False)
    """
    return fold_name(name) in _ALIASES["title"]


def check_columns(columns: Mapping[str, str]) -> None:
    """Check that the user's names of columns are for fields that a paper has.

    Raises:
        InputError: a field is unknown.

    """
    for field, column in columns.items():
        if field not in _ALIASES:
            raise InputError(f"column {column!r} is given for the unknown field {field!r}; use {', '.join(FIELDS)}")


def paper_from_record(record: Record, source: str, columns: Mapping[str, str]) -> Paper:
    """Build a paper from a decoded record, whatever its keys are called; ``columns`` names some of them.

    The identifier is the best of all that the record holds in a recognised shape, else the hash of the title. A
    paper without an abstract has an empty one. The year is that of first appearance as far as the record says it.

    >>> paper = paper_from_record({"Paper Title": "Adam", "doi": "10.48550/arXiv.1412.6980"}, "x.csv", {})
    >>> paper.title, paper.id, paper.year
    ('Adam', 'arxiv:1412.6980', 2014)

    Raises:
        BrokenRecordError: there is no title.

    """
    if isinstance(record.get("paper"), Mapping):
        record = {**record["paper"], **record}
    values = _by_field(record, columns)
    title = _title(values("title"))
    found = {id_ for value in values("id") for id_ in _identifiers(value)}
    id_ = preferred_id(found) if found else paper_key(title)
    year, date = _year_and_date(values, found)
    return Paper(
        id_,
        title,
        next(filter(None, map(_abstract, values("abstract"))), ""),
        next(filter(None, map(parse_authors, values("authors"))), ()),
        year,
        date,
        _text(values("venue"), _VENUE_KEYS),
        _text(values("url"), _URL_KEYS),
        source,
    )


def _by_field(record: Record, columns: Mapping[str, str]) -> Callable[[str], list[Any]]:
    """Give the function from a field's name to the values that the record has for it, best first."""
    folded: dict[str, Any] = {}
    for name, value in record.items():
        if value is not None and value not in ("", [], {}) and not _is_nan(value):
            folded.setdefault(fold_name(name), value)

    def values(field: str) -> list[Any]:
        if field in columns:
            value = record.get(columns[field], folded.get(fold_name(columns[field])))
            return [] if value is None or value == "" else [value]
        return [folded[name] for name in _ALIASES.get(field, (field,)) if name in folded]

    return values


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _title(values: Sequence[Any]) -> str:
    for value in values:
        first = value[0] if isinstance(value, list) and value else value
        if not isinstance(first, str):
            raise BrokenRecordError(f"the title is not text but {str(first)[:40]!r}")
        if title := fold_title(first):
            return title
    raise BrokenRecordError("no title")


def _abstract(value: object) -> str:
    """Take a text, a list of sentences, or OpenAlex's inverted index (word to positions)."""
    if isinstance(value, Mapping):
        places = {
            place: word
            for word, found in value.items()
            if isinstance(found, list)
            for place in found
            if isinstance(place, int)
        }
        value = " ".join(places[place] for place in sorted(places))
    elif isinstance(value, list):
        value = " ".join(sentence.strip() for sentence in value if isinstance(sentence, str))
    if not isinstance(value, str) or value.strip() == "[No abstract available]":
        return ""
    return fold_abstract(value)


def _identifiers(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if found := parse_identifier(value):
            yield found
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _identifiers(inner)


def _texts(value: object, keys: Sequence[str]) -> Iterator[str]:
    """Find the text in a value that may be a list, of which the first counts, or an object with one of the keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:1]:
            yield from _texts(item, keys)
    elif isinstance(value, Mapping):
        for key in keys:
            yield from _texts(value.get(key), keys)


def _text(values: Sequence[object], keys: Sequence[str]) -> str | None:
    texts = (fold_title(text) for value in values for text in _texts(value, keys))
    return next(filter(None, texts), None)


def _year_and_date(values: Callable[[str], list[Any]], ids: set[str]) -> tuple[int | None, str | None]:
    dates = [*map(_date, values("date")), *(arxiv_month(id_) for id_ in sorted(ids))]
    dates += [_date(value) for name in _LAST_RESORT_DATES for value in values(name)]
    known = [date for date in dates if date]
    year = next(filter(None, map(parse_year, values("year"))), None) or (int(known[0][:4]) if known else None)
    return year, next((date for date in known if len(date) > 4 and date.startswith(str(year))), None)


def _date(value: object) -> str | None:
    if isinstance(value, Mapping) and isinstance(value.get("date-parts"), list):
        parts = value["date-parts"][0] if value["date-parts"] else []
        return parse_date("-".join(map(str, parts))) if isinstance(parts, list) else None
    if isinstance(value, int):
        return parse_date(str(value))
    return next(filter(None, map(parse_date, _texts(value, _DATE_KEYS))), None)
