"""Hold an existing agreement against a pack that it would be built again with."""

from __future__ import annotations

from pathlib import Path

from mou_builder import __version__
from mou_builder.cli.files import day, hands_in_word, library_at, read_bytes, read_text
from mou_builder.cli.packs.showing import known
from mou_builder.cli.packs.using import template_of
from mou_builder.cli.subject import take_up
from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import read_marked
from mou_builder.packs.changes import Changed, Existing, for_agreement
from mou_builder.record import is_record, read_record


def differences(id: str, against: Path, as_of: str | None, instrument: int | None) -> tuple[str, list[Changed]]:
    """Return the pack\u2019s name with its version, and what it would change in the agreement in the file `against`."""
    plain, version = known(id)
    before = library_at(None, (), made_with=against)
    after = library_at(None, [f"{plain}@{version}"], made_with=against)
    changes = list(for_agreement(_existing(against, before, instrument), after, day(as_of), __version__))
    if template_of(before) != template_of(after):
        changes.append(Changed("template", "Word template", "the agreement would be built with another one"))
    return f"{plain}@{version}", changes


def _existing(file: Path, shelf: Library, instrument: int | None) -> Existing:
    if not hands_in_word(file, read_bytes(file)):
        text = read_text(file)
        if is_record(read_marked(text, str(file), AnswerError)):
            record = read_record(text, str(file))
            return Existing(record.agreement(shelf.states, f"{file.name} (its record)"), record, shelf)
    subject = take_up(file, shelf, instrument=instrument)
    return Existing(subject.agreement, subject.record, shelf)
