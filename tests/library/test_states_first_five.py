"""The law of Washington, Illinois, Arkansas, Nebraska and Utah: what an agreement there says, and what stays to be verified."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from mou_builder.cli.subject import foreseen
from mou_builder.library import Library, Requirement
from mou_builder.library.rubrics import Rubric
from mou_builder.model import read_answers
from mou_builder.report import Report

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
CHANGES: dict[str, dict[str, str]] = {
    "WA": {},
    "IL": {},
    "AR": {},
    "NE": {},
    "UT": {"  instrument: mou\n": "  instrument: contract\n"},
}
"""What an agreement like the first example answers otherwise in each state, because its law asks for it."""

CHECKLIST = {
    "WA": "1a 1b 2 3 4 5 6 7 8a 8b 8c 9a 9b 10a 10b 10c 11 12 13 14",
    "IL": "1 2 3 4a 4b 5a 5b 6 7 8",
    "AR": "1 2 3 4 5 6a 6b 6c 6d 7 8 9a 9b 10 11 12 13 14",
    "NE": "1 2 3 4 5 6 7 8 9 10",
    "UT": "1 2a 2b 2c 2d 2e 3 4a 4b 5a 5b 5c 5d 6 7 7b 8a 8b 9",
}
ONE_FORM = {"UT.1": "a contract, and no mere memorandum"}
"""Rows that only one choice of answers meets, and why: everywhere else a text and its alternates meet the same rows."""


def law_of(library: Library, state: str) -> Rubric:
    return next(one for one in library.rubrics if one.id == f"us-{state.lower()}-law")


@lru_cache
def _first() -> str:
    return (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")


def report(library: Library, state: str, as_of: date = TODAY, changes: dict[str, str] | None = None) -> Report:
    """Return what a draft of the first example would hold in `state`; `changes` are places of the file, old to new."""
    text = _first().replace("  state: WA\n", f"  state: {state}\n")
    for old, new in {**CHANGES[state], **(changes or {})}.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return foreseen(read_answers(text, "answers.yaml", library.states), library, as_of, "answers.docx").report


def asked(said: Report, state: str) -> dict[str, str]:
    """Return the status of each row of the state's law, by id."""
    return {row.id: row.status for row in said.requirements if row.rubric == f"us-{state.lower()}-law"}


def said_in_words(row: Requirement) -> bool:
    return row.kind != "practice" and not row.unread


@pytest.mark.parametrize("state", CHANGES)
def test_every_item_of_the_survey_is_a_row(library: Library, state: str) -> None:
    """Each item that was found stands in the rubric with its citation; items known in different degrees are parted."""
    law = law_of(library, state)

    assert [row.id for row in law.requirements] == [f"{state}.{number}" for number in CHECKLIST[state].split()]
    assert law.force == "law" and law.jurisdiction == f"us-{state.lower()}"
    assert all(row.cite and row.sources and row.force == "law" for row in law.requirements)


@pytest.mark.parametrize("state", CHANGES)
def test_an_agreement_says_what_the_law_read_in_its_text_asks(library: Library, state: str) -> None:
    """Every provision that was read in the law's own text is met; what nobody read stays to be verified."""
    law = law_of(library, state)
    status = asked(report(library, state), state)
    here = {row.id: row for row in law.requirements if row.in_force(TODAY)}

    assert status.keys() == here.keys()
    assert {id: status[id] for id, row in here.items() if said_in_words(row) and status[id] != "met"} == {}
    assert {id: status[id] for id, row in here.items() if row.unread and status[id] != "verify"} == {}


@pytest.mark.parametrize("state", CHANGES)
def test_the_states_texts_cost_no_row_of_the_guidance(library: Library, state: str) -> None:
    """A text of the state takes nothing away that the general one said."""
    assert [row.id for row in report(library, state).requirements if row.status == "missing"] == []


@pytest.mark.parametrize("state", CHANGES)
def test_what_lies_outside_the_paper_names_an_owner_and_a_time(library: Library, state: str) -> None:
    """A filing, a course or a hearing is a task with somebody who does it and the law's words on when."""
    for row in law_of(library, state).requirements:
        if row.kind == "practice":
            assert row.task is not None, row.id
        if row.task is not None:
            assert row.task.when and row.task.what.endswith("."), row.id


@pytest.mark.parametrize("state", CHANGES)
def test_alternate_texts_meet_the_same_rows(library: Library, state: str) -> None:
    """Whichever text the answers choose for a section, an assigned officer's agreement meets the same rows of the law."""
    shelf = library.shelf.values()
    for row in law_of(library, state).requirements:
        slots = {one.slot for one in shelf if row.id in one.written.satisfies} if said_in_words(row) else set()
        near = {slot: f"us-{state.lower()}" for slot in slots}
        for slot, folder in near.items():
            own = [one for one in shelf if one.slot == slot and one.jurisdiction == folder]
            of_all = [one for one in shelf if one.slot == slot and one.jurisdiction == "us"]
            stand = [one for one in own or of_all if library.when_of(one).get("program.mode") != "responding"]
            without = [one.cite for one in stand if row.id not in one.written.satisfies]
            assert not without or row.id in ONE_FORM, f"{row.id}: {without}"


def test_no_officer_at_a_school_leaves_the_law_of_assigned_officers_unasked(library: Library) -> None:
    """Where officers only answer calls, each row says that it was not asked and why, instead of being missing."""
    text = (ROOT / "examples" / "no_officer.yaml").read_text(encoding="utf-8")
    moved = re.sub(r"(?m)^  state: [A-Z]{2}$", "  state: WA", text)
    answers = read_answers(moved, "answers.yaml", library.states)
    status = asked(foreseen(answers, library, TODAY, "answers.docx").report, "WA")

    assert set(status.values()) == {"not applicable", "not attested"}


@pytest.mark.parametrize(
    ("state", "day", "there"),
    (
        ("IL", date(2026, 6, 30), {"IL.1": False, "IL.4b": False, "IL.6": True}),
        ("IL", date(2026, 7, 1), {"IL.1": True, "IL.4b": True, "IL.6": True}),
        ("UT", date(2026, 6, 30), {"UT.7": True, "UT.7b": False}),
        ("UT", date(2026, 7, 1), {"UT.7": False, "UT.7b": True}),
    ),
)
def test_the_law_of_the_day_is_asked(library: Library, state: str, day: date, there: dict[str, bool]) -> None:
    """Illinois and Utah change on July 1, 2026: the day before, the old rows are asked, and on the day the new ones."""
    status = asked(report(library, state, day), state)

    assert {id: id in status for id in there} == there


HOURS, MONTHS = "  initial_hours: 40\n", "review:\n  start_month: February\n"
LIMITS = {
    "a review each year": ("WA", MONTHS, f"{MONTHS}  months: 12\n", ""),
    "a review after 13 months": ("WA", MONTHS, f"{MONTHS}  months: 13\n", "E-LIMIT"),
    "20 hours for officers": ("NE", HOURS, "  initial_hours: 20\n", ""),
    "19 hours for officers": ("NE", HOURS, "  initial_hours: 19\n", "E-LIMIT"),
    "20 hours for administrators": ("NE", HOURS, f"{HOURS}  administrator_hours: 20\n", ""),
    "19 hours for administrators": ("NE", HOURS, f"{HOURS}  administrator_hours: 19\n", "E-LIMIT"),
    "40 hours of basic training": ("AR", HOURS, "  initial_hours: 40\n", ""),
    "39 hours of basic training": ("AR", HOURS, "  initial_hours: 39\n", "W-LIMIT-VERIFY"),
    "a contract": ("UT", "  purpose: first\n", "  purpose: first\n", ""),
    "a memorandum": ("UT", "  instrument: contract\n", "  instrument: mou\n", "E-LIMIT"),
}


@pytest.mark.parametrize("case", LIMITS)
def test_an_answer_beyond_what_the_law_allows_is_reported(library: Library, case: str) -> None:
    """At the law's own number nothing is said; one step further it is, and a number known at second hand only warns."""
    state, old, new, code = LIMITS[case]
    found = [one.code for one in report(library, state, changes={old: new}).findings if "LIMIT" in one.code]

    assert found == ([code] if code else [])


def test_a_form_that_the_state_publishes_is_named_with_how_far_it_binds(library: Library) -> None:
    """Arkansas has its agreements built on a model, Nebraska wants one much like it; neither is compulsory word for word."""
    forms = {state: library.jurisdictions[f"us-{state.lower()}"].form for state in CHANGES}

    assert {state: form.conformance for state, form in forms.items() if form} == {
        "AR": "based-on",
        "NE": "substantially-similar",
    }
    assert {note["code"] for note in report(library, "NE").notes} >= {"W-STATE-FORM"}


def test_illinois_bars_tickets_by_the_schools_own_officer(library: Library) -> None:
    """The ban stands by itself, and no other section can be read as leave to write a ticket."""
    words = library.shelf["us-il/rights/citations"].written.text

    assert words.startswith("An SRO shall not issue a ticket or a citation on School Property.")
    assert "No other section gives an Officer leave" in words


@pytest.mark.parametrize("hours", ("", "  administrator_hours: 24\n"))
def test_nebraska_has_a_trained_administrator_whatever_the_parties_answer(library: Library, hours: str) -> None:
    """The law's 20 hours stand where the parties set none, and beside the hours that they set."""
    status = {row.id: row for row in report(library, "NE", changes={HOURS: HOURS + hours}).requirements}
    variant = "set" if hours else "base"

    assert status["NE.4"].status == "met"
    assert [one.id for one in status["NE.4"].clauses] == [f"us-ne/training/administrators.{variant}"]
    assert "20 hours" in library.shelf[f"us-ne/training/administrators.{variant}"].written.text
