"""What people type is taken as it is meant, shown as it is read, and suggested where it can be known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from interview.driving import example, fitting, start

from mou_builder.errors import AnswerError
from mou_builder.interview import way
from mou_builder.interview.hints import likely, total
from mou_builder.interview.questions import Form
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import put
from mou_builder.interview.typed import editable, shown, taken_from

FIRST = start(example("first_mou"))
FORMS: dict[str, Form] = {item.form.kind: item.form for item in FIRST.items}
AUGUST = date(2026, 8, 1)

TAKEN: list[tuple[str, str, Any]] = [
    *(
        ("date", typed, AUGUST)
        for typed in (
            "2026-08-01",
            "August 1, 2026",
            "august 1 2026",
            "Aug 1, 2026",
            "1 August 2026",
            "8/1/2026",
            "08-01-2026",
            "  2026-08-01 ",
        )
    ),
    *(("day", typed, "08-01") for typed in ("08-01", "August 1", "Aug 1", "8/1", "1 August")),
    ("money", "62,500", 62500),
    ("money", "$62,500.50", Decimal("62500.50")),
    ("money", "$ 1,000,000", 1_000_000),
    ("money", "62500", 62500),
    ("money", ".75", Decimal(".75")),
    ("percent", "50", 50),
    ("percent", "50%", 50),
    ("percent", "33.3333 %", Decimal("33.3333")),
    ("share", "1", 1),
    ("share", "0.5", Decimal("0.5")),
    ("share", ".5", Decimal("0.5")),
    ("share", "50%", Decimal("0.5")),
    ("number", "30", 30),
    ("number", "1,000", 1000),
    ("yes-no", "Y", True),
    ("yes-no", "no", False),
    ("yes-no", "TRUE", True),
    ("lines", "salary; benefits ;; overtime", ["salary", "benefits", "overtime"]),
    ("lines", "None", []),
    ("line", "  an office; and another ", "an office; and another"),
]


@pytest.mark.parametrize(("kind", "typed", "meant"), TAKEN)
def test_what_people_type_is_taken_as_it_is_meant(kind: str, typed: str, meant: Any) -> None:
    """Dates and days as Americans write them, amounts with commas and dollars, parts with a percent sign."""
    taken = taken_from(FORMS[kind], typed)
    assert taken == meant and type(taken) is type(meant)


REFUSED: list[tuple[str, str, str]] = [
    ("date", "soon", "this must be a date, such as 2026-08-01 or August 1, 2026; found 'soon'."),
    ("date", "2026-02-30", "found '2026-02-30'"),
    ("date", "8/1/26", "this must be a date"),
    ("date", "", "found nothing"),
    ("day", "13-01", "this must be a day of the year"),
    ("money", "a lot", "an amount in dollars, such as 62,500"),
    ("money", "62,50", "found '62,50'"),
    ("money", "50%", "an amount in dollars"),
    ("money", "-5", "found '-5'"),
    ("percent", "half", "a percentage"),
    ("share", "1/2", "a part of one full-time officer"),
    ("number", "1e3", "a number in digits, such as 30"),
    ("number", "NaN", "a number in digits"),
    ("number", "９" * 40, "a number in digits"),
    ("yes-no", "maybe", "this must be yes or no"),
    ("choice", "perhaps", "'perhaps' is none of the choices"),
]


@pytest.mark.parametrize(("kind", "typed", "told"), REFUSED)
def test_what_cannot_be_meant_is_refused_in_words(kind: str, typed: str, told: str) -> None:
    """The refusal says what it must be, with an example, and what was found."""
    with pytest.raises(AnswerError) as refused:
        taken_from(FORMS[kind], typed)
    assert told in str(refused.value)


def test_a_choice_is_taken_by_its_number_its_name_or_its_words() -> None:
    """And a slip of the pen is told the nearest."""
    form = FIRST.item(("document", "purpose")).form
    label = form.choices["renewal"]
    assert {taken_from(form, typed) for typed in ("2", "renewal", "RENEWAL", label.upper())} == {"renewal"}
    several = FIRST.item(("equipment", "less_lethal")).form
    assert taken_from(several, "1, baton; spray") == [next(iter(several.choices)), "baton", "spray"]
    with pytest.raises(AnswerError, match="Did you mean 'renewal'"):
        taken_from(form, "renewl")


@settings(deadline=None, derandomize=True, max_examples=150)
@given(some.integers(0, len(FIRST.items) - 1), some.integers(0, 50))
def test_an_answer_put_into_the_prompt_comes_back_unchanged(place: int, number: int) -> None:
    """Whoever only presses Enter at an answer that stands in the prompt changes nothing."""
    item = FIRST.items[place]
    if item.form.kind not in ("group", "entries", "by-path"):
        value = fitting(FIRST, item, number)
        assert taken_from(item.form, editable(item.form, value)) == value


@pytest.mark.parametrize("name", ["first_mou", "multi_party", "no_officer", "federal_grant"])
def test_every_answer_of_an_example_comes_back_unchanged_and_can_be_shown(name: str) -> None:
    """Each of them as it stands in the prompt, and as it stands in the review, on one line."""
    given = [item for item in start(example(name)).items if item.state == "given"]
    assert len(given) > 50
    for item in given:
        assert "\n" not in shown(item.form, item.value)
        if item.form.kind not in ("group", "entries", "by-path"):
            assert taken_from(item.form, editable(item.form, item.value)) == item.value


@pytest.mark.parametrize("entries", [["overtime; and standby"], ["overtime; and standby", "salary"], ["one"], []])
def test_a_list_whose_entries_have_semicolons_comes_back_unchanged(entries: list[str]) -> None:
    """Enter alone never breaks one entry into two."""
    form = FORMS["lines"]
    assert taken_from(form, editable(form, entries)) == entries


SHOWN = [
    ("date", AUGUST, "August 1, 2026 (Saturday)"),
    ("day", "08-01", "August 1"),
    ("money", Decimal("258627.89"), "$258,627.89"),
    ("percent", 50, "50 percent"),
    ("yes-no", True, "yes"),
    ("lines", ["salary", "benefits"], "salary; benefits"),
    ("lines", [], "none"),
    ("paragraph", "1 Main Street\nLarkmoor", "1 Main Street / Larkmoor"),
    ("line", {"undecided": "The board meets in June."}, "undecided: The board meets in June."),
]


@pytest.mark.parametrize(("kind", "value", "words"), SHOWN)
def test_an_answer_is_shown_as_people_read_it(kind: str, value: Any, words: str) -> None:
    """Dates with their weekday, amounts with dollars, open answers with their reason."""
    assert shown(FORMS[kind], value) == words


def suggested(now: Interview, *path: Any) -> tuple[Any, ...]:
    return likely(way.go(now, path), now.item(path), date(2026, 7, 1))


def without(tree: Any, *path: Any) -> Interview:
    """The interview over answers of which one is not given yet."""
    *around, last = path
    group = tree
    for step in around:
        group = group[step]
    return start(
        put(tree, tuple(around), {name: value for name, value in group.items() if name != last}, lambda where: ())
    )


def test_likely_answers_are_suggested() -> None:
    """School years for the dates, the end of one to three years for the term, the rest of a whole, a short name."""
    tree = example("first_mou")
    assert suggested(without(tree, "document", "effective_date"), "document", "effective_date")[0] == AUGUST
    assert suggested(without(tree, "term", "ends"), "term", "ends") == tuple(
        date(year, 7, 31) for year in (2027, 2028, 2029)
    )
    short = suggested(without(tree, "parties", "districts", 0, "short_name"), "parties", "districts", 0, "short_name")
    assert short[0] == "Larkmoor Schools" and all(len(one) <= 40 for one in short)
    assert suggested(without(tree, "cost", "shares", 1, "percent"), "cost", "shares", 1, "percent") == (50,)
    share = ("program", "officers", 1, "assignments", 1, "share")
    assert suggested(without(tree, *share), *share) == (Decimal("0.5"),)


def test_totals_are_told_as_they_add_up() -> None:
    """Percentages against a hundred, officers as full-time equivalents."""
    assert total(FIRST, FIRST.item(("cost", "shares"))) == "So far: 100 of 100 percent."
    assert total(FIRST, FIRST.item(("program", "officers"))) == "So far: 2 positions, 2 full-time equivalents."
    assert total(FIRST, FIRST.item(("program", "officers", 1, "assignments"))) == "So far: 1 of one full-time officer."
    assert total(FIRST, FIRST.item(("contacts",))) == ""


@pytest.mark.parametrize("start_day", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_the_end_of_a_term_is_found_from_any_day(start_day: date) -> None:
    """Also from a leap day, and over the end of a year."""
    tree = without(example("first_mou"), "term", "ends").tree
    now = start(put(tree, ("document", "effective_date"), start_day, lambda where: ()))
    ends = suggested(now, "term", "ends")
    assert [one.year - start_day.year for one in ends] in ([1, 2, 3], [0, 1, 2]) and all(
        one > start_day for one in ends
    )
