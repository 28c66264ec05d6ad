"""Money and time that do not add up: parts that miss their whole, years without an amount, days after the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mou_builder.marked import Path
from mou_builder.model.consistency import Contradiction, listed, once
from mou_builder.model.cost import Cost
from mou_builder.model.parties import Parties
from mou_builder.model.parts import Undecided, exact
from mou_builder.model.program import Program
from mou_builder.model.term import Risk, Term, days_in_year, program_years


def in_cost(cost: Cost, program: Program, parties: Parties) -> Iterator[Contradiction]:
    """Yield shares that miss their whole, payers that are no parties, and a deduction that nobody can make."""
    yield from _whole(cost.shares, ("cost", "shares"), "percent", 100, "percentages")
    yield from _whole(cost.months, ("cost", "months"), "months", 12, "months")
    for name in ("shares", "months", "enrollment"):
        entries = _decided(getattr(cost, name))
        yield from once(("cost", name), "party", [one.party for one in entries])
        for number, one in enumerate(entries):
            yield from listed(("cost", name, number, "party"), one.party, parties)
    payers = _decided(cost.payers)
    yield from once(("cost", "payers"), "", payers)
    for number, payer in enumerate(payers):
        yield from listed(("cost", "payers", number), payer, parties)
    if str(program.absence_cover) == "deduct" and cost.model in ("none", "hourly-cap"):
        what = "nobody is billed for the day" if cost.model == "none" else "hours that nobody serves are not billed"
        yield Contradiction(
            ("program", "absence_cover"),
            f"an absence is to be deducted from what is owed, but {what} where cost.model is {cost.model}.",
            "Choose another absence_cover, or another cost.model.",
        )


def in_grant(cost: Cost, parties: Parties, effective: object) -> Iterator[Contradiction]:
    """Yield a day for the signed agreement before the award, and a start or approvals that come too late for that day."""
    awarded, due = cost.grant_awarded, cost.grant_agreement_due
    if not isinstance(due, date):
        return
    if isinstance(awarded, date) and due <= awarded:
        what = f"the signed agreement is due on {due}, not after the award of {awarded}."
        yield Contradiction(("cost", "grant_agreement_due"), what, "Correct one of the two dates.")
    if isinstance(effective, date) and effective > due:
        what = f"the grant asks for the signed agreement by {due}, but nobody owes a duty under it before {effective}."
        yield Contradiction(
            ("cost", "grant_agreement_due"), what, "Move the effective date forward, or correct this one."
        )
    for group in ("districts", "agencies", "municipalities"):
        for number, party in enumerate(getattr(parties, group)):
            if isinstance(party.approved_on, date) and party.approved_on > due:
                yield Contradiction(
                    ("parties", group, number, "approved_on"),
                    f"{party.short_name} approves on {party.approved_on}, but the grant asks for the signed agreement by "
                    f"{due} (cost.grant_agreement_due).",
                    "Move the vote forward, or correct the date.",
                )


def _whole(entries: Any, path: Path, name: str, whole: int, what: str) -> Iterator[Contradiction]:
    """Yield the parts of a decided list if they do not come to the whole."""
    parts = [getattr(one, name) for one in _decided(entries)]
    total = sum(parts, Decimal(0))
    if parts and total != whole:
        shown = " + ".join(str(part) for part in parts)
        yield Contradiction(path, f"the {what} come to {total}, not {whole} ({shown}).", "Change one of them.")


def in_years(cost: Cost, term: Term, effective: object) -> Iterator[Contradiction]:
    """Yield program years without an amount, amounts for no program year, and instalments after the end."""
    days = cost.instalment_days if isinstance(cost.instalment_days, tuple) else ()
    yield from _days_once(days)
    for name in ("year_amounts", "year_percents"):
        numbers = [one.year for one in _decided(getattr(cost, name))]
        if numbers != list(range(1, len(numbers) + 1)):
            what = f"the program years are numbered {', '.join(map(str, numbers))}, not 1, 2, 3 and so on."
            yield Contradiction(("cost", name), what, "Give each program year one entry, in order.")
    if not (isinstance(effective, date) and isinstance(term.ends, date) and term.ends > effective):
        return
    years = program_years(effective, term.ends)
    goes_on = term.renewal in ("option", "automatic")
    for name in ("year_amounts", "year_percents"):
        given = len(_decided(getattr(cost, name)))
        if given and (given < years or (given > years and not goes_on)):
            what = f"{given} program years are listed, but the term from {effective} to {term.ends} has {years}."
            yield Contradiction(("cost", name), what, "List every program year of the term, or correct the dates.")
    if isinstance(cost.escalator_percent, Decimal) and years == 1 and not goes_on:
        what = (
            f"the amount is to rise by {exact(cost.escalator_percent)} percent in later years, but the term has none."
        )
        yield Contradiction(("cost", "escalator_percent"), what, "Delete this line, or lengthen the term.")
    for day in days_in_year(effective, days):
        if day > term.ends:
            what = f"an instalment would be due on {day}, after the last day of the term, {term.ends}."
            yield Contradiction(("cost", "instalment_days"), what, "Choose days within the term.")


def _days_once(days: Sequence[str]) -> Iterator[Contradiction]:
    for number, day in enumerate(days):
        if days.index(day) != number:
            path: Path = ("cost", "instalment_days", number)
            yield Contradiction(path, f"the day {day} is listed twice.", "Give each instalment a day of its own.")


def in_term(term: Term, effective: object) -> Iterator[Contradiction]:
    """Yield a term that ends before it begins, and a renewal that would be decided before the start."""
    if not (isinstance(effective, date) and isinstance(term.ends, date)):
        return
    if term.ends <= effective:
        yield Contradiction(
            ("term", "ends"),
            f"the term ends on {term.ends}, not after the effective date {effective}.",
            "Correct one of the two dates.",
        )
    elif isinstance(term.renewal_notice_days, int):
        due = term.ends - timedelta(days=term.renewal_notice_days)
        if due <= effective:
            yield Contradiction(
                ("term", "renewal_notice_days"),
                f"the parties would decide on renewal by {due}, before the agreement begins on {effective}.",
                "Lower the number of days, or lengthen the term.",
            )


def in_risk(risk: Risk, parties: Parties) -> Iterator[Contradiction]:
    """Yield insured parties that are no parties."""
    for number, coverage in enumerate(_decided(risk.insurance)):
        yield from listed(("risk", "insurance", number, "party"), coverage.party, parties)
    yield from once(("risk", "additional_insured"), "", risk.additional_insured)
    for number, name in enumerate(risk.additional_insured):
        yield from listed(("risk", "additional_insured", number), name, parties)


def _decided(entries: Any) -> Sequence[Any]:
    return () if isinstance(entries, Undecided) else entries
