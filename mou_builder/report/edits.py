"""What people's edits did to the words of a finished agreement. A file that nobody edited gives no finding here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import Record
from mou_builder.report.clauses import Found
from mou_builder.report.definitions import exhibits_added, exhibits_in, undefined
from mou_builder.report.discipline import added_tasks
from mou_builder.report.frame import frame_of, outside
from mou_builder.report.judging import satisfied_by
from mou_builder.report.language import disagreeing, softened
from mou_builder.report.layers import serving
from mou_builder.report.names import misspelt
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.report.shapes import Finding
from mou_builder.report.slips import blanks_in, doubled, emptied


def edit_findings(
    record: Record,
    agreement: Agreement,
    library: Library,
    found: Sequence[Found],
    paragraphs: Sequence[Read],
    *,
    frame_changed: bool,
) -> Iterator[Finding]:
    """Yield what counsel should mend or look at in the words that differ from those that were built."""
    yield from emptied(paragraphs, found)
    if not frame_changed and all(one.state == "unaltered" for one in found):
        yield from misspelt(agreement, record, paragraphs, None)
        return
    altered = [one for one in found if one.state == "altered"]
    asked = {row.id for rubric in serving(agreement, library) for row in rubric.requirements}
    meets = {one.used.slot: tuple(id for id in satisfied_by(one.used, library) if id in asked) for one in altered}
    yield from softened(found, meets)
    yield from disagreeing(found, agreement, library)
    changed = [(one.before, one.after, one.section) for one in altered]
    if frame_changed:
        built = set(record.frame)
        now = tuple(line for line in frame_of(outside(record, found, paragraphs)) if line not in built)
        changed.append((record.frame, now, "outside the clauses"))
    there = exhibits_in(paragraphs)
    for before, after, where in changed:
        yield from added_tasks(before, after, where)
        yield from blanks_in(before, after, where, final=record.final)
        yield from doubled(before, after, where)
        yield from exhibits_added(before, after, there, where)
    yield from undefined(record, found, paragraphs, library.outline.frame_terms)
    yield from misspelt(agreement, record, paragraphs, _standing(record, found, paragraphs))


def _standing(record: Record, found: Sequence[Found], paragraphs: Sequence[Read]) -> frozenset[str]:
    """Return the lines that stand as they were built."""
    lines = {read.text() for one in found if one.state == "unaltered" for read in one.reads}
    before = {*record.frame, *(normalized(line) for one in found for line in one.before)}
    return frozenset(lines | {read.text() for read in paragraphs if normalized(read.text()) in before})
