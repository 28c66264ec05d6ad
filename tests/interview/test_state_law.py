"""The interview tells what a state's law sets for an answer, at the question."""

from __future__ import annotations

from mou_builder.interview import words
from mou_builder.interview.lists import lists_of
from mou_builder.interview.notes import Notes
from mou_builder.interview.state import begin
from mou_builder.library import Library


def said(state: str, path: tuple[str, str], library: Library) -> list[str]:
    now = begin({"document": {"state": state}}, Notes(), lists_of(library))
    item = next(one for one in now.items if one.path == path)
    return [line for line, _ in words.block(now, item)]


def test_a_value_of_law_stands_at_its_question(library: Library) -> None:
    """Washington's law has the agreement reviewed each year; Idaho's sets nothing that was found."""
    told = [line for line in said("WA", ("review", "months"), library) if line.startswith("  Required by RCW")]

    assert len(told) == 1
    assert told[0].endswith(": at most 12 months.")
    assert not [line for line in said("ID", ("review", "months"), library) if "equired by" in line]
