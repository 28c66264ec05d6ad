"""Lay out an agreement as the plain values that the Word template prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mou_builder.document.answers import Answers
from mou_builder.document.computed import joining
from mou_builder.library import Library
from mou_builder.model import Agreement, Undecided
from mou_builder.model.conditions import check
from mou_builder.model.document import UNDER_STATUTE
from mou_builder.model.parties import Party, Signatory, Stakeholder
from mou_builder.report.shapes import Report
from mou_builder.selection import Choice, Selection
from mou_builder.wording import Paragraph, Run, Wording, blank, in_date, joined

Context = dict[str, Any]


def context_of(
    agreement: Agreement, selection: Selection, wording: Wording, report: Report, library: Library, *, final: bool
) -> Context:
    """Return everything the template prints: the agreement, and the facts of its compliance appendix."""
    answers = Answers(agreement)
    return {
        **_frame(agreement, answers, library, report),
        **_body(selection, wording, library),
        "draft": not final,
        "undecided": list(report.undecided),
        "confirm": list(report.confirm),
        "findings": [vars(finding) for finding in report.findings if finding.level == "error"],
        "warnings": [vars(finding) for finding in report.findings if finding.level == "warning"],
        "lacking": [vars(row) for row in report.requirements if row.blocks_final],
    }


def _frame(agreement: Agreement, answers: Answers, library: Library, report: Report) -> Context:
    document = agreement.document
    groups = (("districts", "District"), ("agencies", "Agency"), ("municipalities", "Municipality"))
    under_statute = check(agreement, UNDER_STATUTE).holds is True
    parties = [
        _party(
            party,
            role,
            len(getattr(agreement.parties, group)) == 1,
            under_statute,
            answers,
            f"parties.{group}[{number}]",
        )
        for group, role in groups
        for number, party in enumerate(getattr(agreement.parties, group))
    ]
    return {
        "title": document.name,
        "subject": subject_of(agreement),
        "recording": answers.of(document.recording, "return_to", "document.recording") if document.recording else [],
        "number": answers.of(document, "number", "document"),
        "effective": answers.of(document, "effective_date", "document"),
        "state": library.states.get(document.state, document.state).removeprefix("the "),
        "as_of": in_date(report.as_of),
        "footer": joined(_first_names([party.short_name for party in agreement.parties.all])),
        "parties": parties,
        **_signing(agreement, parties),
        "stakeholders": list(_stakeholders(agreement, answers)),
    }


def subject_of(agreement: Agreement) -> str:
    """Return what the agreement is about, as it stands under its title."""
    return "School Resource Officer Program" if agreement.program.mode == "assigned" else "Police Response to Schools"


def _first_names(names: list[str]) -> list[str]:
    """Return the names if they fit a footer, else the first three and "others"."""
    return names if len(names) <= 4 else [*names[:3], "others"]


def _signing(agreement: Agreement, parties: list[Context]) -> Context:
    """Return who signs on the signature pages: everybody but those who join a master agreement by a sheet."""
    by_sheet = agreement.set.structure == "master" and not isinstance(agreement.set.joining, Undecided)
    sheets = joining(agreement, parties) if by_sheet else []
    return {"signing": [one for one in parties if one not in sheets], "by_sheet": by_sheet}


def _party(party: Party, role: str, only: bool, under_statute: bool, answers: Answers, path: str) -> Context:
    people = [
        (person, _person(person, answers, f"{path}.signatories[{number}]"))
        for number, person in enumerate(party.signatories)
    ]
    return {
        "legal_name": party.legal_name,
        "short_name": party.short_name,
        "role": role,
        "only": only,
        **{
            name: answers.of(party, name, path)
            for name in ("entity_type", "organized_under", "acting_by", "governing_body", "resolution", "approved_on")
        },
        "authority": answers.of(party, "authority", path) if under_statute else [],
        "signers": [shown for person, shown in people if person.capacity == "sign"] or [_nobody()],
        "witnesses": [shown for person, shown in people if person.capacity != "sign"],
        "notice_officer": answers.of(party.notice, "officer", f"{path}.notice"),
        "notice_address": answers.of(party.notice, "address", f"{path}.notice"),
        "notice_email": answers.of(party.notice, "email", f"{path}.notice"),
    }


_CAPACITIES = {
    "sign": "By:",
    "attest": "Attest:",
    "approve-as-to-form": "As to form:",
    "certify-funds": "Funds:",
    "consent": "Consent:",
}


def _person(person: Signatory, answers: Answers, path: str) -> Context:
    return {
        "label": _CAPACITIES[person.capacity],
        "name": answers.of(person, "name", path),
        "title": answers.of(person, "title", path),
    }


def _nobody() -> Context:
    name, title = Signatory.model_fields["name"].title, Signatory.model_fields["title"].title
    return {"label": "By:", "name": [Run("blank", blank(name or ""))], "title": [Run("blank", blank(title or ""))]}


def _stakeholders(agreement: Agreement, answers: Answers) -> Iterator[Context]:
    for group in type(agreement.stakeholders).model_fields:
        bodies = getattr(agreement.stakeholders, group)
        for number, body in enumerate(() if isinstance(bodies, Undecided) else bodies):
            if body.part != "consult":
                yield _stakeholder(body, answers, f"stakeholders.{group}[{number}].representative")


def _stakeholder(body: Stakeholder, answers: Answers, path: str) -> Context:
    part = "signs as a stakeholder" if body.part == "sign" else "acknowledges receipt"
    # The model refuses a signing body without a representative.
    signers = [_person(body.representative, answers, path)] if body.representative else []
    return {"name": body.name, "part": part, "signers": signers, "none": []}


def _body(selection: Selection, wording: Wording, library: Library) -> Context:
    articles: list[Context] = []
    recitals: list[Context] = []
    contents: list[Context] = [{"level": 1, "slot": "parties", "number": "", "title": "Parties"}]
    recitals_title = ""
    for article in library.outline.articles:
        clauses = [_clause(one, wording) for one in selection.choices if one.article == article.id and one.printed]
        if article.style == "recital":
            recitals, recitals_title = clauses, article.title
            if clauses:
                contents.append({"level": 1, "slot": "recitals", "number": "", "title": article.title})
        elif clauses:
            articles.append({"title": article.title, "slot": f"article.{article.id}", "clauses": clauses})
            contents.append(
                {
                    "level": 1,
                    "slot": f"article.{article.id}",
                    "number": f"Article {len(articles)}",
                    "title": article.title,
                }
            )
            contents += [
                {
                    "level": 2,
                    "slot": clause["slot"],
                    "number": selection.numbers[clause["slot"]],
                    "title": clause["heading"],
                }
                for clause in clauses
            ]
    contents.append({"level": 1, "slot": "signatures", "number": "", "title": "Signatures"})
    contents += [
        {
            "level": 1,
            "slot": f"schedules.{one.id}",
            "number": selection.numbers[f"schedules.{one.id}"],
            "title": one.title,
        }
        for one in selection.schedules
    ]
    return {"articles": articles, "recitals": recitals, "recitals_title": recitals_title, "contents": contents}


def _clause(choice: Choice, wording: Wording) -> Context:
    if choice.clause is None:
        gap = Run("blank", blank(choice.title))
        return {
            "slot": choice.slot,
            "mark": f"{choice.slot} -",
            "heading": choice.title,
            "paragraphs": [{"kind": "paragraph", "runs": [gap]}],
        }
    return {
        "slot": choice.slot,
        "mark": f"{choice.slot} {choice.clause.cite}",
        "heading": choice.clause.written.heading,
        "paragraphs": [_paragraph(paragraph) for paragraph in wording.of(choice.clause)],
    }


def _paragraph(paragraph: Paragraph) -> Context:
    # A line that leads into a list stays on the page with it.
    leads = paragraph.kind == "paragraph" and paragraph.runs[-1].text.endswith(":")
    return {"kind": "lead" if leads else paragraph.kind, "runs": paragraph.runs}
