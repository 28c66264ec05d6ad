"""Money divides to the penny, and money and time that do not add up are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mou_builder.document.amounts import cost_lines, instalments, yearly_amounts
from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.money import CENT, divided, raised
from mou_builder.model.term import anniversary, days_in_year, program_years
from mou_builder.selection import select

ROOT = Path(__file__).resolve().parent.parent
STATES = {"WA": "Washington"}
TODAY = date(2026, 7, 1)
SHARED = ("covers", "annual_estimate", "shares")
PAYERS = {"payers": ["Larkmoor Schools"]}
THREE = {"payers": ["Larkmoor Schools", "Larkmoor Police", "Larkmoor Town"]}
TOWN = {"legal_name": "Town of Larkmoor", "short_name": "Larkmoor Town"}
tried = settings(deadline=None, max_examples=60, derandomize=True, database=None)
cents = some.decimals(0, 9_999_999_999, places=2)
days_of_year = some.dates(date(2027, 1, 1), date(2027, 12, 31)).map(lambda day: f"{day:%m-%d}")

Answers = dict[str, Any]


def first_with(cost: Answers, without: tuple[str, ...] = (), **groups: Answers) -> Answers:
    """Return the first example with other answers on cost, and in other groups."""
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    made: Answers = read_marked(text, "first_mou.yaml", AnswerError).value
    made["parties"]["municipalities"] = [TOWN]
    for name in without:
        made["cost"].pop(name, None)
    made["cost"] |= cost
    for group, answers in groups.items():
        made[group] |= answers
    return made


def agreement_of(made: Answers) -> Agreement:
    return agreement_from(Marked("answers.yaml", made), STATES)


def refused(made: Answers) -> str:
    with pytest.raises(AnswerError) as found:
        agreement_of(made)
    return " ".join(str(found.value).split())


def lines_of(made: Answers) -> list[tuple[str, Any]]:
    return [(line.item, line.amount) for line in cost_lines(agreement_of(made))]


LUMP = {"model": "lump-sum", "amount": Decimal("129313.94"), **PAYERS}
FIXED: dict[str, Answers] = {
    "lump-sum": LUMP,
    "flat-per-officer": {"model": "flat-per-officer", "per_officer": Decimal("62500.01"), **PAYERS},
    "phased-amounts": {
        "model": "phased-amounts",
        "year_amounts": [{"year": 1, "amount": Decimal("100000.01")}, {"year": 2, "amount": Decimal(120000)}],
        **PAYERS,
    },
}
ACTUAL: dict[str, Answers] = {
    "percentage": {},
    "actual-cost": PAYERS,
    "months-split": {
        "months": [{"party": "Larkmoor Schools", "months": 9}, {"party": "Larkmoor Town", "months": 3}],
    },
    "phased-percentages": {
        "year_percents": [{"year": 1, "percent": 40}, {"year": 2, "percent": Decimal("52.5")}],
        **PAYERS,
    },
    "enrollment-formula": {
        "enrollment": [{"party": "Larkmoor Schools", "students": 2310}, {"party": "Larkmoor Town", "students": 191}],
        "enrollment_day": "10-01",
    },
    "grant-match": {"match_grant": "School Safety Grant", "match_amount": 75000, **PAYERS},
}
HOURLY = {"model": "hourly-cap", "hourly_rate": Decimal("58.50"), "hours_cap": 720, **PAYERS}


def of_model(model: str) -> Answers:
    """Return answers with this model of cost."""
    if model == "none":
        return first_with({"model": "none"}, (*SHARED, "invoice", "pay_days", "nonappropriation"))
    if model in ACTUAL:
        return first_with({"model": model} | ACTUAL[model], () if model == "percentage" else ("shares",))
    return first_with(HOURLY if model == "hourly-cap" else FIXED[model], SHARED)


@given(total=cents, weights=some.lists(some.integers(1, 5000), min_size=1, max_size=12), last=some.booleans())
@tried
def test_parts_come_to_the_whole_and_only_one_takes_the_odd_cents(
    total: Decimal, weights: list[int], last: bool
) -> None:
    """No cent is lost or made, every part but one is the plain fraction cut to the cent, and none is negative."""
    place = -1 if last else 0
    parts = divided(total, weights, remainder=place)
    left_over = total - sum(parts[:place] + parts[len(parts) + place + 1 :] if last else parts[1:])

    assert sum(parts) == total and min(parts) >= 0
    assert parts[place] == left_over
    for part, weight in zip(parts, weights, strict=True):
        exactly = total * weight / sum(weights)
        assert -CENT < part - exactly < CENT * len(parts)


@given(
    total=cents,
    days=some.lists(days_of_year, min_size=2, max_size=12, unique=True),
    place=some.sampled_from(["first", "last"]),
)
@tried
def test_instalments_come_to_the_amount_to_the_penny(total: Decimal, days: list[str], place: str) -> None:
    """Each payer's instalments come to that payer's part; they differ by the odd cents only, in the named one."""
    cost = {"model": "lump-sum", "amount": total, "instalment_days": days, "remainder_in": place, **THREE}
    rows = instalments(agreement_of(first_with(cost, (*SHARED, "invoice"))))

    assert sum(row.amount for row in rows) == total
    for payer, part in zip(THREE["payers"], divided(total, [1, 1, 1]), strict=True):
        amounts = [row.amount for row in rows if row.payer == payer]
        odd = amounts[0 if place == "first" else -1]
        plain = set(amounts[1:] if place == "first" else amounts[:-1])
        assert sum(amounts) == part and len(amounts) == len(days)
        assert len(plain) == 1 and 0 <= odd - min(plain) < CENT * len(days)


def test_the_known_trap_of_ten_instalments_loses_no_cent() -> None:
    """Half of $258,627.89 in ten instalments: real agreements print ten times $12,931.39, four cents short."""
    half = divided(Decimal("258627.89"), [50, 50])
    ten = divided(half[1], [1] * 10, remainder=-1)

    assert half == [Decimal("129313.95"), Decimal("129313.94")]
    assert ten[:9] == [Decimal("12931.39")] * 9 and ten[9] == Decimal("12931.43")


def test_instalments_fall_in_the_program_year_in_order() -> None:
    """Days before the anniversary belong to the next calendar year."""
    rows = instalments(
        agreement_of(
            first_with(
                FIXED["phased-amounts"] | {"instalment_days": ["01-15", "10-01"], "remainder_in": "first"},
                (*SHARED, "invoice"),
            )
        )
    )

    assert [(row.year, row.number, row.due, row.amount) for row in rows] == [
        (1, 1, date(2026, 10, 1), Decimal("50000.01")),
        (1, 2, date(2027, 1, 15), Decimal("50000.00")),
        (2, 1, date(2027, 10, 1), Decimal("60000.00")),
        (2, 2, date(2028, 1, 15), Decimal("60000.00")),
    ]


@pytest.mark.parametrize("model", [*ACTUAL, *FIXED, "hourly-cap", "none"])
def test_every_model_is_accepted_and_fills_its_places(model: str, library: Library) -> None:
    """With its own answers each model finds one text for each place on money, and nothing on money is left open."""
    agreement = agreement_of(of_model(model))
    choices = [one for one in select(agreement, library, TODAY).choices if one.article == "cost"]

    assert [one.slot for one in choices if one.open_paths] == []
    assert all(one.clause for one in choices if not one.optional)
    share = next(one.clause for one in choices if one.slot == "cost.share")
    assert share is not None and share.id == f"us/cost/share.{model}"
    assert bool(cost_lines(agreement)) == (model != "none")


@pytest.mark.parametrize("model", list(ACTUAL))
def test_parts_of_an_estimate_come_to_it(model: str) -> None:
    """The lines below the estimate share it out to the penny."""
    lines = [amount for item, amount in lines_of(of_model(model)) if "grant" not in item]
    if model == "phased-percentages":
        estimate, owed, part, rest = lines
        assert (owed + rest, part) == (estimate, owed)
    else:
        assert sum(lines[1:]) == lines[0]


def test_a_yearly_rise_is_taken_from_the_year_before() -> None:
    """The rise is rounded each year, for one position, before positions are added up."""
    flat = FIXED["flat-per-officer"] | {"escalator_percent": 3}
    agreement = agreement_of(first_with(flat, SHARED, term={"ends": date(2029, 7, 31)}))

    assert raised(Decimal("62500.01"), [Decimal(3), Decimal(3)]) == Decimal("66306.26")
    assert yearly_amounts(agreement) == {1: Decimal("125000.02"), 2: Decimal("128750.02"), 3: Decimal("132612.52")}


def test_hours_at_most_are_worked_out() -> None:
    """An hourly rate and a number of hours give the most that is owed."""
    assert lines_of(of_model("hourly-cap")) == [
        ("For each hour", Decimal("58.50")),
        ("At most, for 720 hours, each Program Year", Decimal("42120.00")),
        ("Part of Larkmoor Schools", Decimal("42120.00")),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "years"),
    [
        (date(2026, 8, 1), date(2027, 5, 31), 1),
        (date(2026, 8, 1), date(2027, 7, 31), 1),
        (date(2026, 8, 1), date(2027, 8, 1), 2),
        (date(2028, 2, 29), date(2029, 2, 28), 1),
        (date(2028, 2, 29), date(2029, 3, 1), 2),
    ],
)
def test_program_years_are_counted_from_the_effective_date(starts: date, ends: date, years: int) -> None:
    """A year that the term cuts short is a program year too."""
    assert program_years(starts, ends) == years
    assert anniversary(starts, years) > ends
    assert days_in_year(starts, ("07-01", "12-01"))[0] >= starts


# What is wrong, the answers, and what is said.
MISTAKES: dict[str, tuple[Callable[[], Answers], str]] = {
    "shares": (
        lambda: first_with({"shares": [{"party": "Larkmoor Schools", "percent": 60}]}),
        "the percentages come to 60, not 100 (60).",
    ),
    "months": (
        lambda: first_with(
            {"model": "months-split", "months": [{"party": "Larkmoor Schools", "months": 9}]}, ("shares",)
        ),
        "the months come to 9, not 12 (9).",
    ),
    "payer twice": (
        lambda: first_with(LUMP | {"payers": ["Larkmoor Schools", "Larkmoor Schools"]}, SHARED),
        "the party 'Larkmoor Schools' is listed twice.",
    ),
    "enrollment of nobody": (
        lambda: first_with(
            {
                "model": "enrollment-formula",
                "enrollment": [{"party": "Larkmoor", "students": 5}],
                "enrollment_day": "10-01",
            },
            ("shares",),
        ),
        "no party is called 'Larkmoor'.",
    ),
    "years out of order": (
        lambda: first_with(
            FIXED["phased-amounts"] | {"year_amounts": [{"year": 2, "amount": 1}, {"year": 1, "amount": 2}]}, SHARED
        ),
        "the program years are numbered 2, 1, not 1, 2, 3 and so on.",
    ),
    "years outside the term": (
        lambda: first_with(
            FIXED["phased-amounts"], SHARED, term={"ends": date(2027, 7, 31), "renewal_notice_days": 30}
        ),
        "2 program years are listed, but the term from 2026-08-01 to 2027-07-31 has 1.",
    ),
    "year without a percentage": (
        lambda: first_with(
            {"model": "phased-percentages", "year_percents": [{"year": 1, "percent": 40}], **PAYERS}, ("shares",)
        ),
        "1 program years are listed, but the term from 2026-08-01 to 2028-07-31 has 2.",
    ),
    "rise without a later year": (
        lambda: first_with(LUMP | {"escalator_percent": 3}, SHARED, term={"ends": date(2027, 7, 31)}),
        "the amount is to rise by 3 percent in later years, but the term has none.",
    ),
    "instalment after the end": (
        lambda: first_with(
            LUMP | {"instalment_days": ["10-01", "06-15"], "remainder_in": "last"},
            (*SHARED, "invoice"),
            term={"ends": date(2027, 5, 31)},
        ),
        "an instalment would be due on 2027-06-15, after the last day of the term, 2027-05-31.",
    ),
    "instalment twice": (
        lambda: first_with(
            LUMP | {"instalment_days": ["10-01", "10-01"], "remainder_in": "last"}, (*SHARED, "invoice")
        ),
        "the day 10-01 is listed twice.",
    ),
    "instalments and periods": (
        lambda: first_with(LUMP | {"instalment_days": ["10-01", "02-01"], "remainder_in": "last"}, SHARED),
        "cost.invoice is given, but it has no effect: cost.instalment_days is given.",
    ),
    "one instalment": (
        lambda: first_with(LUMP | {"instalment_days": ["10-01"], "remainder_in": "last"}, (*SHARED, "invoice")),
        "cost.instalment_days",
    ),
    "deduction from nothing": (
        lambda: of_model("none") | {"program": of_model("none")["program"] | {"absence_cover": "deduct"}},
        "an absence is to be deducted from what is owed, but nobody is billed for the day",
    ),
    "insured stranger": (
        lambda: first_with({}, risk={"additional_insured": ["Nobody"]}),
        "no party is called 'Nobody'.",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_does_not_add_up_is_refused(name: str) -> None:
    """Each mistake is found and said once, with its numbers."""
    make, said = MISTAKES[name]
    assert said in refused(make())


def test_renewal_is_decided_within_the_term() -> None:
    """A notice that would be due before the agreement begins is refused, one within the term is not."""
    inside = first_with({}, term={"ends": date(2026, 12, 31)})
    outside = first_with({}, term={"ends": date(2026, 10, 29)})

    assert agreement_of(inside).term.renewal_notice_days == 90
    assert "the parties would decide on renewal by 2026-07-31, before the agreement begins on 2026-08-01." in refused(
        outside
    )


def test_an_open_amount_is_an_open_line() -> None:
    """What is undecided is shown as the question, and nothing is worked out from it."""
    made = first_with(LUMP | {"amount": {"undecided": "The board votes."}}, SHARED)
    (line,) = cost_lines(agreement_of(made))

    assert (line.path, line.question) == ("cost.amount", "Amount for each year")
    assert instalments(agreement_of(made)) == []
