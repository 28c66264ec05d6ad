"""Write the memo that tells a superintendent and a board what became of their agreement."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder import __version__
from mou_builder.document.context import subject_of
from mou_builder.document.memo import Memo, Paragraph, Text, Words, words
from mou_builder.library import Library
from mou_builder.model import Agreement, Undecided
from mou_builder.report.shapes import Report
from mou_builder.review import board_clauses, board_findings, board_requirements
from mou_builder.review.offices import readers
from mou_builder.wording import counted, in_date, in_number, joined

_MOST_NAMES = 4


def board_memo(report: Report, agreement: Agreement, library: Library) -> Memo:
    """Return what a board should know of an agreement that people have edited or signed: the result, then what to decide.

    An agreement that nobody changed gives one page.
    """
    changed = _changed(report)
    sections = [
        *board_clauses.decisions(report, agreement, library),
        *board_clauses.added(report, agreement),
        *board_clauses.others(report),
        *board_findings.around(report),
        *board_clauses.moved(report),
        *board_findings.pending(report),
        *board_findings.also(report),
        *board_findings.left_open(report),
        *board_clauses.likened(report),
        *board_clauses.kept(report),
        *board_requirements.unmet(report, library),
        board_requirements.summary(report, library),
        board_requirements.limits(report),
        *([board_requirements.annex(report, library)] if changed else []),
    ]
    return Memo(
        title="What Became of the Agreement",
        as_of=report.as_of,
        block=tuple(_block(report, agreement)),
        opening=tuple(_opening(report)),
        sections=tuple(sections),
        closing=words(
            f"Made from {report.document} by mou-builder {__version__}. A working paper for counsel and the board."
        ),
    )


def _changed(report: Report) -> bool:
    """Whether anything at all in the file is not as it was built."""
    return any(one.state != "unaltered" or one.moved_from for one in report.clauses) or bool(
        report.added or any(one.code in _EDITED for one in report.findings)
    )


_EDITED = {"W-PENDING-CHANGES", "E-FRAME-CHANGED", "E-ADDED-SECTION", "E-SECTION-EMPTY", "E-DEAD-REFERENCE"}


def _block(report: Report, agreement: Agreement) -> Iterator[tuple[str, Words]]:
    document = agreement.document
    names = [party.legal_name for party in agreement.parties.all]
    if len(names) > _MOST_NAMES:
        names = [*names[:3], f"{len(names) - 3} other parties"]
    number = f" No. {document.number}" if document.number and not isinstance(document.number, Undecided) else ""
    between = "between" if len(names) == 2 else "among"
    yield "To", words(readers(agreement))
    yield "Agreement", words(f"{document.name}{number}, {subject_of(agreement)}, {between} {joined(names)}")
    yield "File", words(report.document)
    yield "As of", words(f"{in_date(report.as_of)}, the day it was built for; the requirements of that day count")


def _opening(report: Report) -> Iterator[Paragraph]:
    yield Paragraph(words(Text(_verdict(report), "strong"), f" {_counts(report)}"))
    yield Paragraph(words(" ".join(board_requirements.standing(report))))


def _verdict(report: Report) -> str:
    decide = len(board_clauses.to_decide(report))
    if decide:
        return f"{counted(decide, 'clause').capitalize()} {'needs' if decide == 1 else 'need'} a decision."
    if not _changed(report):
        return "Nothing was changed."
    return "Something was changed, but every clause that carries a requirement stands."


def _counts(report: Report) -> str:
    """Return how the clauses fared, and what else was done to the file."""
    rows = report.clauses
    altered, missing = (sum(one.state == state for one in rows) for state in ("altered", "missing"))
    moved = sum(bool(one.moved_from) for one in rows)
    stand = len(rows) - altered - missing
    said = [f"All {counted(stand, 'clause')} stand word for word as they were built."]
    if altered or missing:
        fates = [f"{in_number(stand)} {'stands' if stand == 1 else 'stand'} word for word"]
        fates += [f"{in_number(altered)} {'was' if altered == 1 else 'were'} altered"] if altered else []
        fates += [f"{in_number(missing)} {'is' if missing == 1 else 'are'} missing"] if missing else []
        said = [f"Of {counted(len(rows), 'clause')}, {joined(fates)}."]
    if moved:
        said.append(f"{counted(moved, 'clause').capitalize()} {'was' if moved == 1 else 'were'} moved.")
    if report.added:
        said.append(f"The parties added {counted(len(report.added), 'passage')} of their own.")
    likened = sum(one.found_by == "text" for one in rows)
    if likened:
        which = "All clauses" if likened == len(rows) else counted(likened, "clause").capitalize()
        said.append(f"{which} {'was' if likened == 1 else 'were'} found only by the likeness of the words.")
    if board_findings.outside(report):
        said.append("Words outside the clauses were changed.")
    if any(one.code == "W-PENDING-CHANGES" for one in report.findings):
        said.append("Tracked changes are still pending.")
    still_open = len(report.undecided) + len(report.confirm)
    if still_open:
        said.append(f"{counted(still_open, 'answer').capitalize()} {'is' if still_open == 1 else 'are'} still open.")
    return " ".join(said)
