"""``mou-builder deadlines``: what is due under one or many agreements, and a calendar of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from rich.console import Console

    from mou_builder.errors import Fault
    from mou_builder.library import Library
    from mou_builder.review.outlook import Deadline, Outlook
    from mou_builder.review.paper import Paper


def deadlines(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Word agreements, .record.yaml files or answers files.")
    ],
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Also write a calendar file for Outlook and others.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day on which to look; today.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="List what is due up to this day; a year from --as-of."),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option("--all", help="List everything: later days, further duties, and duties without a calendar date."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON (docs/deadlines.md).")] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="The .record.yaml of one Word file built with --no-record.")
    ] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a calendar that was not written here.")] = False,
) -> None:
    """List what is due under one or many agreements: renewal, end, reviews, reports, training, payments, grants.

    Exit 0: nothing is overdue. Exit 1: a renewal step, the end of an agreement or a grant's deadline has passed. Exit 2: a file
    cannot be used; then nothing is written.

    Example: mou-builder deadlines signed/*.docx --ics deadlines.ics
    """
    from mou_builder import __version__
    from mou_builder.cli import files as doors
    from mou_builder.review.calendar import dated, to_calendar
    from mou_builder.review.deadlines import distinct, outlook

    day = doors.day(as_of)
    listed_to = date.max if whole else doors.day(until, "--until") if until else _a_year_on(day)
    if ics is not None:
        _refuse_another_kind(ics)
    papers, doubled = distinct(_taken_up(files, doors.library_for_each(library, pack), day, record))
    for left_out, kept in doubled:
        typer.echo(f"{left_out.file}: the same agreement as {kept.file}; it is listed once.", err=True)
    found = outlook(papers, day)
    written = ""
    if ics is not None:
        path = doors.write_files(ics.parent, {ics.name: to_calendar(found, __version__)}, force=force, option="--ics")[
            0
        ]
        count = dated(found)
        written = f"{path}: calendar with {count} {'entry' if count == 1 else 'entries'}"
    if as_json:
        typer.echo(json.dumps(found.to_json(), indent=2, ensure_ascii=False))
    else:
        _say(found, listed_to, whole=whole)
    if written:
        typer.echo(written, err=as_json)
    raise typer.Exit(1 if found.overdue else 0)


def _taken_up(
    files: Sequence[Path], shelf_for: Callable[[Path], Library], as_of: date, record: Path | None
) -> list[Paper]:
    """Return the agreements in all files; raise one error with everything that is wrong in any of them."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault, MouError

    if record is not None and len(files) > 1:
        mend = "Give the .record.yaml itself in place of the Word file that has none."
        raise UsageError(Fault("--record", "it goes with one Word file.", mend))
    papers: list[Paper] = []
    faults: list[Fault] = []
    for file in dict.fromkeys(files):
        try:
            papers += _papers(file, shelf_for(record or file), as_of, record)
        except MouError as error:
            faults.append(_told_once(file, error.faults))
    if faults:
        raise UsageError(*faults)
    return papers


def _papers(file: Path, shelf: Library, as_of: date, record: Path | None) -> Iterator[Paper]:
    """Yield the agreements of one file: a Word file and a record hold one, an answers file as many as its set has."""
    from mou_builder import __version__
    from mou_builder.cli.files import hands_in_word, read_agreement, read_bytes, read_text
    from mou_builder.cli.subject import take_up
    from mou_builder.errors import RecordError
    from mou_builder.marked import read_marked
    from mou_builder.record import is_record, read_record, record_of
    from mou_builder.report.layers import asked_of
    from mou_builder.review.paper import Paper
    from mou_builder.selection import select
    from mou_builder.sets import instruments
    from mou_builder.wording import Wording

    if record is not None or hands_in_word(file, read_bytes(file)):
        subject = take_up(file, shelf, record=record)
        rows = subject.report.clauses
        sections = {row.slot: row.section for row in rows}
        changed = {row.slot: row.state for row in rows if row.state != "unaltered"}
        asked = asked_of(subject.agreement, shelf, as_of)
        yield Paper(file.name, subject.agreement, subject.record, sections, changed, word=True, asked=asked)
        return
    text = read_text(file)
    if is_record(read_marked(text, str(file), RecordError)):
        kept = read_record(text, str(file))
        agreement = kept.agreement(shelf.states, f"{file.name} (its record)")
        yield Paper(file.name, agreement, kept, asked=asked_of(agreement, shelf, as_of))
        return
    for one in instruments(read_agreement(file, shelf), shelf):
        selection = select(one.agreement, shelf, as_of)
        wording = Wording(one.agreement, shelf.states)
        foreseen = record_of(one.agreement, selection, wording, tool=__version__, final=False)
        yield Paper(file.name, one.agreement, foreseen, asked=asked_of(one.agreement, shelf, as_of))


def _told_once(file: Path, faults: Sequence[Fault]) -> Fault:
    """Return one message for a file that cannot be used, however much is wrong in it."""
    from mou_builder.errors import Fault

    first, *more = faults
    if file.name.endswith(".compliance.json"):
        what = "this is the report on an agreement, not the agreement."
        return Fault(str(file), what, "Give the .docx or the .record.yaml beside it.")
    if not more:
        return first
    rest = "One more thing is" if len(more) == 1 else f"{len(more)} more things are"
    return Fault(
        first.where, first.what, f"{first.mend} {rest} wrong; 'mou-builder check {file}' tells them all.".strip()
    )


def _refuse_another_kind(ics: Path) -> None:
    """Raise UsageError for a name that no calendar has: it would be the name of an agreement."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    if ics.suffix.lower() != ".ics":
        mend = f"Name it {ics.stem}.ics, for example."
        raise UsageError(Fault("--ics", f"the name of a calendar file ends in .ics; found {ics.name!r}.", mend))


def _a_year_on(day: date) -> date:
    from mou_builder.review.months import days_after

    return date.max if day.year == date.max.year else days_after(day, 365)


def _say(found: Outlook, until: date, *, whole: bool) -> None:
    from mou_builder.cli.words import console
    from mou_builder.wording import in_date

    out = console()
    many = len(found.agreements) > 1
    shown = [one for one in found.deadlines if whole or _is_listed(one, until)]
    _head(found, shown, out, many=many)
    for status, (_, heading, style) in _STANDING.items():
        rows = [one for one in shown if one.status == status]
        if rows:
            out.print()
            out.print(heading, style=style)
            _table(rows, out, many=many)
    out.print()
    further = 0 if whole else sum(one.kind in _FURTHER for one in found.deadlines)
    later = len(found.deadlines) - len(shown) - further
    if later or further:
        out.print(
            f"Not listed: {later} due after {in_date(until)}, and {further} further duties whose time only the text sets, "
            "with a date or without; --all lists them."
        )
    if any(one.day for one in shown):
        out.print(
            "Days after the effective date are counted from the date in the answers; if a party signs later, they move."
        )


def _head(found: Outlook, shown: Sequence[Deadline], out: Console, *, many: bool) -> None:
    from mou_builder.wording import in_date

    whose = f"{len(found.agreements)} agreements" if many else found.agreements[0].file
    out.print(f"Deadlines of {whose}, as of {in_date(found.as_of)}")
    for one in found.agreements:
        if not many:
            term = f", {in_date(one.starts)} to {in_date(one.ends)}" if one.starts and one.ends else ""
            out.print(f"{one.title}: {one.agreement}{term}")
        if one.followed_by:
            out.print(f"{one.file} is followed by {one.followed_by}; what falls after that begins is left out.")
    counts = {words: sum(one.status == status for one in shown) for status, (words, _, _) in _STANDING.items()}
    told = [f"{count or 'Nothing'} {words}" for words, count in counts.items() if count or words == "overdue"]
    out.print(f"{', '.join(told)}.")


_STANDING = {
    "overdue": ("overdue", "Overdue", "bold red"),
    "check": ("to be checked", "The day has passed: check that it was done", "yellow"),
    "to come": ("to come", "To come", ""),
    "no date": (
        "without a date",
        "Without a calendar date: counted in Business Days, School Days, months or school years",
        "",
    ),
    "undecided": ("that cannot be told", "Undecided answers", "yellow"),
}
"""For each status: how it is counted, its heading, and its color."""

_FURTHER = frozenset({"start-up", "after-end", "program-year", "undated"})


def _is_listed(deadline: Deadline, until: date) -> bool:
    """Return whether a deadline is listed where not everything is asked for."""
    from mou_builder.review.outlook import TURNING_POINTS

    if deadline.kind in _FURTHER:
        return False
    return deadline.day is None or deadline.day <= until or deadline.kind in TURNING_POINTS


def _table(rows: Sequence[Deadline], out: Console, *, many: bool) -> None:
    """Print deadlines, each under the agreement's name where there are many; in a pipe, each on one line."""
    from rich.table import Table
    from rich.text import Text

    if not out.is_terminal:
        wide = max(len(one.agreement) for one in rows)
        for one in rows:
            out.print("  ".join((f"{_day(one):<12}", *([f"{one.agreement:<{wide}}"] if many else []), _said(one))))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True, min_width=12)
    table.add_column(overflow="fold")
    before: Deadline | None = None
    for one in rows:
        again = before is not None and (before.day, before.agreement) == (one.day, one.agreement)
        if many and not again:
            table.add_row(_day(one), Text(one.agreement, style="bold"))
        table.add_row("" if many else _day(one), _said(one))
        before = one
    out.print(table)


def _said(deadline: Deadline) -> str:
    """Return what is due and where it stands; words taken from the agreement need their heading to be understood."""
    from mou_builder.review.outlook import STATED

    where = deadline.section
    if where and deadline.kind in STATED:
        where += f", {deadline.heading}"
    what = f"{deadline.what.removesuffix('.')} ({where})." if where else deadline.what
    return f"{what} {deadline.note}".strip()


def _day(deadline: Deadline) -> str:
    from mou_builder.wording import in_date

    if deadline.day is None:
        return "-"
    month, day, year = in_date(deadline.day).split()
    return f"{month[:3]} {day} {year}"
