"""Take up the agreement that is renewed: the signed Word file with its record, or the record alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.model import Agreement
    from mou_builder.record import Record
    from mou_builder.report import Examined


@dataclass(frozen=True)
class Earlier:
    """The agreement that is renewed."""

    name: str
    record: Record
    agreement: Agreement
    examined: Examined | None
    """What became of its sections; None where only the record was given."""
    word: bytes | None


def take_up_earlier(prior: Path, shelf: Library, record: Path | None) -> Earlier:
    """Return the agreement in `prior`, a Word file or a record; `record` goes with a Word file that has lost its own.

    Raises AnswerError, RecordError, UsageError or WordFileError where it cannot be renewed.
    """
    from mou_builder.cli.files import UsageError, hands_in_word, read_bytes, read_text
    from mou_builder.errors import AnswerError, Fault
    from mou_builder.marked import read_marked
    from mou_builder.record import is_record, read_record
    from mou_builder.report import examine

    data = read_bytes(prior)
    if hands_in_word(prior, data):
        given = read_record(read_text(record), str(record)) if record else None
        found = examine(data, prior.name, shelf, given)
        return Earlier(prior.name, found.record, found.agreement, found, data)
    if record is not None:
        raise UsageError(Fault("--record", "it goes with a Word file.", "Leave it out, or give the signed Word file."))
    text = read_text(prior)
    if not is_record(read_marked(text, str(prior), AnswerError)):
        what = "this is an answers file, which does not say which texts the agreement was built with."
        raise UsageError(Fault(str(prior), what, "Give the signed Word file, or the .record.yaml beside it."))
    kept = read_record(text, str(prior))
    return Earlier(prior.name, kept, kept.agreement(shelf.states), None, None)


def name_of_next(prior: Path, day: date) -> str:
    """Return NAME, after which the results are called: the earlier file's, with the renewal's year in place of an earlier one."""
    from mou_builder.cli.building import name_of

    base = name_of(prior.with_suffix("") if prior.suffix.lower() == ".docx" else prior)
    plain = re.sub(r"[-_ ](?:19|20)\d\d\Z", "", base)
    name = f"{plain}-{day.year}"
    return name if name != base else f"{base}-renewed"
