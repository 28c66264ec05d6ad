"""How officers' work and the program are judged, and how a particular officer is taken off a school."""

from typing import Literal

from mou_builder.model.parts import Days, Line, Month, Months, Office, Open, Part, Several, ask

_METRICS: dict[str, str] = {
    "calls": "calls for an Officer for each 100 Students",
    "avoidable-calls": "the share of those calls that School Staff could have avoided",
    "arrests": "School-Related Arrests and Referrals for each 100 Students",
    "diversions": "Students sent to a program in place of a citation or an arrest",
    "suspensions": "days of suspension for each 100 Students",
    "trust": "how safe and how fairly treated Students and Parents say they feel",
    "absence": "School Days on which a School had no SRO at the agreed time",
}


class Evaluation(Part):
    """How officers' work is judged."""

    months: Open[Months] = ask(
        "Months between evaluations",
        default=12,
        serves=("S5.1", "S5.12"),
        rationale="A yearly cycle fits the school year and the review of the agreement.",
    )
    school_input: Open[Literal["advisory", "joint"]] = ask(
        "The district's part in evaluating an officer",
        serves=("S5.1",),
        labels={"advisory": "its views are heard", "joint": "it evaluates together with the agency"},
        help="advisory: the agency evaluates after hearing the school. joint: both fill in and sign one form. "
        "Personnel law may limit a joint evaluation.",
    )
    district_evaluator: Open[Office] = ask(
        "District office that evaluates with the agency",
        when={"evaluation.school_input": "joint"},
        example="Director of Student Services",
    )
    survey_month: Open[Month] = ask(
        "Month of the yearly feedback survey", example="April", serves=("S5.7", "S5.8", "S5.9", "S5.10")
    )
    metrics: Several[
        Literal["calls", "avoidable-calls", "arrests", "diversions", "suspensions", "trust", "absence"]
    ] = ask(
        "Measures by which the whole program is judged",
        default=(),
        labels=_METRICS,
        example=["calls", "trust"],
        help="Leave out if only officers are evaluated.",
    )
    recognition: Open[Line] | None = ask(
        "How good performance is recognized",
        default=None,
        serves=("S5.13",),
        example="a yearly commendation by the Board of Education",
        help="Leave out if nothing is planned.",
    )


class Removal(Part):
    """How a particular officer is taken off a school."""

    decides: Open[Literal["ladder", "district", "mutual"]] = ask(
        "How it is decided whether an officer leaves",
        essential=True,
        serves=("S1.8",),
        labels={
            "ladder": "by agreement, and by the district if none is reached in time",
            "district": "by the district",
            "mutual": "only by agreement",
        },
        help="ladder: two meetings with time limits come first. district: the officer leaves when the district asks. "
        "mutual: the agency may refuse, with reasons.",
    )
    requester: Open[Office] = ask(
        "District office that may ask for an officer's removal", serves=("S1.8",), example="Superintendent"
    )
    answer_days: Open[Days] = ask(
        "Business days within which the agency answers",
        example=5,
        serves=("S1.8",),
        when={"removal.decides": ["ladder", "mutual"]},
    )
    leave_days: Open[Days] = ask(
        "Business days within which the officer leaves", example=3, when={"removal.decides": "district"}
    )
    suspension: Open[Literal["either", "agency"]] = ask(
        "Who may suspend an officer's assignment at once",
        default="either",
        labels={"either": "the district or the agency", "agency": "the agency, also at the district's request"},
        rationale="Either side may be the first to learn of a danger.",
    )
    replace_days: Open[Days] = ask("Calendar days within which a replacement is named", example=30)
    records_breach: bool = ask(
        "Does a knowing breach of student records end an assignment by itself?",
        default=False,
        rationale="The sections on removal and on records deal with it case by case.",
    )
