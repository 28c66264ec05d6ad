"""The interview at one moment, without a screen: the answers, what is asked, and where a person stands.

The terminal, a web page and the tests drive the same machine. It opens no file and knows no clock; whoever drives it
saves the answers and the notes after each step.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.interview.agenda import Item, agenda
from mou_builder.interview.applying import settled
from mou_builder.interview.draft import Draft, order, read_draft
from mou_builder.interview.lists import Lists
from mou_builder.interview.notes import Note, Notes
from mou_builder.interview.scope import EVERYTHING, Scope
from mou_builder.interview.tree import Tree
from mou_builder.marked import Path
from mou_builder.shape import dotted


class ContradictionError(AnswerError):
    """An answer that is possible by itself contradicts others; a person may insist on it."""


@dataclass(frozen=True)
class Interview:
    """An interview at one moment; every step gives a new one."""

    tree: Tree
    """The answers as the file holds them."""
    notes: Notes = Notes()  # noqa: RUF009 - frozen
    lists: Lists = Lists()  # noqa: RUF009 - frozen
    scopes: tuple[Scope, ...] = (EVERYTHING,)
    """What is gone through now, the last one first; when it is done, the one before goes on."""
    cursor: Path | None = None
    """Where a person stands; None where nothing is left to ask."""
    trail: tuple[Path, ...] = ()
    """The questions that were left before this one, for the way back."""
    earlier: Tree = field(default_factory=dict)
    """The answers of the agreement that this one follows, to be shown and to guess from; empty if there is none."""

    @cached_property
    def draft(self) -> Draft:
        """What the answers say so far."""
        return read_draft(self.tree, self.lists.faults)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every question that the agreement asks now, in order, with its state."""
        return agenda(self.tree, self.draft, self.notes, self.lists)

    @cached_property
    def places(self) -> dict[Path, int]:
        """The place of each question among `items`."""
        return {item.path: place for place, item in enumerate(self.items)}

    @property
    def scope(self) -> Scope:
        """What is gone through now."""
        return self.scopes[-1]

    @property
    def current(self) -> Item | None:
        """The question to ask now; None where the interview has nothing left to ask."""
        return None if self.cursor is None else self.item(self.cursor)

    def item(self, path: Path) -> Item:
        """Return the question at `path`; raise AnswerError if the agreement asks none there."""
        place = self.places.get(path)
        if place is None:
            mend = did_you_mean(dotted(path), [dotted(one) for one in self.places])
            raise AnswerError(Fault(dotted(path), "no question that applies has this path.", mend))
        return self.items[place]

    def at_hand(self, *, entries: bool = False) -> Item:
        """Return the question asked now; raise AnswerError if there is none or, with `entries`, if it is no list of them."""
        item = self.current
        if item is None:
            raise AnswerError(Fault("The interview", "nothing is asked now.", "Choose a question first."))
        if entries and item.form.kind != "entries":
            raise AnswerError(Fault(item.form.title, "this is no list of entries.", "Answer it."))
        return item

    def fault_at(self, path: Path) -> Fault | None:
        """Return what is wrong at the question at `path`, if it is asked and anything is."""
        return self.items[self.places[path]].fault if path in self.places else None

    def noted(self, path: Path, note: Note) -> Notes:
        """Return the notes with one more."""
        return replace(self.notes, of={**self.notes.of, path: note})

    def elsewhere(self, **where: Any) -> Interview:
        """Return the interview with another scope, cursor or trail; what it knows of the answers goes along."""
        made = replace(self, **where)
        # None of these depends on where a person stands, and to find them takes most of the time of a step.
        for name in ("draft", "items", "places"):
            if name in self.__dict__:
                made.__dict__[name] = self.__dict__[name]
        return made

    def with_answers(self, tree: Tree, notes: Notes) -> Interview:
        """Return the interview with other answers, those set aside that no longer apply."""
        tree, notes = settled(tree, notes, order)
        made = replace(self, tree=tree, notes=notes)
        if tree is self.tree and "draft" in self.__dict__:
            made.__dict__["draft"] = self.__dict__["draft"]
        return made


def begin(tree: Tree, notes: Notes, lists: Lists) -> Interview:
    """Return an interview over the answers in `tree`, nowhere yet: choose with `way.scoped` what is gone through."""
    return Interview({}, Notes(), lists).with_answers(tree if "schema" in tree else {"schema": 1, **tree}, notes)
