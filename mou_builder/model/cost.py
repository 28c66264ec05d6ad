"""Who pays what for the program, and when."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from mou_builder.model.parts import (
    DayOfYear,
    Days,
    Line,
    Money,
    Open,
    Part,
    PartyName,
    Percent,
    Some,
    ask,
    exact,
)

ACTUAL = [
    "percentage",
    "actual-cost",
    "months-split",
    "phased-percentages",
    "enrollment-formula",
    "grant-match",
]
"""Models that share what the program really costs."""

FIXED = ["flat-per-officer", "lump-sum", "phased-amounts"]
"""Models with an amount that is known beforehand."""

PAID = [*ACTUAL, *FIXED, "hourly-cap"]
EQUAL_PARTS = [
    "actual-cost",
    "phased-percentages",
    "grant-match",
    *FIXED,
    "hourly-cap",
]
"""Models whose payers share in equal parts."""

MonthCount = Annotated[int, Field(ge=1, le=12)]
YearNumber = Annotated[int, Field(ge=1, le=10)]
Students = Annotated[int, Field(ge=1, le=2_000_000)]
TotalHours = Annotated[int, Field(ge=1, le=100_000)]
Rise = Annotated[
    Decimal,
    BeforeValidator(lambda value: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value),
    Field(gt=0, le=25, decimal_places=4),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 25}),
]


class CostShare(Part):
    """One party's percentage of the program's cost."""

    party: PartyName = ask("Party", default=..., help="Its short name.")
    percent: Percent = ask("Percent of the cost", default=..., example=50)

    def in_text(self) -> str:
        """Return ``Larkmoor Schools 50 percent``."""
        return f"{self.party} {exact(self.percent)} percent"


class CostMonths(Part):
    """The months of a year for which one party pays."""

    party: PartyName = ask("Party", default=..., help="Its short name.")
    months: MonthCount = ask("Months of each year that it pays", default=..., example=9)

    def in_text(self) -> str:
        """Return ``Larkmoor Schools 9 months``."""
        return f"{self.party} {self.months} month{'' if self.months == 1 else 's'}"


class CostEnrollment(Part):
    """How many students one party has."""

    party: PartyName = ask("Party", default=..., help="Its short name.")
    students: Students = ask("Students enrolled", default=..., example=2310)

    def in_text(self) -> str:
        """Return ``Larkmoor Schools 2,310``."""
        return f"{self.party} {self.students:,}"


class YearAmount(Part):
    """The amount for one program year."""

    year: YearNumber = ask("Program year", default=..., example=1, help="1 is the year from the effective date.")
    amount: Money = ask("Amount", default=..., example=120000)

    def in_text(self) -> str:
        """Return ``$120,000.00 in Program Year 1``."""
        return f"${self.amount:,.2f} in Program Year {self.year}"


class YearPercent(Part):
    """The percentage for one program year."""

    year: YearNumber = ask("Program year", default=..., example=1, help="1 is the year from the effective date.")
    percent: Percent = ask("Percent of the cost", default=..., example=40)

    def in_text(self) -> str:
        """Return ``40 percent in Program Year 1``."""
        return f"{exact(self.percent)} percent in Program Year {self.year}"


class Cost(Part):
    """Who pays what, and when."""

    model: Open[
        Literal[
            "none",
            "percentage",
            "flat-per-officer",
            "lump-sum",
            "hourly-cap",
            "actual-cost",
            "months-split",
            "phased-amounts",
            "phased-percentages",
            "enrollment-formula",
            "grant-match",
        ]
    ] = ask(
        "How the cost is shared",
        essential=True,
        labels={
            "none": "each party bears its own cost",
            "percentage": "a percentage each",
            "flat-per-officer": "a flat amount for each officer",
            "lump-sum": "one fixed amount for each year",
            "hourly-cap": "an hourly rate, up to a number of hours",
            "actual-cost": "the officer's actual cost",
            "months-split": "each party pays for its months of the year",
            "phased-amounts": "a fixed amount for each year that changes by steps",
            "phased-percentages": "a percentage that changes from year to year by steps",
            "enrollment-formula": "in proportion to enrollment",
            "grant-match": "a grant, and the parties pay what it leaves",
        },
    )
    covers: Open[Some[Line]] = ask(
        "What counts as cost",
        when={"cost.model": ACTUAL},
        example=["salary", "benefits", "overtime asked for by the district"],
    )
    annual_estimate: Open[Money] = ask(
        "Estimated cost of the program in the first year",
        when={"cost.model": ACTUAL},
        example=186400,
        help="With grant-match: what the grant leaves to be paid.",
    )
    shares: Open[Some[CostShare]] = ask(
        "Each party's percentage", when={"cost.model": "percentage"}, help="The percentages must come to 100."
    )
    months: Open[Some[CostMonths]] = ask(
        "Each party's months", when={"cost.model": "months-split"}, help="The months must come to 12."
    )
    enrollment: Open[Some[CostEnrollment]] = ask(
        "Students of each party that pays", when={"cost.model": "enrollment-formula"}
    )
    enrollment_day: Open[DayOfYear] = ask(
        "Day each year on which students are counted", when={"cost.model": "enrollment-formula"}, example="10-01"
    )
    per_officer: Open[Money] = ask(
        "Amount for each officer and year", when={"cost.model": "flat-per-officer"}, example=62500
    )
    amount: Open[Money] = ask("Amount for each year", when={"cost.model": "lump-sum"}, example=340000)
    hourly_rate: Open[Money] = ask("Rate for each hour", when={"cost.model": "hourly-cap"}, example=58.5)
    hours_cap: Open[TotalHours] = ask(
        "Most hours that are paid in a year", when={"cost.model": "hourly-cap"}, example=720
    )
    year_amounts: Open[Some[YearAmount]] = ask("Amount for each program year", when={"cost.model": "phased-amounts"})
    year_percents: Open[Some[YearPercent]] = ask(
        "Percentage for each program year",
        when={"cost.model": "phased-percentages"},
        help="What the payers bear together; the agency bears the rest.",
    )
    match_grant: Open[Line] = ask(
        "Grant whose rest the parties pay",
        when={"cost.model": "grant-match"},
        example="School Safety Grant 2026-000",
        help="Its name and number. If it is a federal hiring grant, say so below too.",
    )
    match_amount: Open[Money] = ask(
        "Money expected from that grant in the first year", when={"cost.model": "grant-match"}, example=75000
    )
    payers: Open[Some[PartyName]] = ask(
        "Parties that pay", when={"cost.model": EQUAL_PARTS}, help="Short names. Several payers share in equal parts."
    )
    cap: Open[Money] | None = ask(
        "Most that is owed in a year",
        default=None,
        when={"cost.model": ACTUAL},
        example=150000,
        help="Leave out if there is no ceiling.",
    )
    supervisor_percent: Open[Percent] | None = ask(
        "Percent of the supervisor's salary that counts as cost",
        default=None,
        when={"cost.model": ACTUAL},
        example=5,
        help="Leave out if the agency bears its supervisor's cost alone.",
    )
    escalator_percent: Open[Rise] | None = ask(
        "Percent by which the amount rises each later year",
        default=None,
        when={"cost.model": ["flat-per-officer", "lump-sum", "hourly-cap"]},
        example=3,
        help="Leave out if the amount stays the same throughout the term.",
    )
    overtime_rate: Open[Money] | None = ask(
        "Hourly rate for events and overtime that the district asks for",
        default=None,
        example=72,
        help="Leave out if these hours have no rate of their own.",
    )
    instalment_days: Open[Annotated[Some[DayOfYear], Field(min_length=2, max_length=12)]] | None = ask(
        "Days each year on which an instalment is due",
        default=None,
        when={"cost.model": FIXED},
        example=["10-01", "01-15", "04-01"],
        help="Leave out if the agency invoices by the month, quarter or year.",
    )
    remainder_in: Open[Literal["first", "last"]] = ask(
        "Instalment that takes the odd cents",
        when={"cost.instalment_days": {"present": True}},
        labels={"first": "first", "last": "last"},
    )
    invoice: Open[Literal["monthly", "quarterly", "annually"]] = ask(
        "How often the agency invoices",
        when={"cost.model": PAID, "cost.instalment_days": {"present": False}},
        labels={"monthly": "month", "quarterly": "calendar quarter", "annually": "Program Year"},
    )
    pay_days: Open[Days] = ask("Days within which an invoice is paid", when={"cost.model": PAID}, example=45)
    late_percent: Open[Rise] | None = ask(
        "Interest for late payment, percent a year",
        default=None,
        when={"cost.model": PAID},
        example=6,
        help="Leave out if late payment bears no interest beyond what law sets.",
    )
    nonappropriation: Open[bool] = ask(
        "Payment depends on yearly appropriation?",
        when={"cost.model": PAID},
        help="Many states bar public bodies from promising money of later years.",
    )
    federal_grant: Open[bool] = ask("Is any officer's position paid by a federal hiring grant?", serves=("DJ.5",))
    grant_name: Open[Line] = ask(
        "Name and number of the grant",
        anew=True,
        when={"cost.federal_grant": True},
        example="COPS Hiring Program award 2026-HP-0417",
    )
    grant_awarded: Open[date] = ask(
        "Date of the award letter", anew=True, when={"cost.federal_grant": True}, example=date(2026, 6, 5)
    )
    grant_agreement_due: Open[date] = ask(
        "Last day on which the awarding office takes the signed agreement",
        anew=True,
        when={"cost.federal_grant": True},
        example=date(2026, 9, 3),
        help="Count it from the award's own words; awards have asked for it within 90 days after the award letter.",
    )
