"""The program on the ground: schools, officers, their selection, hours and supervision."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from mou_builder.model.parts import Line, Minutes, Office, Open, Part, Several, Share, ShortName, Years, ask


class Site(Part):
    """A school to which an officer is assigned."""

    name: Line = ask("Name of the school", default=..., example="Larkmoor High School")
    level: Open[Line] = ask("Level", example="high school, grades 9 to 12")
    address: Open[Line] = ask("Street address", example="12 Falcon Way, Larkmoor")
    district: ShortName | None = ask(
        "District it belongs to", default=None, help="Short name of the district; needed where there are several."
    )


class Assignment(Part):
    """The part of an officer's working time that belongs to one school."""

    site: Line = ask("School", default=..., help="The name of a school listed under program.sites.")
    share: Share = ask(
        "Share of working time",
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
    agency: ShortName | None = ask(
        "Agency that employs the officer",
        default=None,
        help="Short name of the agency; needed where there are several.",
    )
    assignments: Several[Assignment] = ask("Schools", default=..., min_length=1)


class Contact(Part):
    """A person or office for one purpose, listed in the schedule of contacts."""

    purpose: Line = ask("What this contact is for", default=..., example="Day-to-day coordination")
    party: ShortName = ask("Party", default=..., help="Short name of the party the contact belongs to.")
    office: Line = ask("Office or title", default=..., example="Director of Student Services")
    name: Open[Line] | None = ask("Name", default=None)
    phone: Open[Line] | None = ask("Telephone", default=None, example="555-0100")
    email: Open[Line] | None = ask("E-mail", default=None)


class Governance(Part):
    """Who keeps the partnership going."""

    district_liaison: Open[Office] = ask(
        "District's liaison (office)", serves=("S1.16",), example="Assistant Superintendent for Student Services"
    )
    agency_liaison: Open[Office] = ask("Agency's liaison (office)", serves=("S1.16",), example="Patrol Captain")
    meetings: Open[Literal["monthly", "quarterly", "semester"]] = ask(
        "How often the leadership team meets",
        serves=("S1.16",),
        labels={"monthly": "once each month", "quarterly": "once each quarter", "semester": "once each semester"},
    )
    monitor: Open[Office] = ask(
        "District office that monitors what officers do in schools",
        serves=("S1.14",),
        example="Director of Student Services",
    )


class Program(Part):
    """Where officers serve, how many, and when."""

    mode: Literal["assigned", "responding"] = ask(
        "Are officers assigned to schools, or do they only respond to calls?",
        default="assigned",
        rationale="A School Resource Officer program assigns officers to schools.",
        labels={"assigned": "officers are assigned to schools", "responding": "officers only respond to calls"},
        help="responding: no officer is stationed at a school; the agreement is a protocol for officers who are called.",
    )
    sites: Several[Site] = ask("Schools", default=(), help="Every school to which an officer is assigned.")
    officers: Several[Officer] = ask(
        "School Resource Officers", default=(), help="One entry for each position, with its schools."
    )
    arrive_before_minutes: Open[Minutes] = ask("Minutes before first bell by which an officer is on site", example=15)
    stay_after_minutes: Open[Minutes] = ask("Minutes after last bell an officer stays", example=15)
    absence_notice_by: Open[Line] = ask("Time of day by which the school is told of an absence", example="6:30 a.m.")
    absence_cover: Open[Literal["best-efforts", "guaranteed"]] = ask(
        "Cover for an absent officer",
        help="best-efforts: the agency tries. guaranteed: it must send a substitute.",
        labels={"best-efforts": "reasonable efforts", "guaranteed": "guaranteed cover"},
    )

    @property
    def officer_count(self) -> int:
        """Number of positions."""
        return len(self.officers)

    @property
    def full_time_equivalents(self) -> Decimal:
        """Sum of all shares of working time."""
        return sum((a.share for officer in self.officers for a in officer.assignments), Decimal(0))


class Selection(Part):
    """How officers are chosen."""

    final_say: Open[Literal["agency", "joint"]] = ask(
        "Who makes the appointment",
        serves=("S3.1",),
        help="agency: the agency appoints after the panel's advice. joint: both must agree.",
        labels={"agency": "the Agency after consulting", "joint": "both parties together"},
    )
    minimum_years: Open[Years] = ask("Years of police service required", example=2)
    lookback_years: Open[Years] = ask("Years of disciplinary history that are looked at", example=5)
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
