"""Hold what the file says against what the rubrics ask. No option softens a status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mou_builder.library import Library, Rubric
from mou_builder.model import Agreement
from mou_builder.model.walk import labels, undecided, walk
from mou_builder.negotiated import slots_of
from mou_builder.record import Record, UsedText
from mou_builder.report.changes import kinds_of_change
from mou_builder.report.clauses import Found
from mou_builder.report.conformance import breaches
from mou_builder.report.consistency import consistency_findings
from mou_builder.report.layers import broken, limit_findings, limit_rows, serving
from mou_builder.report.requirements import requirement_row
from mou_builder.report.shapes import (
    AddedText,
    ClauseRow,
    Finding,
    Report,
    RequirementRow,
    RubricRow,
)
from mou_builder.report.states import form_findings, pack_notes, state_notes
from mou_builder.shape import in_words
from mou_builder.wording import in_date

_COUNTED = ("met", "altered", "missing", "waived")


def judge(
    document: str,
    agreement: Agreement,
    record: Record,
    found: Sequence[Found],
    library: Library,
    findings: Sequence[Finding] = (),
    added: Sequence[AddedText] = (),
) -> Report:
    """Return the report on an agreement whose clauses were found as `found` says."""
    rubrics = serving(agreement, library)
    asked = frozenset(row.id for rubric in rubrics for row in rubric.requirements)
    rows = tuple(_clause_row(one, agreement, library, asked) for one in found)
    beyond = broken(agreement, library, record.as_of)
    requirements = tuple(
        requirement_row(rubric, requirement, rows, agreement, record, library, beyond.get(requirement.id, ""))
        for rubric in rubrics
        for requirement in rubric.requirements
        if requirement.in_force(record.as_of)
    )
    return Report(
        document=document,
        as_of=record.as_of,
        tool=record.tool,
        rubrics=tuple(_rubric_row(rubric, requirements) for rubric in rubrics),
        requirements=requirements,
        clauses=rows,
        findings=(
            *_gap_findings(record),
            *_kept_findings(agreement),
            *consistency_findings(agreement, record, library),
            *_statement_findings(agreement, requirements, rows, record.as_of),
            *limit_findings(agreement, library, record.as_of),
            *form_findings(agreement, library),
            *findings,
            *breaches(agreement, record, found, library),
        ),
        defaults_taken=_defaults(agreement),
        undecided=tuple({"answer": path, "question": title, "why": why} for path, title, why in undecided(agreement)),
        confirm=_to_confirm(agreement),
        waivers=tuple(
            {"requirement": one.requirement, "by": one.by, "why": one.why, "on": one.on.isoformat()}
            for one in agreement.waivers
        ),
        attestations=tuple(
            {
                "requirement": one.requirement,
                "by": one.by,
                "title": one.title,
                "on": one.on.isoformat(),
                "note": one.note or "",
            }
            for one in agreement.attestations
        ),
        notes=(*state_notes(agreement, library), *pack_notes(library)),
        limits=limit_rows(agreement, library, record.as_of),
        added=tuple(added),
        kept=tuple(_kept(agreement, record)),
    )


def satisfied_by(used: UsedText, library: Library) -> tuple[str, ...]:
    """Return the requirements a text meets: as this library says where it holds the very text, else as recorded."""
    clause = library.clause(used.id, used.version)
    return clause.written.satisfies if clause and clause.digest == used.sha256 else used.satisfies


def _clause_row(found: Found, agreement: Agreement, library: Library, asked: frozenset[str]) -> ClauseRow:
    used = found.used
    clause = library.clause(used.id, used.version)
    return ClauseRow(
        used.id,
        used.version,
        used.slot,
        found.section,
        used.bookmark,
        found.state,
        tuple(id for id in satisfied_by(used, library) if id in asked),
        used.heading,
        bool(clause and library.published(clause) and not used.kept),
        used.open,
        found.difference,
        found.moved_from,
        found.found_by,
        found.confidence,
        kinds_of_change(found.before, found.after, agreement) if found.state == "altered" else (),
        used.kept,
    )


def _rubric_row(rubric: Rubric, rows: Sequence[RequirementRow]) -> RubricRow:
    counted = [row for row in rows if row.rubric == rubric.id and row.kind != "practice" and row.status in _COUNTED]
    return RubricRow(rubric.id, rubric.force, sum(row.status == "met" for row in counted), len(counted))


def _statement_findings(
    agreement: Agreement, requirements: Sequence[RequirementRow], rows: Sequence[ClauseRow], as_of: date
) -> Iterator[Finding]:
    """Yield waivers and attestations that do not count, and recitals that state a practice nobody attests."""
    status = {row.id: row.status for row in requirements}
    for group in ("waivers", "attestations"):
        for number, one in enumerate(getattr(agreement, group)):
            if one.on > as_of:
                what = f"The {group[:-1]} of {one.requirement} is dated {in_date(one.on)}, after {in_date(as_of)}."
                yield Finding("W-LATER-DATE", "warning", f"{what} It does not count yet.", f"{group}[{number}].on")
    for number, waiver in enumerate(agreement.waivers):
        if status.get(waiver.requirement) in ("met", "attested"):
            what = f"{waiver.requirement} is waived, but it is {status[waiver.requirement]}; delete the waiver."
            yield Finding("W-WAIVER-NOT-NEEDED", "warning", what, f"waivers[{number}].requirement")
    attested = {one.requirement for one in agreement.attestations if one.on <= as_of}
    for row in rows:
        unproved = [id for id in row.why if id not in attested]
        if row.section.startswith("Recital") and unproved:
            what = (
                f"\u201c{row.heading}\u201d ({row.section}) states what the parties did "
                f"({', '.join(unproved)}); nobody has attested it. Confirm it before signing, or strike it."
            )
            yield Finding("W-RECITAL-UNPROVED", "warning", what, row.section)


def _gap_findings(record: Record) -> list[Finding]:
    return [
        Finding(
            "E-SLOT-OPEN" if gap.open else "E-SLOT-EMPTY",
            "error",
            f"{gap.title}: no text can be chosen until {', '.join(gap.open)} is answered."
            if gap.open
            else f"{gap.title}: the library has no text that fits{f' ({gap.why})' if gap.why else ''}.",
            gap.slot,
        )
        for gap in record.gaps
    ]


def _to_confirm(agreement: Agreement) -> tuple[dict[str, str], ...]:
    titles = {answer.path: answer.field.title or answer.path for answer in walk(agreement)} if agreement.confirm else {}
    return tuple(
        {"answer": item.answer, "question": titles[item.answer], "why": item.why} for item in agreement.confirm
    )


def _kept(agreement: Agreement, record: Record) -> Iterator[dict[str, str]]:
    """Yield what the parties keep of their own, in the agreement's order."""
    built = {one.slot: one for one in record.clauses}
    for slot, one in slots_of(agreement.negotiated):
        used = built.get(slot)
        yield {
            "slot": slot,
            "section": used.section if used else "",
            "heading": used.heading if used else one.heading or "",
            "kind": one.kind,
            "use": one.use,
            "instead_of": one.instead_of or "",
            "why": one.why,
            "agreed_on": one.agreed_on.isoformat() if one.agreed_on else "",
        }


def _kept_findings(agreement: Agreement) -> Iterator[Finding]:
    """Yield the sections of which both texts stand in the draft."""
    for one in agreement.negotiated:
        if one.use == "both":
            said = "the draft shows the parties\u2019 text and the library\u2019s. Counsel must choose one."
            what = f"{one.heading or one.section}: {said}"
            yield Finding("E-WORDING-OPEN", "error", what, one.section)


def _defaults(agreement: Agreement) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "answer": answer.path,
            "question": answer.field.title or answer.path,
            "value": _shown(answer.value, labels(answer.field)),
            "rationale": answer.rationale,
        }
        for answer in walk(agreement)
        if answer.rationale and answer.asked and not answer.given
    )


def _shown(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, tuple):
        return ", ".join(words.get(str(one), str(one)) for one in value) or "none"
    return words.get(str(value), in_words(value))
