"""Whole-document checks: what no single answer shows, each with a code of its own (docs/findings.md)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mou_builder.library import Library
from mou_builder.library.outline import letter
from mou_builder.model import Agreement, Undecided
from mou_builder.model.conditions import lookup
from mou_builder.record import Link, Record
from mou_builder.report.dates import date_findings
from mou_builder.report.definitions import missing_exhibits
from mou_builder.report.discipline import recorded_tasks
from mou_builder.report.names import misspelt_in_answers, name_clashes
from mou_builder.report.shapes import Finding
from mou_builder.report.slips import blanks_in_answers
from mou_builder.wording import counted


def consistency_findings(agreement: Agreement, record: Record, library: Library) -> tuple[Finding, ...]:
    """Return what counsel should mend or look at in the answers taken together, and in the words made of them."""
    schedules = [f"Schedule {letter(place)}" for place in range(1, len(record.schedules) + 1)]
    return (
        *_signing(agreement),
        *date_findings(agreement, record),
        *_people(agreement),
        *_ages(agreement),
        *_records(agreement),
        *_terms(record),
        *name_clashes(agreement, record, library.outline.frame_terms),
        *misspelt_in_answers(agreement),
        *blanks_in_answers(agreement),
        *missing_exhibits(agreement, schedules),
        *recorded_tasks(record),
        *_dead_references(record),
    )


def _dead_references(record: Record) -> Iterator[Finding]:
    """Yield sections that refer to one which the parties left out, or which words of their own name in vain."""
    titles = {one.slot: f"\u201c{one.heading}\u201d, which the parties left out" for one in record.left_out}
    numbers = record.numbers
    if not any(one.section for one in record.clauses):
        return  # the file was built by a version that did not keep the numbers
    for used in record.clauses:
        gone = dict.fromkeys(one.to for line in used.words for one in line if isinstance(one, Link))
        for slot in gone:
            if slot not in numbers:
                where = f"Section {used.section}" if used.section[:1].isdigit() else used.section
                what = f"{where}, {used.heading}, refers to {titles.get(slot, f'{slot}, which this agreement does not have')}."
                yield Finding("E-DEAD-REFERENCE", "error", what, used.section)


def _answer(agreement: Agreement, path: str) -> Any:
    """Return a decided answer, or None."""
    value = lookup(agreement, path)
    return None if isinstance(value, Undecided) else value


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


def _people(agreement: Agreement) -> Iterator[Finding]:
    program = agreement.program
    if program.mode == "responding":
        return  # nobody is assigned anywhere
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
            f"{counted(program.officer_count, 'position')} {'comes' if program.officer_count == 1 else 'come'} to "
            f"{counted(program.full_time_equivalents, 'full-time equivalent')}; "
            "the rest of those officers' time is not committed.",
            "program.officers",
        )
        if _answer(agreement, "cost.model") == "flat-per-officer":
            yield Finding(
                "W-COST-BASE",
                "warning",
                f"The flat amount is owed for {program.officer_count} whole positions, but {program.full_time_equivalents} "
                "full-time equivalents serve; check the amount.",
                "cost.per_officer",
            )


def _ages(agreement: Agreement) -> Iterator[Finding]:
    arrest, cuffs = _answer(agreement, "arrests.minimum_age"), _answer(agreement, "force.handcuff_minimum_age")
    if isinstance(arrest, int) and isinstance(cuffs, int) and arrest != cuffs:
        yield Finding(
            "W-AGES-DIFFER",
            "warning",
            f"A student may be arrested from age {arrest} but handcuffed from age {cuffs}; check that this is meant.",
            "force.handcuff_minimum_age",
        )
    tiers = getattr(agreement.interviews, "tiers", None)
    begins = [tier.from_age for tier in tiers if tier.from_age is not None] if isinstance(tiers, tuple) else []
    if begins and isinstance(arrest, int) and arrest not in begins:
        yield Finding(
            "W-AGES-DIFFER",
            "warning",
            f"A student may be arrested from age {arrest}, but the rules for questioning change at "
            f"{' and '.join(map(str, begins))}; check that this is meant.",
            "interviews.tiers",
        )


def _records(agreement: Agreement) -> Iterator[Finding]:
    """An officer in the threat-assessment team hears of records that only a school official may see."""
    status = _answer(agreement, "records.sro_status")
    if _answer(agreement, "crisis.threat_team") == "member" and status in ("neither", "law-enforcement-unit"):
        yield Finding(
            "W-RECORDS-STATUS",
            "warning",
            "An officer is a member of the threat-assessment team, but no school official for education records "
            f"(records.sro_status: {status}); the team could show the officer no such record.",
            "crisis.threat_team",
        )


def _terms(record: Record) -> Iterator[Finding]:
    """A term that two clauses define has two meanings."""
    defined: dict[str, str] = {}
    for used in record.clauses:
        for term in used.terms:
            if defined.setdefault(term, used.cite) != used.cite:
                what = f"{term!r} is defined in {defined[term]} and in {used.cite}."
                yield Finding("E-TERM-TWICE", "error", what, used.slot)
