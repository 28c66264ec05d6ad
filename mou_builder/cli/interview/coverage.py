"""How the requirements stand while one talks: which are met, which are open, and what the open ones still need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from mou_builder.errors import MouError
from mou_builder.interview.tree import names_of
from mou_builder.interview.words import section_title

if TYPE_CHECKING:
    from mou_builder.interview.state import Interview
    from mou_builder.library import Library
    from mou_builder.report import Report
    from mou_builder.report.shapes import RequirementRow

_OPEN = ("missing", "not attested", "verify")
_SHOWN_REASONS = 8
_WHERE = re.compile(r" \([a-z_]+(?:[.\[][a-z_0-9.\[\]]+)\)")
_PATH = re.compile(r"\b[a-z_]+(?:\.[a-z_]+(?:\[\d+\])?)+\b")


def report_on(now: Interview, shelf: Library, as_of: date) -> Report | None:
    """Return what a build would hold now; None while the answers do not make an agreement yet.

    Of a set of parallel instruments the first one stands for all.
    """
    from mou_builder.cli.subject import foreseen
    from mou_builder.marked import Marked
    from mou_builder.model.answers import agreement_from
    from mou_builder.sets import instruments

    if not now.draft.complete or now.draft.unknown:
        return None
    try:
        agreement = instruments(agreement_from(Marked("the answers", now.tree), shelf.states), shelf)[0].agreement
        return foreseen(agreement, shelf, as_of, "the agreement").report
    except MouError:
        return None


def of_section(now: Interview, section: str, report: Report) -> Iterator[str]:
    """Yield how the requirements that rest on a section stand, the open ones with what they need."""
    rows = _resting_on(now, section, report)
    if not rows:
        return
    count = {status: sum(row.status == status for row in rows) for status in ("met", "attested", "waived")}
    still_open = [row for row in rows if row.status in _OPEN]
    parts = [f"{number} {status}" for status, number in count.items() if number]
    parts += [f"{len(still_open)} open"] if still_open else []
    yield f"{section_title(section)}: of the requirements that rest on it, {', '.join(parts) or 'none is met'}."
    for row in still_open:
        yield f"  {row.id} open: {row.asks} {needs(now, row)}".rstrip()


def _resting_on(now: Interview, section: str, report: Report) -> list[RequirementRow]:
    serving = {id for item in now.items if item.question.section == section for id in item.form.serves}
    return [row for row in report.requirements if row.id in serving or f"{section}." in row.note]


def needs(now: Interview, row: RequirementRow) -> str:
    """Return what an open requirement needs, its questions by their titles."""
    if row.status == "not attested" or row.practice == "not attested":
        return "Needs: a named person's statement that it happens (section Attestations)."
    titles = {".".join(names_of(item.path)): item.form.title for item in now.items}
    named = _PATH.sub(
        lambda found: f"“{titles[found.group()]}”" if found.group() in titles else found.group(), row.note
    )
    return f"Needs: {named}" if named else ""


def in_all(now: Interview, report: Report) -> Iterator[str]:
    """Yield how many provisions of each rubric the text would meet, and what stands against signing."""
    for rubric in report.rubrics:
        yield f"{rubric.id}: {rubric.met} of {rubric.of} provisions met ({rubric.force})."
    waived = [row for row in report.requirements if row.status == "waived"]
    if waived:
        yield f"Waived: {', '.join(row.id for row in waived)}."
    reasons = list(report.reasons_against_final())
    if reasons:
        many = f"{len(reasons)} thing{'s are' if len(reasons) > 1 else ' is'} open"
        few = len(reasons) <= _SHOWN_REASONS
        yield f"Before it can be signed, {many}{':' if few else '; a draft lists them on its last page.'}"
        yield from (f"  - {_WHERE.sub('', reason)}" for reason in reasons if few)
