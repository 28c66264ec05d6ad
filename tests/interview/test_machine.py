"""Whatever a person does, no answer is lost and none is invented: random walks over the interview, with a plain list beside it.

``MOU_AGREEMENTS=500`` walks longer, as CI does (marker ``wide``).
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from interview.believing import Believed
from interview.driving import LISTS, NOW, example, finish, fitting, leaves, start, three_districts

from mou_builder.errors import AnswerError
from mou_builder.interview import entries, steps, way
from mou_builder.interview.agenda import Item
from mou_builder.interview.draft import read_draft
from mou_builder.interview.lists import named_at
from mou_builder.interview.notes import read_notes, to_json
from mou_builder.interview.scope import ESSENTIALS, EVERYTHING, UNDECIDED
from mou_builder.interview.state import Interview, begin
from mou_builder.interview.tree import NOTHING, at, is_list
from mou_builder.marked import read_marked
from mou_builder.rewriting import with_answers
from mou_builder.rewriting.matching import same

NUMBER = some.integers(0, 10_000)
WRONG: tuple[Any, ...] = (
    "\x07",
    "",
    10**15,
    -1,
    None,
    True,
    ["", ""],
    {"one": "two"},
    [{}],
    {"undecided": ""},
    "two\nlines",
)
BEGUN = ("three districts", "", "multi_party", "no_officer")
TURNS = ("mode", "model", "structure", "purpose", "instrument", "kind", "parent_rule", "hours_rule")
"""The last steps of questions on which it hangs what else is asked."""

PHASES = [Phase.generate, Phase.shrink]


def _has_entries(item: Item) -> bool:
    return item.form.kind == "entries" and is_list(item.value) and bool(item.value)


class Walk(RuleBasedStateMachine):
    """A person who does one thing after another, and a list of what that person has answered."""

    ends = False
    now: Interview

    @initialize(name=some.sampled_from(BEGUN), scope=some.sampled_from((ESSENTIALS, EVERYTHING)))
    def _begin(self, name: str, scope: Any) -> None:
        tree = three_districts() if name == "three districts" else example(name) if name else {}
        self.now, self.text = start(tree, scope), ""
        self.believed = Believed(dict(leaves(tree)))

    def _step(self, step: Callable[[], Interview]) -> bool:
        """Take a step; one that is refused must leave everything as it was."""
        before = copy.deepcopy((self.now.tree, self.now.notes, self.now.cursor, self.now.trail, self.now.scopes))
        was = self.now
        try:
            self.now = step()
        except AnswerError as error:
            assert str(error)
        assert before == (was.tree, was.notes, was.cursor, was.trail, was.scopes)
        return self.now is not was

    @rule(number=NUMBER)
    def _go(self, number: int) -> None:
        self._step(lambda: way.go(self.now, self.now.items[number % len(self.now.items)].path))

    def _go_to(self, number: int, wanted: Callable[[Item], bool]) -> None:
        """Go to one of the questions of some sort, if there is any."""
        items = [item for item in self.now.items if wanted(item)]
        if items:
            self._step(lambda: way.go(self.now, items[number % len(items)].path))

    @rule(number=NUMBER)
    def _jump(self, number: int) -> None:
        sections = sorted({str(item.path[0]) for item in self.now.items})
        self._step(lambda: way.jump(self.now, sections[number % len(sections)]))

    @rule(scope=some.sampled_from((ESSENTIALS, EVERYTHING, UNDECIDED)))
    def _scope(self, scope: Any) -> None:
        self._step(lambda: way.scoped(self.now, scope))

    @rule(number=NUMBER, insist=some.booleans())
    def _answer(self, number: int, insist: bool) -> None:
        item = self.now.current
        if item is None or item.form.kind == "entries":
            return
        if item.form.kind == "group":
            # Whatever the group holds is kept, whether it is wanted or not.
            self._step(lambda: steps.answer(self.now, number % 2 == 0, NOW))
            return
        value = fitting(self.now, item, number)
        if self._step(lambda: steps.answer(self.now, value, NOW, insist=insist)):
            self.believed.answered(item.path, value)

    @rule(number=NUMBER)
    def _answer_several(self, number: int) -> None:
        for one in range(12):
            self._answer(number + 7 * one, True)

    @rule(number=NUMBER)
    def _turn(self, number: int) -> None:
        """Change an answer on which it hangs what else is asked."""
        self._go_to(number, lambda item: item.path[-1] in TURNS)
        self._answer(number // 7, True)

    @rule(number=NUMBER)
    def _rename(self, number: int) -> None:
        self._go_to(number, lambda item: bool(named_at(item.path)) and item.value is not NOTHING)
        self._answer(number // 7, True)

    @rule(number=NUMBER)
    def _want_a_group_or_not(self, number: int) -> None:
        self._go_to(number, lambda item: item.form.kind == "group")
        self._answer(number // 7, True)

    @precondition(lambda self: self.now.current is not None)
    @rule(value=some.sampled_from(WRONG))
    def _answer_wrongly(self, value: Any) -> None:
        item = self.now.current
        if item.form.kind == "group":
            return
        try:
            steps.check(self.now, item, value)
        except AnswerError:
            assert not self._step(lambda: steps.answer(self.now, value, NOW, insist=True))

    @rule()
    def _skip(self) -> None:
        item = self.now.current
        if self._step(lambda: steps.skip(self.now, "The board meets in June.", NOW)):
            self.believed.answered(item.path, {"undecided": "The board meets in June."})

    @rule()
    def _take(self) -> None:
        item = self.now.current
        if self._step(lambda: steps.take(self.now, NOW)) and item.form.kind != "group":
            self.believed.taken_out(item.path)

    @rule()
    def _keep(self) -> None:
        self._step(lambda: steps.keep(self.now))

    @rule(number=NUMBER)
    def _take_all(self, number: int) -> None:
        sections = sorted({str(item.path[0]) for item in self.now.items})
        self._step(lambda: steps.take_all(self.now, sections[number % len(sections)], NOW))

    @rule()
    def _back(self) -> None:
        was = self.now
        if self._step(lambda: steps.back(was)):
            self.believed.backed_out(was, self.now)

    @rule(number=NUMBER, here=some.booleans())
    def _add(self, number: int, here: bool) -> None:
        if not here:
            self._go_to(number, lambda item: item.form.kind == "entries")
        item = self.now.current
        if self._step(lambda: entries.add(self.now, NOW)):
            self.believed.added(item.path)

    @rule(number=some.integers(0, 4), where=NUMBER)
    def _edit(self, number: int, where: int) -> None:
        self._go_to(where, _has_entries)
        self._step(lambda: entries.edit(self.now, number))

    @rule(number=some.integers(0, 4), where=NUMBER)
    def _remove(self, number: int, where: int) -> None:
        self._go_to(where, _has_entries)
        item = self.now.current
        size = len(item.value) if item is not None and is_list(item.value) else 0
        if self._step(lambda: entries.remove(self.now, number, NOW)):
            self.believed.rearranged(item.path, [place for place in range(size) if place != number])

    @rule(number=some.integers(0, 3), to=some.integers(0, 3), where=NUMBER)
    def _move(self, number: int, to: int, where: int) -> None:
        self._go_to(where, lambda item: _has_entries(item) and len(item.value) > 1)
        item = self.now.current
        size = len(item.value) if item is not None and is_list(item.value) else 0
        if self._step(lambda: entries.move(self.now, number, to, NOW)):
            places = [place for place in range(size) if place != number]
            places.insert(to, number)
            self.believed.rearranged(item.path, places)

    @rule(insist=some.booleans(), where=NUMBER)
    def _done(self, insist: bool, where: int) -> None:
        self._go_to(where, lambda item: item.state == "growing")
        item = self.now.current
        if self._step(lambda: entries.done(self.now, NOW, insist=insist)):
            self.believed.done(item)

    @rule()
    def _save_and_resume(self) -> None:
        self.text = with_answers(self.text, "answers.yaml", self.now.tree)
        tree = read_marked(self.text, "answers.yaml", AnswerError).value
        assert same(tree, self.now.tree)
        notes = read_notes(to_json(self.now.notes), "notes", tree)
        resumed = begin(tree, notes, LISTS)
        assert same(resumed.tree, self.now.tree)
        assert resumed.notes.aside == self.now.notes.aside
        assert [(item.path, item.state) for item in resumed.items] == [
            (item.path, item.state) for item in self.now.items
        ]
        known = {item.path for item in self.now.items if item.value is not NOTHING or item.state == "taken"}
        for path in known:
            assert resumed.notes.of.get(path) == self.now.notes.of.get(path), path
        self.now = way.scoped(resumed, self.now.scopes[0])

    @invariant()
    def _nothing_is_lost_and_nothing_invented(self) -> None:
        now = getattr(self, "now", None)
        if now is None:
            return
        held = dict(leaves(now.tree))
        for path, value in now.notes.aside.items():
            assert at(now.tree, path) is NOTHING or self.believed.is_behind(path), path
            held |= dict(leaves(value, path)) if at(now.tree, path) is NOTHING else {}
        assert held == self.believed.answers

    @invariant()
    def _what_is_asked_applies(self) -> None:
        now = getattr(self, "now", None)
        if now is not None:
            assert now.cursor is None or now.cursor in now.places
            assert read_draft(now.tree, LISTS.faults).agreement is not None
            kept = read_notes(to_json(now.notes), "notes", now.tree)
            assert (kept.aside, kept.growing) == (now.notes.aside, now.notes.growing)
            # A note on a list that was emptied, or on an answer set aside and answered anew, speaks of nothing.
            lost = [path for path in now.notes.of if path not in kept.of]
            assert all(at(now.tree, path) is NOTHING and path not in now.notes.aside for path in lost), lost

    def teardown(self) -> None:
        """From wherever the walk has led, what is gone through comes to an end."""
        if hasattr(self, "now"):
            for scope in (ESSENTIALS, UNDECIDED, EVERYTHING) if self.ends else (self.now.scope,)[: len(self.text) % 2]:
                reached, _ = finish(way.scoped(self.now, scope))
                assert reached.current is None


def walk(walks: int, length: int, *, ends: bool) -> None:
    """Walk so often, so far."""
    run_state_machine_as_test(
        type("Walked", (Walk,), {"ends": ends}),
        settings=settings(
            max_examples=walks,
            stateful_step_count=length,
            deadline=None,
            derandomize=True,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.wide
def test_no_walk_loses_or_invents_an_answer() -> None:
    """A person answers, turns back, jumps, removes, saves and comes again; every answer stays until that person takes it out."""
    walk(14, 40, ends=False)


@pytest.mark.wide
def test_no_long_walk_loses_or_invents_an_answer() -> None:
    """The same, longer, and from the end of each walk every way of going through the questions comes to its end."""
    walk(max(8, int(os.environ.get("MOU_AGREEMENTS", "20")) // 60), 60, ends=True)
