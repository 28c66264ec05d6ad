"""Training, data, complaints, evaluation, removal and review: how the program answers for itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.parts import DayOfYear, Days, Hours, Line, Months, Office, Open, Part, Several, Some, ask

Month = Literal[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_TOPICS: dict[str, str] = {
    "disability": "working with Students with Disabilities",
    "mental-health-crisis": "mental-health crises and trauma",
    "bias": "bias in police decisions",
    "student-records": "privacy of student records",
    "language-access": "working with families who speak a language other than English",
    "threat-assessment": "threat assessment",
    "school-law": "education law and the code of student conduct",
}

_EVENTS: dict[str, str] = {
    "interviews": "interviews of Students by an SRO",
    "searches": "searches of Students by an SRO",
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


class Training(Part):
    """What officers and school staff learn, and by when."""

    initial_hours: Open[Hours] = ask(
        "Hours of training before or soon after a first assignment", example=40, serves=("S1.5",)
    )
    initial_by: Open[Literal["before-service", "within-days"]] = ask(
        "When the first training is finished",
        labels={"before-service": "before the first day of service", "within-days": "within a number of days"},
        serves=("S1.5",),
    )
    initial_within_days: Open[Days] = ask(
        "Days within which it is finished", example=90, when={"training.initial_by": "within-days"}
    )
    annual_hours: Open[Hours] = ask("Hours of continuing training each year", example=16, serves=("S4.1",))
    refresher_months: Open[Months] = ask(
        "Months between refreshers of every topic",
        default=24,
        serves=("S4.2",),
        rationale="Two years is common; shorten it where state law does.",
    )
    added_topics: Open[
        Several[
            Literal[
                "disability",
                "mental-health-crisis",
                "bias",
                "student-records",
                "language-access",
                "threat-assessment",
                "school-law",
            ]
        ]
    ] = ask(
        "Training topics beyond the rubric's own six",
        default=("disability", "mental-health-crisis", "student-records"),
        labels=_TOPICS,
        rationale="Named by the rubric's companion sources and most often missing in disputes.",
        help="Always taught: constitutional and civil rights, youth development, restorative techniques, "
        "de-escalation, restraint, and staying out of school discipline.",
    )
    proof_due: Open[DayOfYear] = ask(
        "Day each year by which proof of training is given", example="08-01", serves=("S5.3", "SX.1")
    )
    staff_hours: Open[Hours] = ask("Hours of training for school staff each year", example=2, serves=("S4.3",))
    staff_by: Open[DayOfYear] = ask("Day each year by which school staff are trained", example="09-15")


class Data(Part):
    """What is counted."""

    added_events: Open[Several[Literal["interviews", "searches", "vehicle-stops", "court-referrals"]]] = ask(
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


class Reporting(Part):
    """What the public is told."""

    due: Open[DayOfYear] = ask("Day each year by which the public report is posted", example="07-31", serves=("S1.7",))
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


class Complaints(Part):
    """How a complaint about an officer is made and answered."""

    channels: Open[Annotated[Some[Line], Field(min_length=2)]] = ask(
        "Ways to file a complaint",
        serves=("S2.6",),
        help="At least two, one of them open to anonymous complaints.",
        example=["an online form", "a telephone line that takes anonymous complaints", "any school office"],
    )
    district_intake: Open[Office] = ask(
        "District office that receives complaints", serves=("S2.6",), example="Compliance Officer"
    )
    agency_intake: Open[Office] = ask(
        "Agency office that receives complaints", serves=("S2.6",), example="Professional Standards Unit"
    )
    investigator: Open[Literal["agency", "joint"]] = ask(
        "Who investigates",
        serves=("S2.7",),
        labels={"agency": "the agency", "joint": "the agency and the district together"},
    )
    acknowledge_days: Open[Days] = ask("Business days within which receipt is acknowledged", example=5)
    finish_days: Open[Days] = ask(
        "Calendar days within which the investigation is finished", example=45, serves=("S2.7",)
    )


class Evaluation(Part):
    """How officers' work is judged."""

    months: Open[Months] = ask(
        "Months between evaluations",
        default=12,
        serves=("S5.1", "S5.12"),
        rationale="A yearly cycle fits the school year and the review of the agreement.",
    )
    survey_month: Open[Month] = ask(
        "Month of the yearly feedback survey", example="April", serves=("S5.7", "S5.8", "S5.9", "S5.10")
    )
    recognition: Open[Line] | None = ask(
        "How good performance is recognized",
        default=None,
        serves=("S5.13",),
        example="a yearly commendation by the Board of Education",
    )


class Removal(Part):
    """How a particular officer is taken off a school."""

    requester: Open[Office] = ask(
        "District office that may ask for an officer's removal", serves=("S1.8",), example="Superintendent"
    )
    answer_days: Open[Days] = ask("Business days within which the agency answers", example=5, serves=("S1.8",))
    replace_days: Open[Days] = ask("Calendar days within which a replacement is named", example=30)


class Review(Part):
    """How the agreement itself is looked at again."""

    months: Open[Months] = ask(
        "Months between reviews",
        default=12,
        serves=("S1.9",),
        rationale="Yearly; several states require it, and data come by the school year.",
    )
    start_month: Open[Month] = ask("Month in which a review starts", example="February")
    lead: Open[Office] = ask("Office that leads the review", example="Assistant Superintendent", serves=("S1.9",))
    notice_days: Open[Days] = ask(
        "Days of public notice before the review meeting",
        default=30,
        serves=("S1.11",),
        rationale="A month lets families and organizations prepare.",
    )
    comment_days: Open[Days] = ask(
        "Days for written comment",
        default=30,
        serves=("S1.11", "S1.12"),
        rationale="The comment period most agreements that have one use.",
    )
    respond_days: Open[Days] = ask(
        "Days after comments close by which the parties answer in writing",
        default=30,
        rationale="Keeps the whole review within one season.",
    )
    posted_at: Open[Line] = ask(
        "Web address at which the agreement and review papers are posted", example="www.larkmoor.example/sro"
    )
