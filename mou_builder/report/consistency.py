"""Whole-document checks: what no single answer shows, each with a code of its own (docs/findings.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mou_builder.model import Agreement, Undecided
from mou_builder.record import Record
from mou_builder.report.shapes import Finding


def consistency_findings(agreement: Agreement, record: Record) -> tuple[Finding, ...]:
    """Return what counsel should mend or look at in the answers taken together."""
    return (*_signing(agreement), *_time(agreement, record), *_people(agreement), *_ages(agreement), *_terms(record))


def _signing(agreement: Agreement) -> Iterator[Finding]:
    groups = {
        "districts": agreement.parties.districts,
        "agencies": agreement.parties.agencies,
        "municipalities": agreement.parties.municipalities,
    }
    for group, parties in groups.items():
        for number, party in enumerate(parties):
            if not party.signatories:
                yield Finding(
                    "E-NO-SIGNATORY",
                    "error",
                    f"Nobody is named to sign for {party.legal_name}.",
                    f"parties.{group}[{number}].signatories",
                )


def _time(agreement: Agreement, record: Record) -> Iterator[Finding]:
    starts, ends = agreement.document.effective_date, agreement.term.ends
    if not isinstance(starts, date):
        return
    if starts < record.as_of:
        yield Finding(
            "W-RETROACTIVE",
            "warning",
            f"The effective date {starts} lies before {record.as_of}; say in the resolution that this is meant.",
            "document.effective_date",
        )
    if isinstance(agreement.document.prior.signed_on, date) and agreement.document.prior.signed_on >= starts:
        yield Finding(
            "E-PRIOR-LATER",
            "error",
            "The earlier agreement is dated on or after this one's effective date.",
            "document.prior.signed_on",
        )
    if not isinstance(ends, date):
        return
    # A term from August 1 to July 31 is twelve months.
    after = min(ends, date.max - timedelta(days=1)) + timedelta(days=1)
    months = (after.year - starts.year) * 12 + after.month - starts.month - (after.day < starts.day)
    between = agreement.review.months
    if isinstance(between, int) and between > months:
        yield Finding(
            "W-REVIEW-AFTER-TERM",
            "warning",
            f"A review every {between} months falls after a term of {months} months; no review would happen.",
            "review.months",
        )


def _people(agreement: Agreement) -> Iterator[Finding]:
    program = agreement.program
    if not program.officers or not program.sites:
        yield Finding(
            "E-NO-ROSTER", "error", "No school or no officer is listed, so the program has no footprint.", "program"
        )
        return
    served = {assignment.site for officer in program.officers for assignment in officer.assignments}
    for site in program.sites:
        if site.name not in served:
            yield Finding("W-SITE-UNSERVED", "warning", f"No officer is assigned to {site.name}.", "program.sites")
    if program.full_time_equivalents < Decimal(program.officer_count):
        yield Finding(
            "W-PART-TIME",
            "warning",
            f"{program.officer_count} positions come to {program.full_time_equivalents} full-time equivalents; "
            "the rest of those officers' time is not committed.",
            "program.officers",
        )


def _ages(agreement: Agreement) -> Iterator[Finding]:
    arrest, cuffs = agreement.arrests.minimum_age, agreement.force.handcuff_minimum_age
    if not isinstance(arrest, Undecided) and not isinstance(cuffs, Undecided) and arrest != cuffs:
        yield Finding(
            "W-AGES-DIFFER",
            "warning",
            f"A student may be arrested from age {arrest} but handcuffed from age {cuffs}; check that this is meant.",
            "force.handcuff_minimum_age",
        )


def _terms(record: Record) -> Iterator[Finding]:
    """A term that two clauses define has two meanings."""
    defined: dict[str, str] = {}
    for used in record.clauses:
        for term in used.terms:
            if defined.setdefault(term, used.cite) != used.cite:
                what = f"{term!r} is defined in {defined[term]} and in {used.cite}."
                yield Finding("E-TERM-TWICE", "error", what, used.slot)
