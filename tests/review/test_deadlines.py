"""`mou-builder deadlines`: which days follow from an agreement, what is overdue, and what a person reads of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, TODAY
from hypothesis import given, settings
from hypothesis import strategies as some
from wordedit import control, edited, packed, parts_of, replace_word

from mou_builder import __version__
from mou_builder.build import Built
from mou_builder.library import Library
from mou_builder.model import Agreement, read_answers
from mou_builder.model.walk import model_paths
from mou_builder.record import record_of, to_text
from mou_builder.report.sentences import statements
from mou_builder.review.calendar import dated, to_calendar
from mou_builder.review.deadlines import distinct, outlook
from mou_builder.review.months import extended, first_in, last_of_month, months_after
from mou_builder.review.outlook import KINDS, Deadline, Outlook
from mou_builder.review.paper import Paper, Reading
from mou_builder.review.stated_days import stated_days
from mou_builder.selection import select
from mou_builder.sets import instruments
from mou_builder.wording import Wording

Run = Callable[..., tuple[int, str, str]]
Make = Callable[..., Paper]
EXAMPLES = ROOT / "examples"
DOCS = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")

STARTS, ENDS = "effective_date: 2026-08-01", "ends: 2028-07-31"
RENEWAL = "  renewal: by-agreement\n  renewal_notice_days: 90\n"
"""Lines of the first example that tests change: its term, and how it is renewed."""
AUTOMATIC = "  renewal: automatic\n  renewal_notice_days: 90\n  renewal_count: 2\n  renewal_months: 12\n"


@pytest.fixture(scope="module")
def paper(library: Library, first_text: str) -> Make:
    """Make a paper of the first example, some of its lines changed, or of another text; each only once."""

    @cache
    def made(*changes: tuple[str, str], text: str = first_text, file: str = "a.yaml") -> Paper:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return paper_of(read_answers(text, file, library.states), library, file)

    return made


def paper_of(agreement: Agreement, library: Library, file: str = "a.yaml") -> Paper:
    selection = select(agreement, library, TODAY)
    wording = Wording(agreement, library.states)
    return Paper(file, agreement, record_of(agreement, selection, wording, tool=__version__, final=False))


def paper_with(given: Paper, starts: date, ends: date, between: int) -> Paper:
    """Return the paper with another term and other reviews: quicker than reading the whole file again."""
    told = given.agreement
    agreement = told.model_copy(
        update={
            "document": told.document.model_copy(update={"effective_date": starts}),
            "term": told.term.model_copy(update={"ends": ends}),
            "review": told.review.model_copy(update={"months": between}),
        }
    )
    return replace(given, agreement=agreement)


def on(day: str, *papers: Paper) -> Outlook:
    return outlook(papers, date.fromisoformat(day))


def days(found: Outlook, *kinds: str) -> list[str]:
    """Return the days of the deadlines of some kinds."""
    return [str(one.day) for one in found.deadlines if one.kind in kinds]


def one(found: Outlook, kind: str) -> Deadline:
    (deadline,) = [deadline for deadline in found.deadlines if deadline.kind == kind]
    return deadline


def overdue(found: Outlook) -> list[str]:
    return [deadline.kind for deadline in found.deadlines if deadline.overdue]


# What follows from the answers


def test_every_day_that_the_first_example_names_is_listed(paper: Make) -> None:
    """The term, its renewal, reviews, reports, training, the survey, insurance: each on the day that the text asks for."""
    found = on("2026-07-01", paper())

    assert days(found, "start", "expiry") == ["2026-08-01", "2028-07-31"]
    assert days(found, "renewal-notice") == [str(date(2028, 7, 31) - timedelta(days=90))] == ["2028-05-02"]
    assert days(found, "public-report") == ["2027-07-31", "2028-07-31"]
    assert days(found, "training-proof") == ["2026-08-01", "2027-08-01"]
    assert days(found, "staff-training") == ["2026-09-15", "2027-09-15"]
    assert days(found, "first-training") == [str(date(2026, 8, 1) + timedelta(days=90))]
    assert days(found, "survey") == ["2027-04-30", "2028-04-30"]
    assert days(found, "insurance") == ["2026-08-31", "2027-08-31"]
    assert days(found, "review-start") == ["2027-02-28", "2028-02-28"]
    assert [d.opens for d in found.deadlines if d.kind == "review-start"] == [date(2027, 2, 1), date(2028, 2, 1)]


def test_a_deadline_says_who_owes_what_and_where_it_stands(paper: Make) -> None:
    """Section and heading are those of the agreement that a build of the same answers makes."""
    report = on("2026-07-01", paper()).deadlines
    found = next(deadline for deadline in report if deadline.kind == "public-report")

    assert (found.who, found.section) == ("the District (Larkmoor Schools)", "Section 9.2")
    assert (found.slot, found.answer) == ("data.public-report", "reporting.due")
    assert found.what == "The District is to publish the public report on the data year that ended last."
    assert found.agreement == "Larkmoor Schools and Larkmoor Police"


def test_the_list_runs_by_day_and_then_by_agreement(paper: Make, library: Library) -> None:
    """Two agreements of one file's set are told apart by their parties, and what has no day stands last."""
    text = (EXAMPLES / "sheriff_three_districts.yaml").read_text(encoding="utf-8")
    several = instruments(read_answers(text, "set.yaml", library.states), library)
    found = on("2026-07-01", paper(), *(paper_of(each.agreement, library, "set.yaml") for each in several))
    keys = [(one.day or date.max, one.agreement) for one in found.deadlines if one.day]

    assert len({row.agreement for row in found.agreements}) == 4
    assert keys == sorted(keys)
    assert all(one.day is None for one in found.deadlines[len(keys) :])


def test_the_steps_of_a_review_are_the_earliest_days_and_never_overdue(paper: Make) -> None:
    """They hang on when the notice goes out, so the list says on what they rest and drops them once they are past."""
    found = on("2026-07-01", paper())
    steps = {deadline.kind: deadline for deadline in reversed(found.deadlines) if not deadline.firm}

    assert {kind: str(step.day) for kind, step in steps.items()} == {
        "review-meeting": "2027-03-03",
        "review-comments": "2027-03-03",
        "review-answer": "2027-04-02",
        "review-vote": "2027-06-01",
    }
    assert "if the review started and its notice went out on February 1, 2027" in steps["review-meeting"].what
    assert not any(one.kind.startswith("review-") and not one.firm for one in on("2028-07-01", paper()).deadlines)


def test_public_reports_by_the_half_or_quarter_follow_the_data_year(paper: Make) -> None:
    """So many days after each quarter of the data year; the days after the term has ended belong to another section."""
    quarterly = ("  due: 07-31\n", "  frequency: quarterly\n  within_days: 30\n")
    found = on("2026-07-01", paper(quarterly, ("data:\n", "data:\n  year_ends: 02-28\n")))
    report = next(deadline for deadline in found.deadlines if deadline.kind == "public-report")

    assert days(found, "public-report") == [
        "2026-09-30", "2026-12-30", "2027-03-30", "2027-06-30", "2027-09-30", "2027-12-30", "2028-03-30", "2028-06-30"
    ]  # fmt: skip
    assert "the quarter of the data year that ended on August 31, 2026" in report.what


def test_money_has_its_days(library: Library, paper: Make) -> None:
    """Instalments with the invoice before each, the count of students, and the grant that asks for the signed agreement."""
    renewal = paper(text=(EXAMPLES / "renewal.yaml").read_text(encoding="utf-8"))
    several = paper(text=(EXAMPLES / "multi_party.yaml").read_text(encoding="utf-8"))
    grant = paper(text=(EXAMPLES / "federal_grant.yaml").read_text(encoding="utf-8"))
    paid, sent = (days(on("2026-07-01", renewal), kind) for kind in ("instalment", "instalment-invoice"))

    assert paid[:4] == ["2026-10-01", "2027-01-15", "2027-04-01", "2027-10-01"]
    assert [date.fromisoformat(day) + timedelta(days=30) for day in sent] == [date.fromisoformat(day) for day in paid]
    assert days(on("2026-07-01", several), "enrollment-count") == ["2026-10-01"]
    assert days(on("2026-07-01", grant), "grant-agreement") == ["2026-09-03"]
    assert one(on("2026-07-01", grant), "grant-agreement").section == "Section 13.7"


def test_review_calendar_runs_over_the_turn_of_the_year(paper: Make) -> None:
    """A review that starts in October has its vote in the April after it, by the end of the month."""
    several = paper(text=(EXAMPLES / "multi_party.yaml").read_text(encoding="utf-8"))
    found = on("2026-07-01", several)

    assert days(found, "review-step")[:4] == ["2026-10-31", "2026-12-31", "2027-02-28", "2027-04-30"]
    assert [each.who for each in found.deadlines if each.kind == "review-step"][
        1
    ] == "the Superintendent of each District"


def test_undecided_answers_are_named_and_not_passed_over(paper: Make) -> None:
    """A day that an open answer decides is not left out in silence: the line names the question and what waits for it."""
    found = on("2026-07-01", paper(("  due: 07-31", "  due: {undecided: the board meets in May}"), (f"  {ENDS}\n", "")))
    lines = {deadline.answer: deadline for deadline in found.deadlines if deadline.status == "undecided"}

    assert set(lines) == {"reporting.due", "term.ends"}
    assert lines["reporting.due"].what == (
        "Cannot be told: Day each year by which the public report is posted (reporting.due) is undecided. "
        "Waiting for it: public report."
    )
    assert "end of the term" in lines["term.ends"].what and lines["term.ends"].day is None
    assert not found.overdue


def test_no_answer_with_a_day_or_a_period_is_forgotten() -> None:
    """Whoever adds such a question to the model also says in the docs which deadline follows from it, or why none does."""
    asked = set()
    for path, field in model_paths(Agreement):
        shape = f"{field.annotation}{field.metadata}"
        period = path.endswith(("_days", "months")) and path != "cost.months.months"
        if period or any(kind in shape for kind in ("datetime.date", "_day_of_year", "'February'")):
            asked.add(path)
    told = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", DOCS))

    assert len(asked) > 50
    assert asked - told == set()


# What the text itself states


def test_time_limits_of_the_text_are_told_in_its_own_words(paper: Make) -> None:
    """Ninety days after the effective date, because the clause says ninety; its own sentence tells what is due."""
    found = on("2026-07-01", paper())
    policies = next(each for each in found.deadlines if "policies into line" in each.what)
    last_report = next(each for each in found.deadlines if "last Public Report" in each.what)

    assert (policies.kind, policies.day) == ("start-up", date(2026, 8, 1) + timedelta(days=90))
    assert policies.what == "Each Party shall bring its policies into line with this Agreement."
    assert (policies.section, policies.heading) == ("Section 16.6", "Order of Precedence")
    assert (last_report.kind, last_report.day) == ("after-end", date(2028, 7, 31) + timedelta(days=90))


def test_another_number_in_the_text_is_another_deadline(paper: Make) -> None:
    """The days are read from the words that were used, so a clause that says 45 days is followed as it stands."""
    given = paper()
    clauses = tuple(
        each.model_copy(update={"words": tuple(tuple(_forty_five(part) for part in line) for line in each.words)})
        for each in given.record.clauses
    )
    changed = replace(given, record=given.record.model_copy(update={"clauses": clauses}))
    found = on("2026-07-01", changed)

    assert next(each.day for each in found.deadlines if "policies into line" in each.what) == date(2026, 9, 15)


def _forty_five(part: Any) -> Any:
    return (
        part.replace("Within 90 days after the effective date", "Within 45 days after the effective date")
        if isinstance(part, str)
        else part
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("By October 1 of each year, the District shall file the report.", ["2026-10-01", "2027-10-01"]),
        ("The Agency shall certify its officers within ten days after the effective date.", ["2026-08-11"]),
        ("Within 60 days after each Program Year, the Agency shall send a statement.", ["2027-09-29", "2028-09-29"]),
        ("The Agency shall send an estimate at least 90 days before each later Program Year.", ["2027-05-03"]),
        ("Before the end of each Program Year, the District shall thank them.", ["2027-07-31", "2028-07-31"]),
        ("Within 30 days after this Agreement ends, that office shall return its copies.", ["2028-08-30"]),
        ("Within ten Business Days after the effective date, the District shall file this Agreement.", ["None"]),
        ("Before the first School Day of each school year, the District shall test the system.", ["None"]),
        ("By February 30 of each year, the District shall do what it cannot.", []),
        ("The hourly rate is $61.00 in each Program Year.", []),
        ("Within 30 days after the report, the reviewer shall decide.", []),
        ("Within 99999 days after the effective date, the Agency shall act.", ["2300-05-16"]),
        (f"Within {'9' * 5000} days after the effective date, the Agency shall act.", []),
    ],
)  # fmt: skip
def test_ways_of_stating_a_time_limit_are_read(paper: Make, sentence: str, expected: list[str]) -> None:
    """A date where the text allows one, no date where it counts Business Days, nothing where it counts from an event."""
    given = paper()
    clause = given.record.clauses[0].model_copy(update={"words": ((sentence,),), "slot": "general.precedence"})
    only = replace(given, record=given.record.model_copy(update={"clauses": (clause,)}))

    assert [str(due.day) for due in stated_days(Reading(only, TODAY))] == expected


NOT_READ = {
    "complaints.filing", "cost.appropriation", "cost.instalments", "cost.share", "data.disparity", "data.public-report",
    "data.publication", "data.use", "evaluation.feedback", "evaluation.program", "general.entire",
    "partnership.civil-rights", "partnership.community", "partnership.juvenile-justice", "records.audit",
    "records.juvenile", "records.system-access", "review.calendar", "review.schedule", "rights.laws", "roles.school-life",
    "staffing.hours", "staffing.rotation", "term.termination", "term.transition", "training.administrators",
    "training.continuing", "training.substitutes", "data.state-report", "review.adoption", "safety.plans",
    "staffing.security-contracts",
}  # fmt: skip
"""Sections with a sentence about the term or a year that sets no day by itself, or whose day an answer gives."""


def test_no_time_limit_of_the_library_is_passed_over(library: Library, paper: Make) -> None:
    """Whoever writes a clause that counts from the start, the end or a year sees whether its time limit is read."""
    about = re.compile(
        r"effective date|it takes effect|end date|this Agreement ends|Program Year|each year|school year|data year"
        r"|calendar quarter|each month"
    )
    given, passed_over = paper(), set()
    for clause in library.shelf.values():
        used = given.record.clauses[0].model_copy(
            update={"words": tuple((line,) for line in _plain(clause.written.text))}
        )
        only = replace(given, record=given.record.model_copy(update={"clauses": (used,)}))
        read = " ".join(due.what for due in stated_days(Reading(only, TODAY)))
        for sentence in statements(_plain(clause.written.text)):
            ending = sentence.removesuffix("; and").rstrip(".;")[-40:]
            if about.search(sentence) and re.search(r"\bshall\b", sentence) and ending not in read:
                passed_over.add(clause.slot)

    assert passed_over == NOT_READ


def _plain(text: str) -> list[str]:
    """Return a clause's paragraphs with made-up answers."""
    for pattern, answer in (
        (r"\{\{[^}]*plural \"([^\"]*)\" \}\}", r"7 \1s"),
        (r"\{\{[^}]*\| date \}\}", "July 31"),
        (r"\{\{ (?:cost\.invoice|data\.exchange) \}\}", "month"),
        (r"\{\{[^}]*\}\}", "X"),
        (r"\[\[[^\]]*\]\]", "Section 1"),
    ):
        text = re.sub(pattern, answer, text)
    return [" ".join(line.removeprefix("- ").split()) for line in re.split(r"\n\s*\n|\n(?=- )", text) if line.strip()]


# What is overdue


def test_a_missed_step_toward_renewal_is_overdue_until_the_term_ends(paper: Make) -> None:
    """From the day after the last day for it; when the term has ended, the end itself is what is told."""
    given = paper()

    assert overdue(on("2028-05-02", given)) == []
    assert overdue(on("2028-05-03", given)) == ["renewal-notice"]
    assert overdue(on("2028-07-31", given)) == ["renewal-notice"]
    assert overdue(on("2028-08-01", given)) == ["expiry"]
    assert one(on("2035-01-01", given), "expiry").note == "No later agreement between these parties was handed in."


def test_a_yearly_duty_is_never_called_overdue(paper: Make) -> None:
    """Nobody can see whether it was done: it is to be checked for 90 days, and then the next one is on its way."""
    given = paper()
    after = {day: one for day in ("2027-08-01", "2027-10-29", "2027-10-30") for one in on(day, given).deadlines
             if one.kind == "public-report" and one.status == "check"}  # fmt: skip

    assert {day: str(deadline.day) for day, deadline in after.items()} == {
        "2027-08-01": "2027-07-31",
        "2027-10-29": "2027-07-31",
    }
    assert not on("2027-08-01", given).overdue
    assert days(on("2027-10-30", given), "public-report") == ["2028-07-31"]


def test_an_agreement_that_renews_by_itself_is_taken_to_have_renewed(paper: Make) -> None:
    """Its next notice and end are those of the term that runs, until no renewal is left."""
    given = paper((RENEWAL, AUTOMATIC))
    first, second, last, over = (on(day, given) for day in ("2027-01-01", "2028-08-01", "2030-01-01", "2030-08-01"))

    assert days(first, "renewal-decision", "renewal-notice", "expiry") == ["2028-05-01", "2028-05-02", "2028-07-31"]
    assert "renews for 12 months (two renewals left)" in one(first, "expiry").what
    assert days(second, "renewal-notice", "expiry") == ["2029-05-02", "2029-07-31"]
    assert "was to end on July 31, 2028" in one(second, "expiry").what and not second.overdue
    assert days(second, "public-report") == ["2028-07-31", "2029-07-31"]
    assert days(last, "renewal-notice", "expiry") == ["2030-07-31"]
    assert overdue(over) == ["expiry"]


def test_the_last_day_to_stop_a_renewal_is_no_duty(paper: Make) -> None:
    """A party may let it pass; the decision that the District's governing body owes before it may not be skipped."""
    found = on("2028-05-10", paper((RENEWAL, AUTOMATIC)))

    assert one(found, "renewal-notice").status == "check"
    assert overdue(found) == ["renewal-decision"]


def test_an_option_is_not_taken_to_have_been_used(paper: Make) -> None:
    """Its text says that the agreement ends unless somebody offers and everybody accepts; so its end is overdue."""
    given = paper((RENEWAL, AUTOMATIC.replace("automatic", "option")))

    assert one(on("2028-05-10", given), "renewal-notice").status == "check"
    assert overdue(on("2028-08-01", given)) == ["expiry"]
    assert "accepted it by then" in one(on("2028-05-10", given), "expiry").what


def test_extra_time_after_the_end_has_its_own_last_day(paper: Make) -> None:
    """Once the term is over both are told: that it ended, and how long the agreement still goes on."""
    given = paper((RENEWAL, RENEWAL + "  holdover_days: 60\n"))
    found = on("2028-08-01", given)

    assert days(found, "expiry", "hold-over-end") == ["2028-07-31", "2028-09-29"]
    assert overdue(found) == ["expiry"]
    assert overdue(on("2028-09-30", given)) == ["expiry", "hold-over-end"]


def test_a_grants_day_for_the_signed_agreement_is_overdue_for_a_quarter(paper: Make) -> None:
    """Money hangs on it; after 90 days it is too late to help."""
    grant = paper(text=(EXAMPLES / "federal_grant.yaml").read_text(encoding="utf-8"))

    assert overdue(on("2026-09-03", grant)) == []
    assert overdue(on("2026-09-04", grant)) == ["grant-agreement"]
    assert overdue(on("2026-12-03", grant)) == []


def test_a_later_agreement_takes_the_place_of_the_earlier(paper: Make) -> None:
    """Handed in together, nothing of the old one is told after the new one begins, and its end is no longer overdue."""
    old = paper(file="old.docx")
    new = paper((STARTS, "effective_date: 2028-08-01"), (ENDS, "ends: 2030-07-31"), file="new.docx")
    found = on("2028-08-10", old, new)

    assert overdue(on("2028-08-10", old)) == ["expiry"] and overdue(found) == []
    assert [row.followed_by for row in found.agreements] == ["new.docx", ""]
    assert not any(each.file == "old.docx" and each.day and each.day >= date(2028, 8, 1) for each in found.deadlines)
    assert {each.agreement for each in found.deadlines} == {
        "Larkmoor Schools and Larkmoor Police (old.docx)",
        "Larkmoor Schools and Larkmoor Police (new.docx)",
    }


def test_a_gap_between_two_agreements_is_overdue_while_it_lasts(paper: Make) -> None:
    """A month without an agreement is told, and what the old one asks for after its end with it."""
    old = paper(file="old.docx")
    new = paper((STARTS, "effective_date: 2028-09-01"), (ENDS, "ends: 2030-07-31"), file="new.docx")

    assert overdue(on("2028-08-10", old, new)) == ["expiry"]
    assert days(on("2028-08-10", old, new), "after-end")[:1] == ["2028-07-31"]
    assert overdue(on("2028-09-01", old, new)) == []


def test_an_answer_that_is_still_to_be_confirmed_is_marked(paper: Make) -> None:
    """The reader sees that the day may yet change, and for what it waits."""
    given = paper(("general:\n", 'confirm: [{answer: reporting.due, why: "The board votes on June 9."}]\n\ngeneral:\n'))
    found = next(each for each in on("2026-07-01", given).deadlines if each.kind == "public-report")

    assert found.note == "To be confirmed: The board votes on June 9."


# Days that calendars do not have


@pytest.mark.parametrize(
    ("ends", "months", "expected"),
    [
        ("2028-07-31", 12, "2029-07-31"),
        ("2027-02-28", 12, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-08-30", 6, "2029-02-28"),
        ("2028-06-30", 1, "2028-07-31"),
    ],
)
def test_a_term_is_extended_by_whole_months(ends: str, months: int, expected: str) -> None:
    """The time added begins on the day after the old term; a month too short for the day ends with its own last day."""
    assert str(extended(date.fromisoformat(ends), months)) == expected


def test_month_ends_and_leap_days_do_not_stop_the_count() -> None:
    """A month after January 31 is the last of February, in a leap year the 29th; December of the last year has an end."""
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert last_of_month(date(9999, 12, 5)) == date.max
    assert first_in("February", date(2026, 8, 1)) == date(2027, 2, 1)
    assert first_in("August", date(2026, 8, 31)) == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2028-02-29", "2031-02-28"),
        ("9998-02-28", "9999-12-31"),
        ("0001-01-01", "0002-12-31"),
        ("2026-12-31", "2027-01-31"),
    ],
)
@pytest.mark.parametrize("renewal", [RENEWAL, AUTOMATIC, AUTOMATIC.replace("automatic", "option")])
def test_terms_at_the_edge_of_the_calendar_are_listed(paper: Make, starts: str, ends: str, renewal: str) -> None:
    """February 29, the year 9999 and the year 1 give a list, and a calendar, whatever the day on which one looks."""
    renewal = renewal.replace("days: 90", "days: 5") + "  holdover_days: 60\n"
    given = paper_with(paper((RENEWAL, renewal)), date.fromisoformat(starts), date.fromisoformat(ends), 12)

    for day in ("0001-01-01", starts, ends, "9999-12-31"):
        found = on(day, given)
        assert found.deadlines
        assert to_calendar(found, "1").count(b"BEGIN:VEVENT") == dated(found)


@pytest.mark.wide
@settings(deadline=None, derandomize=True, max_examples=15)
@given(
    starts=some.dates(date(2020, 1, 1), date(2032, 12, 31)),
    length=some.integers(120, 3000),
    between=some.integers(1, 60),
    as_of=some.dates(date(2019, 1, 1), date(2045, 1, 1)),
)
def test_every_list_is_in_order_and_says_nothing_untrue_of_its_days(
    paper: Make, starts: date, length: int, between: int, as_of: date
) -> None:
    """Whatever the term: overdue and to be checked are past, to come is not, and nothing falls before the start."""
    given = paper_with(paper(), starts, starts + timedelta(days=length), between)
    found = outlook([given], as_of)
    in_order = [each.day for each in found.deadlines if each.day]

    assert in_order == sorted(in_order)
    for each in found.deadlines:
        if each.day and each.kind != "approval":
            assert each.day >= starts
            assert (each.day < as_of) is (each.status in ("overdue", "check"))
            assert each.opens is None or each.opens <= each.day
        assert each.kind in KINDS and each.what.endswith((".", "?"))
    assert found == outlook([given], as_of)


# The command


def test_command_lists_an_answers_file(run: Run) -> None:
    """In a pipe each deadline is one plain line with its day, what is due, and the section."""
    code, out, err = run("deadlines", str(EXAMPLES / "first_mou.yaml"), "--as-of", "2026-07-01")
    lines = out.splitlines()

    assert (code, err) == (0, "")
    assert lines[0] == "Deadlines of first_mou.yaml, as of July 1, 2026"
    assert lines[1].endswith("Larkmoor Schools and Larkmoor Police, August 1, 2026 to July 31, 2028")
    assert "Jul 31, 2028  The term ends. The agreement goes on only with a renewal" in out
    assert "\x1b" not in out and not any(line != line.rstrip() for line in lines)
    assert not any("policies into line" in line for line in lines) and "further duties" in lines[-2]


def test_command_ends_with_1_when_something_is_overdue(run: Run) -> None:
    """The first thing that is listed is what is overdue."""
    code, out, _ = run("deadlines", str(EXAMPLES / "first_mou.yaml"), "--as-of", "2028-05-03")

    assert code == 1
    assert out.index("Overdue\nMay 2, 2028") < out.index("check that it was done") < out.index("To come")


def test_command_lists_everything_when_asked(run: Run) -> None:
    """Later days, the time limits of the text, and duties without a date; without --all a line says how many are not listed."""
    file = str(EXAMPLES / "first_mou.yaml")
    short = run("deadlines", file, "--as-of", "2026-07-01")[1]
    until = run("deadlines", file, "--as-of", "2026-07-01", "--until", "2026-08-31")[1]
    whole = run("deadlines", file, "--as-of", "2026-07-01", "--all")[1]

    assert "Not listed: " in short and "Not listed: " not in whole
    assert (
        "Each Party shall bring its policies into line with this Agreement (Section 16.6, Order of Precedence)."
        in whole
    )
    assert "Without a calendar date" in whole and "Within ten Business Days after the effective date" in whole
    assert "Apr 30, 2027" in short and "Apr 30, 2027" not in until and "Jul 31, 2028" in until


def test_command_reads_on_a_terminal_of_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider, and an agreement's name stands over its deadlines of a day."""
    from rich.console import Console

    wide = lambda **how: Console(force_terminal=True, width=80, **how)  # noqa: E731
    monkeypatch.setattr(
        "mou_builder.cli.words.Console", lambda **how: wide(**{k: v for k, v in how.items() if k != "width"})
    )
    files = [str(EXAMPLES / name) for name in ("first_mou.yaml", "federal_grant.yaml")]
    out = re.sub(r"\x1b\[[0-9;]*m", "", run("deadlines", *files, "--as-of", "2026-07-01")[1])
    lines = [line.rstrip() for line in out.splitlines()]

    assert max(map(len, lines)) <= 80
    place = lines.index("Sep 15, 2026  Harrow Mill Schools and Harrow Mill Police")
    assert lines[place + 1].startswith("              The District is to give School Staff one hour of training")


@pytest.mark.wide
def test_word_file_and_its_record_give_the_same_deadlines(run: Run, built: Built, tmp_path: Path) -> None:
    """Handed in together, the agreement is listed once, as the Word file, and a message says so; the days are the record's."""
    word, record = tmp_path / "a.docx", tmp_path / "a.record.yaml"
    word.write_bytes(built.word)
    record.write_text(to_text(built.record), encoding="utf-8")
    lists = {}
    for files in ((record,), (record, word)):
        code, out, err = run("deadlines", *map(str, files), "--as-of", "2026-07-01", "--json")
        found = json.loads(out)
        lists[files] = [{**row, "file": ""} for row in found["deadlines"]]
        assert code == 0
    assert err == "a.record.yaml: the same agreement as a.docx; it is listed once.\n"
    assert found["agreements"][0]["file"] == "a.docx"
    assert lists[record,] == lists[record, word]


def test_word_file_without_record_is_read_with_its_record(run: Run, built: Built, tmp_path: Path) -> None:
    """The mend that the message names works, and with several files the record itself takes the Word file's place."""
    word, record = tmp_path / "a.docx", tmp_path / "a.record.yaml"
    word.write_bytes(packed({name: data for name, data in parts_of(built.word).items() if "customXml" not in name}))
    record.write_text(to_text(built.record), encoding="utf-8")

    code, _, err = run("deadlines", str(word), "--as-of", "2026-07-01")
    assert code == 2 and "give its .record.yaml with --record" in err
    assert run("deadlines", str(word), "--as-of", "2026-07-01", "--record", str(record))[0] == 0
    code, _, err = run("deadlines", str(word), str(record), "--as-of", "2026-07-01", "--record", str(record))
    assert code == 2 and "Give the .record.yaml itself in place of the Word file" in err


def test_sections_that_people_changed_in_the_file_are_marked(run: Run, built: Built, tmp_path: Path) -> None:
    """The answers say July 31, the signed paper another day: the reader is sent to the paper."""
    word = tmp_path / "signed.docx"

    def negotiated(body: Any) -> None:
        replace_word(control(body, "us/data/public-report.yearly"), "July 31", "September 30")
        gone = control(body, "us/training/staff")
        gone.getparent().remove(gone)

    word.write_bytes(edited(built.word, negotiated))
    rows = json.loads(run("deadlines", str(word), "--as-of", "2026-07-01", "--json")[1])["deadlines"]
    notes = {row["kind"]: row["note"] for row in rows}

    assert notes["public-report"] == "The words of this section were changed in the file: read them there."
    assert notes["staff-training"] == "This section is no longer in the file: ask counsel whether it still holds."
    assert notes["expiry"] == ""


def test_every_unusable_file_is_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    """One message for each bad file, so that a person mends all of them at once."""
    (tmp_path / "a.yaml").write_text("schema: 1\n", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04 broken")
    files = [str(tmp_path / name) for name in ("a.yaml", "b.pdf", "c.docx", "d.yaml")]
    code, out, err = run(
        "deadlines", str(EXAMPLES / "first_mou.yaml"), *files, "--ics", str(tmp_path / "out" / "c.ics")
    )

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == len(files)
    assert all(line.startswith(file) for line, file in zip(err.splitlines(), files, strict=True))
    assert "One more thing is wrong" in err.splitlines()[0]
    assert not (tmp_path / "out").exists()


def test_report_beside_an_agreement_is_told_from_it(run: Run, tmp_path: Path) -> None:
    """Whoever hands in a whole folder of results hears which of the files is the agreement."""
    report = tmp_path / "a.compliance.json"
    report.write_text('{"schema": 1, "document": "a.docx"}', encoding="utf-8")
    code, _, err = run("deadlines", str(report))

    assert (code, err) == (
        2,
        f"{report}: this is the report on an agreement, not the agreement. Give the .docx or the .record.yaml beside it.\n",
    )


def test_json_has_the_shape_that_the_docs_describe(run: Run) -> None:
    """Every key and every kind that can come is told in docs/deadlines.md."""
    out = run("deadlines", str(EXAMPLES / "first_mou.yaml"), "--as-of", "2026-07-01", "--json")[1]
    found = json.loads(out)
    example = json.loads(DOCS.split("```json\n")[1].split("```")[0])

    assert found.keys() == example.keys()
    assert [row.keys() for row in example["agreements"]] == [row.keys() for row in found["agreements"]]
    assert {tuple(row) for row in found["deadlines"]} == {tuple(example["deadlines"][0])}
    assert all(f"`{kind}`" in DOCS for kind in KINDS)


def test_docs_show_what_the_command_prints(run: Run) -> None:
    """The lines of the first example in the docs are those that a person sees."""
    out = run("deadlines", str(EXAMPLES / "first_mou.yaml"), "--as-of", "2028-05-10")[1]
    shown = DOCS.split("```text\n")[1].split("```")[0].replace("first_mou.docx", "first_mou.yaml")

    for line in shown.splitlines():
        for part in line.split("..."):
            assert part.strip() in out


def test_an_agreement_handed_in_twice_is_listed_once(paper: Make) -> None:
    """Of a Word file and the record beside it the Word file is kept, for it shows what people changed."""
    record, word = paper(file="a.record.yaml"), replace(paper(file="a.docx"), word=True)
    kept, left_out = distinct([record, word, paper(file="again.yaml")])

    assert [each.file for each in kept] == ["a.docx"]
    assert [(gone.file, by.file) for gone, by in left_out] == [("a.record.yaml", "a.docx"), ("again.yaml", "a.docx")]
