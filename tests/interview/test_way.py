"""The way through: passing over a section, what is undecided, and back again."""

from __future__ import annotations

import pytest
from interview.driving import NOW, example, start

from mou_builder.errors import AnswerError
from mou_builder.interview import entries, steps, way
from mou_builder.interview.lists import Lists
from mou_builder.interview.scope import ESSENTIALS, UNDECIDED, Scope
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, at, without
from mou_builder.marked import Path


def test_passing_over_a_section_shows_each_question_once() -> None:
    """Whoever goes through a finished section sees every question of it, in order, and then is where there is more to do."""
    now = way.scoped(start(example("first_mou")), Scope("pass", ("governance",)))
    shown: list[Path] = []
    while now.current is not None and now.current.path[0] == "governance":
        shown.append(now.current.path)
        now = steps.take(now, NOW) if now.current.waits else steps.keep(now)

    assert shown == [item.path for item in now.items if item.path[0] == "governance"]


def test_what_is_undecided_is_shown_once_each() -> None:
    """Each open answer is asked once; one that stays open is not asked again and again."""
    start_of = start(example("renewal"), lists=Lists())
    for path in (("governance", "meetings"), ("governance", "monitor"), ("term", "ends")):
        start_of = steps.skip(way.go(start_of, path), "The board meets in June.", NOW)
    open_ones = [item.path for item in start_of.items if item.state == "undecided"]
    now, shown = way.scoped(start_of, UNDECIDED), []
    while now.current is not None:
        shown.append(now.current.path)
        now = steps.keep(now)

    assert len(shown) >= 3
    assert shown == open_ones


def test_back_over_three_sections_returns_in_order() -> None:
    """Back goes to the question that was left last, then to the one before it, across sections."""
    went: list[Path] = [("document", "title"), ("governance", "chair"), ("term", "ends"), ("risk", "model")]
    now = start(example("first_mou"))
    for path in went:
        now = way.go(now, path)
    seen = []
    for _ in went[:-1]:
        now = steps.back(now)
        seen.append(now.cursor)

    assert seen == went[-2::-1]


def test_back_after_answers_shows_them_as_they_were_given() -> None:
    """An answer stands when a person comes back to it, and going on from there loses none."""
    now = start()
    given: list[tuple[Path, object]] = []
    for value in ("first", "WA"):
        while now.current is not None and now.current.path not in (("document", "purpose"), ("document", "state")):
            now = steps.take(now, NOW)
        assert now.cursor is not None
        given.append((now.cursor, value))
        now = steps.answer(now, value, NOW)
    for path, value in reversed(given):
        now = steps.back(now)
        assert now.cursor == path
        assert now.current is not None and now.current.value == value


def test_there_is_no_way_back_from_the_beginning() -> None:
    """Somebody who has just begun is told so, and nothing changes."""
    with pytest.raises(AnswerError, match="where you began"):
        steps.back(start())


def fresh_contact(now: Interview) -> Interview:
    return entries.add(way.go(now, ("contacts",)), NOW)


def test_back_from_an_empty_entry_takes_it_out_again() -> None:
    """An entry that was added by mistake is gone after one step back, and the list is as it was."""
    before = start(without(example("first_mou"), ("contacts",)))
    added = fresh_contact(before)
    assert at(added.tree, ("contacts",)) == [{}]
    back = steps.back(added)

    assert at(back.tree, ("contacts",)) is NOTHING
    assert back.cursor == ("contacts",)
    assert back.tree == before.tree


def test_back_from_a_begun_entry_keeps_it() -> None:
    """An entry with an answer in it stays."""
    begun = steps.answer(fresh_contact(start(example("no_officer"))), "Money", NOW)
    assert steps.back(begun).tree == begun.tree


@pytest.mark.parametrize("said", [[], {"undecided": "The league has not answered."}])
def test_back_from_the_first_entry_finds_what_was_said_before(said: object) -> None:
    """That there is none, or that it is open, is an answer too, and not lost by looking at a first entry."""
    path: Path = ("stakeholders", "civil_rights")
    now = way.go(start(without(example("first_mou"), path)), path)
    now = entries.done(now, NOW) if said == [] else steps.skip(now, "The league has not answered.", NOW)
    assert at(now.tree, path) == said
    added = entries.add(way.go(now, path), NOW)

    assert at(steps.back(added).tree, path) == said


def test_a_list_in_another_order_keeps_its_entries() -> None:
    """Moving a party changes the order and nothing else."""
    now = way.go(start(example("multi_party")), ("parties", "districts"))
    listed = at(now.tree, ("parties", "districts"))
    moved = entries.move(now, 0, 1, NOW)

    assert at(moved.tree, ("parties", "districts")) == [listed[1], listed[0], *listed[2:]]
    assert way.go(moved, ("parties", "districts", 0, "legal_name")).current.value == listed[1]["legal_name"]  # type: ignore[union-attr]


def test_whoever_wants_a_group_is_asked_for_it_at_once() -> None:
    """On the short path too, a yes to filing the agreement leads to the office that files it, and then on."""
    now = steps.answer(way.go(way.scoped(start({}), ESSENTIALS), ("document", "recording")), True, NOW)
    asked = []
    while now.cursor is not None and now.cursor[:2] == ("document", "recording"):
        asked.append(now.cursor[-1])
        now = steps.skip(now, "The clerk will tell.", NOW)

    assert asked == ["office", "return_to"]
    assert now.current is not None and now.current.essential
