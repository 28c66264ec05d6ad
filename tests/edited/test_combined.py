"""Edits upon edits: whatever people do to several clauses of one file, each is judged as if it were alone."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from edited.corpus import CLAUSE_KINDS, EXAMPLES, Edited, judged, paper_of
from edited.dress import runs_split, zero_width
from edited.marks import strip_bookmarks, strip_controls, strip_record
from edited.paper import Paper
from edited.retyped import typed, with_numbers
from edited.verdicts import Expected
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.wide


def strip_marks(paper: Paper) -> None:
    strip_bookmarks(paper)
    strip_controls(paper)


AFTERWARDS: dict[str, Callable[[Paper], object]] = {
    "nothing": lambda paper: None,
    "runs split": runs_split,
    "zero-width characters": zero_width,
    "bookmarks stripped": strip_bookmarks,
    "controls stripped": strip_controls,
    "record stripped": strip_record,
    "marks stripped": strip_marks,
    "retyped": lambda paper: typed(paper, with_numbers),
}
"""What a program does to the whole file after people edited it."""
UNMARKED = ("marks stripped", "retyped")
TYPED = ("edited.words", "edited.places")
"""Edits that leave words and nothing else, which is all that a new document takes over."""


def able(afterwards: str) -> list[str]:
    """Return the kinds of edits that can be followed by this."""
    return [
        name
        for name, kind in CLAUSE_KINDS.items()
        if not (kind.needs_marks and afterwards in UNMARKED)
        and (afterwards != "retyped" or kind.does.__module__ in TYPED)
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, tuple[str, ...], str, int]:
    """Draw an example, one to four edits, what happens afterwards, and the draw of the clauses."""
    afterwards = draw(st.sampled_from(sorted(AFTERWARDS)))
    edits = draw(st.lists(st.sampled_from(able(afterwards)), min_size=1, max_size=4))
    return draw(st.sampled_from(EXAMPLES)), tuple(edits), afterwards, draw(st.integers(0, 10**6))


@settings(deadline=None, derandomize=True, max_examples=10)
@given(histories())
def test_edits_are_judged_together_as_alone(history: tuple[str, tuple[str, ...], str, int]) -> None:
    """One to four edits of different clauses, then a program that strips or dresses: each clause's verdict is its own edit's."""
    example, edits, afterwards, draw = history
    paper = paper_of(example, Random(draw))
    chosen: list[object] = []
    for name in edits:
        chosen.append(paper.pick(CLAUSE_KINDS[name].fits, but=chosen))
    expected = Expected()
    for name, clause in zip(edits, chosen, strict=True):
        expected += CLAUSE_KINDS[name].does(paper, clause)
    AFTERWARDS[afterwards](paper)
    _, wrong = judged(Edited(paper.word(), paper.beside, expected), example)

    assert [str(one) for one in wrong] == []
