"""Leaving a question without an answer of one's own: the default stands, or nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.agenda import Item
from mou_builder.interview.draft import is_wanted
from mou_builder.interview.notes import Note
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, without
from mou_builder.marked import Path


def taken(now: Interview, item: Item, when: datetime) -> Interview:
    """Return the interview with the default of a question, or nothing, in place of an answer, and a note that it is meant.

    Raises AnswerError where an answer is needed. What a group holds is set aside.
    """
    if not item.form.may_be_left:
        raise AnswerError(Fault(item.form.title, "there is no default that could be taken.", "Answer it."))
    note = Note("none" if item.form.optional else "default", when)
    notes = now.noted(item.path, note)
    if item.form.kind == "group" and isinstance(item.value, Mapping) and item.value:
        notes = replace(notes, aside={**notes.aside, item.path: item.value})
    return now.with_answers(_taken_out(now.tree, item.path), notes)


def _taken_out(tree: Tree, path: Path) -> Tree:
    """Return the tree without what stands at `path`, nor anything that stands where a group around it should."""
    if at(tree, path) is NOTHING:
        around = [path[:length] for length in range(1, len(path)) if _is_misplaced(at(tree, path[:length]))]
        if not around:
            return tree
        path = around[0]
    left: Tree = without(tree, path, is_wanted)
    return left


def _is_misplaced(value: Any) -> bool:
    return value is not NOTHING and not isinstance(value, Mapping) and not is_list(value)


def refuse_entries(item: Item) -> None:
    """Raise AnswerError if a list has entries: nobody's words are thrown away by the way."""
    if item.form.kind == "entries" and is_list(item.value) and item.value:
        raise AnswerError(Fault(item.form.title, "it has entries.", "Remove them first, one by one."))
