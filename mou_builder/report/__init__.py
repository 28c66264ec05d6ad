"""Read a Word file back and say, requirement by requirement and clause by clause, what it holds.

The only reader of Word files. `predicted` says what the file should hold before it is written; `read_report` says
what it does hold. A build fails unless the two are equal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mou_builder.errors import Fault, RecordError
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import Record, UsedText, heading_bookmark, read_record, used_text
from mou_builder.report.added import added_blocks, added_texts
from mou_builder.report.clauses import Found, find_clauses, other_headings
from mou_builder.report.edits import edit_findings
from mou_builder.report.frame import frame_findings, outside
from mou_builder.report.judging import judge
from mou_builder.report.likeness import bare, number_of
from mou_builder.report.margins import margin_findings
from mou_builder.report.paragraphs import Link, Read, read_paragraphs
from mou_builder.report.shapes import Finding, Report
from mou_builder.report.wordfile import WordFile, open_word
from mou_builder.wording import Wording

__all__ = ["Examined", "Report", "examine", "predicted", "read_report", "record_in"]


def predicted(document: str, agreement: Agreement, record: Record, library: Library) -> Report:
    """Return the report that a faithful Word file of this record must give."""
    found = [Found(used, used.section, "unaltered") for used in record.clauses]
    return judge(document, agreement, record, found, library)


@dataclass(frozen=True)
class Examined:
    """A Word file held against the record of what was built: the report, and what it rests on."""

    record: Record
    agreement: Agreement
    found: tuple[Found, ...]
    added: tuple[tuple[Read, ...], ...]
    """Each stretch of paragraphs that the parties put in."""
    report: Report


def read_report(data: bytes, document: str, library: Library, record: Record | None = None) -> Report:
    """Return the report on the Word file in `data`; as `examine`."""
    return examine(data, document, library, record).report


def examine(data: bytes, document: str, library: Library, record: Record | None = None) -> Examined:
    """Return what became of the agreement in the Word file `data`.

    The answers come from the record inside the file, or from `record` for a file that was written without one. Raises
    WordFileError if the file cannot be read and RecordError if there is no record.
    """
    file = open_word(data, document)
    record = _given(record, file)
    agreement = record.agreement(library.states, f"{document} (its record)")
    headings = frozenset(one.heading for one in record.clauses)
    accepted = read_paragraphs(file, "accepted", headings)
    expected, foreign = _expected(record, agreement, library)
    found = find_clauses(record, expected, accepted)
    around = outside(record, found, accepted)
    by_words = [one for one in found if one.found_by == "text"]
    findings = [*foreign, *_likened(by_words), *_references(accepted, found, record), *_added(around, record)]
    framed = [*frame_findings(record, file, around, typed=bool(by_words)), *margin_findings(record, file)]
    findings += framed
    findings += edit_findings(record, agreement, library, found, accepted, frame_changed=bool(framed))
    if any(read.tracked for read in accepted):
        rejected = find_clauses(record, expected, read_paragraphs(file, "rejected", headings))
        findings += _pending(accepted, found, rejected)
    added = added_blocks(record, found, around)
    report = judge(document, agreement, record, found, library, findings, added_texts(added, found))
    return Examined(record, agreement, tuple(found), added, report)


def _given(record: Record | None, file: WordFile) -> Record:
    """Return the record inside the file, or the one given for a file without any."""
    if record is None:
        return _record(file)
    if file.record is not None and _own_record(file) not in (None, record):
        what = "the record given is not the one inside the file."
        raise RecordError(Fault(file.name, what, "Leave out --record, or give its own record."))
    return record


def record_in(data: bytes, name: str) -> Record:
    """Return the record that the Word file in `data` carries; raise RecordError if there is none."""
    return _record(open_word(data, name))


def _record(file: WordFile) -> Record:
    if file.record is None:
        raise RecordError(
            Fault(
                file.name,
                "the file carries no record of its answers.",
                "It was not built by this tool, or with --no-record; give its .record.yaml with --record.",
            )
        )
    try:
        return read_record(file.record, f"{file.name} (its record)")
    except RecordError as error:
        mend = "The record inside the file is damaged; give its .record.yaml with --record."
        raise RecordError(*(Fault(one.where, one.what, mend) for one in error.faults)) from None


def _own_record(file: WordFile) -> Record | None:
    """Return the record inside the file, or None where it is damaged: then the one that was given counts."""
    try:
        return _record(file)
    except RecordError:
        return None


def _expected(record: Record, agreement: Agreement, library: Library) -> tuple[list[UsedText], list[Finding]]:
    """Return each clause's words made anew from the library where it holds the very text, else as recorded."""
    wording = Wording(agreement, library.states)
    expected: list[UsedText] = []
    foreign: list[Finding] = []
    for used in record.clauses:
        clause = library.clause(used.id, used.version)
        if clause is not None and clause.digest == used.sha256:
            expected.append(used_text(clause, wording, used.section))
        elif used.kept:
            expected.append(used)
        else:
            expected.append(used)
            foreign.append(
                Finding(
                    "W-OTHER-TEXT",
                    "warning",
                    f"{used.cite} is not in this library with these words; it is judged as the file's own "
                    "record states it.",
                    used.slot,
                )
            )
    return expected, foreign


def _likened(by_words: list[Found]) -> Iterator[Finding]:
    """Yield that clauses were found by their words alone, and how sure that is."""
    if by_words:
        least = min(by_words, key=lambda one: one.confidence or 0)
        what = "One section has" if len(by_words) == 1 else f"{len(by_words)} sections have"
        what += " lost the marks by which this tool finds them again, and so were found by the likeness of the words"
        sure = f"least alike: {least.section or least.used.heading}, {least.confidence or 0:.0%}"
        yield Finding("W-FOUND-BY-WORDS", "warning", f"{what} ({sure}). Look whether each is the right one.", "")


def _references(paragraphs: list[Read], found: list[Found], record: Record) -> Iterator[Finding]:
    """Yield references that show an old number or lead to a section that is gone, each once with how often.

    Word updates the numbers in cross-references only when asked, so a moved section leaves old numbers standing.
    """
    live = {heading_bookmark(one.used.slot): one for one in found}
    headed = other_headings(record, paragraphs)
    gone = {heading_bookmark(f"schedules.{id}") for id in record.schedules if not headed[f"schedules.{id}"]}
    lost: Counter[str] = Counter()
    stale: Counter[tuple[str, str, str]] = Counter()
    for read in paragraphs:
        for piece in read.pieces:
            if isinstance(piece, Link) and piece.bookmark in live and not read.in_table:
                target = live[piece.bookmark]
                if piece.shown != target.section:
                    stale[piece.shown, target.section, target.used.heading] += 1
            elif isinstance(piece, Link) and piece.bookmark in gone and not read.in_contents:
                lost[piece.shown] += 1
    for shown, times in lost.items():
        where = "one cross-reference shows" if times == 1 else f"{times} cross-references show"
        yield Finding("E-DEAD-REFERENCE", "error", f"{where} {shown}, which is no longer in the file.", shown)
    for (shown, now, heading), times in stale.items():
        where = "one cross-reference shows" if times == 1 else f"{times} cross-references show"
        if now:
            what = f"{where} {shown}, but the section meant is now {now}; in Word, select all and press F9."
            yield Finding("W-STALE-REFERENCE", "warning", what, heading)
        else:
            what = f"{where} {shown}, {heading}, which is no longer in the file."
            yield Finding("E-DEAD-REFERENCE", "error", what, heading)


def _added(around: list[Read], record: Record) -> Iterator[Finding]:
    """Yield numbered sections that are none of the agreement's own: a new section can undo one that stands unaltered."""
    gaps = {heading_bookmark(gap.slot) for gap in record.gaps}
    titles = {bare(gap.title) for gap in record.gaps}
    for read in around:
        number = number_of(read)
        if re.fullmatch(r"\d+\.\d+", number) and not read.bookmarks & gaps and bare(read.text()) not in titles:
            what = (
                f"Section {number}, {' '.join(read.text().split())}, was added by the parties. This report cannot say what "
                "it does to the other sections; counsel must judge."
            )
            yield Finding("E-ADDED-SECTION", "error", what, number)


def _pending(accepted: list[Read], found: list[Found], rejected: list[Found]) -> Iterator[Finding]:
    by_slot = {one.used.slot: one for one in rejected}
    touched = 0
    for one in found:
        changes = sum(read.tracked for read in one.reads)
        other = by_slot[one.used.slot]
        if changes or one.state != other.state:
            touched += changes
            yield Finding(
                "W-PENDING-CHANGES",
                "warning",
                f"{one.used.heading}: tracked changes are pending. If all are accepted the clause is "
                f"{one.state}; if all are rejected it is {other.state}.",
                one.section or other.section,
            )
    outside = sum(read.tracked for read in accepted) - touched
    if outside > 0:
        yield Finding("W-PENDING-CHANGES", "warning", "Tracked changes are pending outside the clauses.", "")
