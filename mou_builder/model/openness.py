"""What is counted of police work in schools, what the public is told of it, and when a difference calls for a plan."""

from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.parts import DayOfYear, Days, Line, Office, Open, Part, Ratio, Several, Some, ask

_EVENTS: dict[str, str] = {
    "interviews": "interviews of Students by an Officer",
    "searches": "searches of Students by an Officer",
    "contacts": "other contacts in which an Officer stops or directs a Student",
    "diversions": "Students whom an Officer sends to a program in place of a citation or an arrest",
    "exclusions": "suspensions and expulsions over an event in which an Officer took part",
    "vehicle-stops": "vehicle stops on School Property",
    "court-referrals": "referrals to juvenile court",
}

_BREAKDOWN: dict[str, str] = {
    "race-ethnicity": "race or ethnicity",
    "sex": "sex",
    "age-grade": "age or grade",
    "disability": "disability status",
    "english-learner": "English-learner status",
    "offense": "suspected offense",
    "school": "school",
}


class Data(Part):
    """What is counted."""

    added_events: Open[
        Several[
            Literal[
                "interviews",
                "searches",
                "contacts",
                "diversions",
                "exclusions",
                "vehicle-stops",
                "court-referrals",
            ]
        ]
    ] = ask(
        "What is counted beyond the fixed list",
        default=("interviews", "searches"),
        labels=_EVENTS,
        rationale="Both touch students' rights directly and are easy to log at the time.",
        help="Always counted: calls for an officer, citations, arrests, referrals, force, complaints, training.",
    )
    breakdown: Open[
        Some[Literal["race-ethnicity", "sex", "age-grade", "disability", "english-learner", "offense", "school"]]
    ] = ask(
        "How counts about students are broken down",
        default=tuple(_BREAKDOWN),
        labels=_BREAKDOWN,
        serves=("S2.8",),
        rationale="The breakdowns used by the federal Civil Rights Data Collection, with offense and school.",
    )
    definitions: Open[Literal["federal", "state"]] = ask(
        "Whose definitions the counts follow beside the agreement's own",
        default="federal",
        labels={"federal": "the federal Civil Rights Data Collection", "state": "state law on school data"},
        rationale="Districts answer the federal collection in any case, so no second count is needed.",
    )
    year_ends: Open[DayOfYear] = ask(
        "Last day of the twelve months for which the district keeps its data",
        default="06-30",
        rationale="School data are commonly kept from July to June.",
    )
    exchange: Open[Literal["monthly", "quarterly"]] = ask(
        "How often the agency gives the district its counts",
        labels={"monthly": "month", "quarterly": "calendar quarter"},
    )
    small_cell: Open[Annotated[int, Field(ge=3, le=50)]] = ask(
        "Smallest count that is published",
        default=10,
        serves=("S1.7",),
        rationale="Counts below ten can point to a child; your state may set another floor.",
    )
    custodian: Open[Office] = ask("District office that keeps the data", example="Director of Data and Accountability")
    disparity_ratio: Open[Ratio] | None = ask(
        "How many times another group's rate counts as markedly different",
        default=None,
        example=2,
        help="Leave out if each yearly evaluation judges it. Given, such a rate starts a corrective plan by itself.",
    )
    disparity_least: Open[Annotated[int, Field(ge=2, le=100)]] = ask(
        "Smallest count of a group to which that applies",
        when={"data.disparity_ratio": {"present": True}},
        example=5,
        help="A rate of very few events is mostly chance.",
    )


class Reporting(Part):
    """What the public is told."""

    frequency: Open[Literal["yearly", "semiannual", "quarterly"]] = ask(
        "How often the public report comes out",
        default="yearly",
        labels={"yearly": "year", "semiannual": "half", "quarterly": "quarter"},
        serves=("S1.7",),
        rationale="One report for each school year; in small districts, shorter periods hide most counts.",
        help="semiannual and quarterly: a report for each half or quarter, and the year's totals with the last one.",
    )
    due: Open[DayOfYear] = ask(
        "Day each year by which the public report is posted",
        example="07-31",
        serves=("S1.7",),
        when={"reporting.frequency": "yearly"},
    )
    within_days: Open[Days] = ask(
        "Days after the half or quarter within which the report is posted",
        example=45,
        serves=("S1.7",),
        when={"reporting.frequency": ["semiannual", "quarterly"]},
    )
    posted_at: Open[Line] = ask(
        "Web address at which it is posted", example="www.larkmoor.example/sro", serves=("S1.7",)
    )
    presented_to: Open[Line] = ask(
        "Body it is presented to in open meeting", example="the Board of Education", help="With its article."
    )
    languages: Open[Some[Line]] = ask(
        "Languages it is published in",
        default=("English",),
        rationale="English at least; add each language many of your families read.",
    )
    event_notice_days: Open[Days] | None = ask(
        "School days within which the public is told of each arrest or use of force",
        default=None,
        example=5,
        help="Leave out if the public learns of them from the report only.",
    )
