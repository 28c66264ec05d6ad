"""What kind of paper the agreement is: its form and title, its dates, and the agreement it follows."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.parts import Among, Line, Office, Open, Paragraph, Part, Several, ask
from mou_builder.model.walk import labels

UNDER_STATUTE = {"document.instrument": ["interlocal", "intergovernmental", "cooperation"]}
"""The forms that rest on a state's law on agreements between public bodies."""


OF_ASSIGNED_OFFICERS = ("position-description", "training-matrix", "evaluation-form")
"""Exhibits that make sense only where officers are assigned to schools."""


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


class Driver(Part):
    """Something that led the parties to make the agreement now."""

    kind: Literal["grant", "statute", "settlement", "accreditation", "request", "incident", "expiry"] = ask(
        "What kind of reason it is",
        default=...,
        labels={
            "grant": "a condition of a grant",
            "statute": "a duty under law",
            "settlement": "a settlement or court order",
            "accreditation": "an accreditation standard",
            "request": "a request from the community",
            "incident": "an event in the Schools",
            "expiry": "the end of an earlier agreement",
        },
        help="An event must be told so that no student and no officer can be recognized.",
    )
    about: Line = ask("Its name, date or number", default=..., example="COPS Hiring Program award 2026-HP-0417")

    def in_text(self) -> str:
        """Return ``a condition of a grant: COPS Hiring Program award 2026-HP-0417``."""
        return f"{labels(type(self).model_fields['kind'])[self.kind]}: {self.about}"


class Recording(Part):
    """Where the signed agreement is filed or recorded."""

    office: Open[Office] = ask("Office that files or records it", example="Larkmoor County Auditor")
    return_to: Open[Paragraph] = ask(
        "To whom the recorded copy is returned",
        example="Clerk of the Board\n100 Schoolhouse Road\nLarkmoor",
        help="Name and address, as they stand on the cover.",
    )


class Document(Part):
    """What kind of agreement it is."""

    instrument: Literal["mou", "moa", "interlocal", "intergovernmental", "cooperation", "contract"] = ask(
        "Form of the agreement",
        default="mou",
        rationale="The form that federal guidance names; some states' laws ask for another.",
        labels={
            "mou": "Memorandum of Understanding",
            "moa": "Memorandum of Agreement",
            "interlocal": "Interlocal Agreement",
            "intergovernmental": "Intergovernmental Agreement",
            "cooperation": "Cooperation Agreement",
            "contract": "Services Agreement",
        },
        help="Follow the state's law that lets public bodies agree with one another. contract: for paid services.",
    )
    title: Line | None = ask(
        "Title, if it is not the usual name of the form",
        default=None,
        example="Joint Powers Agreement",
        help="Leave out to print the name of the form.",
    )
    number: Open[Line] | None = ask("Contract or resolution number", anew=True, default=None)
    purpose: Open[Literal["first", "renewal"]] = ask(
        "First agreement or renewal",
        essential=True,
        labels={"first": "first agreement", "renewal": "renewal"},
        default=...,
        help="The rubric's advice differs somewhat for a first agreement and for an existing program.",
    )
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$"), Among("states")] = ask(
        "State", default=..., essential=True, example="WA", help="Two-letter postal code."
    )
    effective_date: Open[date] = ask("Effective date", anew=True, essential=True, example=date(2026, 8, 1))
    prior: Prior = ask("Earlier agreement", anew=True, default=Prior, when={"document.purpose": "renewal"})
    replaced: Several[Line] = ask(
        "Other earlier papers that this agreement ends",
        anew=True,
        default=(),
        example=["Letter agreement on event officers of May 4, 2021"],
        help="Addenda, letters and side agreements, each with its date. Leave out if there are none.",
    )
    enabling_laws: Several[Line] = ask(
        "Laws that let the parties make this agreement, for a recital",
        default=(),
        help="Citations that your counsel has checked. Leave out to have no recital on authority.",
    )
    drivers: Several[Driver] = ask(
        "What led the parties to make it now, for a recital",
        anew=True,
        default=(),
        example=[{"kind": "grant", "about": "COPS Hiring Program award 2026-HP-0417"}],
        help="Leave out to have no such recital.",
    )
    recording: Recording | None = ask(
        "Filing or recording with a public office",
        default=None,
        example={
            "office": "Larkmoor County Auditor",
            "return_to": "Clerk of the Board, 100 Schoolhouse Road, Larkmoor",
        },
        help="Leave out if the agreement is neither filed nor recorded. Some states have such agreements recorded.",
    )
    exhibits: Several[
        Literal[
            "position-description",
            "training-matrix",
            "response-matrix",
            "report-form",
            "complaint-form",
            "evaluation-form",
            "resolutions",
            "counterparts",
        ]
    ] = ask(
        "Forms and tables to attach as schedules",
        default=(),
        rationale="Attach only what the parties will use.",
        labels={
            "position-description": "position description of SROs",
            "training-matrix": "training matrix",
            "response-matrix": "table of conduct and responses",
            "report-form": "data dictionary and form of the public report",
            "complaint-form": "complaint form",
            "evaluation-form": "evaluation form and survey",
            "resolutions": "form of resolution for each governing body",
            "counterparts": "signature page for each party",
        },
        help="The position description, the training matrix and the evaluation form need assigned officers.",
    )
    joinder: bool = ask(
        "May other districts and agencies join later?",
        default=False,
        rationale="The parties who sign are the only parties.",
    )

    @property
    def name(self) -> str:
        """The title that is printed: the one given, or the name of the form."""
        return self.title or labels(type(self).model_fields["instrument"])[self.instrument]
