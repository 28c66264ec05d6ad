"""What a law, a grant or a policy has somebody do outside the paper: file, post, report, train, hear the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mou_builder.library import Requirement
from mou_builder.library.rubrics import Anchor
from mou_builder.review.months import days_after, months_after, yearly
from mou_builder.review.paper import Due, Reading


def law_days(reading: Reading) -> Iterator[Due]:
    """Yield each task of the requirements that the agreement is asked, with its days where they can be counted.

    Raises StillOpen at the first undecided answer that a day hangs on.
    """
    for row in reading.paper.asked:
        task = row.task
        if task is None:
            continue
        owner = {"district": reading.district, "agency": reading.agency}.get(task.owner, "the Parties")
        what = f"{task.what.removesuffix('.')}: {task.when} ({_basis(row)})."
        days = list(_days(row, reading))
        for day in days:
            # Nobody can see in the paper whether it was done, and the law may count from another day: it is to be checked.
            yield Due(day, owner, what, kind=f"task-{task.kind}", firm=not row.unread)
        if not days:
            yield Due(None, owner, what, kind=f"task-{task.kind}")


def _basis(row: Requirement) -> str:
    cite = row.cite or row.id
    if row.unread:
        return f"{row.id}; said to be required by {cite}, to be verified"
    words = {"law": "required by", "grant": "a term of the grant,", "local": "local policy,"}
    return f"{row.id}; {words.get(row.force, 'aligned with')} {cite}"


def _days(row: Requirement, reading: Reading) -> Iterator[date]:
    """Yield the days on which a task is due within the term; none where the law's time cannot be counted."""
    due = row.task.due if row.task else None
    if due is None:
        return
    if due.on is not None:
        yield due.on
    elif due.yearly is not None:
        yield from yearly(due.yearly, reading.starts, reading.ends)
    elif due.after is not None:
        day = _moved(_anchor(due.after, reading), due.days, due.months + 12 * due.years)
        step = due.every_months
        while day <= reading.ends or not step:
            yield day
            if not step:
                return
            day = months_after(day, step)
    elif due.before is not None:
        yield _moved(_anchor(due.before, reading), -due.days, -(due.months + 12 * due.years))


def _moved(day: date, days: int, months: int) -> date:
    return days_after(months_after(day, months), days)


def _anchor(anchor: Anchor, reading: Reading) -> date:
    """Return the day that a time is counted from, as far as the answers tell it."""
    if anchor == "signing":
        approved = [one.approved_on for one in reading.agreement.parties.all if isinstance(one.approved_on, date)]
        return max(approved, default=reading.starts)
    if anchor == "end":
        return reading.ends
    if anchor == "review":
        return months_after(reading.starts, reading.decided("review.months"))
    return reading.starts  # an assignment begins with the agreement, as far as the answers tell
