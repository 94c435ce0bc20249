r"""Pages of paper abstracts as copied from a browser: titles and abstracts as paragraphs, with or without a footer.

The grammar, in paragraphs (blank lines may stand anywhere)::

    page   = { header | record }
    header = the site's own words and the date of the page
    record = title [ abstract { abstract } ] [ footer ]
    footer = { "•" | "·" | number "authors" | date [ number of votes ] }

Words of the header and footers are known by their form. Where several paragraphs stand between them, their shapes
(length, sentences, full stop) say which are titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from citegraph.graph.records import Paper, paper_key
from citegraph.readers.dates import parse_date
from citegraph.readers.format import Format, RecordError, TextSource
from citegraph.readers.paragraphs import TextLine, label_paragraphs, shape_of, unwrap, wrap_width
from citegraph.readers.text import fold_abstract, fold_title

__all__ = ["DAILY_PAPERS"]

_INVITATION = r"Get trending papers in your email inbox(?: once a day)?!?"
_HEADER = re.compile(rf"{_INVITATION}|by\s?AK and the research community")
_HEADER_WORD = re.compile(r"new|subscribe|daily papers|previous|next", re.IGNORECASE)
_GLUED = re.compile(r"(?:Subscribe|Daily Papers)(?=[^\sa-z])")
_PARTED = re.compile(rf"({_INVITATION})")
_GLUED_NEW = re.compile(r"(?<=[^\sA-Za-z])new$")
_HEADING = re.compile(r"abstract:?", re.IGNORECASE)
_AUTHORS = re.compile(r"\d+ authors?")
_DATE = re.compile(
    r"(?:Published on )?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2})(, \d{4})?(?: [\d.]+k?)?"
    r"|(\d{4}-\d\d-\d\d)"
)


@dataclass(slots=True)
class _Run:
    """Lines of text with nothing between them, and what the footer after them says."""

    lines: list[TextLine] = field(default_factory=list)
    footer: bool = False
    date: str | None = None


def _recognise(head: str) -> int:
    lines = [line.strip() for line in head.split("\n")]
    if any(_HEADER.match(line) or (_AUTHORS.search(line) and _footer(line)) for line in lines):
        return 2
    if head.lstrip()[:1] in ("{", "[", "<", "@"):
        return 0
    return int(any(paper.abstract for paper in _read_text(head, "", "") if isinstance(paper, Paper)))


def _read(source: TextSource, _columns: Mapping[str, str]) -> Iterator[Paper | RecordError]:
    yield from _read_text(source.text(), source.label, source.name)


def _read_text(text: str, label: str, name: str) -> Iterator[Paper | RecordError]:
    runs = [run for run in _runs(_lines(text)) if run.lines]
    width = wrap_width([line for run in runs for line in run.lines])
    for run in runs:
        yield from _papers(run, width, label, name)


def _lines(text: str) -> list[TextLine]:
    """Give the lines that are not blank; the site's invitation stands alone even where pages were joined."""
    lines: list[TextLine] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        for piece in filter(None, map(str.strip, _PARTED.split(raw))):
            if lines and _HEADER.match(piece):
                lines[-1] = replace(lines[-1], text=_GLUED_NEW.sub("", lines[-1].text))
            lines.append(TextLine(number, piece, blank))
            blank = False
        blank = not raw.strip()
    return lines


def _runs(lines: Sequence[TextLine]) -> Iterator[_Run]:
    """Part the lines at headers and after footers; headers are dropped, with the date of the page in them."""
    run = _Run()
    header: set[str] = set()
    for index, line in enumerate(lines):
        if _is_header(line.text, lines[index + 1].text if index + 1 < len(lines) else ""):
            header.add(line.text)
            yield run
            run = _Run()
        elif run.lines and _HEADING.fullmatch(line.text):
            continue
        elif (date := _footer(line.text)) is not None:
            run.footer, run.date = True, run.date or date or None
        else:
            if run.footer:
                yield run
                run = _Run()
            glued = any(map(_HEADER.match, header)) and "Subscribe" not in header
            run.lines.append(replace(line, text=_GLUED.sub("", line.text)) if glued else line)
            header.clear()
    yield run


def _is_header(text: str, following: str) -> bool:
    """Tell whether a line is the site's own; a word of its menus is a title where an abstract comes next."""
    if _HEADER.fullmatch(text):
        return True
    return _HEADER_WORD.fullmatch(text) is not None and shape_of(following) == "short"


def _footer(text: str) -> str | None:
    """Give the date in a line of a footer, or "" where it has none; None where the line is no footer.

    >>> _footer("Feb 12, 2021 1"), _footer("Jun 9"), _footer("• 3 authors"), _footer("Pointer Networks")
    ('2021-02-12', '', '', None)
    """
    date = ""
    for part in re.split("[•·]", text):
        match = _DATE.fullmatch(part.strip())
        if match and (match[2] or match[3]):
            date = parse_date(match[3] or f"{match[1]}{match[2]}") or ""
        elif part.strip() and not match and not _AUTHORS.fullmatch(part.strip()):
            return None
    return date


def _papers(run: _Run, width: int, label: str, name: str) -> Iterator[Paper | RecordError]:
    paragraphs = unwrap(run.lines, width)
    labels = label_paragraphs([paragraph.text for paragraph in paragraphs])
    starts = [index for index, what in enumerate(labels) if what in ("title", "orphan")]
    for start, end in zip(starts, [*starts[1:], len(labels)], strict=True):
        first, *rest = paragraphs[start:end]
        closed = run.footer and end == len(labels)
        if labels[start] == "orphan":
            yield RecordError(label, first.number, "an abstract without a title")
        elif not rest and not closed and " " not in first.text:
            yield RecordError(label, first.number, f"a lone word, neither title nor abstract: {first.text[:40]!r}")
        else:
            yield _paper(first.text, [paragraph.text for paragraph in rest], run.date if closed else None, name)


def _paper(first: str, rest: Sequence[str], date: str | None, name: str) -> Paper:
    title = fold_title(first)
    abstract = fold_abstract("\n\n".join(rest))
    year = int(date[:4]) if date else None
    return Paper(paper_key(title), title, abstract, year=year, date=date, source=name)


DAILY_PAPERS = Format(
    "daily-papers", "a page of titles and abstracts, copied from a browser", (".txt",), _recognise, _read, keyed=False
)
