"""The amounts of the cost schedule: what a model of cost comes to, and the instalments, to the penny."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mou_builder.model import Agreement, Undecided
from mou_builder.model.cost import FIXED, Cost
from mou_builder.model.money import divided, raised
from mou_builder.model.parts import exact
from mou_builder.model.term import anniversary, days_in_year, program_years
from mou_builder.wording import counted


class CostLine(NamedTuple):
    """One line of the schedule; `path` is the answer on which the amount hangs, shown as that answer is."""

    item: str
    amount: Decimal | Undecided
    path: str

    @property
    def question(self) -> str:
        """The question that is open where the amount is."""
        return _title(self.path.rpartition(".")[2])


class Instalment(NamedTuple):
    """One payment; `number` counts the payments of one program year."""

    year: int
    number: int
    due: date
    payer: str
    amount: Decimal


def cost_lines(agreement: Agreement) -> list[CostLine]:
    """Return the lines of the cost schedule in order."""
    cost = agreement.cost
    if isinstance(cost.model, Undecided):
        return [CostLine(_title("model"), cost.model, "cost.model")]
    of_model = _LINES.get(cost.model)
    lines = list(of_model(agreement)) if of_model else []
    if cost.cap is not None:
        lines.append(CostLine("Most that is owed for one Program Year", cost.cap, "cost.cap"))
    return lines


def instalments(agreement: Agreement) -> list[Instalment]:
    """Return every instalment whose amount and day are known: of the first program year, and of each one that differs.

    The instalments of one payer and year come to that payer's part of the year's amount.
    """
    cost, starts = agreement.cost, agreement.document.effective_date
    if not isinstance(cost.instalment_days, tuple) or not isinstance(starts, date):
        return []
    if isinstance(cost.remainder_in, Undecided) or isinstance(cost.payers, Undecided):
        return []
    place = 0 if cost.remainder_in == "first" else -1
    count = len(cost.instalment_days)
    made: list[Instalment] = []
    for year, total in yearly_amounts(agreement).items():
        days = days_in_year(anniversary(starts, year - 1), cost.instalment_days)
        for payer, part in zip(cost.payers, divided(total, [1] * len(cost.payers)), strict=True):
            amounts = divided(part, [1] * count, remainder=place)
            made += [Instalment(year, n, day, payer, amounts[n - 1]) for n, day in enumerate(days, start=1)]
    return sorted(made, key=lambda one: (one.year, one.number))


def yearly_amounts(agreement: Agreement) -> dict[int, Decimal]:
    """Return the fixed amount by program year, one entry for all years if it stays the same; empty while it is open."""
    cost = agreement.cost
    if cost.model not in [*FIXED, "hourly-cap"]:
        return {}
    if cost.model == "phased-amounts":
        return {} if isinstance(cost.year_amounts, Undecided) else {one.year: one.amount for one in cost.year_amounts}
    per_unit, units = {
        "flat-per-officer": (cost.per_officer, agreement.program.officer_count),
        "lump-sum": (cost.amount, 1),
        "hourly-cap": (cost.hourly_rate, cost.hours_cap),
    }[cost.model]
    if isinstance(per_unit, Undecided) or isinstance(units, Undecided):
        return {}
    percent = cost.escalator_percent
    years = _years(agreement) if isinstance(percent, Decimal) else 1
    rises = [percent] if isinstance(percent, Decimal) else []
    return {year: raised(per_unit, rises * (year - 1)) * units for year in range(1, years + 1)}


def _years(agreement: Agreement) -> int:
    starts, ends = agreement.document.effective_date, agreement.term.ends
    return program_years(starts, ends) if isinstance(starts, date) and isinstance(ends, date) and starts < ends else 1


def _title(name: str) -> str:
    return str(Cost.model_fields[name].title)


def _parts(total: Decimal, payers: Sequence[str], path: str) -> Iterator[CostLine]:
    """Yield each payer's equal part."""
    for payer, part in zip(payers, divided(total, [1] * len(payers)), strict=True):
        yield CostLine(f"Part of {payer}", part, path)


def _estimated(agreement: Agreement, names: Sequence[str], weights: Sequence[int | Decimal]) -> Iterator[CostLine]:
    """Yield the estimate of the first program year and each entry's part of it."""
    total, path = agreement.cost.annual_estimate, "cost.annual_estimate"
    yield CostLine("Estimated Program Cost of the first Program Year", total, path)
    if isinstance(total, Decimal):
        yield from (CostLine(n, part, path) for n, part in zip(names, divided(total, weights), strict=True))


def _percentage(agreement: Agreement) -> Iterator[CostLine]:
    shares = agreement.cost.shares
    entries = () if isinstance(shares, Undecided) else shares
    names = [f"{one.party}: {exact(one.percent)} percent" for one in entries]
    return _estimated(agreement, names, [one.percent for one in entries])


def _months(agreement: Agreement) -> Iterator[CostLine]:
    months = agreement.cost.months
    entries = () if isinstance(months, Undecided) else months
    return _estimated(
        agreement, [f"{one.party}: {one.months} of 12" for one in entries], [one.months for one in entries]
    )


def _enrollment(agreement: Agreement) -> Iterator[CostLine]:
    enrollment = agreement.cost.enrollment
    entries = () if isinstance(enrollment, Undecided) else enrollment
    whole = sum(one.students for one in entries)
    names = [f"{one.party}: {one.students:,} of {whole:,} Students" for one in entries]
    return _estimated(agreement, names, [one.students for one in entries])


def _actual(agreement: Agreement) -> Iterator[CostLine]:
    payers = () if isinstance(agreement.cost.payers, Undecided) else agreement.cost.payers
    return _estimated(agreement, [f"Part of {payer}" for payer in payers], [1] * len(payers))


def _match(agreement: Agreement) -> Iterator[CostLine]:
    cost = agreement.cost
    yield CostLine("Money expected from the grant in the first Program Year", cost.match_amount, "cost.match_amount")
    yield from _actual(agreement)


def _phased_percentages(agreement: Agreement) -> Iterator[CostLine]:
    cost, path = agreement.cost, "cost.annual_estimate"
    yield CostLine("Estimated Program Cost of the first Program Year", cost.annual_estimate, path)
    if isinstance(cost.year_percents, Undecided) or not isinstance(cost.annual_estimate, Decimal):
        return
    first = cost.year_percents[0].percent
    owed, rest = divided(cost.annual_estimate, [first, 100 - first])
    yield CostLine(f"Paying Parties together in Program Year 1: {exact(first)} percent", owed, path)
    yield from _parts(owed, () if isinstance(cost.payers, Undecided) else cost.payers, path)
    yield CostLine("The Agency bears the rest", rest, path)


def _fixed(agreement: Agreement) -> Iterator[CostLine]:
    """Yield the amount of each program year and each payer's part of it."""
    cost = agreement.cost
    name = {"flat-per-officer": "per_officer", "lump-sum": "amount", "hourly-cap": "hourly_rate"}.get(
        str(cost.model), "year_amounts"
    )
    path, answer = f"cost.{name}", getattr(cost, name)
    totals = yearly_amounts(agreement)
    if name == "per_officer" and totals:
        yield CostLine("For each position and Program Year", answer, path)
    if name == "hourly_rate" and totals:
        yield CostLine("For each hour", answer, path)
    if not totals:
        open_name = "hours_cap" if isinstance(cost.hours_cap, Undecided) and isinstance(answer, Decimal) else name
        yield CostLine(_title(open_name), getattr(cost, open_name), f"cost.{open_name}")
    whole = {
        "per_officer": f"All positions ({agreement.program.officer_count})",
        "hourly_rate": f"At most, for {counted(cost.hours_cap, 'hour')}" if isinstance(cost.hours_cap, int) else "",
    }.get(name, "Amount")
    for year, total in totals.items():
        yield CostLine(
            f"{whole}, Program Year {year}" if len(totals) > 1 else f"{whole}, each Program Year", total, path
        )
        payers = () if isinstance(cost.payers, Undecided) else cost.payers
        if len(payers) > 1 or len(totals) == 1:
            yield from _parts(total, payers, path)


_LINES: dict[str, Callable[[Agreement], Iterator[CostLine]]] = {
    "percentage": _percentage,
    "months-split": _months,
    "enrollment-formula": _enrollment,
    "actual-cost": _actual,
    "grant-match": _match,
    "phased-percentages": _phased_percentages,
    "flat-per-officer": _fixed,
    "lump-sum": _fixed,
    "hourly-cap": _fixed,
    "phased-amounts": _fixed,
}
