"""What officers and school staff learn about their work with each other, and by when."""

from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.parts import DayOfYear, Days, Hours, Line, Months, Open, Part, Several, ask

ASSIGNED = {"program.mode": "assigned"}

_TOPICS: dict[str, str] = {
    "disability": "working with Students with Disabilities",
    "mental-health-crisis": "mental-health crises and trauma",
    "bias": "bias in police decisions",
    "student-records": "privacy of student records",
    "language-access": "working with families who speak a language other than English",
    "threat-assessment": "threat assessment",
    "school-law": "education law and the code of student conduct",
    "sex-discrimination": "sex discrimination and harassment, and to whom they are reported",
    "firearms": "carrying and storing firearms among children",
}


class Training(Part):
    """What officers and school staff learn, and by when."""

    initial_hours: Open[Hours] = ask(
        "Hours of training before or soon after a first assignment", example=40, serves=("S1.5",), when=ASSIGNED
    )
    initial_by: Open[Literal["before-service", "within-days"]] = ask(
        "When the first training is finished",
        labels={"before-service": "before the first day of service", "within-days": "within a number of days"},
        serves=("S1.5",),
        when=ASSIGNED,
    )
    initial_within_days: Open[Days] = ask(
        "Days within which it is finished", example=90, when={**ASSIGNED, "training.initial_by": "within-days"}
    )
    serving_days: Open[Days] | None = ask(
        "Days an officer who already serves has for the first training",
        default=None,
        example=90,
        when=ASSIGNED,
        help="Leave out if an officer who already serves gets no more time than a new one.",
    )
    substitute_hours: Open[Hours] | None = ask(
        "Hours of yearly training for officers who cover for an absent one",
        default=None,
        example=8,
        when=ASSIGNED,
        help="Leave out if no officers are trained as substitutes.",
    )
    annual_hours: Open[Hours] = ask(
        "Hours of continuing training each year", example=16, serves=("S4.1",), when=ASSIGNED
    )
    responding_hours: Open[Hours] = ask(
        "Hours of training for officers who may be sent to a school",
        example=4,
        serves=("S1.5",),
        when={"program.mode": "responding"},
    )
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
                "sex-discrimination",
                "firearms",
            ]
        ]
    ] = ask(
        "Training topics beyond the rubric's own six",
        default=("disability", "mental-health-crisis", "student-records"),
        labels=_TOPICS,
        when=ASSIGNED,
        rationale="Named by the rubric's companion sources and most often missing in disputes.",
        help="Always taught: constitutional and civil rights, youth development, restorative techniques, "
        "de-escalation, restraint, and staying out of school discipline.",
    )
    provider: Open[Line] | None = ask(
        "Course or provider of officers' first training",
        default=None,
        example="the state police academy",
        when=ASSIGNED,
        help="With its article. Leave out if the agency chooses; name it if state law prescribes a course.",
    )
    payer: Open[Literal["agency", "district", "equal"]] | None = ask(
        "Who pays the fees of officers' training",
        default=None,
        when=ASSIGNED,
        labels={"agency": "The Agency", "district": "The District", "equal": "The Agency and the District, half each,"},
        help="Leave out if the sections on cost settle it.",
    )
    proof_due: Open[DayOfYear] = ask(
        "Day each year by which proof of training is given", example="08-01", serves=("S5.3", "SX.1")
    )
    staff_hours: Open[Hours] = ask("Hours of training for school staff each year", example=2, serves=("S4.3",))
    staff_by: Open[DayOfYear] = ask("Day each year by which school staff are trained", example="09-15")
    administrator_hours: Open[Hours] | None = ask(
        "Hours of further training for an administrator of each school",
        default=None,
        example=20,
        help="Leave out if administrators are trained with the other staff only; some states set hours.",
    )
    joint_sessions: Open[Annotated[int, Field(ge=1, le=12)]] | None = ask(
        "Joint sessions of officers and administrators each year",
        default=None,
        example=1,
        help="Leave out if there are none.",
    )
