"""Write deadlines as a calendar file (.ics) that Outlook, Google Calendar and Apple Calendar take up."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from mou_builder.review.outlook import KINDS, Deadline, Outlook

AHEAD = timedelta(days=14)
"""How long before a day a calendar reminds of it."""


def to_calendar(outlook: Outlook, tool: str) -> bytes:
    """Return a calendar of every deadline that has a day, each as an event of whole days; `tool` is this program's version.

    The same outlook gives the same bytes, and a deadline keeps its identifier, so a calendar read in again replaces the
    earlier one.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//mou-builder//{tool}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Deadlines of agreements on police in schools")
    stamp = datetime(outlook.as_of.year, outlook.as_of.month, outlook.as_of.day, tzinfo=UTC)
    seen: Counter[str] = Counter()
    for deadline in outlook.deadlines:
        if deadline.day is not None:
            name = _name(deadline)
            seen[name] += 1
            calendar.add_component(_event(deadline, deadline.day, stamp, _identifier(name, seen[name])))
    return bytes(calendar.to_ical())


def dated(outlook: Outlook) -> int:
    """Return how many deadlines the calendar has."""
    return sum(one.day is not None for one in outlook.deadlines)


def _name(deadline: Deadline) -> str:
    """Return what tells one deadline from all others, but for those of the same text and day."""
    return "\n".join((deadline.agreement, deadline.kind, str(deadline.day), deadline.slot))


def _identifier(name: str, number: int) -> str:
    digest = hashlib.sha256("\n".join((name, str(number))).encode()).hexdigest()
    return f"{digest[:32]}@mou-builder"


def _event(deadline: Deadline, day: date, stamp: datetime, identifier: str) -> Event:
    event = Event()
    event.add("uid", identifier)
    event.add("dtstamp", stamp)
    event.add("dtstart", deadline.opens or day)
    if day < date.max:
        # A calendar's last day is the one after; without it an event has one day.
        event.add("dtend", day + timedelta(days=1))
    title = f"{KINDS[deadline.kind]}: {deadline.agreement}"
    event.add("summary", title)
    event.add("description", "\n".join(_description(deadline)))
    event.add("categories", [KINDS[deadline.kind]])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -AHEAD)
    event.add_component(alarm)
    return event


def _description(deadline: Deadline) -> list[str]:
    lines = [deadline.what, f"Who: {deadline.who}" if deadline.who else ""]
    lines += [f"{deadline.section}, {deadline.heading}" if deadline.section else deadline.heading, deadline.note]
    lines += [f"From {deadline.file}."]
    return [line for line in lines if line]
