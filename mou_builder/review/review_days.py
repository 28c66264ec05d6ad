"""When the agreement itself is reviewed: the start of each review, and the steps of being heard that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mou_builder.review.months import days_after, first_in, last_of_month, months_after, number_of
from mou_builder.review.paper import Due, Reading, Source
from mou_builder.wording import counted, in_date


@dataclass(frozen=True)
class _Review:
    """One review: between which days it starts."""

    opens: date
    latest: date
    before: date | None
    """First day on which the one before could start; None for the first review."""


def _reviews(reading: Reading) -> Iterator[_Review]:
    """Yield every review that starts within the term.

    The first one starts in its month; of each later one the agreement says only how long after the one before it starts
    at the latest. Counted from the first and the last day of the month, the two days between which it is due.
    """
    starts, ends = reading.starts, reading.ends
    between = reading.decided("review.months")
    month = first_in(reading.decided("review.start_month"), starts)
    opens, latest = max(month, starts), last_of_month(month)
    before: date | None = None
    while opens <= ends:
        yield _Review(opens, min(latest, ends), before)
        opens, latest, before = months_after(opens, between), months_after(latest, between), opens


def _lead(reading: Reading) -> str:
    return reading.office("the review leader", "review.lead")


def _starts(reading: Reading) -> Iterator[Due]:
    for review in _reviews(reading):
        if review.before is None:
            month = reading.decided("review.start_month")
            what = f"The review leader is to start the first review of the agreement in {month} {review.opens.year}"
        else:
            between = counted(reading.decided("review.months"), "month")
            what = (
                f"The review leader is to start the next review no more than {between} after the one before it started (by "
                f"{in_date(review.opens)}, if that was on {in_date(review.before)})"
            )
        what += f", and then to post and send the notice of a public {reading.decided('review.meeting')}."
        yield Due(review.latest, _lead(reading), what, "review.start_month", opens=review.opens)


def _steps(reading: Reading) -> Iterator[tuple[str, Due]]:
    """Yield what follows in each review on the earliest day that the agreement leaves open.

    The notice goes out within a number of Business Days, so later days cannot be told.
    """
    notice, comment = reading.decided("review.notice_days"), reading.decided("review.comment_days")
    respond, adopt = reading.decided("review.respond_days"), reading.decided("review.adopt_days")
    kind = reading.decided("review.meeting")
    for review in _reviews(reading):
        heard = days_after(review.opens, notice)
        # Written comments also stay open until some Business Days after the meeting; it is held after the notice time.
        closes = days_after(review.opens, max(notice, comment))
        answered = days_after(closes, respond)
        begun = f"if the review started and its notice went out on {in_date(review.opens)}"
        yield (
            "review-meeting",
            Due(
                heard,
                _lead(reading),
                f"Earliest day for the public {kind} on the review, {begun}.",
                "review.notice_days",
            ),
        )
        what = f"Written comments on the review close no sooner than this day, {begun}."
        yield "review-comments", Due(closes, "any person", what, "review.comment_days")
        what = (
            f"The Leadership Team is to post its written answer by this day, if comments closed on {in_date(closes)}."
        )
        yield "review-answer", Due(answered, "the Leadership Team", what, "review.respond_days")
        what = f"Each party is to vote on what the review led to by this day, if the answer was posted on {in_date(answered)}."
        yield "review-vote", Due(days_after(answered, adopt), "each party", what, "review.adopt_days")


def _step(kind: str) -> Source:
    """Return the source of one of the steps that follow on a review's start."""

    def dues(reading: Reading) -> Iterator[Due]:
        for name, due in _steps(reading):
            if name == kind and due.day is not None and due.day <= reading.ends:
                yield Due(due.day, due.who, due.what, due.answer, firm=False)

    return Source(kind, "review.adoption" if kind == "review-vote" else "review.voice", dues)


def _calendar(reading: Reading) -> Iterator[Due]:
    """Yield the steps of the calendar that the parties gave each review, by the end of the month that each names."""
    steps = reading.agreement.review.calendar
    months = [number_of(step.month) for step in steps]
    turns = [sum(later < sooner for sooner, later in pairwise(months[: place + 1])) for place in range(len(months))]
    for review in _reviews(reading):
        # The list runs forward in time. Its first month that is no earlier than the review's is in the review's year; if there
        # is none, the whole list comes after the turn of the year.
        at = next((place for place, month in enumerate(months) if month >= review.opens.month), None)
        begins = review.opens.year + 1 if at is None else review.opens.year - turns[at]
        for step, month, turn in zip(steps, months, turns, strict=True):
            if begins + turn <= date.max.year:
                day = last_of_month(date(begins + turn, month, 1))
                if reading.starts <= day <= reading.ends:
                    yield Due(day, f"the {step.owner}", f"Review calendar: {step.step}.", "review.calendar")


REVIEW_DAYS = (
    Source("review-start", "review.schedule", _starts),
    *map(_step, ("review-meeting", "review-comments", "review-answer", "review-vote")),
    Source("review-step", "review.calendar", _calendar),
)
