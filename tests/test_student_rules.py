"""Answers on discipline, questioning, arrest and force that cannot all be true."""

from __future__ import annotations

from typing import Any

import pytest

from mou_builder.model.conduct import AgeTier, Arrests, Force, Interviews, Searches
from mou_builder.model.discipline import Discipline, ResponseLevel
from mou_builder.model.student_rules import in_discipline, in_interviews, in_notices

LEVEL = ResponseLevel(offenses="a first theft", most="a warning")


def tiers(*ages: tuple[int | None, int | None]) -> Interviews:
    return Interviews(tiers=tuple(AgeTier(from_age=one, to_age=other, rule="present") for one, other in ages))


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"school_handled": ("Theft",), "consult": ("theft",)}, "already listed under discipline.school_handled"),
        ({"must_report": ("arson",), "consult": ("Arson",)}, "already listed under discipline.must_report"),
        ({"consult": ("arson", "arson")}, "already listed under discipline.consult"),
        ({"calling": "statutory-list"}, "discipline.must_report is empty"),
        ({"levels": (LEVEL,)}, "only one level"),
    ],
)
def test_an_offense_has_one_rule(answers: dict[str, Any], found: str) -> None:
    """What the school handles is neither reported nor conferred on, and a rule on calls has the list it rests on."""
    assert [found in one.what for one in in_discipline(Discipline(**answers))] == [True]


def test_lists_that_name_different_offenses_agree() -> None:
    """Three lists side by side are no contradiction."""
    lists = Discipline(calling="statutory-list", must_report=("arson",), consult=("theft",), levels=(LEVEL, LEVEL))

    assert list(in_discipline(lists)) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (tiers((None, 11), (13, None)), "leaves ages without a rule or with two"),
        (tiers((None, 11), (11, None)), "leaves ages without a rule or with two"),
        (tiers((5, 11), (12, None)), "leaves ages without a rule or with two"),
        (tiers((None, 11), (12, 15)), "older students have no rule"),
        (tiers((None, None), (12, None)), "the tiers after it would never apply"),
        (tiers((None, 11), (12, 10), (11, None)), "it ends at 10, before it begins at 12"),
        (Interviews(exceptions=("child-abuse",)), "exigent is missing"),
    ],
)
def test_every_age_has_one_rule_and_danger_waits_for_nobody(given: Interviews, found: str) -> None:
    """Tiers leave no gap and do not overlap, and the exception for danger always stands."""
    assert [found in one.what for one in in_interviews(given)] == [True]


def test_tiers_that_follow_each_other_agree_and_are_printed_with_their_ages() -> None:
    """Each tier says its ages in words that a parent understands."""
    given = tiers((None, 11), (12, 15), (16, None))

    assert list(in_interviews(given)) == []
    assert not isinstance(given.tiers, tuple) or [one.in_text().partition(":")[0] for one in given.tiers] == [
        "a Student up to 11 years old",
        "a Student from 12 to 15 years old",
        "a Student 16 or older",
    ]


def test_a_parent_hears_of_an_arrest_no_later_than_of_the_force_in_it() -> None:
    """Notice times agree: the arrest comes first."""
    arrests = Arrests(parent_notice_minutes=90)

    late = list(in_notices(arrests, Searches(parent_notice_hours=24), Force(parent_notice_hours=1)))

    assert [one.path for one in late] == [("force", "parent_notice_hours")]
    assert list(in_notices(arrests, Searches(parent_notice_hours=2), Force(parent_notice_hours=2))) == []
