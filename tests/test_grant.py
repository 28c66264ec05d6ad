"""A federal grant's day for the signed agreement: printed in the agreement, and refused where it cannot be kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mou_builder.errors import AnswerError
from mou_builder.library import Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model.answers import agreement_from
from mou_builder.selection import select

FILE = Path(__file__).resolve().parent.parent / "examples" / "federal_grant.yaml"
STATES = {"OH": "Ohio"}


def with_grant(**cost: Any) -> dict[str, Any]:
    """Return the village's answers with other answers on the grant."""
    made: dict[str, Any] = read_marked(FILE.read_text(encoding="utf-8"), FILE.name, AnswerError).value
    made["cost"] |= cost
    return made


def test_the_day_stands_in_the_section_on_the_grant(library: Library) -> None:
    """The agency can read there by when the awarding office wants the signed agreement."""
    agreement = agreement_from(Marked(FILE.name, with_grant()), STATES)
    choice = next(one for one in select(agreement, library, date(2026, 7, 1)).choices if one.slot == "cost.grant")

    assert choice.clause is not None
    assert "{{ cost.grant_agreement_due | date }}" in choice.clause.written.text
    assert choice.open_paths == ()


@pytest.mark.parametrize(
    ("due", "what"),
    [
        (date(2026, 6, 5), "not after the award of 2026-06-05"),
        (date(2026, 8, 18), "nobody owes a duty under it before 2026-08-19"),
        (date(2026, 6, 23), "Harrow Mill Police approves on 2026-06-24"),
    ],
)
def test_a_day_that_nobody_can_keep_is_refused(due: date, what: str) -> None:
    """The start and every vote come in time for the awarding office."""
    with pytest.raises(AnswerError) as found:
        agreement_from(Marked(FILE.name, with_grant(grant_agreement_due=due)), STATES)

    assert any(what in fault.what for fault in found.value.faults)


def test_the_day_itself_is_in_time() -> None:
    """An agreement that begins on the last day can still be sent."""
    agreement_from(Marked(FILE.name, with_grant(grant_agreement_due=date(2026, 8, 19))), STATES)
