"""Lay out an agreement as the plain values that the Word template prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mou_builder.library import Library
from mou_builder.model import Agreement, Undecided
from mou_builder.model.business import CENT, share_of
from mou_builder.model.parties import Party, Signatory, Stakeholder
from mou_builder.model.parts import exact
from mou_builder.report.shapes import Report
from mou_builder.selection import Choice, Selection
from mou_builder.wording import Paragraph, Run, Wording, blank, in_date, in_dollars, joined

Context = dict[str, Any]


def context_of(
    agreement: Agreement, selection: Selection, wording: Wording, report: Report, library: Library, *, final: bool
) -> Context:
    """Return everything the template prints: the agreement, and the facts of its compliance appendix."""
    answers = _Answers(agreement)
    return {
        **_frame(agreement, answers, library, report),
        **_body(selection, wording, library),
        **_schedules(agreement, answers, selection),
        "draft": not final,
        "undecided": list(report.undecided),
        "confirm": list(report.confirm),
        "findings": [vars(finding) for finding in report.findings if finding.level == "error"],
        "warnings": [vars(finding) for finding in report.findings if finding.level == "warning"],
        "lacking": [vars(row) for row in report.requirements if row.blocks_final],
    }


class _Answers:
    """Prints single answers, as runs that show blanks and items to confirm."""

    def __init__(self, agreement: Agreement) -> None:
        self._confirm = {item.answer for item in agreement.confirm}

    def runs(self, value: Any, path: str, question: str) -> list[Run]:
        """Return the answer as the template prints it; an empty list for one that is not part of the agreement."""
        if value is None:
            return []
        if isinstance(value, Undecided):
            return [Run("blank", blank(question))]
        text = in_date(value) if isinstance(value, date) else str(value)
        return [Run("confirm" if path in self._confirm else "words", text)]

    def of(self, part: Any, name: str, prefix: str) -> list[Run]:
        """Return the answer in field `name` of `part`, whose path is `prefix`."""
        field = type(part).model_fields[name]
        return self.runs(getattr(part, name), f"{prefix}.{name}", field.title or name)


def _frame(agreement: Agreement, answers: _Answers, library: Library, report: Report) -> Context:
    document = agreement.document
    groups = (("districts", "District"), ("agencies", "Agency"), ("municipalities", "Municipality"))
    parties = [
        _party(party, role, len(getattr(agreement.parties, group)) == 1, answers, f"parties.{group}[{number}]")
        for group, role in groups
        for number, party in enumerate(getattr(agreement.parties, group))
    ]
    return {
        "title": document.title,
        "number": answers.of(document, "number", "document"),
        "effective": answers.of(document, "effective_date", "document"),
        "state": library.states.get(document.state, document.state).removeprefix("the "),
        "as_of": in_date(report.as_of),
        "footer": joined(_first_names([party.short_name for party in agreement.parties.all])),
        "parties": parties,
        "stakeholders": list(_stakeholders(agreement, answers)),
    }


def _first_names(names: list[str]) -> list[str]:
    """Return the names if they fit a footer, else the first three and "others"."""
    return names if len(names) <= 4 else [*names[:3], "others"]


def _party(party: Party, role: str, only: bool, answers: _Answers, path: str) -> Context:
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
            for name in ("entity_type", "organized_under", "acting_by", "governing_body", "approved_on")
        },
        "signers": [shown for person, shown in people if person.capacity == "sign"] or [_nobody()],
        "witnesses": [shown for person, shown in people if person.capacity != "sign"],
        "notice_officer": answers.of(party.notice, "officer", f"{path}.notice"),
        "notice_address": answers.of(party.notice, "address", f"{path}.notice"),
        "notice_email": answers.of(party.notice, "email", f"{path}.notice"),
    }


_CAPACITIES = {"sign": "By:", "attest": "Attest:", "approve-as-to-form": "As to form:"}


def _person(person: Signatory, answers: _Answers, path: str) -> Context:
    return {
        "label": _CAPACITIES[person.capacity],
        "name": answers.of(person, "name", path),
        "title": answers.of(person, "title", path),
    }


def _nobody() -> Context:
    name, title = Signatory.model_fields["name"].title, Signatory.model_fields["title"].title
    return {"label": "By:", "name": [Run("blank", blank(name or ""))], "title": [Run("blank", blank(title or ""))]}


def _stakeholders(agreement: Agreement, answers: _Answers) -> Iterator[Context]:
    for group in type(agreement.stakeholders).model_fields:
        bodies = getattr(agreement.stakeholders, group)
        for number, body in enumerate(() if isinstance(bodies, Undecided) else bodies):
            if body.part != "consult":
                yield _stakeholder(body, answers, f"stakeholders.{group}[{number}].representative")


def _stakeholder(body: Stakeholder, answers: _Answers, path: str) -> Context:
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


def _schedules(agreement: Agreement, answers: _Answers, selection: Selection) -> Context:
    program = agreement.program
    alone = agreement.parties.agencies[0].short_name
    return {
        "schedules": [{"id": one.id, "slot": f"schedules.{one.id}", "title": one.title} for one in selection.schedules],
        "sites": [
            {
                "name": site.name,
                "level": answers.of(site, "level", f"program.sites[{number}]"),
                "address": answers.of(site, "address", f"program.sites[{number}]"),
                "district": site.district or agreement.parties.districts[0].short_name,
            }
            for number, site in enumerate(program.sites)
        ],
        "officers": [
            {
                "name": answers.of(officer, "name", f"program.officers[{number}]")
                or [Run("words", "to be named by notice")],
                "agency": officer.agency or alone,
                "schools": "; ".join(f"{one.site} ({exact(one.share)})" for one in officer.assignments),
            }
            for number, officer in enumerate(program.officers)
        ],
        "full_time": exact(program.full_time_equivalents),
        "contacts": [
            {
                "purpose": contact.purpose,
                "party": contact.party,
                "who": _lines(
                    answers.runs(contact.office, f"contacts[{n}].office", "office"),
                    answers.of(contact, "name", f"contacts[{n}]"),
                ),
                "reach": _lines(
                    answers.of(contact, "phone", f"contacts[{n}]"), answers.of(contact, "email", f"contacts[{n}]")
                ),
            }
            for n, contact in enumerate(agreement.contacts)
        ],
        "cost_lines": list(_cost_lines(agreement, answers)),
    }


def _lines(*entries: list[Run]) -> list[Run]:
    """Put answers on lines of their own within one table cell."""
    given = [entry for entry in entries if entry]
    return [run for place, entry in enumerate(given) for run in ([Run("words", "\n")] if place else []) + entry]


def _cost_lines(agreement: Agreement, answers: _Answers) -> Iterator[Context]:
    """Yield the lines of the cost schedule; amounts that hang on one answer are shown as that answer is."""
    cost = agreement.cost
    asked = {"percentage": "annual_estimate", "flat-per-officer": "per_officer", "actual-cost-with-cap": "cap"}
    name = asked.get(str(cost.model), "model")
    amount = getattr(cost, name)
    if not isinstance(amount, Decimal):
        yield {"item": str(type(cost).model_fields[name].title), "amount": answers.of(cost, name, "cost")}
        return
    kind = answers.of(cost, name, "cost")[0].kind

    def line(item: str, dollars: Decimal) -> Context:
        return {"item": item, "amount": [Run(kind, in_dollars(dollars))]}

    if name == "annual_estimate":
        yield line("Estimated cost of the first Program Year", amount)
        for share, part in _by_share(cost.shares, amount):
            yield line(f"{share.party}: {exact(share.percent)} percent", part)
        return
    total = amount
    if name == "per_officer":
        yield line("For each position and Program Year", amount)
        total = amount * agreement.program.officer_count
        yield line(f"All positions ({agreement.program.officer_count})", total)
    else:
        yield line("Most that is owed for one Program Year", amount)
    for payer, part in _in_equal_parts(cost.payers, total):
        yield line(f"Part of {payer}", part)


def _by_share(shares: Any, total: Decimal) -> list[tuple[Any, Decimal]]:
    """Return each share with its part of the total, rounded to the cent; the first part takes what is left over."""
    if isinstance(shares, Undecided):
        return []
    parts = [share_of(total, share.percent) for share in shares]
    parts[0] = total - sum(parts[1:], Decimal(0))
    return list(zip(shares, parts, strict=True))


def _in_equal_parts(payers: Any, total: Decimal) -> list[tuple[str, Decimal]]:
    """Return each payer with an equal part, rounded to the cent; the first payer's part takes what is left over."""
    if isinstance(payers, Undecided):
        return []
    part = (total / len(payers)).quantize(CENT, ROUND_HALF_UP)
    first = total - part * (len(payers) - 1)
    return [(payer, part if place else first) for place, payer in enumerate(payers)]
