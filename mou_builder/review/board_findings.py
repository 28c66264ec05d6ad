"""Tell a board what else a reader of the file should know: pending changes, changes around the clauses, slips, open answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mou_builder.document.memo import Paragraph, Section, words
from mou_builder.report.shapes import Finding, Report
from mou_builder.review.board_clauses import LEGEND, beside, told
from mou_builder.review.differences import compared, sides
from mou_builder.wording import counted

_OWN_SECTION = {"W-PENDING-CHANGES", "E-FRAME-CHANGED"}
_COUNTED = {"W-STALE-REFERENCE", "W-OTHER-TEXT", "W-FOUND-BY-WORDS"}
"""Findings of which a file can hold a hundred alike, and one that the memo tells by the clause."""
_OUTSIDE = "Words outside the clauses were changed:"


def pending(report: Report) -> Iterator[Section]:
    """Yield the section on tracked changes that nobody has accepted or rejected."""
    found = [one for one in report.findings if one.code == "W-PENDING-CHANGES"]
    if found:
        what = (
            "The file holds tracked changes that nobody has accepted or rejected. This memo takes them as accepted. Until they "
            "are settled, nobody can say what was agreed."
        )
        yield Section("Tracked changes still pending", (Paragraph(words(what)), *_items(found, report)))


def around(report: Report) -> Iterator[Section]:
    """Yield the section on changes outside the clauses: parties, signatures, schedules, amounts in tables."""
    found = outside(report)
    if not found:
        return
    parts = [
        Paragraph(words("Changes to the parties, the signatures, the schedules, the margins, or between the sections."))
    ]
    if not any(one.difference for one in report.clauses):
        parts.append(LEGEND)
    for one in found:
        lead, before, after = sides(one.message)
        if not (before or after):
            parts.append(Paragraph(words(one.message)))
            continue
        if lead != _OUTSIDE:
            parts.append(Paragraph(words(lead), "lead"))
        parts.append(Paragraph(compared(before, after), "quote"))
    yield Section("Changed outside the clauses", tuple(parts))


def outside(report: Report) -> list[Finding]:
    """Return the changes outside the clauses, but for passages that the memo shows as added."""
    return [one for one in report.findings if one.code == "E-FRAME-CHANGED" and not _is_added(one, report)]


def _is_added(finding: Finding, report: Report) -> bool:
    """Whether a change outside the clauses is a passage that the memo shows as added."""
    _, before, after = sides(finding.message)
    shown = " ".join(" ".join(one.text.split()) for one in report.added)
    return bool(after) and not before and after in shown


def also(report: Report) -> Iterator[Section]:
    """Yield the section on everything else that was found, what must be mended first."""
    shown_above = {
        id(one) for clause in report.clauses if clause.state != "unaltered" for one in beside(clause, report)
    }
    shown = {one.section for one in report.added}
    left = [
        one
        for one in report.findings
        if id(one) not in shown_above
        and one.code not in _OWN_SECTION | _COUNTED
        and not (one.code == "E-ADDED-SECTION" and one.where in shown)
    ]
    many = Counter(one.code for one in report.findings if id(one) not in shown_above)
    errors = [one for one in left if one.level == "error"]
    warnings = [one for one in left if one.level == "warning"]
    parts: list[Paragraph] = []
    if errors:
        parts += [Paragraph(words("To be mended:"), "lead"), *_items(errors, report)]
    if warnings or many["W-STALE-REFERENCE"] or many["W-OTHER-TEXT"]:
        parts += [Paragraph(words("To be looked at:"), "lead"), *_items(warnings, report), *_many(many)]
    if parts:
        yield Section("Also found", tuple(parts))


def _many(found: Counter[str]) -> Iterator[Paragraph]:
    stale, foreign = found["W-STALE-REFERENCE"], found["W-OTHER-TEXT"]
    if stale:
        what = (
            f"Cross-references to {counted(stale, 'section')} still show {'an old number' if stale == 1 else 'old numbers'}. "
            "In Word, select all and press F9."
        )
        yield Paragraph(words(what), "item")
    if foreign:
        what = (
            f"The library at hand has other words for {counted(foreign, 'clause')}; {'it was' if foreign == 1 else 'they were'} "
            "compared with the words kept in the file\u2019s own record."
        )
        yield Paragraph(words(what), "item")


def left_open(report: Report) -> Iterator[Section]:
    """Yield the section on answers that the agreement itself leaves open."""
    items = [
        Paragraph(words(f"{one['question']}: {one['why']}"), "item") for one in (*report.undecided, *report.confirm)
    ]
    if items:
        what = "When the agreement was built, these answers were undecided or still to be confirmed:"
        yield Section("Left open", (Paragraph(words(what), "lead"), *items))


def _items(found: list[Finding], report: Report) -> Iterator[Paragraph]:
    for one in found:
        yield Paragraph(words(told(one, report)), "item")
