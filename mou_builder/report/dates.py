"""Days and time limits held against each other: what falls outside the term, comes too late, or crosses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mou_builder.model import Agreement, Undecided
from mou_builder.model.conditions import lookup
from mou_builder.record import Record
from mou_builder.report.shapes import Finding
from mou_builder.wording import in_date

_MONTHS = [in_date(f"{number:02}-01").split()[0] for number in range(1, 13)]
_YEARLY = {
    "reporting.due": "The public report is due",
    "training.proof_due": "Proof of training is due",
    "training.staff_by": "School staff are to be trained",
}
"""Days that come every year, by the path of the answer."""


def date_findings(agreement: Agreement, record: Record) -> Iterator[Finding]:
    """Yield what does not fit together in the days and periods that the answers name."""
    starts, ends = agreement.document.effective_date, agreement.term.ends
    yield from _approvals(agreement, record.as_of)
    if not isinstance(starts, date):
        return
    yield from _start(agreement, starts, record.as_of)
    if isinstance(ends, date) and starts < ends:
        yield from _review(agreement, starts, ends)
        yield from _yearly(agreement, starts, ends)
        yield from _notices(agreement, starts, ends)


def _warning(code: str, message: str, where: str) -> Finding:
    return Finding(code, "warning", message, where)


def _answer(agreement: Agreement, path: str) -> Any:
    """Return a decided answer, or None."""
    value = lookup(agreement, path)
    return None if isinstance(value, Undecided) else value


def _approvals(agreement: Agreement, as_of: date) -> Iterator[Finding]:
    starts = agreement.document.effective_date
    for group in ("districts", "agencies", "municipalities"):
        for number, party in enumerate(getattr(agreement.parties, group)):
            day, where = party.approved_on, f"parties.{group}[{number}].approved_on"
            if not isinstance(day, date):
                continue
            if day > as_of:
                what = f"The approval of {party.legal_name} is dated {in_date(day)}, after {in_date(as_of)}: it is still to come."
                yield _warning("W-LATER-DATE", what, where)
            if isinstance(starts, date) and day > starts:
                what = f"{party.legal_name} approved on {in_date(day)}, after the effective date {in_date(starts)}."
                yield _warning("W-APPROVED-LATER", what, where)


def _start(agreement: Agreement, starts: date, as_of: date) -> Iterator[Finding]:
    if starts < as_of:
        what = f"The effective date {starts} lies before {as_of}; say in the resolution that this is meant."
        yield _warning("W-RETROACTIVE", what, "document.effective_date")
    signed = _answer(agreement, "document.prior.signed_on")
    if isinstance(signed, date) and signed >= starts:
        what = "The earlier agreement is dated on or after this one's effective date."
        yield Finding("E-PRIOR-LATER", "error", what, "document.prior.signed_on")


def _review(agreement: Agreement, starts: date, ends: date) -> Iterator[Finding]:
    # A term from August 1 to July 31 is twelve months.
    after = min(ends, date.max - timedelta(days=1)) + timedelta(days=1)
    months = (after.year - starts.year) * 12 + after.month - starts.month - (after.day < starts.day)
    between, month = _answer(agreement, "review.months"), _answer(agreement, "review.start_month")
    if isinstance(between, int) and between > months:
        what = f"A review every {between} months falls after a term of {months} months; no review would happen."
        yield _warning("W-REVIEW-AFTER-TERM", what, "review.months")
    if month is None:
        return
    first = _month_after(starts, month)
    if first > ends:
        what = f"The first review would start in {month} {first.year}, after the term has ended on {in_date(ends)}."
        yield _warning("W-REVIEW-AFTER-TERM", what, "review.start_month")
        return
    yield from _last_review(agreement, month, ends)


def _last_review(agreement: Agreement, month: str, ends: date) -> Iterator[Finding]:
    """Yield a last review that is not finished when the parties have to decide on renewal."""
    days = [_answer(agreement, f"review.{name}_days") for name in ("notice", "comment", "respond")]
    ahead = _answer(agreement, "term.renewal_notice_days")
    if not all(isinstance(one, int) for one in (*days, ahead)) or ends.year > 9000:
        return
    notice, comment, respond = days
    # Comments run beside the notice of the meeting, and close no earlier than the meeting.
    decided = ends - timedelta(days=ahead)
    starts = _month_after(ends.replace(day=1), month)
    starts = starts if starts <= ends else starts.replace(year=starts.year - 1)
    finished = starts + timedelta(days=max(notice, comment) + respond)
    if finished > decided:
        what = (
            f"The last review starts in {month} {starts.year} and is finished on {in_date(finished)} at the earliest, but the "
            f"parties tell each other by {in_date(decided)} whether they wish to renew."
        )
        yield _warning("W-REVIEW-TOO-LATE", what, "review.start_month")


def _month_after(day: date, month: str) -> date:
    """Return the first day of `month` on or after the first day of `day`'s month."""
    place = _MONTHS.index(month) + 1
    year = day.year if place >= day.month else min(day.year + 1, date.max.year)
    return date(year, place, 1)


def _yearly(agreement: Agreement, starts: date, ends: date) -> Iterator[Finding]:
    for path, what in _YEARLY.items():
        day = _answer(agreement, path)
        if not isinstance(day, str):
            continue
        first = date(starts.year, int(day[:2]), int(day[3:]))
        if first < starts:
            first = first.replace(year=min(starts.year + 1, date.max.year))
        if first > ends:
            message = f"{what} first on {in_date(first)}, after the term has ended on {in_date(ends)}."
            yield _warning("W-DATE-AFTER-TERM", message, path)


def _notices(agreement: Agreement, starts: date, ends: date) -> Iterator[Finding]:
    leave, ahead = _answer(agreement, "term.exit_days"), _answer(agreement, "term.renewal_notice_days")
    if isinstance(leave, int) and leave >= (ends - starts).days:
        what = f"Notice of {leave} days to end the agreement is as long as its whole term; nobody could use it."
        yield _warning("W-NOTICES-CROSS", what, "term.exit_days")
    elif isinstance(leave, int) and isinstance(ahead, int) and leave > ahead:
        what = (
            f"Ending the agreement takes {leave} days' notice, but the parties decide on renewal only {ahead} days before the "
            "end: once a party hears that the other will not renew, notice comes too late to have any effect."
        )
        yield _warning("W-NOTICES-CROSS", what, "term.exit_days")
