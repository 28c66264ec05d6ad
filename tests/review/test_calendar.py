"""The calendar of deadlines: read back as a calendar program reads it, it holds every day, and no name can break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TODAY
from icalendar import Calendar

from mou_builder import __version__
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import record_of
from mou_builder.review.calendar import dated, to_calendar
from mou_builder.review.deadlines import outlook
from mou_builder.review.outlook import KINDS, Outlook
from mou_builder.review.paper import Paper
from mou_builder.selection import select
from mou_builder.wording import Wording

Run = Callable[..., tuple[int, str, str]]
EXAMPLE = str(ROOT / "examples" / "first_mou.yaml")


@pytest.fixture(scope="module")
def found(first: Agreement, library: Library) -> Outlook:
    """The deadlines of the first example."""
    wording = Wording(first, library.states)
    record = record_of(first, select(first, library, TODAY), wording, tool=__version__, final=False)
    return outlook([Paper("first_mou.yaml", first, record)], TODAY)


def events_in(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_calendar_read_back_holds_every_deadline_that_has_a_day(found: Outlook) -> None:
    """Day, title, words, category and reminder of each; what has no date is not in it."""
    rows = [one for one in found.deadlines if one.day]
    events = events_in(to_calendar(found, __version__))

    assert len(events) == len(rows) == dated(found) < len(found.deadlines)
    for event, row in zip(events, rows, strict=True):
        assert event.decoded("dtstart") == (row.opens or row.day)
        assert event.decoded("dtend") == row.day + timedelta(days=1)
        assert str(event["summary"]) == f"{KINDS[row.kind]}: Larkmoor Schools and Larkmoor Police"
        assert str(event["description"]).splitlines()[0] == row.what
        assert event["categories"].cats == [KINDS[row.kind]]
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("trigger") == timedelta(days=-14)


def test_a_review_covers_its_month(found: Outlook) -> None:
    """Whoever has to start it in February sees all of February, and who leads it."""
    event = next(
        one for one in events_in(to_calendar(found, "1")) if str(one["summary"]).startswith("Review: Larkmoor")
    )

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 2, 1), date(2027, 3, 1))
    assert "Who: the review leader (Assistant Superintendent for Student Services)" in str(event["description"])
    assert "Section 12.1" in str(event["description"])


def test_same_outlook_gives_the_same_bytes_and_each_event_its_own_name(found: Outlook) -> None:
    """Read in again, a calendar replaces its own events: an event keeps its name when one looks on a later day."""
    made = to_calendar(found, __version__)
    again = to_calendar(Outlook(date(2026, 7, 20), found.agreements, found.deadlines), __version__)
    names = [str(event["uid"]) for event in events_in(made)]

    assert made == to_calendar(found, __version__)
    assert len(set(names)) == len(names)
    assert names == [str(event["uid"]) for event in events_in(again)]
    assert {event.decoded("dtstamp").date() for event in events_in(again)} == {date(2026, 7, 20)}
    assert b"DTSTAMP:20260701T000000Z" in made


def test_no_name_breaks_out_of_its_event(found: Outlook) -> None:
    """Commas, semicolons, line ends and whatever looks like a calendar's own lines come back as they were."""
    nasty = 'O\u2019Neill; "Doña Ana", R&D <East>\\n\nEND:VEVENT\r\nBEGIN:VEVENT ' + "ñ" * 200
    rows = tuple(replace(one, what=nasty, agreement=nasty, heading=nasty) for one in found.deadlines)
    data = to_calendar(replace(found, deadlines=rows), __version__)
    events = events_in(data)

    assert len(events) == dated(found)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert "Doña Ana" in str(events[0]["summary"]) and "ñ" * 200 in str(events[0]["description"])


def test_the_last_day_of_the_calendar_has_an_event(found: Outlook) -> None:
    """December 31, 9999 has no day after it; the event then has none either."""
    (row,) = [one for one in found.deadlines if one.kind == "expiry"]
    (event,) = events_in(to_calendar(replace(found, deadlines=(replace(row, day=date.max),)), "1"))

    assert event.decoded("dtstart") == date.max and "dtend" not in event


def test_command_writes_the_calendar_and_says_what_is_in_it(run: Run, tmp_path: Path) -> None:
    """All deadlines are in it, those that the list leaves out too; with --json the message does not stand in the JSON."""
    file = tmp_path / "new" / "deadlines.ics"
    code, out, err = run("deadlines", EXAMPLE, "--as-of", "2026-07-01", "--ics", str(file))
    count = len(events_in(file.read_bytes()))
    again = run("deadlines", EXAMPLE, "--as-of", "2026-07-01", "--ics", str(file), "--json")

    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"{file}: calendar with {count} entries"
    assert again[0] == 0 and again[1].startswith("{") and again[2] == f"{file}: calendar with {count} entries\n"


def test_calendar_of_somebody_else_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    """Without --force the file stays as it was; a calendar that this command wrote is replaced."""
    file = tmp_path / "mine.ics"
    file.write_text("mine", encoding="utf-8")
    code, out, err = run("deadlines", EXAMPLE, "--as-of", "2026-07-01", "--ics", str(file))

    assert (code, out, file.read_text(encoding="utf-8")) == (2, "", "mine")
    assert "give another --ics, or use --force" in err
    assert run("deadlines", EXAMPLE, "--as-of", "2026-07-01", "--ics", str(file), "--force")[0] == 0
    assert run("deadlines", EXAMPLE, "--as-of", "2026-07-02", "--ics", str(file))[0] == 0


def test_calendar_never_takes_the_place_of_an_agreement(run: Run, tmp_path: Path) -> None:
    """A slip of the hand in the name of the calendar does not cost a signed agreement, --force or not."""
    signed = tmp_path / "signed.docx"
    signed.write_bytes(b"signed")
    code, _, err = run("deadlines", EXAMPLE, "--ics", str(signed), "--force")

    assert (code, signed.read_bytes()) == (2, b"signed")
    assert (
        err
        == "--ics: the name of a calendar file ends in .ics; found 'signed.docx'. Name it signed.ics, for example.\n"
    )
