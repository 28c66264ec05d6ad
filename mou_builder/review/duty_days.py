"""What the answers give a day to: reports, training, surveys, audits, evidence of insurance, payments and grants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mou_builder.model.parts import Undecided
from mou_builder.review.months import days_after, last_of_month, months_after, number_of, program_years, yearly
from mou_builder.review.paper import Due, Reading, Source
from mou_builder.wording import counted, in_date, joined


def _public_report(reading: Reading) -> Iterator[Due]:
    how_often = reading.decided("reporting.frequency")
    if how_often == "yearly":
        for day in _each_year(reading, "reporting.due"):
            what = "The District is to publish the public report on the data year that ended last."
            yield Due(day, reading.district, what, "reporting.due")
        return
    within = reading.decided("reporting.within_days")
    for ended in _periods(reading, 6 if how_often == "semiannual" else 3):
        due = days_after(ended, within)
        if due <= reading.ends:
            part = "half" if how_often == "semiannual" else "quarter"
            what = f"The District is to publish the public report on the {part} of the data year that ended on {in_date(ended)}."
            yield Due(due, reading.district, what, "reporting.within_days")


def _periods(reading: Reading, months: int) -> Iterator[date]:
    """Yield the last days of the halves or quarters of the data year that lie in the term."""
    starts, ends = reading.starts, reading.ends
    # The day after the data year's last one, in a year without February 29: no data year begins on that day.
    first = days_after(date.fromisoformat(f"2001-{reading.decided('data.year_ends')}"), 1)
    for year in range(max(starts.year - 1, date.min.year), ends.year + 1):
        begins = first.replace(year=year)
        for number in range(1, 12 // months + 1):
            ended = days_after(months_after(begins, number * months), -1)
            if starts <= ended <= ends:
                yield ended


def _each_year(reading: Reading, path: str) -> Iterator[date]:
    return yearly(reading.decided(path), reading.starts, reading.ends)


def _training_proof(reading: Reading) -> Iterator[Due]:
    what = "The Agency is to give the Program Monitor a copy of the training log with the proofs of training."
    for day in _each_year(reading, "training.proof_due"):
        yield Due(day, reading.agency, what, "training.proof_due")


def _responding_proof(reading: Reading) -> Iterator[Due]:
    what = "The Program Supervisor is to give the Program Monitor the date and hours of each officer\u2019s training."
    for day in _each_year(reading, "training.proof_due"):
        yield Due(day, _supervisor(reading), what, "training.proof_due")


def _substitutes(reading: Reading) -> Iterator[Due]:
    what = "The Program Supervisor is to give the District\u2019s liaison a list of the trained substitute officers."
    for day in _each_year(reading, "training.proof_due"):
        yield Due(day, _supervisor(reading), what, "training.proof_due")


def _supervisor(reading: Reading) -> str:
    return reading.office("the Program Supervisor", "supervision.supervisor")


def _staff_training(reading: Reading) -> Iterator[Due]:
    hours = reading.agreement.training.staff_hours
    length = "the yearly training" if isinstance(hours, Undecided) else f"{counted(hours, 'hour')} of training"
    for day in _each_year(reading, "training.staff_by"):
        yield Due(day, reading.district, f"The District is to give School Staff {length}.", "training.staff_by")


def _administrators(reading: Reading) -> Iterator[Due]:
    what = "Each School is to have a trained administrator, and the District to give the Agency\u2019s liaison their names."
    for day in _each_year(reading, "training.staff_by"):
        yield Due(day, reading.district, what, "training.staff_by")


def _serving(reading: Reading) -> Iterator[Due]:
    day = days_after(reading.starts, reading.decided("training.serving_days"))
    what = "Officers who already served at a School when the agreement began are to have finished the first training."
    yield Due(day, reading.agency, what, "training.serving_days")


def _survey(reading: Reading) -> Iterator[Due]:
    month = reading.decided("evaluation.survey_month")
    what = "The District is to run the yearly survey about the officers"
    for year in range(reading.starts.year, reading.ends.year + 1):
        first = date(year, number_of(month), 1)
        opens, day = max(first, reading.starts), min(last_of_month(first), reading.ends)
        if opens <= day:
            yield Due(day, reading.district, f"{what} in {month} {year}.", "evaluation.survey_month", opens=opens)


def _audit(reading: Reading) -> Iterator[Due]:
    between = reading.decided("records.audit_months")
    what = "The records custodians of the District and the Agency are to audit who saw student records."
    times = 1
    while (day := months_after(reading.starts, times * between)) <= reading.ends:
        yield Due(day, "the records custodians", what, "records.audit_months")
        times += 1


def _insurance(reading: Reading) -> Iterator[Due]:
    within = reading.decided("risk.certificate_days")
    if reading.decided("risk.insurance"):
        what = "Each insured party is to give every other party written evidence of its coverage"
        begins = [first for first, _ in program_years(reading.starts, reading.ends)]
    else:
        what = "Each party is to give every other party a written statement of how it is covered"
        begins = [reading.starts]
    for first in begins:
        day = days_after(first, within)
        yield Due(day, "each party", f"{what}.", "risk.certificate_days")


def _enrollment(reading: Reading) -> Iterator[Due]:
    if not reading.where({"program.mode": "assigned", "cost.model": "enrollment-formula"}):
        return
    counted_on = reading.decided("cost.enrollment_day")
    what = "Students are counted for the cost of the Program Year that begins on"
    for first, _ in program_years(reading.starts, reading.ends)[1:]:
        days = list(yearly(counted_on, first.replace(year=first.year - 1, day=1), days_after(first, -1)))
        then = "Each paying party is then to tell every other party its number."
        yield Due(days[-1], "each paying party", f"{what} {in_date(first)}. {then}", "cost.enrollment_day")


def _instalments(reading: Reading) -> Iterator[Due]:
    payers = joined(list(reading.decided("cost.payers")))
    for day in _instalment_days(reading):
        yield Due(day, payers, f"An instalment is due from {payers}.", "cost.instalment_days")


def _instalment_invoices(reading: Reading) -> Iterator[Due]:
    ahead = reading.decided("cost.pay_days")
    for due in _instalment_days(reading):
        day = days_after(due, -ahead)
        # Before the effective date nobody owes anything; the first invoice then simply comes late.
        if day >= reading.starts:
            what = f"The Agency is to send the invoice for the instalment of {in_date(due)}."
            yield Due(day, reading.agency, what, "cost.pay_days")


def _instalment_days(reading: Reading) -> list[date]:
    days = reading.decided("cost.instalment_days") or ()
    return sorted(found for day in days for found in yearly(day, reading.starts, reading.ends))


def _grant(reading: Reading) -> Iterator[Due]:
    grant = reading.decided("cost.grant_name")
    what = f"The Agency is to have sent the signed agreement to the office that awarded {grant}."
    due = reading.decided("cost.grant_agreement_due")
    yield Due(due, reading.agency, what, "cost.grant_agreement_due", missed="overdue")


DUTY_DAYS = (
    Source("grant-agreement", "cost.grant", _grant),
    Source("public-report", "data.public-report", _public_report),
    Source("training-proof", "training.log", _training_proof),
    Source("training-proof", "training.responding", _responding_proof),
    Source("substitutes", "training.substitutes", _substitutes),
    Source("staff-training", "training.staff", _staff_training),
    Source("trained-administrators", "training.administrators", _administrators),
    Source("first-training", "training.serving", _serving),
    Source("survey", "evaluation.feedback", _survey),
    Source("records-audit", "records.audit", _audit),
    Source("insurance", "risk.insurance", _insurance),
    Source("enrollment-count", "cost.share", _enrollment),
    Source("instalment", "cost.instalments", _instalments),
    Source("instalment-invoice", "cost.invoices", _instalment_invoices),
)
