"""Ohio, Minnesota, Kentucky, D.C., Virginia: what their law asks of the words is said, and the rest is never counted.

Each agreement is the first example with the few answers that the state's law needs.
"""

from __future__ import annotations

import copy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from mou_builder.cli.subject import Subject, foreseen
from mou_builder.errors import AnswerError
from mou_builder.library import Library, Requirement, Rubric
from mou_builder.marked import Marked, read_marked
from mou_builder.model.answers import agreement_from

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 7, 1)
CHANGES: dict[str, dict[str, Any]] = {
    "OH": {"training.provider": "the state’s association of school resource officers"},
    "MN": {"document.instrument": "contract"},
    "KY": {},
    "DC": {"document.instrument": "moa"},
    "VA": {"review.months": 12},
}
"""What an agreement in each state answers otherwise than the first example."""
COUNTS = {"OH": 13, "MN": 16, "KY": 12, "DC": 9, "VA": 10}
"""Rows of each rubric: the items of the survey, those of mixed evidence split."""


@lru_cache
def answers() -> Any:
    text = (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8")
    return read_marked(text, "answers.yaml", AnswerError).value


MADE: dict[str, Subject] = {}


def subject(state: str, library: Library, as_of: date = TODAY, **more: Any) -> Subject:
    """Return the agreement of a state with the report that its draft would have; the plain ones are made once."""
    if not more and as_of == TODAY and state in MADE:
        return MADE[state]
    value = copy.deepcopy(answers())
    value["document"]["state"] = state
    for path, answer in {**CHANGES[state], **{key.replace("__", "."): one for key, one in more.items()}}.items():
        group, name = path.split(".")
        value[group][name] = answer
    made = foreseen(agreement_from(Marked("answers.yaml", value), library.states), library, as_of, "answers.docx")
    return MADE.setdefault(state, made) if not more and as_of == TODAY else made


def rubric_of(state: str, library: Library) -> Rubric:
    return next(one for one in library.rubrics if one.id == f"us-{state.lower()}-law")


def status(state: str, library: Library, **how: Any) -> dict[str, str]:
    return {row.id: row.status for row in subject(state, library, **how).report.requirements}


@pytest.mark.parametrize("state", CHANGES)
def test_every_provision_read_in_the_text_of_the_law_is_met(state: str, library: Library) -> None:
    """With reasonable answers, the words of the agreement do all that the state's law was read to ask of words."""
    found = status(state, library)
    asked = [row.id for row in rubric_of(state, library).requirements if row.kind != "practice" and not row.unread]

    assert asked
    ruled_out = {"KY.8", "KY.9"}  # the State Police are no party here
    assert {id: found[id] for id in asked if found[id] != "met" and id not in ruled_out} == {}


@pytest.mark.parametrize("state", CHANGES)
def test_what_nobody_read_in_the_text_is_shown_as_to_be_verified(state: str, library: Library) -> None:
    """A row known from a part, a summary or recollection is never met, even where the words would do."""
    found = status(state, library)
    unread = [row for row in rubric_of(state, library).requirements if row.unread]

    assert unread
    assert {found[row.id] for row in unread} <= {"verify", "not applicable"}


@pytest.mark.parametrize("state", CHANGES)
def test_no_dated_value_of_the_state_is_broken_and_nothing_stops_a_final(state: str, library: Library) -> None:
    """The answers keep within every value that the state's law sets, and the agreement could be signed."""
    report = subject(state, library).report

    assert [one.message for one in report.findings if one.code == "E-LIMIT"] == []
    assert list(report.reasons_against_final()) == []


@pytest.mark.parametrize("state", CHANGES)
def test_the_rubric_names_the_law_and_when_it_was_seen(state: str, library: Library) -> None:
    """Every row cites its section, says how it is known and from what; rows carry the state's letters."""
    rubric = rubric_of(state, library)
    rows = rubric.requirements

    assert len(rows) == COUNTS[state]
    assert rubric.force == "law" and "counsel must" in rubric.status and "not in the official code" in whole(rubric)
    assert {row.id.partition(".")[0] for row in rows} == {state}
    assert [row.id for row in rows if not row.cite or not row.sources or row.force != "law"] == []


def whole(rubric: Rubric) -> str:
    # The Council's site is the District of Columbia's official code.
    return f"{rubric.status} {rubric.unverified} {'not in the official code' if rubric.id == 'us-dc-law' else ''}"


@pytest.mark.parametrize("state", CHANGES)
def test_everything_outside_the_paper_has_an_owner_and_a_time(state: str, library: Library) -> None:
    """A filing, a posting, a training or a report that the law asks for is a task that somebody owns."""
    practices = [row for row in rubric_of(state, library).requirements if row.kind in ("practice", "both")]

    assert practices
    assert [row.id for row in practices if not has_task(row)] == (["KY.6c"] if state == "KY" else [])


def has_task(row: Requirement) -> bool:
    return row.task is not None and bool(row.task.when) and row.task.what[0].isupper()


def test_a_day_before_minnesota_asked_for_training_first_a_later_course_was_no_breach(library: Library) -> None:
    """Training within some days breaks the value from September 1, 2025 on, and not the day before."""
    later = {"training__initial_by": "within-days", "training__initial_within_days": 90}
    report = subject("MN", library, **later).report

    assert [one.where for one in report.findings if one.code == "E-LIMIT"] == ["training.initial_by"]
    limit = next(one for one in library.jurisdictions["us-mn"].values if one.answer == "training.initial_by")
    assert not limit.in_force(date(2025, 8, 31)) and limit.in_force(date(2025, 9, 1))


@pytest.mark.parametrize(("state", "edge", "beyond"), [
    ("VA", {"review__months": 24}, {"review__months": 25}),
    ("OH", {"training__initial_hours": 40}, {"training__initial_hours": 39}),
    ("MN", {"document__instrument": "contract"}, {"document__instrument": "mou"}),
])  # fmt: skip
def test_a_value_is_kept_on_its_edge_and_broken_one_step_beyond(
    state: str, edge: dict[str, Any], beyond: dict[str, Any], library: Library
) -> None:
    """Twenty-four months, 40 hours and a contract are within the law; one month more, one hour less, or a memorandum is not."""

    def broken(answers: dict[str, Any]) -> int:
        return sum(one.code == "E-LIMIT" for one in subject(state, library, **answers).report.findings)

    assert (broken(edge), broken(beyond)) == (0, 1)


def test_an_ohio_agreement_without_assigned_officers_is_not_asked_the_officers_law(library: Library) -> None:
    """The rows say why they do not apply."""
    rows = rubric_of("OH", library).requirements

    assert {str(row.applies) for row in rows} == {"{'program.mode': 'assigned'}"}
    assert all("No officer is assigned" in row.not_applicable for row in rows)


def test_virginia_agreement_is_affirmed_or_amended_every_two_years_whatever_the_vote(library: Library) -> None:
    """Both ways of voting after a review end in an amendment or an affirmation."""
    for adoption in ("changes", "whole"):
        assert status("VA", library, review__adoption=adoption)["VA.3a"] == "met"
