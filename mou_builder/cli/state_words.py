"""Say in plain words, for an attorney, what the library knows of one state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mou_builder.model.document import Document
from mou_builder.model.walk import labels
from mou_builder.wording import in_date

if TYPE_CHECKING:
    from datetime import date

    from mou_builder.library.jurisdictions import Limit, StateForm
    from mou_builder.library.rubrics import Requirement, Rubric
    from mou_builder.library.state_sheets import StateSheet

FOLLOWED = {
    "identical": "must be signed as it is",
    "no-deletions": "must be signed; additions only",
    "minimum": "is the least that must be said",
    "substantially-similar": "to be followed in substance",
    "based-on": "to be built on, and may be adapted",
    "advisory": "a model without force, as far as was read",
}
_COMPARE = "This tool does not hold its text: lay the draft beside it and settle each difference before anyone signs."
_MEANS = {
    "identical": "The state's own form must be signed as it is. An agreement made with this tool does not take its place.",
    "no-deletions": "The state's own form must be signed; words may be added to it, and none taken away or changed. An "
    "agreement made with this tool does not take its place; use it at most as material for additions to the form.",
    "minimum": f"An agreement must say at least what the form says. {_COMPARE}",
    "substantially-similar": f"An agreement must be substantially similar to the form. {_COMPARE}",
    "based-on": f"An agreement is built on the form and may be adapted. {_COMPARE}",
    "advisory": "No rule was seen that binds anyone to it. Comparing the draft with it is still worthwhile.",
}
READ_AS = {
    "text": "read in the text",
    "part": "part of the text read",
    "summary": "known from another's summary",
    "seed": "known from a law firm's account",
    "title": "only a title known",
    "recollection": "from recollection only",
}
_REVIEW = "review.months"


def found(sheet: StateSheet) -> str:
    """Return in half a sentence what the survey found."""
    return sheet.surveyed.in_words if sheet.surveyed else "not looked at; ask counsel"


def review(sheet: StateSheet) -> str:
    """Return how often an agreement is reviewed, as a value with a date says, or else as the survey noted."""
    said = [_limit(limit) for limit in sheet.limits if limit.answer == _REVIEW]
    return "; ".join(said) or (sheet.surveyed.review if sheet.surveyed else "") or "none seen"


def in_full(sheet: StateSheet) -> Iterator[str]:
    """Yield all that is known of a state, line by line."""
    yield f"{sheet.name} ({sheet.code})"
    yield ""
    yield from _survey(sheet)
    for form in sheet.forms:
        yield from _form(form)
    yield from _words_of_art(sheet)
    yield from _values(sheet)
    yield from _tasks(sheet)
    yield from _rows(sheet)
    yield ""
    counsel = "For counsel: verify all of this against the official code on the day you rely on it."
    yield (
        f"{counsel} An agreement that meets these rows is aligned with what was read, no more."
        if sheet.rows
        else counsel
    )


def _survey(sheet: StateSheet) -> Iterator[str]:
    one = sheet.surveyed
    if one is None:
        yield "This library holds no survey of this state; ask counsel."
        return
    yield f"Found: {one.in_words}."
    yield f"  {one.says}"
    if one.cites:
        yield f"  Cited: {'; '.join(one.cites)} ({READ_AS[one.evidence or 'summary']})"
    if one.found != "not-surveyed":
        proof = " That nothing was found is no proof that there is no law." if one.found == "none" else ""
        yield f"  Looked up {in_date(one.seen)}.{proof}"
    if one.review:
        yield f"  Review: {one.review}"
    if one.form and not sheet.forms:
        yield f"  Published: {one.form}"
    yield from (f"  Opened: {source}" for source in one.sources)


def _form(form: StateForm) -> Iterator[str]:
    revision = f", {form.revision}" if form.revision else ""
    yield ""
    yield f"The state's form: {form.title} ({form.publisher}{revision})"
    yield f"  {form.cite}; {READ_AS[form.evidence]}, seen {in_date(form.seen)}"
    yield f"  {_MEANS[form.conformance]}"


def _words_of_art(sheet: StateSheet) -> Iterator[str]:
    names = labels(Document.model_fields["instrument"])
    instruments = [names.get(kind, kind) for one in sheet.jurisdictions for kind in one.instruments]
    if instruments:
        yield ""
        yield f"Kind of agreement that its law names: {' or '.join(instruments)} (answer document.instrument)"
    terms = [term for one in sheet.jurisdictions for term in one.terms]
    if terms:
        yield ""
        yield "Terms of art"
        yield from (f"  {term.term}: {term.means}" for term in terms)


def _values(sheet: StateSheet) -> Iterator[str]:
    unread = {row.id for _, row in sheet.to_verify}
    if sheet.limits:
        yield ""
        yield "Values"
    for limit in sheet.limits:
        verify = "; to verify" if limit.requirement in unread else ""
        yield f"  {limit.title}: {_limit(limit)} (answer {limit.answer}; {limit.requirement}{verify})"


def _tasks(sheet: StateSheet) -> Iterator[str]:
    tasks = [(row, row.task) for _, row in sheet.rows if row.task]
    if tasks:
        yield ""
        yield "To do outside the agreement"
    for row, task in tasks:
        verify = "; to verify" if row.unread else ""
        yield f"  {task.owner}: {task.what.rstrip('.')}. When: {task.when}. ({row.id}{verify})"


def _rows(sheet: StateSheet) -> Iterator[str]:
    if not sheet.rubrics:
        yield ""
        yield "This library holds no rows of law for this state."
        return
    yield ""
    yield f"Read in the text of the law: {_counted(len(sheet.read))}"
    yield from (f"  {_row(row)}" for _, row in sheet.read)
    yield ""
    yield f"To verify; never counted as met: {_counted(len(sheet.to_verify))}"
    for rubric, row in sheet.to_verify:
        opened = "; ".join(rubric.sources[key].cite for key in row.sources)
        yield f"  {_row(row)}"
        yield f"    {READ_AS[row.evidence].capitalize()}, seen {in_date(row.seen)}. Open first: {opened}"
    yield ""
    yield "Pages"
    yield from dict.fromkeys(f"  {_source(rubric, key)}" for rubric, row in sheet.rows for key in row.sources)


def _row(row: Requirement) -> str:
    cite = f" {row.cite}:" if row.cite else ""
    days = _between(row.effective_from, row.effective_to)
    note = f" Note: {row.note}" if row.note else ""
    return f"{row.id}{cite} {row.asks}{f' In force {days}.' if days else ''}{note}"


def _source(rubric: Rubric, key: str) -> str:
    source = rubric.sources[key]
    return f"{source.cite}: {source.url}" if source.url else source.cite


def _limit(limit: Limit) -> str:
    days = _between(limit.effective_from, limit.effective_to)
    return f"{limit.in_words}{f' {days}' if days else ''}"


def _between(first: date | None, last: date | None) -> str:
    days = [f"from {in_date(first)}" if first else "", f"until {in_date(last)}" if last else ""]
    return " ".join(day for day in days if day)


def _counted(count: int) -> str:
    return "no row" if count == 0 else "1 row" if count == 1 else f"{count} rows"
