"""The Agreement: every answer about one partnership, frozen, and consistent in itself."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mou_builder.model import balance, conduct, consistency, student_rules
from mou_builder.model import cost as money
from mou_builder.model import discipline as boundary
from mou_builder.model import parties as people
from mou_builder.model import program as ground
from mou_builder.model import records as papers
from mou_builder.model import rights as law
from mou_builder.model import safety as care
from mou_builder.model import staffing as posts
from mou_builder.model import technology as tech
from mou_builder.model import term as time
from mou_builder.model.complaints import Complaints, in_complaints
from mou_builder.model.document import Document
from mou_builder.model.duty import in_posts
from mou_builder.model.equipment import Equipment
from mou_builder.model.evaluation import Evaluation, Removal
from mou_builder.model.general import General, in_general
from mou_builder.model.negotiated import Negotiated, in_negotiated
from mou_builder.model.openness import Data, Reporting
from mou_builder.model.parts import Among, Line, Paragraph, Part, Several, ask
from mou_builder.model.review import Review
from mou_builder.model.sets import InstrumentSet, in_set
from mou_builder.model.structure import Structure
from mou_builder.model.training import Training

_RequirementId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*\.[0-9A-Za-z.-]+$", max_length=40)]
RequirementId = Annotated[_RequirementId, Among("requirements")]
PracticeId = Annotated[_RequirementId, Among("practices")]


class Attestation(Part):
    """A named person's statement that a practice happens."""

    requirement: PracticeId = ask("Requirement", default=..., example="S4.3")
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

    answer: Annotated[Line, Among("answers")] = ask("Answer, by its path", default=..., example="term.ends")
    why: Line = ask("What is still to be confirmed", default=..., example="The board votes on June 9.")


class Agreement(Part):
    """Every answer about one partnership."""

    schema_version: Literal[1] = Field(alias="schema", title="Version of this file's format", description="Always 1.")
    document: Document = ask("The agreement", default=...)
    parties: people.Parties = ask("Parties", default=...)
    structure: Structure = ask("Particular parties", default=Structure)
    set: InstrumentSet = ask("Set of instruments", default=InstrumentSet)
    stakeholders: people.Stakeholders = ask("Stakeholders", default=people.Stakeholders)
    governance: ground.Governance = ask("Governance", default=ground.Governance)
    program: ground.Program = ask("Program", default=ground.Program)
    contacts: Several[ground.Contact] = ask("Contacts", person=True, default=())
    selection: posts.Selection = ask(
        "Selection of officers", default=posts.Selection, when={"program.mode": "assigned"}
    )
    supervision: posts.Supervision = ask("Supervision", default=posts.Supervision)
    equipment: Equipment = ask("Equipment", default=Equipment, when={"program.mode": "assigned"})
    discipline: boundary.Discipline = ask("Discipline and law enforcement", default=boundary.Discipline)
    duties: boundary.Duties = ask("Duties of officers", default=boundary.Duties, when={"program.mode": "assigned"})
    rights: law.Rights = ask("Civil rights", default=law.Rights)
    disability: law.Disability = ask("Students with disabilities", default=law.Disability)
    interviews: conduct.Interviews = ask("Interviews", default=conduct.Interviews)
    searches: conduct.Searches = ask("Searches", default=conduct.Searches)
    arrests: conduct.Arrests = ask("Arrests", default=conduct.Arrests)
    force: conduct.Force = ask("Force", default=conduct.Force)
    immigration: law.Immigration = ask("Immigration", default=law.Immigration)
    crisis: care.Crisis = ask("Crisis and threat assessment", default=care.Crisis)
    emergency: care.Emergency = ask("Emergencies", default=care.Emergency)
    records: papers.Records = ask("Records", default=papers.Records)
    video: tech.Video = ask("Cameras", default=tech.Video)
    technology: tech.Technology = ask("Other technology", default=tech.Technology)
    training: Training = ask("Training", default=Training)
    data: Data = ask("Data", default=Data)
    reporting: Reporting = ask("Public reporting", default=Reporting)
    complaints: Complaints = ask("Complaints", default=Complaints)
    evaluation: Evaluation = ask("Evaluation", default=Evaluation, when={"program.mode": "assigned"})
    removal: Removal = ask("Removal of an officer", default=Removal, when={"program.mode": "assigned"})
    review: Review = ask("Review of the agreement", default=Review)
    cost: money.Cost = ask("Cost", default=money.Cost, when={"program.mode": "assigned"})
    term: time.Term = ask("Term", default=time.Term)
    risk: time.Risk = ask("Risk", default=time.Risk)
    general: General = ask("General provisions", default=General)
    attestations: Several[Attestation] = ask("Attestations", default=(), anew=True)
    waivers: Several[Waiver] = ask("Waivers", default=(), anew=True)
    confirm: Several[Confirm] = ask("Answers to confirm before signing", default=(), anew=True)
    negotiated: Several[Negotiated] = ask(
        "Wording of the parties, kept from the signed agreement",
        default=(),
        by_tool=True,
        help="Written by renew, which asks about each section that the parties changed, added or left out.",
    )

    def contradictions(self) -> list[consistency.Contradiction]:
        """Return the answers that cannot stand together, each with the path where to mend it.

        Answers to questions that the others rule out are no part of it; `not_asked` finds them.
        """
        return [
            *consistency.in_parties(self.parties),
            *in_set(self.set, self.parties),
            *consistency.in_exhibits(self.document, self.program.mode),
            *consistency.in_stakeholders(self.stakeholders),
            *in_general(self.general, self.parties),
            *consistency.in_program(self.program, self.parties, self.contacts),
            *balance.in_cost(self.cost, self.program, self.parties),
            *balance.in_grant(self.cost, self.parties, self.document.effective_date),
            *balance.in_years(self.cost, self.term, self.document.effective_date),
            *balance.in_term(self.term, self.document.effective_date),
            *balance.in_risk(self.risk, self.parties),
            *student_rules.in_discipline(self.discipline),
            *student_rules.in_interviews(self.interviews),
            *student_rules.in_notices(self.arrests, self.searches, self.force),
            *in_complaints(self.complaints),
            *papers.in_records(self.records, self.document.effective_date),
            *tech.in_technology(self.technology),
            *in_posts(self.program, self.selection),
            *in_negotiated(self.negotiated),
            *consistency.in_confirm(self, [item.answer for item in self.confirm]),
        ]

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        found = [*self.contradictions(), *(() if self.set.this else consistency.not_asked(self))]
        if found:
            raise PydanticCustomError("contradictions", "The answers contradict each other.", {"found": found})
        return self
