"""No question is asked whose answer cannot change the document.

Each question of an example is answered otherwise, and what is printed then is held against what was printed before. That a
question is open, or that its default was taken, is also printed; it says that the question was asked, not what for, and so
it does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from changing import Changing
from conftest import TODAY

from mou_builder.document.appendix import appendix_of
from mou_builder.document.context import context_of
from mou_builder.document.schedules import schedules_of
from mou_builder.errors import AnswerError
from mou_builder.interview.agenda import Item
from mou_builder.interview.lists import Lists, lists_of
from mou_builder.interview.notes import Notes
from mou_builder.interview.state import Interview, begin
from mou_builder.interview.tree import Tree
from mou_builder.library import Clause, Library
from mou_builder.marked import Marked, read_marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.record import record_of
from mou_builder.report import predicted
from mou_builder.selection import Selection, select
from mou_builder.sets import instruments
from mou_builder.shape import dotted
from mou_builder.wording import Wording

FOLDER = Path(__file__).resolve().parents[2] / "examples"
EXAMPLES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
TRIES = 2
"""In how many examples a question is tried: all of them took six minutes."""
FORCED = (
    # The first tier has no youngest age and the last no oldest.
    r"interviews\.tiers\[\d+\]\.(from|to)_age",
    # Program years are numbered in order, and the term says how many there are.
    r"cost\.year_(percents|amounts)(\[\d+\]\.year)?",
)
"""Questions that sometimes have but one possible answer, each with its reason."""
IDLE = {
    # Each pair answers the number for itself. Another district for the school, or for the officer, makes a pair whose cost
    # nobody has answered.
    "sheriff_three_districts": {
        "document.number",
        "program.sites[4].district",
        "program.officers[3].assignments[0].site",
    },
}
"""Questions that are idle in an example, each with its reason."""


@pytest.fixture(scope="module")
def lists(library: Library) -> Lists:
    """The lists that answers are taken from, as the library holds them."""
    return lists_of(library)


def interview_over(text: str, lists: Lists) -> Interview:
    return begin(read_marked(text, "answers.yaml", AnswerError).value, Notes(), lists)


def read(tree: Tree, library: Library) -> Agreement:
    return agreement_from(Marked("answers.yaml", tree), library.states)


def printed(agreement: Agreement, library: Library) -> Iterator[Any]:
    """Yield all that an agreement prints, instrument by instrument, the clauses first: most answers show there."""
    for one in instruments(agreement, library):
        wording = Wording(one.agreement, library.states)
        selection = select(one.agreement, library, TODAY)
        yield from ((clause.cite, wording.of(clause)) for clause in selection.clauses)
        yield around(one.agreement, selection, wording, library)
    yield "the end"


def around(agreement: Agreement, selection: Selection, wording: Wording, library: Library) -> dict[str, Any]:
    """Return what stands around the clauses: parties, signatures, contents, schedules, findings, the appendix."""
    record = record_of(agreement, selection, wording, tool="", final=False)
    report = predicted("", agreement, record, library)
    body = context_of(agreement, selection, wording, report, library, final=False)
    schedules = schedules_of(agreement, selection, wording, library, body["parties"])
    shown = {**body, **appendix_of(report, library), "schedules": schedules}
    return {name: value for name, value in shown.items() if name not in ("undecided", "defaults")}


@dataclass(frozen=True)
class Page:
    """What one agreement prints."""

    library: Library
    parts: list[Any]
    printing: Mapping[str, list[Clause]]
    """By answer: the clauses in which it stands word for word."""

    def differs(self, tree: Tree, answer: str) -> bool:
        """Return whether the answers in `tree` are possible together and print something else than stands here."""
        try:
            made = read(tree, self.library)
            wording = Wording(made, self.library.states)
            # Either this clause stands there in other words, or another one stands in its place.
            if any((one.cite, wording.of(one)) not in self.parts for one in self.printing.get(answer, ())):
                return True
            return any(one != known for one, known in zip(printed(made, self.library), self.parts, strict=False))
        except AnswerError:
            return False


def page(tree: Tree, library: Library) -> Page | None:
    """Return what answers print, or None if they are not possible together."""
    try:
        agreement = read(tree, library)
        parts = list(printed(agreement, library))
    except AnswerError:
        return None
    printing: dict[str, list[Clause]] = {}
    # In a set of instruments a pair may answer for itself, so there the whole is printed.
    for clause in select(agreement, library, TODAY).clauses if agreement.set.structure != "parallel" else ():
        for value in clause.values:
            printing.setdefault(value.path, []).append(clause)
    return Page(library, parts, printing)


def is_idle(item: Item, now: Interview, known: Page) -> bool:
    """Return whether all answers to a question that are possible print the same."""
    trees = Changing(now).trees(item)
    if item.state in ("undecided", "missing"):
        # A blank differs from any answer, so two answers are held against each other.
        made = next((made for made in (page(tree, known.library) for tree in trees) if made), None)
        return made is None or not any(made.differs(tree, dotted(item.path)) for tree in trees)
    return not any(known.differs(tree, dotted(item.path)) for tree in trees)


def stands_for_others(item: Item, now: Interview) -> bool:
    """Return whether a question is in no list, or in its first or last entry: those between ask the same."""
    ends = {path[: place + 1] for path in now.places for place, step in enumerate(path) if isinstance(step, int)}
    return all(
        step == 0 or (*item.path[:place], step + 1) not in ends
        for place, step in enumerate(item.path)
        if isinstance(step, int)
    )


def tried(now: Interview, mine: Callable[[str], bool]) -> list[Item]:
    """Return the questions to try in one example: those that are its to try, and that stand for others like them."""
    free = [item for item in now.items if not re.fullmatch("|".join(FORCED), dotted(item.path))]
    return [item for item in free if mine(without_numbers(item)) and stands_for_others(item, now)]


def without_numbers(item: Item) -> str:
    return dotted(tuple(step for step in item.path if isinstance(step, str)))


@pytest.fixture(scope="module")
def shared(lists: Lists) -> dict[str, set[str]]:
    """By example: the questions that are tried in it. Each is tried in two examples that ask it, another two for another."""
    asking = {name: {without_numbers(item) for item in interview_over(text_of(name), lists).items} for name in EXAMPLES}
    made: dict[str, set[str]] = {name: set() for name in EXAMPLES}
    for number, question in enumerate(sorted(set().union(*asking.values()))):
        turn = number % len(EXAMPLES)
        for name in [one for one in (*EXAMPLES[turn:], *EXAMPLES[:turn]) if question in asking[one]][:TRIES]:
            made[name].add(question)
    return made


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.wide
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_question_that_is_asked_can_change_the_document(
    name: str, library: Library, lists: Lists, shared: dict[str, set[str]]
) -> None:
    """Whatever is asked, another answer to it would print something else."""
    now = interview_over(text_of(name), lists)
    known = page(now.tree, library)
    assert known is not None
    asked = tried(now, shared[name].__contains__)
    paths = {dotted(item.path) for item in asked}

    assert {dotted(item.path) for item in asked if is_idle(item, now, known)} == IDLE.get(name, set()) & paths
