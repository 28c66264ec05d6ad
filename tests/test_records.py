"""Answers on records and technology that cannot all be true, each with answers just outside that can."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from

ROOT = Path(__file__).resolve().parent.parent
BASE: dict[str, Any] = read_marked(
    (ROOT / "examples" / "first_mou.yaml").read_text(encoding="utf-8"), "first_mou.yaml", AnswerError
).value
LOGS = {"record": "logs of releases", "keep": "five years"}
FORCE = {"record": "reports of force", "keep": "seven years"}
READERS = {"name": "license-plate readers", "rule": "no plate is kept"}
DETECTION = {"name": "weapon detection", "rule": "School Staff run the lane"}


def agreement(library: Library, **groups: dict[str, Any]) -> Agreement:
    made = copy.deepcopy(BASE)
    for group, answers in groups.items():
        made[group] = {**made.get(group, {}), **answers}
    if groups.get("records", {}).get("sro_status") == "law-enforcement-unit":
        del made["records"]["control_officer"]
    return agreement_from(Marked("answers.yaml", made), library.states)


def unit(designated: date) -> dict[str, Any]:
    return {"sro_status": "law-enforcement-unit", "unit_designated_on": designated}


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"records": unit(date(2026, 8, 2))}, "the unit is designated on 2026-08-02, but the agreement"),
        ({"records": {"retention": [LOGS, {**FORCE, "record": "Logs of releases"}]}}, "has a period already"),
        ({"technology": {"tools": [READERS, {**DETECTION, "name": "License-plate readers"}]}}, "has a rule already"),
    ],
    ids=["unit designated after the start", "record with two periods", "technology with two rules"],
)
def test_records_answers_that_cannot_all_be_true_are_refused(
    groups: dict[str, dict[str, Any]], message: str, library: Library
) -> None:
    """A unit that does not exist yet, and two rules for one thing, are told once."""
    with pytest.raises(AnswerError, match=message):
        agreement(library, **groups)


def test_records_answers_just_outside_stand(library: Library) -> None:
    """A unit designated on the first day and two records or technologies with a rule each are no contradiction."""
    made = agreement(
        library,
        records={**unit(date(2026, 8, 1)), "retention": [LOGS, FORCE]},
        technology={"tools": [READERS, DETECTION]},
    )

    assert made.records.unit_designated_on == made.document.effective_date
    assert [tool.name for tool in made.technology.tools] == [READERS["name"], DETECTION["name"]]
