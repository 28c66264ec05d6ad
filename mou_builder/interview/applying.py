"""Keep answers true to each other: set aside what no longer applies, bring back what applies again, follow a new name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mou_builder.interview.draft import read_draft
from mou_builder.interview.lists import named_at
from mou_builder.interview.notes import Notes
from mou_builder.interview.questions import form_of, is_group
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, put, without
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.conditions import check
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.walk import extra

Order = Callable[[Path], Sequence[str]]


def settled(tree: Tree, notes: Notes, order: Order) -> tuple[Tree, Notes]:
    """Return the answers and notes with every answer set aside that the others rule out, and back where they do not."""
    tree, notes = _set_aside(tree, notes)
    if notes.aside:
        agreement = read_draft(tree).agreement
        back = {path: value for path, value in notes.aside.items() if _may_return(path, tree, agreement)}
        for path, value in back.items():
            tree = put(tree, path, value, order)
        if back:
            notes = replace(notes, aside={path: one for path, one in notes.aside.items() if path not in back})
            tree, notes = _set_aside(tree, notes)
    return tree, notes


def _set_aside(tree: Tree, notes: Notes) -> tuple[Tree, Notes]:
    while True:
        ruled = list(ruled_out(read_draft(tree).agreement, tree))
        if not ruled:
            return tree, notes
        aside = dict(notes.aside)
        for path in ruled:
            aside[path] = at(tree, path)
            tree = without(tree, path)
        notes = replace(notes, aside=aside)


def ruled_out(agreement: Agreement, tree: Tree) -> Iterator[Path]:
    """Yield the path of every answer, or group of them, to a question that the other answers rule out."""
    yield from _ruled_out(agreement, agreement, (), tree)


def _ruled_out(root: Agreement, part: Part, path: Path, tree: Tree) -> Iterator[Path]:
    for name, field in type(part).model_fields.items():
        here = (*path, field.alias or name)
        given = at(tree, here)
        if given is NOTHING:
            continue
        when = extra(field).get("when")
        if when and check(root, when).holds is False:
            if given != {}:
                yield here
            continue
        value = getattr(part, name)
        if is_group(field) or (form_of(field).kind == "group" and not isinstance(value, Undecided) and value):
            yield from _ruled_out(root, value, here, tree)
        for number, entry in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(entry, Part):
                yield from _ruled_out(root, entry, (*here, number), tree)


def _may_return(path: Path, tree: Tree, agreement: Agreement) -> bool:
    """Return whether an answer set aside has its place again: nothing stands there, and the question applies."""
    above = at(tree, path[:-1])
    if at(tree, path) is not NOTHING or (isinstance(path[-2] if path[1:] else "", int) and above is NOTHING):
        return False
    part: Any = agreement
    for step in path:
        if isinstance(step, int):
            part = part[step] if isinstance(part, tuple) and step < len(part) else None
            continue
        if not isinstance(part, Part) or isinstance(part, Undecided):
            return False
        field = next((one for name, one in type(part).model_fields.items() if (one.alias or name) == step), None)
        if field is None:
            return False
        when = extra(field).get("when")
        if when and not check(agreement, when).holds:
            return False
        if form_of(field).kind == "group" and not is_group(field) and len(path) and step == path[-1]:
            return False  # A group that a person took out comes back only when that person wants it.
        part = getattr(part, step)
    return True


def follow_name(tree: Tree, path: Path, value: Any, agreement: Agreement, order: Order) -> Tree:
    """Return the tree with every answer that names the entry at `path` naming it by its new name, `value`."""
    old, group = at(tree, path), named_at(path)
    if not isinstance(old, str) or not isinstance(value, str) or old == value or not group:
        return tree
    if list(_names(tree, path)).count(old) > 1:
        return tree  # Two entries have the same name, so nobody can say which of them is meant.
    for where in _naming(agreement, (), group):
        if at(tree, where) == old:
            tree = put(tree, where, value, order)
    return tree


def _names(tree: Tree, path: Path) -> Iterator[Any]:
    """Yield the names that the entries of the same kind have."""
    lists = (
        (("program", "sites"),)
        if path[-1] == "name"
        else tuple(("parties", one) for one in ("districts", "agencies", "municipalities"))
    )
    for one in lists:
        entries = at(tree, one)
        yield from (
            entry.get(path[-1]) for entry in (entries if is_list(entries) else ()) if isinstance(entry, Mapping)
        )


def _naming(part: Part, path: Path, group: str) -> Iterator[Path]:
    """Yield the path of every answer that is a name from the list `group` or from a part of it."""
    lists = {group} | ({"districts", "agencies"} if group == "parties" else set())
    for name, field in type(part).model_fields.items():
        here, value = (*path, field.alias or name), getattr(part, name)
        if isinstance(value, Part) and not isinstance(value, Undecided):
            yield from _naming(value, here, group)
            continue
        named = not is_group(field) and form_of(field).among in lists
        if named and isinstance(value, str):
            yield here
        for number, entry in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(entry, Part):
                yield from _naming(entry, (*here, number), group)
            elif named:
                yield (*here, number)
