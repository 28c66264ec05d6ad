"""The agenda of an interview: every question that the agreement asks now, in order, and how each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mou_builder.errors import Fault
from mou_builder.interview.draft import Draft
from mou_builder.interview.lists import Lists
from mou_builder.interview.notes import Notes
from mou_builder.interview.questions import Form, Question, places_in
from mou_builder.interview.tree import NOTHING, Tree, is_list
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.walk import asked_in

State = Literal["given", "undecided", "taken", "wrong", "missing", "growing", "offered"]
"""``taken``: the default was taken, or it was left out, knowingly. ``growing``: a list that may get another entry.
``offered``: nothing needs to be answered, but nobody has looked at the default yet."""


@dataclass(frozen=True)
class Item:
    """One question of the agenda."""

    question: Question
    state: State
    value: Any
    """The answer as it stands in the file, or NOTHING."""
    fault: Fault | None = None
    """What is wrong with the answer, by itself or together with others."""

    @property
    def path(self) -> Path:
        """Where the answer stands."""
        return self.question.path

    @property
    def form(self) -> Form:
        """What the question asks."""
        return self.question.form

    @property
    def waits(self) -> bool:
        """Whether somebody should still look at it."""
        return self.state in ("wrong", "missing", "growing", "offered")

    @property
    def essential(self) -> bool:
        """Whether the short path asks it: it shapes the agreement, or nothing can be built without it."""
        needed = self.state == "missing" and not self.form.may_be_open
        return self.waits and (self.form.essential or needed or self.state == "wrong")


def agenda(tree: Tree, draft: Draft, notes: Notes, lists: Lists) -> tuple[Item, ...]:
    """Return every question that the agreement asks now, in order: a list's entries before the list itself."""
    asked = list(_asked(draft.agreement, draft.agreement, (), tree, lists))
    faults = _by_question(draft, [one.path for one, _ in asked])
    return tuple(_item(one, value, notes, faults.get(one.path)) for one, value in asked)


def _asked(root: Agreement, part: Part, path: Path, given: Any, lists: Lists) -> Iterator[tuple[Question, Any]]:
    """Yield each question below `part` that is asked, with what the file has for it; `given` is what it has for `part`."""
    answers = given if isinstance(given, Mapping) else {}
    for place in places_in(type(part)):
        if place.by_tool or (place.conditional and not asked_in(root, part, place.field)):
            continue
        here, value, raw = (*path, place.key), getattr(part, place.name), answers.get(place.key, NOTHING)
        form = place.form
        if form is None:
            yield from _asked(root, value, here, raw, lists)
            continue
        if form.kind == "entries":
            for number, entry in enumerate(value if isinstance(value, tuple) else ()):
                yield from _asked(root, entry, (*here, number), raw[number] if is_list(raw) else NOTHING, lists)
        if not _settled_by_itself(form, root, raw, lists):
            yield Question(here, form), raw
        if form.kind == "group" and isinstance(value, Part) and not isinstance(value, Undecided):
            yield from _asked(root, value, here, raw, lists)


def _settled_by_itself(form: Form, root: Agreement, value: Any, lists: Lists) -> bool:
    """Return whether a question that may be left out has but one possible answer, so that asking it changes nothing."""
    named = form.among in ("districts", "agencies", "schools")
    return named and value is NOTHING and form.may_be_left and len(lists.candidates(form.among, root)) < 2


def _by_question(draft: Draft, asked: list[Path]) -> dict[Path, Fault]:
    """Return each fault by the question at which it can be mended: its own, or that of the list or group around it."""
    found: dict[Path, Fault] = {}
    known = set(asked)
    for path, fault in draft.faults.items():
        around = path
        while around and around not in known:
            around = around[:-1]
        # What stands where a group should is mended by the first answer that the group holds.
        found.setdefault(around or next((one for one in asked if one[: len(path)] == path), path), fault)
    return found


def _item(question: Question, value: Any, notes: Notes, fault: Fault | None) -> Item:
    return Item(question, _state(question, value, notes, fault), value, fault)


def _state(question: Question, value: Any, notes: Notes, fault: Fault | None) -> State:
    form, path = question.form, question.path
    if fault is not None:
        return "wrong"
    if value is not NOTHING:
        if path in notes.growing:
            return "growing"
        return "undecided" if isinstance(value, dict) and "undecided" in value and form.kind != "by-path" else "given"
    note = notes.of.get(path)
    if note is not None and note.origin in ("default", "none"):
        return "taken"
    return "offered" if form.may_be_left else "missing"
