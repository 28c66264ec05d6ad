"""Money, time and risk."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from mou_builder.model.parts import (
    Days,
    Line,
    Money,
    Open,
    Paragraph,
    Part,
    Percent,
    Several,
    ShortName,
    Some,
    ask,
    exact,
)

CENT = Decimal("0.01")
_PAID = ["percentage", "flat-per-officer", "actual-cost-with-cap"]


class CostShare(Part):
    """One party's percentage of the program's cost."""

    party: ShortName = ask("Party", default=..., help="Its short name.")
    percent: Percent = ask("Percent of the cost", default=..., example=50)

    def in_text(self) -> str:
        """Return ``Larkmoor Schools 50 percent``."""
        return f"{self.party} {exact(self.percent)} percent"


class Cost(Part):
    """Who pays what, and when."""

    model: Open[Literal["none", "percentage", "flat-per-officer", "actual-cost-with-cap"]] = ask(
        "How the cost is shared",
        labels={
            "none": "each party bears its own cost",
            "percentage": "a percentage each",
            "flat-per-officer": "a flat amount for each officer",
            "actual-cost-with-cap": "the officer's actual cost up to a cap",
        },
    )
    covers: Open[Some[Line]] = ask(
        "What counts as cost",
        when={"cost.model": ["percentage", "actual-cost-with-cap"]},
        example=["salary", "benefits", "overtime asked for by the district"],
    )
    annual_estimate: Open[Money] = ask(
        "Estimated cost of the program in the first year", when={"cost.model": "percentage"}, example=186400
    )
    shares: Open[Some[CostShare]] = ask(
        "Each party's percentage", when={"cost.model": "percentage"}, help="The percentages must come to 100."
    )
    per_officer: Open[Money] = ask(
        "Amount for each officer and year", when={"cost.model": "flat-per-officer"}, example=62500
    )
    cap: Open[Money] = ask("Most that is owed in a year", when={"cost.model": "actual-cost-with-cap"}, example=150000)
    payers: Open[Some[ShortName]] = ask(
        "Parties that pay",
        when={"cost.model": ["flat-per-officer", "actual-cost-with-cap"]},
        help="Short names. Several payers share in equal parts.",
    )
    invoice: Open[Literal["monthly", "quarterly", "annually"]] = ask(
        "How often the agency invoices",
        when={"cost.model": _PAID},
        labels={"monthly": "month", "quarterly": "calendar quarter", "annually": "Program Year"},
    )
    pay_days: Open[Days] = ask("Days within which an invoice is paid", when={"cost.model": _PAID}, example=45)
    nonappropriation: Open[bool] = ask(
        "Payment depends on yearly appropriation?",
        when={"cost.model": _PAID},
        help="Many states bar public bodies from promising money of later years.",
    )
    federal_grant: Open[bool] = ask("Is any officer's position paid by a federal hiring grant?", serves=("DJ.5",))
    grant_name: Open[Line] = ask(
        "Name and number of the grant",
        when={"cost.federal_grant": True},
        example="COPS Hiring Program award 2026-XX-0000",
    )


def share_of(amount: Decimal, percent: Decimal) -> Decimal:
    """Return `percent` of `amount` in dollars, rounded to the cent, half a cent upward."""
    return (amount * percent / 100).quantize(CENT, ROUND_HALF_UP)


class Term(Part):
    """When the agreement ends, and how it can end sooner."""

    ends: Open[date] = ask("Last day of the term", example=date(2027, 7, 31))
    renewal: Open[Literal["none", "by-agreement"]] = ask(
        "What happens at the end", labels={"none": "it ends", "by-agreement": "the parties may renew in writing"}
    )
    renewal_notice_days: Open[Days] = ask(
        "Days before the end by which the parties decide on renewal", example=90, when={"term.renewal": "by-agreement"}
    )
    exit_days: Open[Days] = ask("Days of notice to end it without cause", example=60)
    cure_days: Open[Days] = ask("Days to mend a breach before it can be ended for cause", example=30)


class Coverage(Part):
    """What insurance or self-insurance one party keeps."""

    party: ShortName = ask("Party", default=..., help="Its short name.")
    coverage: Paragraph = ask(
        "Coverage", default=..., example="commercial general liability of $1,000,000 for each occurrence"
    )

    def in_text(self) -> str:
        """Return ``Larkmoor Schools: commercial general liability ...``."""
        return f"{self.party}: {self.coverage}"


class Risk(Part):
    """Who answers for harm."""

    model: Open[Literal["own-acts", "mutual-indemnity"]] = ask(
        "Who answers for harm",
        labels={
            "own-acts": "each party for its own acts",
            "mutual-indemnity": "each party indemnifies the other as far as law permits",
        },
        help="State law limits what public bodies may promise; counsel must choose.",
    )
    insurance: Open[Several[Coverage]] = ask(
        "Insurance each party keeps", example=[{"party": "Larkmoor Schools", "coverage": "..."}]
    )


class General(Part):
    """Disputes and signing."""

    dispute_days: Open[Days] = ask(
        "Business days for each level of a dispute", default=10, rationale="Two school weeks at each level."
    )
    mediation: Open[bool] = ask("Is a dispute mediated before anyone goes to court?")
    electronic_signatures: Open[bool] = ask("May the agreement be signed electronically?")
