"""Hold the schedules against the outline, the model and the rules of drafting, each fault at its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mou_builder.errors import Fault, did_you_mean
from mou_builder.library.alternates import entry_faults
from mou_builder.library.drafting import ending_faults, word_faults
from mou_builder.library.markup import Value
from mou_builder.library.printing import reference_faults, value_fault
from mou_builder.library.questions import Fields, kinds
from mou_builder.library.schedules import COMPUTED_TABLES, PARTY_VALUES, PartFile, Passage, ScheduleText
from mou_builder.library.shapes import Library


def schedule_faults(library: Library, fields: Fields) -> Iterator[Fault]:
    """Yield every fault of sense in the schedules."""
    listed = {one.id: one for one in library.outline.schedules}
    for number, one in enumerate(library.outline.schedules):
        if f"us/schedules/{one.id}" not in library.schedules:
            where = library.at("outline.yaml", "schedules", number, "id")
            yield Fault(where, f"no file holds the schedule {one.id}.", f"Write us/schedules/{one.id}.yaml.")
    for schedule in library.schedules.values():
        id = schedule.id.rpartition("/")[2]
        if id not in listed:
            what = f"the outline has no schedule {id!r}."
            yield Fault(schedule.at("id"), what, did_you_mean(id, listed) or "List it under schedules in outline.yaml.")
            continue
        for number, part in enumerate(schedule.written.parts):
            yield from _part(schedule, number, part, listed[id].when, fields, library)
        yield from _touching(schedule)


def _part(
    schedule: ScheduleText, number: int, part: PartFile, when: Mapping[str, Any], fields: Fields, library: Library
) -> Iterator[Fault]:
    for path, wanted in part.when.items():
        yield from entry_faults(schedule.at("parts", number, "when", path), path, wanted, fields)
    table = part.table
    if table and table.computed:
        where = schedule.at("parts", number, "table", "computed")
        count = COMPUTED_TABLES.get(table.computed)
        if count is None:
            near = did_you_mean(table.computed, COMPUTED_TABLES)
            yield Fault(where, f"no rows called {table.computed!r} are computed.", near or _known(COMPUTED_TABLES))
        elif count != len(table.columns):
            what = f"the rows called {table.computed!r} have {count} cells."
            yield Fault(where, what, f"Give the table {count} columns.")
    each = table.each if table else ""
    if each and not (each in fields and tuple in kinds(each, fields)):
        where = schedule.at("parts", number, "table", "each")
        yield Fault(where, f"{each!r} is no list of answers.", did_you_mean(each, fields))
    if part.signers and not schedule.written.for_each:
        where = schedule.at("parts", number, "signers")
        yield Fault(where, "the schedule is not repeated for each party.", "Add for_each: party.")
    for at, passage in schedule.passages.items():
        if at[:2] == ("parts", number):
            whole = {**when, **part.when}
            yield from _values(schedule, passage, each, whole, fields)
            yield from reference_faults(passage, whole, library)
            yield from word_faults(passage.blocks, passage.found(""))
            if at[-1] == "text":
                yield from ending_faults(passage.blocks, passage.found(""))


def _values(
    schedule: ScheduleText, passage: Passage, each: str, when: Mapping[str, Any], fields: Fields
) -> Iterator[Fault]:
    for block in passage.blocks:
        for value in (piece for piece in block.pieces if isinstance(piece, Value)):
            where = passage.found(value.path)
            if value.path.startswith("party."):
                if value.path not in PARTY_VALUES:
                    near = did_you_mean(value.path, PARTY_VALUES)
                    yield Fault(where, f"no value is called {value.path!r}.", near or _known(PARTY_VALUES))
                elif not schedule.written.for_each:
                    yield Fault(where, "the schedule is not repeated for each party.", "Add for_each: party.")
            elif value.path != each:
                # A list that stands alone in a cell repeats its row, as one alone in an item repeats the item.
                alone = block.pieces == (value,) and not value.filter and "rows" in passage.path
                repeats = alone or value == block.repeats
                yield from value_fault(where, value, fields, when, repeats=repeats)


def _known(names: Any) -> str:
    return f"Known: {', '.join(names)}."


def _touching(schedule: ScheduleText) -> Iterator[Fault]:
    """Word joins two tables that nothing parts."""
    parts = schedule.written.parts
    tables = [bool(part.table or part.rating) for part in parts]
    forms = [bool(part.form or part.sign or part.signers) for part in parts]
    for number in range(1, len(parts)):
        before, now = number - 1, number
        both = (tables[before] or forms[before]) and (tables[now] or forms[now])
        if both and not (forms[before] and forms[now] and not parts[now].signers and not parts[before].signers):
            what = "a table or form follows another with nothing in between, so Word would join them."
            yield Fault(schedule.at("parts", number), what, "Put a heading or a text between them.")
