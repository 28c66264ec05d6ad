"""Lists of entries, such as parties, schools and officers: add one, go through it again, remove it, change the order.

Each step raises AnswerError, and changes nothing, where it is not possible: what was found, and the mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.agenda import Item
from mou_builder.interview.draft import is_wanted, order
from mou_builder.interview.leaving import taken
from mou_builder.interview.notes import Note, all_but
from mou_builder.interview.renumbering import Moved, confirmed_moved, moved_in, notes_moved
from mou_builder.interview.scope import EVERYTHING, Scope
from mou_builder.interview.state import ContradictionError, Interview
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, put, without
from mou_builder.interview.way import into, left
from mou_builder.marked import Path


def add(now: Interview, when: datetime) -> Interview:
    """Return the interview after an empty entry was added to the list at hand; its questions come next."""
    item = now.at_hand(entries=True)
    listed = list(item.value) if is_list(item.value) else []
    notes = now.noted(item.path, Note("typed", when))
    # Whoever turns back from the first entry finds what was said before: that there is none, or that it is open.
    aside = {item.path: item.value} if item.state in ("given", "undecided") and not listed else {}
    notes = replace(notes, growing=notes.growing | {item.path}, aside={**notes.aside, **aside})
    made = now.with_answers(put(now.tree, item.path, [*listed, {}], order), notes)
    return into(made, (*item.path, len(listed)), now)


def edit(now: Interview, number: int) -> Interview:
    """Return the interview about to go through every question of one entry, counted from 0, of the list at hand."""
    item = now.at_hand(entries=True)
    _listed(item, number)
    within = Scope("pass", (*item.path, number))
    return into(replace(now, scopes=(*now.scopes, within)), within.prefix, now)


def remove(now: Interview, number: int, when: datetime | None) -> Interview:
    """Return the interview without one entry, counted from 0, of the list at hand; `when` None is for one never filled in."""
    listed = _listed(now.at_hand(entries=True), number)
    return _rearranged(now, [place for place in range(len(listed)) if place != number], when)


def move(now: Interview, number: int, to: int, when: datetime) -> Interview:
    """Return the interview with one entry of the list at hand moved to the place `to`, both counted from 0."""
    item = now.at_hand(entries=True)
    listed = _listed(item, number)
    _listed(item, to)
    places = [place for place in range(len(listed)) if place != number]
    return _rearranged(now, [*places[:to], number, *places[to:]], when)


def done(now: Interview, when: datetime, *, insist: bool = False) -> Interview:
    """Return the interview after the list at hand was said to be complete.

    A list that contradicts other answers is refused at first; with `insist` it stands, and is asked about again.
    """
    item = now.at_hand(entries=True)
    if not is_list(item.value) or not item.value:
        return _none_listed(now, item, when)
    notes = now.noted(item.path, now.notes.of.get(item.path) or Note("file"))
    notes = replace(notes, growing=notes.growing - {item.path}, aside=all_but(notes.aside, item.path))
    made = now.with_answers(now.tree, notes)
    found = made.fault_at(item.path)
    if found is not None and not insist:
        raise ContradictionError(Fault(item.form.title, found.what, found.mend))
    return left(made, item.path, now)


def _listed(item: Item, number: int) -> Sequence[Any]:
    """Return the entries of a list; raise AnswerError if it has no entry of this number."""
    listed: Sequence[Any] = item.value if is_list(item.value) else []
    if not 0 <= number < len(listed):
        raise AnswerError(Fault(item.form.title, f"there is no entry {number + 1}.", f"It has {len(listed)}."))
    return listed


def _none_listed(now: Interview, item: Item, when: datetime) -> Interview:
    form = item.form
    if form.may_be_left:
        return left(taken(now, item, when), item.path, now)
    if form.at_least or not form.may_be_open:
        raise AnswerError(Fault(form.title, "nothing is listed yet.", f"Add at least {max(form.at_least, 1)}."))
    made = now.with_answers(put(now.tree, item.path, [], order), now.noted(item.path, Note("typed", when)))
    return left(made, item.path, now)


def _rearranged(now: Interview, kept: Sequence[int], when: datetime | None) -> Interview:
    """Return the interview with only the entries `kept` of the list at hand, in that order."""
    item = now.at_hand(entries=True)
    moved = moved_in(item.path, kept)
    now = _renumbered(now, moved)
    listed = [item.value[place] for place in kept]
    notes = notes_moved(now.notes, moved)
    if when is not None:
        notes = replace(notes, of={**notes.of, item.path: Note("typed", when)}, growing=notes.growing | {item.path})
        notes = replace(notes, aside=all_but(notes.aside, item.path))
    tree = _with_list(now.tree, item.path, listed)
    if not listed:
        notes = replace(notes, of=all_but(notes.of, item.path), growing=notes.growing - {item.path})
    if item.path != ("confirm",) and at(tree, ("confirm",)) is not NOTHING:
        confirmed, notes, moved = confirmed_moved(tree, notes, moved)
        tree, now = _with_list(tree, ("confirm",), confirmed), _renumbered(now, moved)
    return replace(now, cursor=item.path).with_answers(tree, notes)


def _renumbered(now: Interview, moved: Moved) -> Interview:
    scopes = tuple(scope for one in now.scopes if (scope := one.renumbered(moved)) is not None)
    trail = tuple(path for path in map(moved, now.trail) if path is not None)
    return replace(now, scopes=scopes or (EVERYTHING,), trail=trail)


def _with_list(tree: Tree, path: Path, entries: list[Any]) -> Tree:
    made: Tree = put(tree, path, entries, order) if entries else without(tree, path, is_wanted)
    return made
