"""The people of the program: the officers' posts, who chooses them, who commands them, and the events they serve at."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.parts import (
    AgencyName,
    DistrictName,
    Hours,
    Line,
    Office,
    Open,
    Part,
    SchoolName,
    Several,
    Share,
    Some,
    Years,
    ask,
)

SeatYears = Annotated[int, Field(ge=1, le=20)]


class Site(Part):
    """A school to which an officer is assigned."""

    name: Line = ask("Name of the school", default=..., essential=True, example="Larkmoor High School")
    level: Open[Line] = ask("Level", example="high school, grades 9 to 12")
    address: Open[Line] = ask("Street address", example="12 Falcon Way, Larkmoor")
    district: DistrictName | None = ask(
        "District it belongs to", default=None, help="Short name of the district; needed where there are several."
    )
    outside_consent: Line | None = ask(
        "Consent to police it, if it lies outside the agency's own limits",
        default=None,
        example="consent of the Larkmoor County Sheriff of June 3, 2026",
        help="Leave out if the school lies inside the agency's limits. The sheriff's or another agency's consent, and the "
        "insurer's, may be needed.",
    )


class Assignment(Part):
    """The part of an officer's working time that belongs to one school."""

    site: SchoolName = ask("School", default=..., essential=True, help="The name of a school of the program.")
    share: Share = ask(
        "Share of working time",
        essential=True,
        example=0.5,
        default=Decimal(1),
        rationale="A full-time officer at one school.",
        help="1 is all of the officer's time, 0.5 is half.",
    )


class Officer(Part):
    """One School Resource Officer position, filled or not."""

    name: Open[Line] | None = ask(
        "Officer's name", default=None, help="Leave out to give it later by notice; a name in an agreement dates it."
    )
    agency: AgencyName | None = ask(
        "Agency that employs the officer",
        default=None,
        help="Short name of the agency; needed where there are several.",
    )
    assignments: Several[Assignment] = ask("Schools", default=..., min_length=1, essential=True)


class Events(Part):
    """Events outside school hours at which officers serve as a matter of course."""

    covered: Open[Some[Line]] = ask(
        "Events that an officer covers without a further request", example=["home football games", "graduation"]
    )
    authorizer: Open[Office] = ask(
        "Office whose approval overtime needs",
        example="District\u2019s Chief Financial Officer",
        help="It reads after 'the'; say whose office it is.",
    )
    minimum_hours: Open[Hours] = ask("Hours for which a call-out counts at least", example=2)
    payer: Open[Literal["district", "agency", "shared"]] = ask(
        "Who pays for these hours",
        labels={
            "district": "the District",
            "agency": "the Agency",
            "shared": "those who bear the Program\u2019s other costs, in the same parts",
        },
    )


class Selection(Part):
    """How officers are chosen."""

    final_say: Open[Literal["agency", "joint", "veto"]] = ask(
        "Who makes the appointment",
        essential=True,
        serves=("S3.1",),
        help="agency: the agency appoints after hearing the district. joint: a panel interviews, and both must agree. "
        "veto: the agency appoints unless the district objects.",
        labels={
            "agency": "the Agency after consulting the District",
            "joint": "both parties together, after a joint panel",
            "veto": "the Agency, unless the District objects",
        },
    )
    panel_seats: Some[Literal["administrator", "parent", "student", "teacher", "counselor", "stakeholder"]] = ask(
        "Whom the district sends to the selection panel",
        default=("administrator", "parent"),
        rationale="The person who runs the school and a parent know best what the school needs.",
        when={"selection.final_say": "joint"},
        labels={
            "administrator": "a School Administrator of a School to be served",
            "parent": "a Parent",
            "student": "a Student",
            "teacher": "a teacher",
            "counselor": "a counselor or social worker",
            "stakeholder": "a person whom a Stakeholder names",
        },
    )
    minimum_years: Open[Years] = ask("Years of police service required", example=2)
    lookback_years: Open[Years] = ask("Years of disciplinary history that are looked at", example=5)
    added_requirements: Several[Line] = ask(
        "Further requirements for an officer, such as an age or a certificate",
        default=(),
        rationale="Most agreements leave further requirements to the district's guidelines.",
        example=["is at least 25 years old", "has asked in writing for the post"],
        help="Each reads after 'an SRO': 'is at least 25 years old', 'holds the state\u2019s certificate for the post'.",
    )
    minimum_assignment: Open[SeatYears] | None = ask(
        "Years an officer is meant to stay in the post",
        default=None,
        example=3,
        help="Leave out if there is no minimum.",
    )
    rotation: Open[SeatYears] | None = ask(
        "Years after which an officer moves on", default=None, example=6, help="Leave out if there is no limit."
    )
    guidelines: Open[Office] = ask(
        "Title of the district's hiring guidelines for officers",
        serves=("S3.1",),
        example="Hiring Guidelines for School Resource Officers (June 2026)",
    )


class Supervision(Part):
    """Who commands officers."""

    supervisor: Open[Office] = ask(
        "Agency's supervisor of officers (office)", example="School Services Sergeant", serves=("S5.1",)
    )
    command: Open[Literal["police", "dual"]] = ask(
        "Whom an officer answers to day by day",
        essential=True,
        when={"program.mode": "assigned", "parties.has_district_police": False},
        help="police: the agency alone. dual: the principal for daily work that is not police work, the agency for the "
        "rest; the agency has the last word.",
        labels={"police": "the Agency alone", "dual": "the Agency, and the principal for work that is not police work"},
    )
