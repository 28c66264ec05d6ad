"""What the schedule of a set says of each instrument, also where an instrument leaves a question unanswered."""

from __future__ import annotations

from pathlib import Path

import pytest

from mou_builder.document.computed import rows_called
from mou_builder.library import Library
from mou_builder.model import read_answers
from mou_builder.sets import instruments

FILE = Path(__file__).resolve().parent.parent / "examples" / "sheriff_three_districts.yaml"


@pytest.fixture(scope="module")
def said(library: Library) -> dict[str, list[str]]:
    """What the three instruments say, by what differs."""
    first = instruments(read_answers(FILE.read_text(encoding="utf-8"), FILE.name, library.states), library)[0]
    found: dict[str, list[str]] = {}
    for what, _, value in rows_called("variations", first.agreement, (), {}):
        found.setdefault("".join(run.text for run in what), []).append("".join(run.text for run in value))
    return found


@pytest.mark.parametrize(
    ("what", "values"),
    [
        # The default holds where nobody answered.
        ("Vehicle", ["a marked police vehicle", "a police vehicle from its pool when the work calls for one"]),
        ("How an officer's hours at a school are fixed", ["by the first and last bell", "by a written timetable"]),
        # An amount is printed as one, and a question that the other answers rule out does not apply.
        ("Amount for each officer and year", ["$54,000.00", "does not apply"]),
        ("Rate for each hour", ["does not apply", "$61.00"]),
        ("Most hours that are paid in a year", ["does not apply", "600"]),
    ],
)
def test_each_instrument_says_what_holds_in_it(what: str, values: list[str], said: dict[str, list[str]]) -> None:
    """No row is empty or holds a word of the program's own."""
    assert len(said[what]) == 3
    assert list(dict.fromkeys(said[what])) == values
