"""Files that are long on purpose: what a reader has to do grows with the file, and no faster; beyond all measure it refuses."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from functools import cache
from random import Random
from types import FrameType
from typing import Any

import pytest
from edited.corpus import EXAMPLES, library, paper_of
from edited.marks import strip_bookmarks, strip_controls
from edited.paper import Paper, body_of, paragraph, paragraphs, plain_copy, run, texts_of, xml
from edited.revisions import mark, track

from mou_builder.report import read_report

pytestmark = pytest.mark.wide
SOME = 300
"""Pieces put into a file to measure it; then twice as many."""


def before(paper: Paper, made: list[Any]) -> None:
    place = paper.clauses()[20]
    for one in made:
        place.addprevious(one)


def between_sections(paper: Paper, count: int) -> None:
    before(paper, [paragraph(f"The Agency may charge for parking place {number}.") for number in range(count)])


def in_one_section(paper: Paper, count: int) -> None:
    for number in range(count):
        body_of(paper.clauses()[20])[0].addnext(paragraph(f"The Agency shall act on day {number}."))


def in_one_paragraph(paper: Paper, count: int) -> None:
    words = " ".join(f"The Agency shall act on day {number}." for number in range(count))
    texts_of(body_of(paper.clauses()[20])[0])[0].text += f" {words}"


def in_one_paragraphs_runs(paper: Paper, count: int) -> None:
    body_of(paper.clauses()[20])[0].extend([run("a ") for _ in range(count)])


def headings(paper: Paper, count: int) -> None:
    before(paper, [paragraph(f"Section about {number}", "Heading2") for number in range(count)])


def bookmarks_that_never_end(paper: Paper, count: int) -> None:
    made = [paragraph("x") for _ in range(count)]
    for number, one in enumerate(made):
        one.insert(1, xml(f'<w:bookmarkStart w:id="{90_000 + number}" w:name="mou_{number}"/>'))
    before(paper, made)


def fields_that_never_end(paper: Paper, count: int) -> None:
    made = [paragraph("x") for _ in range(count)]
    for one in made:
        one.append(xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'))
    before(paper, made)


def tracked_insertions(paper: Paper, count: int) -> None:
    made = [paragraph(f"word {number}") for number in range(count)]
    for one in made:
        track(one, "ins")
    before(paper, made)


def deleted_paragraph_ends(paper: Paper, count: int) -> None:
    made = [paragraph(f"word {number}") for number in range(count)]
    for one in made:
        mark(one, "del")
    before(paper, made)


def copies_without_marks(paper: Paper, count: int) -> None:
    own = paragraphs(paper.clauses()[20])
    before(paper, [plain_copy(own[number % len(own)]) for number in range(count)])
    strip_bookmarks(paper)
    strip_controls(paper)


def rows(paper: Paper, count: int) -> None:
    table = next(paper.body.iterchildren("{*}tbl"))
    for number in range(count):
        table.append(xml(f"<w:tr><w:tc><w:p><w:r><w:t>row {number}</w:t></w:r></w:p></w:tc></w:tr>"))


LONG = [between_sections, in_one_section, in_one_paragraph, in_one_paragraphs_runs, headings, bookmarks_that_never_end,
        fields_that_never_end, tracked_insertions, deleted_paragraph_ends, copies_without_marks, rows]  # fmt: skip


def reading(lengthen: Callable[[Paper, int], None], count: int) -> Callable[[], object]:
    """Return the reading of an example that was lengthened."""
    paper = paper_of(EXAMPLES[0], Random(1))
    lengthen(paper, count)
    data = paper.word()
    return lambda: read_report(data, "long.docx", library())


def steps(work: Callable[[], object]) -> int:
    """Return how many lines of Python were run: a measure that no clock and no other program disturbs."""
    count = 0

    def line(frame: FrameType, event: str, given: object) -> Any:
        nonlocal count
        count += 1
        return line

    old = sys.gettrace()
    sys.settrace(line)
    try:
        work()
    finally:
        sys.settrace(old)
    return count


def memory(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@cache
def unlengthened(measure: Callable[[Callable[[], object]], int]) -> int:
    return measure(reading(between_sections, 0))


@pytest.mark.parametrize(
    ("lengthen", "measure"), [*((one, steps) for one in LONG), (bookmarks_that_never_end, memory), (rows, memory)]
)
def test_twice_the_length_is_twice_the_work(
    lengthen: Callable[[Paper, int], None], measure: Callable[[Callable[[], object]], int]
) -> None:
    """What a lengthening costs doubles with it, so that a file made to be slow is slow only as it is large."""
    base = unlengthened(measure)
    once, twice = (measure(reading(lengthen, count)) - base for count in (SOME, 2 * SOME))

    # Half of what the file takes anyway is left as play, for what is done only now and then.
    assert twice < 2.6 * max(once, base / 2)
