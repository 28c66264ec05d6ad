"""Keep of one agreement what the matrix shows: its facts, and for each requirement its status."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mou_builder.model import Agreement, Undecided
from mou_builder.record import MadeWith
from mou_builder.report import Examined
from mou_builder.report.shapes import RequirementRow, Status
from mou_builder.review.paper import Paper, Reading, StillOpen
from mou_builder.review.review_days import REVIEW_DAYS

UNDECIDED: Literal["undecided"] = "undecided"
"""Stands for a day on which the parties have not decided yet."""

Day = date | Literal["undecided"] | None

BREACHES = frozenset({"E-LOCKED", "E-ADD-ONLY"})
"""Codes of the findings that a change breaks what a publisher allows for a clause."""


@dataclass(frozen=True)
class Cell:
    """What became of one requirement in one agreement."""

    status: Status
    practice: Literal["attested", "not attested"] | None = None
    sections: str = ""
    """Numbers of the sections that it rests on: ``4.1, 5.2``."""
    note: str = ""


@dataclass(frozen=True)
class AgreementRow:
    """One agreement: facts to know it by, counts, and a cell for each requirement that was asked of it."""

    file: str
    """Its path inside the folder, with ``/``."""
    title: str
    parties: str
    districts: tuple[str, ...]
    agencies: tuple[str, ...]
    agency_kinds: tuple[str, ...]
    state: str
    as_of: date
    final: bool
    starts: Day
    ends: Day
    review: Day
    """Last day of the next review's time, as of `as_of`; None if none falls within the term."""
    met: int
    of: int
    altered: int
    """Clauses whose words were changed in the file."""
    missing: int
    """Clauses that are no longer in the file."""
    kept: int
    """Sections in which the parties knowingly keep words of their own."""
    added: int
    """Passages that the parties put between the sections."""
    breaches: int
    """Changes that a pack's publisher does not allow."""
    open: int
    """Answers that are undecided or still to be confirmed."""
    errors: int
    warnings: int
    cells: Mapping[str, Cell]
    """By requirement. What is not here was not asked of this agreement."""
    identity: str
    """The same for two versions of one agreement: parties, title and effective date."""
    digest: str
    """SHA-256 of the file, for evidence."""
    packs: tuple[MadeWith, ...] = ()
    """The packs that it was made with."""

    @property
    def findings(self) -> int:
        """How many findings there are, of either level."""
        return self.errors + self.warnings

    @property
    def counts(self) -> Counter[Status]:
        """How many requirements have each status."""
        return Counter(cell.status for cell in self.cells.values())


def row_of(examined: Examined, file: str, digest: str) -> AgreementRow:
    """Return the row of an agreement that was read from `file`, whose bytes have the SHA-256 `digest`."""
    agreement, report = examined.agreement, examined.report
    states = Counter(clause.state for clause in report.clauses)
    levels = Counter(finding.level for finding in report.findings)
    paper = Paper(file, agreement, examined.record)
    return AgreementRow(
        file=file,
        title=agreement.document.name,
        parties=paper.label,
        districts=tuple(one.legal_name for one in agreement.parties.districts),
        agencies=tuple(one.legal_name for one in agreement.parties.agencies),
        agency_kinds=tuple(sorted({one.kind for one in agreement.parties.agencies})),
        state=agreement.document.state,
        as_of=report.as_of,
        final=examined.record.final,
        starts=_day(agreement.document.effective_date),
        ends=_day(agreement.term.ends),
        review=_review(Reading(paper, report.as_of)),
        met=sum(rubric.met for rubric in report.rubrics),
        of=sum(rubric.of for rubric in report.rubrics),
        altered=states["altered"],
        missing=states["missing"],
        kept=len(report.kept),
        added=len(report.added),
        breaches=sum(finding.code in BREACHES for finding in report.findings),
        open=len(report.undecided) + len(report.confirm),
        errors=levels["error"],
        warnings=levels["warning"],
        cells={row.id: _cell(row) for row in report.requirements},
        identity=_identity(agreement),
        digest=digest,
        packs=examined.record.packs,
    )


def _cell(row: RequirementRow) -> Cell:
    sections = dict.fromkeys(clause.section for clause in row.clauses if clause.section)
    return Cell(row.status, row.practice, ", ".join(sections), row.note)


def _day(answer: object) -> Day:
    if isinstance(answer, Undecided):
        return UNDECIDED
    return answer if isinstance(answer, date) else None


def _review(reading: Reading) -> Day:
    """Return by when the next review starts, as of the agreement's own day."""
    source = next(one for one in REVIEW_DAYS if one.kind == "review-start")
    try:
        days = [due.day for due in source.of(reading) if due.day and due.day >= reading.as_of]
    except StillOpen:
        return UNDECIDED
    except OverflowError:
        return None  # the next day would lie past the end of the calendar
    return min(days, default=None)


def _identity(agreement: Agreement) -> str:
    parties = sorted(one.legal_name.casefold() for one in (*agreement.parties.districts, *agreement.parties.agencies))
    told = (*parties, agreement.document.name.casefold(), str(_day(agreement.document.effective_date)))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
