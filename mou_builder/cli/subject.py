"""Take up what a person hands in, answers file or Word agreement, and report on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.model import Agreement
    from mou_builder.record import Record
    from mou_builder.report import Report


@dataclass(frozen=True)
class Subject:
    """An agreement's answers and the report on it."""

    agreement: Agreement
    report: Report
    record: Record
    word: bool
    """Whether it is a Word file rather than answers."""


def take_up(
    file: Path, shelf: Library, *, as_of: str | None = None, record: Path | None = None, instrument: int | None = None
) -> Subject:
    """Return the report on `file` with the answers it rests on.

    For a Word file the answers come from its record, or from the `record` file beside it; `as_of` is then the day it was
    built for. For an answers file the report says what a build would hold; where that is a set, `instrument` says which
    one is meant, counted from 1.
    """
    from mou_builder.cli.files import UsageError, hands_in_word, read_bytes
    from mou_builder.errors import Fault
    from mou_builder.report.controls import is_model

    data = read_bytes(file)
    word = hands_in_word(file, data) and not (record is None and is_model(data, str(file)))
    if word and as_of:
        what = "a Word file is judged as of the day it was built for."
        raise UsageError(Fault("--as-of", what, "Leave it out, or give an answers file."))
    if record and not word:
        raise UsageError(Fault("--record", "it goes with a Word file.", "Leave it out, or give a Word file."))
    if word and instrument:
        raise UsageError(
            Fault("--instrument", "a Word file is one instrument.", "Leave it out, or give an answers file.")
        )
    if word:
        return _of_word(data, file, shelf, record)
    return _of_answers(file, shelf, as_of, instrument)


def _of_word(data: bytes, file: Path, shelf: Library, record: Path | None) -> Subject:
    from mou_builder.cli.files import read_text
    from mou_builder.record import read_record
    from mou_builder.report import examine, record_in

    given = read_record(read_text(record), str(record)) if record else record_in(data, str(file))
    agreement = given.agreement(shelf.states, f"{file.name} (its record)")
    return Subject(agreement, examine(data, file.name, shelf, given).report, given, True)


def _of_answers(file: Path, shelf: Library, as_of: str | None, instrument: int | None) -> Subject:
    from mou_builder.cli.files import day, read_agreement

    return foreseen(_one_of(read_agreement(file, shelf), shelf, instrument), shelf, day(as_of), file.name)


def foreseen(agreement: Agreement, shelf: Library, as_of: date, name: str) -> Subject:
    """Return an agreement with the report on what a draft of it, called `name`, would hold."""
    from mou_builder import __version__
    from mou_builder.record import record_of
    from mou_builder.report import predicted
    from mou_builder.selection import select
    from mou_builder.wording import Wording

    selection = select(agreement, shelf, as_of)
    record = record_of(agreement, selection, Wording(agreement, shelf.states), tool=__version__, final=False)
    return Subject(agreement, predicted(name, agreement, record, shelf), record, False)


def _one_of(agreement: Agreement, shelf: Library, number: int | None) -> Agreement:
    """Return the instrument with this number of the set that the answers make; alone it needs no number."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault
    from mou_builder.sets import instruments

    made = instruments(agreement, shelf)
    if number is None and len(made) == 1:
        return made[0].agreement
    listed = "; ".join(f"{place} for {one.title or 'the agreement'}" for place, one in enumerate(made, start=1))
    if number is None:
        what = f"the answers make {len(made)} instruments."
        raise UsageError(Fault("--instrument", what, f"Say which one is meant: {listed}."))
    if not 1 <= number <= len(made):
        what = f"there is no instrument {number}."
        raise UsageError(Fault("--instrument", what, f"Say which one is meant: {listed}."))
    return made[number - 1].agreement
