"""How long the agreement lasts, how it ends, and who answers for harm."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.parts import Days, Line, Months, Office, Open, Paragraph, Part, PartyName, Several, ask

Times = Annotated[int, Field(ge=1, le=10)]
_BY_ITSELF = ["option", "automatic"]


class Term(Part):
    """When the agreement ends, and how it can end sooner."""

    ends: Open[date] = ask("Last day of the term", anew=True, essential=True, example=date(2027, 7, 31))
    renewal: Open[Literal["none", "by-agreement", "option", "automatic"]] = ask(
        "What happens at the end",
        essential=True,
        labels={
            "none": "it ends",
            "by-agreement": "the parties may renew in writing",
            "option": "either side may offer a renewal that the other accepts by notice",
            "automatic": "it renews unless a party gives notice",
        },
        help="Some states ask for review and adoption each year or every two years; then automatic does not fit.",
    )
    renewal_notice_days: Open[Days] = ask(
        "Days before the end by which the parties decide on renewal",
        example=90,
        when={"term.renewal": ["by-agreement", *_BY_ITSELF]},
    )
    renewal_count: Open[Times] = ask("Most renewals", when={"term.renewal": _BY_ITSELF}, example=2)
    renewal_months: Open[Months] = ask("Months that each renewal adds", when={"term.renewal": _BY_ITSELF}, example=12)
    holdover_days: Open[Days] | None = ask(
        "Days the agreement may go on while a new one is being finished",
        default=None,
        example=90,
        help="Leave out if it ends on its last day even if no new agreement is ready.",
    )
    exit_days: Open[Days] = ask("Days of notice to end it without cause", example=60)
    exit_at: Open[Literal["any-day", "semester-end"]] = ask(
        "When an ending without cause takes effect",
        labels={"any-day": "on the day that the notice states", "semester-end": "at the end of a semester"},
        help="semester-end: schools do not lose their officers in the middle of a term, unless safety asks for it.",
    )
    cure_days: Open[Days] = ask("Days to mend a breach before it can be ended for cause", example=30)


class Coverage(Part):
    """What insurance or self-insurance one party keeps."""

    party: PartyName = ask("Party", default=..., help="Its short name.")
    coverage: Paragraph = ask(
        "Coverage",
        default=...,
        example="commercial general liability of $1,000,000 for each occurrence",
        help="Kind and limits; say so if it is a pool or self-insurance.",
    )

    def in_text(self) -> str:
        """Return ``Larkmoor Schools: commercial general liability ...``."""
        return f"{self.party}: {self.coverage}"


class Risk(Part):
    """Who answers for harm."""

    model: Open[Literal["own-acts", "mutual-indemnity", "one-way", "none"]] = ask(
        "Who answers for harm",
        essential=True,
        labels={
            "own-acts": "each party for its own acts",
            "mutual-indemnity": "each party indemnifies the other as far as law permits",
            "one-way": "the agency indemnifies the district as far as law permits",
            "none": "the agreement is silent and law decides",
        },
        help="State law limits what public bodies may promise; counsel must choose.",
    )
    claim_days: Open[Days] = ask(
        "Business days within which a claim is passed on",
        default=10,
        rationale="Two weeks, so that no time limit for an answer to a claim is lost.",
    )
    immunity_cites: Several[Line] = ask(
        "Laws on immunity that are to be named",
        default=(),
        help="Citations your counsel has checked. Leave out to keep the general words only.",
    )
    tribal_immunity: Open[Literal["preserved", "limited-waiver"]] = ask(
        "Sovereign immunity of a tribal nation",
        when={"parties.has_tribe": True},
        labels={"preserved": "kept in full", "limited-waiver": "waived for claims under the agreement only"},
        help="Only the nation's own lawful act can waive it; its counsel must choose.",
    )
    waiver_act: Open[Line] = ask(
        "Resolution or law by which the nation waives",
        when={"parties.has_tribe": True, "risk.tribal_immunity": "limited-waiver"},
        example="Tribal Council Resolution 2026-000",
    )
    waiver_forum: Open[Office] = ask(
        "Court in which such a claim may be brought",
        when={"parties.has_tribe": True, "risk.tribal_immunity": "limited-waiver"},
        example="Superior Court of Larkmoor County",
    )
    insurance: Open[Several[Coverage]] = ask(
        "Insurance each party keeps", example=[{"party": "Larkmoor Schools", "coverage": "..."}]
    )
    certificate_days: Open[Days] = ask(
        "Days within which proof of coverage is given",
        default=30,
        rationale="A month after the start, and after each later Program Year begins, is time enough for a certificate.",
    )
    additional_insured: Several[PartyName] = ask(
        "Parties that the others' policies name as additional insureds",
        default=(),
        help="Short names. Leave out if pools or self-insurance make it impossible.",
    )


def anniversary(start: date, years: int) -> date:
    """Return the day on which a program year begins, `years` after the first."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        # A year without February 29.
        return date(start.year + years, 3, 1)


def program_years(starts: date, ends: date) -> int:
    """Return how many program years, whole or cut short, a term from `starts` to `ends` has."""
    years = ends.year - starts.year
    return max(1, years if anniversary(starts, years) > ends else years + 1)


def days_in_year(starts: date, days: tuple[str, ...]) -> list[date]:
    """Return the days of the year as they fall in the program year that begins on `starts`, in order."""
    dates = [date(starts.year, int(day[:2]), int(day[3:])) for day in days]
    return sorted(one if one >= starts else one.replace(year=one.year + 1) for one in dates)
