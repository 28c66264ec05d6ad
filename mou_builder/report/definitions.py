"""Definitions and exhibits after an edit: a term that nothing defines any more, or defines twice; an exhibit that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mou_builder.model import Agreement
from mou_builder.model.walk import texts
from mou_builder.record import Record
from mou_builder.report.clauses import Found
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.report.sentences import new_sentences
from mou_builder.report.shapes import Finding

_DEFINES = re.compile(r'^"(?P<term>[^"]{2,60})"(?: or "[^"]{2,60}")? (?:means|has the meaning|refers to|includes|is)\b')
_EXHIBIT = re.compile(
    r"\b(?P<name>(?P<kind>Exhibit|Schedule|Annex|Attachment) (?P<sign>[A-Z]{1,2}|\d{1,2}(?!\d|\.\d)))\b"
    r"(?! (?:of|to|in) (?!this Agreement))"
)


def undefined(
    record: Record, found: Sequence[Found], paragraphs: Sequence[Read], frame_terms: Sequence[str]
) -> Iterator[Finding]:
    """Yield defined terms whose definition is gone or stands twice in different words, each with a place that uses it."""
    lines = [(read, normalized(read.text())) for read in paragraphs if not read.in_contents]
    quoted = {one.casefold() for _, line in lines for one in re.findall(r'"([^"]{2,60})"', line)}
    lost = [term for one in found if one.state != "unaltered" for term in one.used.terms]
    framed = " ".join(record.frame)
    lost += [term for term in frame_terms if f'"{term}"' in framed]
    for term in dict.fromkeys(lost):
        if term.casefold() in quoted:
            continue
        use = re.compile(rf"\b{re.escape(normalized(term))}(?:s|es|'s)?\b")
        where = next((read for read, line in lines if use.search(line)), None)
        if where is not None:
            said = " ".join(where.text().split()[:12])
            what = f"\u201c{term}\u201d is used, but nothing defines it any more: \u201c{said} ...\u201d"
            yield Finding("E-TERM-UNDEFINED", "error", what, term)
    yield from _twice(record, [line for _, line in lines], frame_terms)


def _twice(record: Record, lines: Sequence[str], frame_terms: Sequence[str]) -> Iterator[Finding]:
    terms = {*frame_terms, *(normalized(term) for used in record.clauses for term in used.terms)}
    defined: dict[str, str] = {}
    for line in lines:
        match = _DEFINES.match(line)
        if match is None or match["term"] not in terms:
            continue
        first = defined.setdefault(match["term"], line)
        if first != line:
            what = f"\u201c{match['term']}\u201d is defined twice in different words: \u201c{first}\u201d and \u201c{line}\u201d"
            yield Finding("E-TERM-TWICE", "error", what, match["term"])


def missing_exhibits(agreement: Agreement, schedules: Sequence[str]) -> Iterator[Finding]:
    """Yield answers that name an exhibit or schedule which the agreement does not have; `schedules` are those it has."""
    for path, text in texts(agreement):
        for name in _named(text):
            if name not in schedules:
                yield _missing(name, path)


def exhibits_added(before: Sequence[str], after: Sequence[str], there: Sequence[str], where: str) -> Iterator[Finding]:
    """Yield exhibits and schedules that changed words name, but which the file does not hold."""
    for said in new_sentences(before, after):
        for name in _named(said):
            if name not in there:
                yield _missing(name, where)


def exhibits_in(paragraphs: Sequence[Read]) -> list[str]:
    """Return the exhibits and schedules of the file, as their headings name them: ``Schedule A``."""
    headings = (
        f"{read.number} {read.text()}".strip() for read in paragraphs if not read.in_contents and len(read.text()) < 120
    )
    return [found["name"].title() for found in map(_EXHIBIT.match, headings) if found]


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(found["name"] for found in _EXHIBIT.finditer(normalized(text))))


def _missing(name: str, where: str) -> Finding:
    return Finding("E-NO-EXHIBIT", "error", f"{name} is named, but there is none.", where)
