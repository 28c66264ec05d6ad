"""Tell in the memo on a renewal what stands beside the sections: requirements, answers, and what was not carried over."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.document.memo import Paragraph, Row, Section, Table, Text, Words, words
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.report.shapes import Report, RequirementRow
from mou_builder.review.answers_changed import ChangedAnswer, changed_answers
from mou_builder.review.board_clauses import likened
from mou_builder.review.board_findings import outside
from mou_builder.review.board_requirements import place
from mou_builder.review.differences import compared, sides
from mou_builder.review.news import reason_of
from mou_builder.review.renewal import Renewal
from mou_builder.wording import in_date, joined

_KIND = {"guidance": "guidance", "law": "required by law", "grant": "grant term", "local": "local policy"}
_STANDING = {"altered": "counsel to judge", "not attested": "a practice that nobody has attested yet"}


def requirements(renewal: Renewal, report: Report) -> Iterator[Section]:
    """Yield the section on what is asked now and was not then, or the other way round, and where the draft says it."""
    if not renewal.requirements:
        return
    standing = {row.id: row for row in report.requirements}
    rows = tuple(
        Row(
            (
                words(one.id),
                words(one.asks or "no longer held"),
                words(_KIND.get(one.force, "")),
                words(f"{'New' if one.new else 'Withdrawn'}: {one.because}."),
                words(_stands(standing.get(one.id)) if one.new else ""),
            )
        )
        for one in renewal.requirements
    )
    heads = ("No.", "What is asked", "Kind", "What is new", "In this agreement")
    lead = f"Since {in_date(renewal.record.as_of)} these requirements were added or withdrawn."
    parts = (Paragraph(words(lead), "lead"), Table(heads, (10, 34, 13, 23, 20), rows))
    reasons = dict.fromkeys(reason_of(one).strip() for one in renewal.requirements)
    told = [Paragraph(words(Text("The library: ", "strong"), one)) for one in reasons if one]
    yield Section("What is asked now", (*parts, *told))


def _stands(row: RequirementRow | None) -> str:
    if row is None:
        return ""
    where = joined([place(one.section) for one in row.clauses if one.section])
    said = _STANDING.get(row.status, row.status)
    return f"{said}: {where}" if where and row.status in ("met", "altered") else said


def answers(renewal: Renewal, agreement: Agreement, library: Library) -> Iterator[Section]:
    """Yield the section on the answers that differ."""
    changed = changed_answers(renewal.record.agreement(library.states), agreement)
    if not changed:
        return
    rows = tuple(Row((words(one.title), words(one.before), _now(one))) for one in changed)
    table = Table(("Answer", "Then", "Now"), (34, 33, 33), rows)
    yield Section("Answers that differ", (Paragraph(words("What the two agreements were built from."), "lead"), table))


def _now(one: ChangedAnswer) -> Words:
    if one.now:
        return words(one.now)
    return words(Text("to be given anew" if one.anew else "taken out", "quiet"))


def left_open(report: Report) -> Iterator[Section]:
    """Yield the section on the questions that need an answer."""
    items = [f"{one['question']}: {one['why']}" for one in report.undecided]
    items += [f"{one['question']}: to be confirmed ({one['why']})" for one in report.confirm]
    if items:
        lead = "Before a final agreement can be made, these questions need an answer."
        yield Section("Still open", (Paragraph(words(lead), "lead"), *(Paragraph(words(one), "item") for one in items)))


def not_carried_over(renewal: Renewal) -> Iterator[Section]:
    """Yield the section on what the signed file holds and the renewed agreement does not."""
    parts = [*_loose(renewal), *_around(renewal), *_moved(renewal), *_headings(renewal)]
    if parts:
        lead = (
            "The new agreement is made of the answers, the library, and the sections that the parties worded. What else was "
            "changed in the signed file is not in it. Whoever wants it changes the answers or adds a section."
        )
        yield Section("Not carried over", (Paragraph(words(lead)), *parts))


def _loose(renewal: Renewal) -> Iterator[Paragraph]:
    if renewal.loose:
        yield Paragraph(words("Words that belong to no section:"), "lead")
        for one in renewal.loose:
            yield Paragraph(words(one), "quote")


def _around(renewal: Renewal) -> Iterator[Paragraph]:
    """Yield the changes to parties, signatures, schedules and margins."""
    found = outside(renewal.signed) if renewal.signed else []
    if found:
        yield Paragraph(
            words("Changes outside the sections, such as to parties, signatures, schedules or margins:"), "lead"
        )
    for one in found:
        _, before, after = sides(one.message)
        said = compared(before, after) if before or after else words(f"{one.message.partition(';')[0].rstrip('.')}.")
        yield Paragraph(said, "quote")


def _moved(renewal: Renewal) -> Iterator[Paragraph]:
    moved = [one for one in renewal.signed.clauses if one.moved_from] if renewal.signed else []
    if moved:
        yield Paragraph(words("Sections that were moved stand in the library\u2019s order again:"), "lead")
    for one in moved:
        yield Paragraph(words(f"{one.heading}: moved from {place(one.moved_from)} to {place(one.section)}"), "item")


def _headings(renewal: Renewal) -> Iterator[Paragraph]:
    """Yield the sections that were altered in a way that no wording can keep: a heading that was taken out."""
    altered = {one.slot for one in renewal.signed.clauses if one.state == "altered"} if renewal.signed else set()
    back = [one for one in renewal.sections if one.slot in altered and not one.changed]
    if back:
        yield Paragraph(words("Headings that were taken out stand again:"), "lead")
    for section in back:
        yield Paragraph(words(section.heading), "item")


def pending(renewal: Renewal) -> Iterator[Section]:
    """Yield the sections on tracked changes that nobody settled, and on how surely the signed sections were found."""
    if renewal.signed is None:
        return
    found = [one.message for one in renewal.signed.findings if one.code == "W-PENDING-CHANGES"]
    if found:
        lead = (
            "Nobody has accepted or rejected these changes in the signed file. The renewal takes them as accepted. Until they are "
            "settled, nobody can say what was agreed."
        )
        items = (Paragraph(words(one), "item") for one in found)
        yield Section("Tracked changes still pending", (Paragraph(words(lead), "lead"), *items))


def surely_found(renewal: Renewal) -> Iterator[Section]:
    """Yield the section on the sections that were found in the signed file only by the likeness of their words."""
    if renewal.signed is not None:
        yield from likened(renewal.signed)
