"""Leaving a question without an answer of one's own: the default stands, or nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.agenda import Item
from mou_builder.interview.notes import Note
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, is_list, without


def taken(now: Interview, item: Item, when: datetime) -> Interview:
    """Return the interview with the default of a question, or nothing, in place of an answer, and a note that it is meant.

    Raises AnswerError where an answer is needed. What a group holds is set aside.
    """
    if not item.form.may_be_left:
        raise AnswerError(Fault(item.form.title, "there is no default that could be taken.", "Answer it."))
    below = {path: note for path, note in now.notes.of.items() if path[: len(item.path)] != item.path}
    notes = replace(now.notes, of={**below, item.path: Note("none" if item.form.optional else "default", when)})
    if item.form.kind == "group" and item.value not in (NOTHING, {}):
        notes = replace(notes, aside={**notes.aside, item.path: item.value})
    return now.with_answers(without(now.tree, item.path), notes)


def refuse_entries(item: Item) -> None:
    """Raise AnswerError if a list has entries: nobody's words are thrown away by the way."""
    if item.form.kind == "entries" and is_list(item.value) and item.value:
        raise AnswerError(Fault(item.form.title, "it has entries.", "Remove them first, one by one."))
