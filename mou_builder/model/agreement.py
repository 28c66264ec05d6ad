"""The Agreement: every answer about one partnership, frozen, and consistent in itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mou_builder.model import accountability, business, consistency
from mou_builder.model import parties as people
from mou_builder.model import program as ground
from mou_builder.model import rights as law
from mou_builder.model.parts import Line, Open, Paragraph, Part, Several, ask

RequirementId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*\.[0-9A-Za-z.-]+$", max_length=40)]


class Prior(Part):
    """The agreement that a renewal follows."""

    title: Open[Line] = ask("Title of the earlier agreement", example="School Resource Officer Agreement")
    signed_on: Open[date] = ask("Date of the earlier agreement", example=date(2023, 7, 1))
    effect: Open[Literal["replaces", "restates"]] = ask(
        "What this agreement does to it", labels={"replaces": "replaces", "restates": "amends and restates"}
    )
    findings: Open[Paragraph] = ask(
        "What the review of the earlier agreement found",
        serves=("S2.9",),
        example="Arrests fell from 12 to 5; complaints were seldom filed by families.",
    )
    data_year: Open[Line] = ask("School year of the data that were reviewed", example="2025-2026", serves=("S2.8",))


class Document(Part):
    """What kind of agreement it is."""

    title: Line = ask(
        "Title",
        default="Memorandum of Understanding",
        rationale="The name federal guidance uses; some states' laws ask for another.",
    )
    number: Open[Line] | None = ask("Contract or resolution number", default=None)
    purpose: Open[Literal["first", "renewal"]] = ask(
        "First agreement or renewal",
        labels={"first": "first agreement", "renewal": "renewal"},
        default=...,
        help="The rubric's advice differs somewhat for a first agreement and for an existing program.",
    )
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = ask(
        "State", default=..., example="WA", help="Two-letter postal code."
    )
    effective_date: Open[date] = ask("Effective date", example=date(2026, 8, 1))
    prior: Prior = ask("Earlier agreement", default=Prior(), when={"document.purpose": "renewal"})


class Attestation(Part):
    """A named person's statement that a practice happens."""

    requirement: RequirementId = ask("Requirement", default=..., example="S4.3")
    by: Line = ask("Who attests", default=...)
    title: Line = ask("Office or title", default=...)
    on: date = ask("Date", default=...)
    note: Paragraph | None = ask("What happens, where the proof is kept", default=None)


class Waiver(Part):
    """A requirement that the parties knowingly leave out, with a name and a reason."""

    requirement: RequirementId = ask("Requirement", default=..., example="S5.13")
    by: Line = ask("Who decided", default=..., example="Board of Education")
    why: Paragraph = ask("Why", default=...)
    on: date = ask("Date", default=...)


class Confirm(Part):
    """An answer that is filled in but must still be confirmed by somebody before signing."""

    answer: Line = ask("Answer, by its path", default=..., example="term.ends")
    why: Line = ask("What is still to be confirmed", default=..., example="The board votes on June 9.")


class Agreement(Part):
    """Every answer about one partnership."""

    schema_version: Literal[1] = Field(alias="schema", title="Version of this file's format", description="Always 1.")
    document: Document = ask("The agreement", default=...)
    parties: people.Parties = ask("Parties", default=...)
    stakeholders: people.Stakeholders = ask("Stakeholders", default=people.Stakeholders())
    governance: ground.Governance = ask("Governance", default=ground.Governance())
    program: ground.Program = ask("Program", default=ground.Program())
    contacts: Several[ground.Contact] = ask("Contacts", default=())
    selection: ground.Selection = ask("Selection of officers", default=ground.Selection())
    supervision: ground.Supervision = ask("Supervision", default=ground.Supervision())
    discipline: law.Discipline = ask("Discipline and law enforcement", default=law.Discipline())
    rights: law.Rights = ask("Civil rights", default=law.Rights())
    interviews: law.Interviews = ask("Interviews", default=law.Interviews())
    searches: law.Searches = ask("Searches", default=law.Searches())
    arrests: law.Arrests = ask("Arrests", default=law.Arrests())
    force: law.Force = ask("Force", default=law.Force())
    crisis: law.Crisis = ask("Crisis and threat assessment", default=law.Crisis())
    records: law.Records = ask("Records", default=law.Records())
    training: accountability.Training = ask("Training", default=accountability.Training())
    data: accountability.Data = ask("Data", default=accountability.Data())
    reporting: accountability.Reporting = ask("Public reporting", default=accountability.Reporting())
    complaints: accountability.Complaints = ask("Complaints", default=accountability.Complaints())
    evaluation: accountability.Evaluation = ask("Evaluation", default=accountability.Evaluation())
    removal: accountability.Removal = ask("Removal of an officer", default=accountability.Removal())
    review: accountability.Review = ask("Review of the agreement", default=accountability.Review())
    cost: business.Cost = ask("Cost", default=business.Cost())
    term: business.Term = ask("Term", default=business.Term())
    risk: business.Risk = ask("Risk", default=business.Risk())
    general: business.General = ask("General provisions", default=business.General())
    attestations: Several[Attestation] = ask("Attestations", default=())
    waivers: Several[Waiver] = ask("Waivers", default=())
    confirm: Several[Confirm] = ask("Answers to confirm before signing", default=())

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        found = [
            *consistency.in_parties(self.parties),
            *consistency.in_stakeholders(self.stakeholders),
            *consistency.in_program(self.program, self.parties, self.contacts),
            *consistency.in_business(self.cost, self.risk, self.parties),
            *consistency.in_dates(self.document.effective_date, self.term),
            *consistency.not_asked(self),
            *consistency.in_confirm(self, [item.answer for item in self.confirm]),
        ]
        if found:
            raise PydanticCustomError("contradictions", "The answers contradict each other.", {"found": found})
        return self
