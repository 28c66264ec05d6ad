"""What a person may do with the question at hand: answer it, leave it open, take the default, keep the answer, go back.

Each step raises AnswerError, and changes nothing, where it is not possible: what was found, and the mend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from mou_builder.errors import AnswerError, Fault
from mou_builder.interview import entries
from mou_builder.interview.agenda import Item
from mou_builder.interview.applying import renamed
from mou_builder.interview.draft import adapter, fault_of, order, undecided
from mou_builder.interview.leaving import refuse_entries, taken
from mou_builder.interview.notes import Note, all_but, digest
from mou_builder.interview.state import ContradictionError, Interview
from mou_builder.interview.tree import at, entries_around, is_below, put
from mou_builder.interview.way import into, left, scoped, scopes_for
from mou_builder.model.parts import Undecided
from mou_builder.rewriting.matching import same


def answer(now: Interview, value: Any, when: datetime, *, insist: bool = False) -> Interview:
    """Return the interview after `value`, as a file would hold it, was given to the current question.

    An answer that contradicts others is refused at first; with `insist` it stands, and is asked about again.
    """
    item = now.at_hand()
    if item.form.kind == "group":
        return _gate(now, item, bool(value), when)
    check(now, item, value)
    known = now.notes.of.get(item.path)
    note = known if known and same(item.value, value) else Note("typed", when, digest(value))
    tree, notes = renamed(now.tree, now.notes, item.path, value, order)
    notes = replace(notes, of={**notes.of, item.path: note})
    made = now.with_answers(put(tree, item.path, value, order), notes)
    if not insist:
        _refuse_contradiction(made, item)
    return left(made, item.path, now)


def skip(now: Interview, why: str, when: datetime) -> Interview:
    """Return the interview after the current question was left undecided, for the reason `why`."""
    item = now.at_hand()
    if not item.form.may_be_open:
        needed = "this cannot stay open: no draft can be made without it."
        mend = "Answer it." if not item.form.may_be_left else "Answer it, or take what stands if nothing is answered."
        raise AnswerError(
            Fault(item.form.title, needed if not item.form.may_be_left else "this cannot stay open.", mend)
        )
    refuse_entries(item)
    value = undecided(why)
    check(now, item, value)
    made = now.with_answers(
        put(now.tree, item.path, value, order), now.noted(item.path, Note("typed", when, digest(value)))
    )
    return left(made, item.path, now)


def take(now: Interview, when: datetime) -> Interview:
    """Return the interview after the default was taken, or the question left out where nothing needs to stand."""
    item = now.at_hand()
    refuse_entries(item)
    made = taken(now, item, when)
    _refuse_contradiction(made, item)
    return left(made, item.path, now)


def keep(now: Interview) -> Interview:
    """Return the interview after the answer at hand was left as it is."""
    item = now.at_hand()
    if item.waits:
        raise AnswerError(Fault(item.form.title, "there is no answer yet that could be kept.", "Answer it."))
    return left(now, item.path, now)


def in_one_go(item: Item) -> bool:
    """Return whether a question's default may be taken together with others'."""
    return item.state == "offered" and (item.form.kind != "entries" or bool(item.form.rationale))


def take_all(now: Interview, section: str, when: datetime, meant: Callable[[Item], bool] = in_one_go) -> Interview:
    """Return the interview after every default of a section was taken, and all that may be left out was left out.

    A list of entries is asked for all the same: nobody should leave out by the way who signs, say. `meant` tells which
    questions that is about; once taken, a question must not be one of them.
    """
    made = now
    while True:
        item = next((one for one in made.items if one.question.section == section and meant(one)), None)
        if item is None:
            break
        made = taken(made, item, when)
    here = now.cursor
    if here is not None and here[0] == section and here in made.places and made.scope.wants(made.item(here)):
        return made
    if here is not None and here[0] == section:
        return left(made, here, now)
    return made if here is None or here in made.places else scoped(made, made.scopes[0])


def back(now: Interview) -> Interview:
    """Return the interview at the question that was left last; an entry added just now and still empty goes."""
    fresh = next((path for path in entries_around(now.cursor or ()) if at(now.tree, path) == {}), None)
    if fresh is not None and fresh[:-1] in now.notes.growing:
        entry = fresh[-1]
        return entries.remove(now.elsewhere(cursor=fresh[:-1]), int(entry), None)
    trail = now.trail
    while trail:
        *before, path = trail
        trail = tuple(before)
        if path in now.places and path != now.cursor:
            return now.elsewhere(cursor=path, trail=trail, scopes=scopes_for(now, path))
    raise AnswerError(Fault("Back", "this is where you began.", "Use the list of sections to go elsewhere."))


def check(now: Interview, item: Item, value: Any) -> None:
    """Raise AnswerError if a value cannot be the answer to a question, whatever else is answered."""
    is_open = isinstance(value, dict) and "undecided" in value
    if item.form.kind == "entries" and not is_open:
        raise AnswerError(Fault(item.form.title, "this is a list.", "Add its entries one by one."))
    try:
        read = adapter(item.form.field).validate_python(value)
    except ValidationError as error:
        wrong = fault_of(error, item.path)
        raise AnswerError(Fault(item.form.title, wrong.what, wrong.mend)) from None
    found = None if isinstance(read, Undecided) else now.lists.fault(item.form, value, now.draft.agreement)
    if found is not None:
        raise AnswerError(Fault(item.form.title, found.what, found.mend))


def _refuse_contradiction(made: Interview, item: Item) -> None:
    found = made.fault_at(item.path)
    if found is not None:
        raise ContradictionError(Fault(item.form.title, found.what, found.mend))


def _gate(now: Interview, item: Item, wanted: bool, when: datetime) -> Interview:
    """Return the interview with a group there or not; its answers are set aside, not lost."""
    if not wanted:
        return left(taken(now, item, when), item.path, now)
    stands = isinstance(item.value, Mapping) and "undecided" not in item.value
    value = item.value if stands else now.notes.aside.get(item.path, {})
    notes = now.noted(item.path, Note("typed", when))
    aside = all_but(notes.aside, item.path)
    made = now.with_answers(put(now.tree, item.path, value, order), replace(notes, aside=aside))
    made = left(made, item.path, now)
    below = [one for one in made.items if one.path != item.path and is_below(one.path, item.path)]
    if made.cursor in [one.path for one in below] or not any(one.waits for one in below):
        return made
    return into(made, item.path, now)  # whoever wants the group is asked for it now, whatever else is gone through
