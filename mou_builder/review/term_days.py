"""When an agreement begins and ends, and by when it is decided whether it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from mou_builder.model.parts import Undecided
from mou_builder.review.months import days_after
from mou_builder.review.paper import Due, Reading, Source
from mou_builder.wording import counted, in_date


def _approvals(reading: Reading) -> Iterator[Due]:
    for group in ("districts", "agencies", "municipalities"):
        for number, party in enumerate(getattr(reading.agreement.parties, group)):
            day, body = party.approved_on, party.governing_body
            # A vote of the past is a fact of the agreement and no deadline.
            if isinstance(day, date) and day >= reading.as_of:
                who = "The governing body" if isinstance(body, Undecided) else f"The {body}"
                what = f"{who} of {party.legal_name} is to vote on the agreement."
                yield Due(day, party.short_name, what, f"parties.{group}[{number}].approved_on", missed="")


def _start(reading: Reading) -> Iterator[Due]:
    what = "The agreement takes effect, if every party has signed and approved it by then; else when the last one has."
    yield Due(reading.starts, "every party", what, "document.effective_date", missed="")


def _decision(reading: Reading) -> Iterator[Due]:
    """Yield by when the District has to have decided for itself, where the text sets a day for it."""
    renewal = reading.decided("term.renewal")
    if renewal == "none":
        what = (
            "Before the term ends, the District is to decide, after considering the findings of the latest review, whether it "
            "still wants officers in its schools, and to record why."
        )
        yield _step(reading, reading.ends, reading.district, what, "overdue")
    elif renewal == "automatic" and _renewals_left(reading):
        # The text asks for it before the last day for the notice.
        what = (
            "Before the last day for notice, the District\u2019s governing body is to consider the latest review in an open "
            "meeting and to decide whether the District renews."
        )
        yield _step(reading, days_after(_notice_day(reading), -1), reading.district, what, "overdue")


def _notice(reading: Reading) -> Iterator[Due]:
    """Yield the last day on which a party can say whether it wishes to go on."""
    renewal = reading.decided("term.renewal")
    if renewal == "by-agreement":
        what = (
            "Each party is to tell every other party in writing whether it wishes to renew, and with what changes. "
            "The District and the Agency finish a review before they decide."
        )
        yield _step(reading, _notice_day(reading), "every party", what, "overdue")
    elif renewal == "option":
        what = (
            f"Last day on which the District or the Agency can offer to renew for {_added(reading)}. "
            "The notice counts when it is received; a finished review and a vote come before it."
        )
        yield _step(reading, _notice_day(reading), "the District or the Agency", what, "check")
    elif renewal == "automatic" and _renewals_left(reading):
        what = (
            "Last day on which a party can give notice that it does not renew. Without a notice the agreement renews for "
            f"{_added(reading)}, if a review has been finished. The notice counts when it is received."
        )
        yield _step(reading, _notice_day(reading), "any party", what, "check")


def _step(reading: Reading, day: date, who: str, what: str, missed: Literal["overdue", "check"]) -> Due:
    """Return a step toward a renewal. Once its day has passed it is told until the term ends: then the end itself is told."""
    return Due(day, who, what, "term.renewal_notice_days", missed=missed, until=reading.ends)


def _notice_day(reading: Reading) -> date:
    return days_after(reading.ends, -reading.decided("term.renewal_notice_days"))


def _added(reading: Reading) -> str:
    return counted(reading.decided("term.renewal_months"), "month")


def _renewals_left(reading: Reading) -> int:
    left: int = reading.decided("term.renewal_count") - reading.renewals
    return left


def _expiry(reading: Reading) -> Iterator[Due]:
    what = " ".join(_at_the_end(reading))
    yield Due(reading.ends, "every party", what, "term.ends", missed="overdue", until=date.max)


def _at_the_end(reading: Reading) -> Iterator[str]:
    """Yield what becomes of the agreement on the last day of its term, in sentences."""
    renewal = reading.agreement.term.renewal
    if reading.renewals:
        ended = in_date(reading.decided("term.ends"))
        yield f"The term that was to end on {ended} ends, if the agreement has renewed by itself until now."
    if isinstance(renewal, Undecided):
        yield "The term ends. What then becomes of the agreement is not decided yet."
    elif renewal == "none":
        yield "The term ends, and the agreement does not renew."
    elif renewal == "by-agreement":
        yield (
            "The term ends. The agreement goes on only with a renewal that every governing body has approved and every party "
            "has signed by then."
        )
    elif renewal == "option":
        yield (
            f"The term ends, unless a renewal was offered in time and every other party has accepted it by then; it then runs "
            f"{_added(reading)} longer, at most {counted(reading.decided('term.renewal_count'), 'time')}."
        )
    elif left := _renewals_left(reading):
        yield (
            f"The term ends and the agreement renews for {_added(reading)} ({counted(left, 'renewal')} left), unless a party "
            "gave notice in time or no review was finished."
        )
    else:
        yield "The last renewal ends; the agreement does not renew again."
    if _goes_on(reading):
        extra = counted(reading.decided("term.holdover_days"), "day")
        yield f"While a new one is being finished it may go on for up to {extra}, unless a party has declined."


def _goes_on(reading: Reading) -> bool:
    """Return whether there is extra time after this end; an agreement that renews by itself needs none until the last."""
    own = reading.agreement.term.renewal == "automatic" and _renewals_left(reading) > 0
    return reading.has("term.hold-over") and not own


def _hold_over(reading: Reading) -> Iterator[Due]:
    if _goes_on(reading):
        day = days_after(reading.ends, reading.decided("term.holdover_days"))
        what = (
            "Last day of the extra time for finishing a new agreement. It comes only once; if no renewal or new agreement is "
            "in force, the agreement ends."
        )
        yield Due(day, "every party", what, "term.holdover_days", missed="overdue", until=date.max)


TERM_DAYS = (
    Source("approval", "framework.start", _approvals),
    Source("start", "framework.start", _start, always=True),
    Source("renewal-decision", "term.renewal", _decision),
    Source("renewal-notice", "term.renewal", _notice),
    Source("expiry", "term.term", _expiry, always=True),
    Source("hold-over-end", "term.hold-over", _hold_over),
)
