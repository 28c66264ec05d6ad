"""Whole interviews: the agreement that is reached is the one that the same answers make, and every question is reachable."""

from __future__ import annotations

import os
from collections.abc import Iterator

import making
import pytest
from interview.driving import EXAMPLES, agreement_of, askable, drive, example, finish, start

from mou_builder.errors import AnswerError
from mou_builder.interview.agenda import Item
from mou_builder.interview.lists import Lists
from mou_builder.interview.scope import ESSENTIALS
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import Tree
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.model.walk import extra, model_paths
from mou_builder.rewriting.matching import same
from mou_builder.shape import dotted, shapes_in

FEW = ("first_mou", "no_officer")
LONGEST = "eleven_agencies"
"""Its 1,700 questions take as long as all the others; it is opened, and asked what it asks, but not talked through."""
ALL = sorted(file.stem for file in EXAMPLES.glob("*.yaml") if file.stem != LONGEST)
SEEDS = range(max(12, int(os.environ.get("MOU_AGREEMENTS", "20")) // 40))
ANY = Lists()
"""No lists: examples and made-up agreements name requirements and states that a short list does not hold."""


def reached(target: Tree) -> tuple[Interview, set[str]]:
    """Return the end of a whole interview with the answers in `target`, which must have led to them, and what was asked."""
    asked: set[str] = set()

    def seen(item: Item) -> None:
        asked.add(dotted(tuple(step for step in item.path if isinstance(step, str))))

    end = drive(target, start({}, lists=ANY), seen)
    assert agreement_of(end.tree) == agreement_of(askable(target))
    assert not end.notes.aside
    assert end.draft.complete
    return end, asked


@pytest.mark.parametrize("name", FEW)
def test_an_interview_reaches_the_agreement_that_its_answers_make(name: str) -> None:
    """Whoever gives the answers of an example one by one has the example's file in the end, to the last answer."""
    end, _ = reached(example(name))
    assert same(end.tree, example(name))


@pytest.mark.wide
@pytest.mark.parametrize("seed", (5,))
def test_an_interview_reaches_a_made_up_agreement(seed: int) -> None:
    """The same with made-up answers, some of them left out or open."""
    _, asked = reached(making.answers(seed))
    assert "term.ends" in asked


@pytest.mark.wide
def test_every_interview_reaches_its_agreement_and_every_question_is_asked_in_some() -> None:
    """Over all examples and many made-up agreements, no question of the model is out of reach."""
    opened = start(example(LONGEST), lists=ANY)
    asked = {dotted(tuple(step for step in item.path if isinstance(step, str))) for item in opened.items}
    for name in ALL:
        asked |= reached(example(name))[1]
    for seed in SEEDS:
        asked |= reached(making.answers(seed))[1]
    assert not set(_to_ask(Agreement)) - asked


def _to_ask(kind: type[Part]) -> Iterator[str]:
    """Yield every question that somebody must be asked: no group that is always there, and none that the tool answers."""
    by_tool = [path for path, field in model_paths(kind) if extra(field).get("by_tool") or path == "schema_version"]
    for path, field in model_paths(kind):
        group = isinstance(field.annotation, type) and bool(shapes_in(field.annotation))
        if not group and not any(path == one or path.startswith(f"{one}.") for one in by_tool):
            yield path


@pytest.mark.parametrize("name", FEW)
def test_the_short_path_gives_a_draft(name: str) -> None:
    """After the essentials alone an agreement can be made: whatever else is needed stands in it as a blank."""
    end = drive(example(name), start({}, ESSENTIALS, ANY))
    assert end.draft.complete
    assert agreement_of(end.tree).document.state == agreement_of(example(name)).document.state


def test_the_short_path_gives_a_draft_of_the_least_answers() -> None:
    """So it does for somebody who answers nothing that can be left."""
    end, steps_taken = finish(start({}, ESSENTIALS))
    assert agreement_of(end.tree).parties.districts
    assert steps_taken < 40


@pytest.mark.wide
def test_the_short_path_gives_a_draft_of_any_answers() -> None:
    """And for all examples and made-up answers, unless an answer was insisted upon against another."""
    for target in (*map(example, ALL), *map(making.answers, SEEDS)):
        end = drive(target, start({}, ESSENTIALS, ANY))
        contradictory = [item for item in end.items if item.state == "wrong"]
        try:
            agreement_of(end.tree)
        except AnswerError as error:
            assert contradictory, error
