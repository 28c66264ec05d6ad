"""The answers file of a model that was filled in, and the agreement that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mou_builder.errors import AnswerError, Fault
from mou_builder.fillable.naming import full_question
from mou_builder.fillable.reading import Filled
from mou_builder.interview.draft import order, undecided
from mou_builder.interview.tree import Tree, put
from mou_builder.library import Library
from mou_builder.marked import Marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.record import refuse_unknown
from mou_builder.written import block

LEFT_EMPTY = "left empty in the model"


def answers_in_model(filled: Filled) -> Tree:
    """Return the answers of a model that was filled in, those left empty as undecided.

    Raises AnswerError with everything that cannot be taken up, and with every name that no agreement can do without.
    """
    faults = [*filled.faults, *filled.differing, *_without(filled)]
    if faults:
        raise AnswerError(*(Fault(f"{filled.name}: {one.where}", one.what, one.mend) for one in faults))
    return with_undecided(filled)


def with_undecided(filled: Filled) -> Tree:
    """Return the answers with those that a file must give and that were left empty as undecided."""
    tree = filled.tree
    for item in filled.empty:
        if item.form.may_be_open and item.state == "missing":
            tree = put(tree, item.path, undecided(LEFT_EMPTY), order)
    return tree


def _without(filled: Filled) -> Iterator[Fault]:
    for item in filled.empty:
        if item.state == "missing" and not item.form.may_be_open:
            title = full_question(item.path, item.form.title)
            yield Fault(title, "this is empty, and no agreement can do without it.", "Fill it in.")


def agreement_in_model(filled: Filled, library: Library) -> Agreement:
    """Return the agreement that a filled-in model makes; raise AnswerError where it makes none."""
    return _agreement(filled.name, answers_in_model(filled), library)


def agreement_so_far(filled: Filled, library: Library) -> Agreement | None:
    """Return the agreement that a model makes with stand-ins for the parties' names, or None where values do not fit."""
    tree: Any = with_undecided(filled)
    for item in filled.empty:
        if item.state == "missing" and not item.form.may_be_open and item.form.kind == "line":
            tree = put(tree, item.path, full_question(item.path, item.form.title)[:40], order)
    try:
        return _agreement(filled.name, tree, library)
    except AnswerError:
        return None


def _agreement(name: str, tree: Tree, library: Library) -> Agreement:
    marked = Marked(name, tree)
    agreement = agreement_from(marked, library.states)
    refuse_unknown(agreement, library, marked)
    return agreement


def answers_text(filled: Filled) -> str:
    """Return the answers file of a filled-in model; raises as `answers_in_model`."""
    head = f"# Answers taken up from {filled.name}, a model for {filled.about.state} as of {filled.about.as_of}.\n"
    return head + "\n".join(block(answers_in_model(filled), 0)) + "\n"
