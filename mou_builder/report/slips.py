"""Find slips in words that people changed: blanks left open, doubled words, headings and sections without words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mou_builder.model import Agreement
from mou_builder.model.walk import texts
from mou_builder.record import heading_bookmark
from mou_builder.report.clauses import Found
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.report.sentences import new_sentences
from mou_builder.report.shapes import Finding

_BLANK = re.compile(
    r"\[ *(?:\]|(?:to be|tbd|insert|enter|fill in|add|name|date|amount|number|title|office|address|describe|choose|select"
    r"|specify|district|agency|school|state|county|city|party)\b[^\]]*\]|(?:\.{2,}|\u2026|_+|[xX]{2,}|\?+|[\u25cf\u2022\u25a0\u25a1])[^\]]*\])"
    r"|_{3,}|\?{3,}|<(?:insert|name|date|amount)\b[^>]*>|\u25cf"
    r"|\b(?:TBD|T\.B\.D\.|TBC|XX+)(?![A-Z])"
    r"|\binsert (?:name|date|amount|title|address|number|here)\b",
)
_OWN_BLANK = re.compile(r"\[to be decided: [^\]]*\]")
_DOUBLED = re.compile(r"\b([A-Za-z][\w']*) +\1\b", re.IGNORECASE)
_MAY_DOUBLE = {"that", "had", "is"}


def blanks_in_answers(agreement: Agreement) -> Iterator[Finding]:
    """Yield answers that hold a placeholder in place of words."""
    for path, text in texts(agreement):
        found = _BLANK.search(text)
        if found:
            yield _blank(found.group(), text, path)


def blanks_in(before: Sequence[str], after: Sequence[str], where: str, *, final: bool) -> Iterator[Finding]:
    """Yield placeholders in words that were changed or put in; a draft's own blanks are listed as undecided."""
    for said in new_sentences(before, after):
        found = _BLANK.search(said if final else _OWN_BLANK.sub("", said))
        if found:
            yield _blank(found.group(), said, where)


def _blank(what: str, said: str, where: str) -> Finding:
    said = said if len(said) <= 200 else f"{said[:200]}..."
    return Finding("E-BLANK-LEFT", "error", f"A blank is left, \u201c{what}\u201d: \u201c{said}\u201d", where)


def doubled(before: Sequence[str], after: Sequence[str], where: str) -> Iterator[Finding]:
    """Yield words that stand twice in a row in what was changed or put in."""
    known = {found.group().casefold() for line in before for found in _DOUBLED.finditer(normalized(line))}
    for said in new_sentences(before, after):
        for found in _DOUBLED.finditer(said):
            # A place may bear a doubled name; a doubled "that" can be right.
            name = found.group()[0].isupper() and found.group().split()[1][0].isupper()
            if not name and found.group(1).casefold() not in _MAY_DOUBLE and found.group().casefold() not in known:
                yield Finding("W-DOUBLED-WORD", "warning", f"A word stands twice: \u201c{said}\u201d", where)


def emptied(paragraphs: Sequence[Read], found: Sequence[Found]) -> Iterator[Finding]:
    """Yield headings that have lost their words, and sections of which only the heading is left."""
    titles: Mapping[str, str] = {heading_bookmark(one.used.slot): one.used.heading for one in found}
    for read in paragraphs:
        if read.in_contents or read.in_table or read.text().strip():
            continue
        gone = next((titles[name] for name in read.bookmarks if name in titles), "")
        if (gone and read.number) or re.fullmatch(r"Article \d+|\d+\.\d+", read.number):
            was = f"; it was \u201c{gone}\u201d" if gone else ""
            yield Finding(
                "E-SECTION-EMPTY", "error", f"The heading {read.number} has no words any more{was}.", read.number
            )
    for one in found:
        if one.state == "altered" and normalized(" ".join(one.after)) == normalized(one.used.heading):
            what = f"Of {one.used.heading} (Section {one.section}) only the heading is left."
            yield Finding("E-SECTION-EMPTY", "error", what, one.section)
