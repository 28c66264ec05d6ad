"""Count days, months and years from one day to another, as the agreement counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

from mou_builder.model.parts import Month
from mou_builder.model.term import anniversary
from mou_builder.model.term import program_years as count_of_years

_MONTHS = get_args(Month)


def days_after(day: date, days: int) -> date:
    """Return the last day of a period of `days` after `day`; raise OverflowError past the calendar's end.

    A period of days starts on the day after the event, so its last day is simply so many days later.
    """
    return day + timedelta(days=days)


def months_after(day: date, months: int) -> date:
    """Return the day so many months later, or the last one of a month that has no such day.

    Raises OverflowError past the calendar's end.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"the year {year} is in no calendar")
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def extended(last_day: date, months: int) -> date:
    """Return the new last day of a term that is extended by `months`: the time added begins on the day after the old one."""
    begins = days_after(last_day, 1)
    after = months_after(begins, months)
    # A month that is too short to have the day ends the time added with its own last day.
    return after if after.day < begins.day else days_after(after, -1)


def last_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def number_of(month: str) -> int:
    """Return 2 for ``February``."""
    return _MONTHS.index(month) + 1


def first_in(month: str, starts: date) -> date:
    """Return the first day of the first `month` from the month of `starts` on, as the report's findings count it."""
    number = number_of(month)
    year = starts.year if number >= starts.month else starts.year + 1
    if year > date.max.year:
        raise OverflowError(f"the year {year} is in no calendar")
    return date(year, number, 1)


def yearly(day: str, first: date, last: date) -> Iterator[date]:
    """Yield a day of the year, as ``08-01``, in every year from `first` to `last`, both days included."""
    for year in range(first.year, last.year + 1):
        found = date(year, int(day[:2]), int(day[3:]))
        if first <= found <= last:
            yield found


def program_years(starts: date, ends: date) -> list[tuple[date, date]]:
    """Return the first and last day of each program year of a term; the last one may be cut short."""
    if ends < starts:
        return []
    begins = [anniversary(starts, number) for number in range(count_of_years(starts, ends))]
    return list(zip(begins, [*(days_after(one, -1) for one in begins[1:]), ends], strict=True))
