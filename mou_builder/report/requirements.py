"""Say of one requirement what became of it. No option softens a status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from mou_builder.library import Library, Requirement, Rubric
from mou_builder.model import Agreement
from mou_builder.model.conditions import check, when_in_words
from mou_builder.record import Record
from mou_builder.report.shapes import ClauseRow, RequirementRow, Status, TaskRow
from mou_builder.report.states import owner_of
from mou_builder.wording import in_date

_UNREAD = {
    "text": "",
    "seed": "Not read in the text of the law; counsel must verify it.",
    "part": "Only part of the text was read; counsel must verify it.",
    "summary": "Known from a summary, not from the text of the law; counsel must verify it.",
    "title": "Known by its title only; counsel must verify it.",
    "recollection": "Known only by recollection; verify against the source.",
}


def requirement_row(
    rubric: Rubric,
    requirement: Requirement,
    rows: Sequence[ClauseRow],
    agreement: Agreement,
    record: Record,
    library: Library,
    beyond: str = "",
) -> RequirementRow:
    """Return what became of one requirement, with the clauses it rests on.

    `beyond` says how an answer breaks the value that it sets: then no clause meets it.
    """
    clauses = tuple(row for row in rows if {requirement.id, *requirement.rests_on} & set(row.why))
    as_of = record.as_of
    attested = any(one.requirement == requirement.id and one.on <= as_of for one in agreement.attestations)
    in_practice: Literal["attested", "not attested"] = "attested" if attested else "not attested"
    status, note = _status(requirement, clauses, agreement, in_practice, as_of)
    if beyond and status == "met":
        status, note = "missing", beyond
    if status == "missing" and not note:
        note = _what_would_say_it(requirement.id, agreement, record, library)
    practice = in_practice if requirement.kind == "both" and status != "not applicable" else None
    return RequirementRow(
        requirement.id,
        rubric.id,
        requirement.step,
        requirement.asks,
        requirement.kind,
        requirement.force,
        requirement.level,
        requirement.evidence,
        status,
        practice,
        clauses,
        note,
        requirement.cite,
        requirement.seen,
        _task(requirement, agreement) if status != "not applicable" else None,
    )


def _task(requirement: Requirement, agreement: Agreement) -> TaskRow | None:
    task = requirement.task
    return TaskRow(task.what, task.kind, owner_of(task.owner, agreement), task.when) if task else None


def _status(
    requirement: Requirement, clauses: Sequence[ClauseRow], agreement: Agreement, in_practice: Status, as_of: date
) -> tuple[Status, str]:
    if requirement.applies and check(agreement, requirement.applies).holds is False:
        return "not applicable", requirement.not_applicable
    if requirement.unread:
        return "verify", _UNREAD[requirement.evidence]
    if requirement.kind == "practice":
        status, note = in_practice, ""
    else:
        status, note = _provision(clauses)
        lacking = [id for id in requirement.rests_on if not any(id in row.why for row in clauses)]
        if lacking and status == "met" and not any(requirement.id in row.why for row in clauses):
            status, note = "missing", f"It rests on {', '.join(lacking)} too, which no section meets."
    if status in ("missing", "not attested"):
        waiver = next((one for one in agreement.waivers if one.requirement == requirement.id), None)
        if waiver and waiver.on <= as_of:
            return "waived", f"Waived by {waiver.by} on {in_date(waiver.on)}: {waiver.why}"
    return status, note


def _what_would_say_it(id: str, agreement: Agreement, record: Record, library: Library) -> str:
    """Return where a provision that no clause says would come from: an open slot, or a text other answers choose."""
    chain = library.chain(agreement.document.state)
    serving = [clause for clause in library.shelf.values() if clause.jurisdiction in chain]
    saying = [clause for clause in serving if id in clause.written.satisfies]
    gaps = {gap.slot: gap for gap in record.gaps}
    for clause in saying:
        if clause.slot in gaps and gaps[clause.slot].open:
            return f"{gaps[clause.slot].title}: open until {', '.join(gaps[clause.slot].open)} is answered."
    chosen = [
        f"{clause.cite}, chosen when {when_in_words(clause.written.when)}" for clause in saying if clause.written.when
    ]
    return f"No section says it. A text that does: {chosen[0]}." if chosen else "No section says it."


def _provision(clauses: Sequence[ClauseRow]) -> tuple[Status, str]:
    if any(row.state == "altered" for row in clauses):
        return "altered", "The words differ from the library's; counsel must judge whether they still say it."
    kept = [row for row in clauses if row.local and row.state != "missing"]
    if kept:
        note = f"Rests on words of the parties, kept in place of the library's ({kept[0].local})"
        return "altered", f"{note}; counsel must judge whether they say it."
    whole = [row for row in clauses if row.state == "unaltered"]
    complete = [row for row in whole if not row.open]
    if complete:
        return "met", ""
    if whole:
        open_paths = ", ".join(dict.fromkeys(path for row in whole for path in row.open))
        return "missing", f"Section {whole[0].section} stands, but these answers are open: {open_paths}."
    return "missing", ""
