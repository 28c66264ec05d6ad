"""Discipline and crime kept apart, and what an officer may and may not do to a student."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mou_builder.model.parts import Age, Hours, Line, Minutes, Office, Open, Part, Several, Some, ask

_SCHOOL_HANDLED = (
    "disorderly or disruptive conduct",
    "disturbance of class or of a school assembly",
    "insubordination or defiance",
    "profanity",
    "dress-code violations",
    "tardiness, absence or truancy",
    "loitering or trespass by an enrolled student",
    "possession or use of tobacco or a vaping device",
    "a fight without injury or weapon",
    "minor damage to property",
)


class ResponseProgram(Part):
    """A program that takes the place of a citation or an arrest."""

    name: Line = ask("Name of the program", default=..., example="Larkmoor Restorative Circles")
    provider: Line = ask("Who runs it", default=..., example="Larkmoor Family Services")

    def in_text(self) -> str:
        """Return ``Larkmoor Restorative Circles, run by Larkmoor Family Services``."""
        return f"{self.name}, run by {self.provider}"


class Discipline(Part):
    """The line between school discipline and law enforcement."""

    school_handled: Open[Some[Line]] = ask(
        "Conduct the school handles without an officer",
        default=_SCHOOL_HANDLED,
        serves=("S1.6", "S4.3"),
        rationale="A common list of low-level conduct; counsel should compare it with the state's reporting statute.",
    )
    programs: Open[Several[ResponseProgram]] = ask(
        "Diversion and restorative programs that are available",
        serves=("S5.6",),
        help="[] says that there is none yet; the agreement then sets a date for choosing one.",
        example=[{"name": "Larkmoor Restorative Circles", "provider": "Larkmoor Family Services"}],
    )


class Rights(Part):
    """Civil-rights law that the agreement builds in."""

    state_laws: Open[Some[Line]] = ask(
        "State civil-rights laws to name",
        serves=("S2.2",),
        help="Citations that your counsel has checked.",
        example=["Title 9 (Student Civil Rights) of the Code of the State"],
    )
    local_laws: Open[Several[Line]] = ask(
        "Local civil-rights ordinances to name",
        serves=("S2.3",),
        help="[] says that none is known.",
        example=["Chapter 12 of the City Code"],
    )
    added_classes: Open[Several[Line]] = ask(
        "Protected characteristics beyond the federal ones",
        default=(),
        rationale="The federal characteristics are always named; state law may add more.",
        example=["sexual orientation", "gender identity"],
    )
    district_coordinator: Open[Office] = ask(
        "District's civil-rights coordinator (office)", serves=("S2.4",), example="Title IX and Section 504 Coordinator"
    )
    agency_coordinator: Open[Office] = ask(
        "Agency's civil-rights coordinator (office)", serves=("S2.4",), example="Professional Standards Lieutenant"
    )


class Interviews(Part):
    """Questioning of students by an officer."""

    parent_rule: Open[Literal["present", "opportunity"]] = ask(
        "A parent's part in questioning a suspected student",
        serves=("S2.5",),
        labels={"present": "a parent must be present", "opportunity": "a parent must have the opportunity to attend"},
        help="State law often sets this. present: no questioning without a parent. "
        "opportunity: the parent is called and waited for.",
        why="No general federal rule was found, so counsel must choose.",
    )
    wait_minutes: Open[Minutes] = ask(
        "Minutes to wait for a parent", example=60, when={"interviews.parent_rule": "opportunity"}
    )


class Searches(Part):
    """Searches of students."""

    parent_notice_hours: Open[Hours] = ask(
        "Hours within which a parent is told of a search", example=24, serves=("S2.5",)
    )


class Arrests(Part):
    """Arrests and citations at school."""

    approver: Open[Office] = ask(
        "Rank whose approval an arrest at school needs first", example="shift lieutenant", serves=("S2.5",)
    )
    minimum_age: Open[Age] = ask("Age below which no student is arrested at school short of danger to life", example=12)
    parent_notice_minutes: Open[Minutes] = ask("Minutes within which a parent is told of an arrest", example=30)


class Force(Part):
    """Force, restraint and handcuffs."""

    handcuff_minimum_age: Open[Age] = ask(
        "Age below which a student is not handcuffed short of danger to life", example=12, serves=("S2.10",)
    )
    report_hours: Open[Hours] = ask(
        "Hours within which a use of force is reported in writing", example=24, serves=("S2.10",)
    )
    parent_notice_hours: Open[Hours] = ask("Hours within which a parent is told of a use of force", example=4)


class Crisis(Part):
    """Mental-health crises and threat assessment."""

    co_responder: Open[Line] | None = ask(
        "Mental-health service that responds to a crisis",
        default=None,
        example="the Larkmoor Mobile Crisis Team",
        help="With its article, as it reads in a sentence.",
    )
    threat_team: Open[Literal["member", "consultant"]] = ask(
        "Officer's part in the threat-assessment team",
        labels={"member": "a member", "consultant": "a consultant called in by the team"},
        help="Some states make an officer a member by statute.",
    )


class Records(Part):
    """Education records, law-enforcement records, and who may see which."""

    sro_status: Open[Literal["school-official", "law-enforcement-unit", "neither", "both"]] = ask(
        "Officer's status under the federal student-records law (FERPA)",
        serves=("S2.5",),
        labels={
            "school-official": "a school official for stated purposes",
            "law-enforcement-unit": "the school's designated law-enforcement unit",
            "neither": "neither",
            "both": "both, with a wall between",
        },
        help="There is no safe default: each choice opens and closes different records. Counsel must choose.",
        why="34 CFR 99.8 and 99.31(a)(1) are two separate designations, each with its own conditions.",
    )
    control_officer: Open[Office] = ask(
        "District office that directly controls an officer's use of education records",
        when={"records.sro_status": ["school-official", "both"]},
        example="Director of Student Services",
    )
    unit_designated_on: Open[date] = ask(
        "Date the district designated the law-enforcement unit",
        when={"records.sro_status": ["law-enforcement-unit", "both"]},
        example=date(2026, 6, 15),
    )
    emergency_decider: Open[Office] = ask(
        "District office that decides on disclosure in an emergency", example="Superintendent of Schools"
    )
    district_custodian: Open[Office] = ask("District's records custodian (office)", example="Registrar")
    agency_custodian: Open[Office] = ask("Agency's records custodian (office)", example="Records Manager")
    breach_hours: Open[Hours] = ask(
        "Hours within which a records breach is reported to the other party",
        default=72,
        rationale="Three days is a common contract term; state breach law may be shorter.",
    )
