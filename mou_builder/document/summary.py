"""Print the plain-language summary: what the agreement means for students and families, beside it as its own Word file."""

from __future__ import annotations

import io
from typing import Any

from mou_builder.document.answers import Answers
from mou_builder.document.filling import filled, guarded, unguard
from mou_builder.document.package import finished
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.selection import Selection
from mou_builder.wording import Wording, in_date, joined


def summarize(agreement: Agreement, selection: Selection, library: Library, template: bytes, *, final: bool) -> bytes:
    """Return the summary as a Word file: the plain words of every chosen clause that has any, in the agreement's order.

    Raises TemplateError if the template names something that does not exist, or is no Word file.
    """
    context = summary_of(agreement, selection, library) | {"draft": not final, "as_of": in_date(selection.as_of)}
    safe = guarded(context)
    document = filled(template, safe)
    if safe != context:
        unguard(document.element.body)
    stream = io.BytesIO()
    document.save(stream)
    title = f"{agreement.document.name}: summary in plain words"
    return finished(stream.getvalue(), title=title, as_of=selection.as_of, record=None)


def summary_of(agreement: Agreement, selection: Selection, library: Library) -> dict[str, Any]:
    """Return what the summary prints."""
    wording = Wording(agreement, library.states)
    answers = Answers(agreement)
    groups: list[dict[str, Any]] = []
    for article in library.outline.articles:
        chosen = [one for one in selection.choices if one.article == article.id and one.clause and one.clause.plain]
        entries = [
            {"runs": wording.plain(one.clause), "number": selection.numbers[one.slot]} for one in chosen if one.clause
        ]
        if entries:
            groups.append({"title": article.plain or article.title, "entries": entries})
    parties = agreement.parties
    return {
        "title": agreement.document.name,
        "parties": joined([party.legal_name for party in parties.all]),
        "schools": joined([party.legal_name for party in parties.districts]),
        "effective": answers.of(agreement.document, "effective_date", "document"),
        "posted_at": answers.of(agreement.review, "posted_at", "review"),
        "intake": answers.of(agreement.complaints, "district_intake", "complaints"),
        "agency_intake": answers.of(agreement.complaints, "agency_intake", "complaints"),
        "groups": groups,
    }
