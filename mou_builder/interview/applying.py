"""Keep answers true to each other: set aside what no longer applies, bring back what applies again, follow a new name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mou_builder.interview.draft import answers_in, is_wanted
from mou_builder.interview.lists import named_at
from mou_builder.interview.notes import Notes, all_but, digest
from mou_builder.interview.questions import form_of, is_group, place_of, places_in
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, put, without
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.walk import asked_in

Order = Callable[[Path], Sequence[str]]


def settled(tree: Tree, notes: Notes, order: Order) -> tuple[Tree, Notes]:
    """Return the answers and notes with every answer set aside that the others rule out, and back where they do not."""
    tree, notes = _set_aside(tree, notes)
    tried: set[Path] = set()
    while True:
        # A group comes before what it holds, and one answer at a time: each may rule out, or call for, the next.
        waiting = sorted((path for path in notes.aside if path not in tried), key=len)
        path = next((one for one in waiting if _may_return(one, tree, notes)), None)
        if path is None:
            return tree, notes
        tried.add(path)
        aside = all_but(notes.aside, path)
        tree, notes = _set_aside(put(tree, path, notes.aside[path], order), replace(notes, aside=aside))


def _set_aside(tree: Tree, notes: Notes) -> tuple[Tree, Notes]:
    while True:
        ruled = list(ruled_out(answers_in(tree), tree))
        if not ruled:
            return tree, notes
        aside = dict(notes.aside)
        for path in ruled:
            aside[path] = at(tree, path)
            tree = without(tree, path, is_wanted)
        notes = replace(notes, aside=aside)


def ruled_out(agreement: Agreement, tree: Tree) -> Iterator[Path]:
    """Yield the path of every answer, or group of them, to a question that the other answers rule out."""
    yield from _ruled_out(agreement, agreement, (), tree)


def _ruled_out(root: Agreement, part: Part, path: Path, given: Any) -> Iterator[Path]:
    if not isinstance(given, Mapping):
        return
    for place in places_in(type(part)):
        if place.key not in given:
            continue
        here, raw, value = (*path, place.key), given[place.key], getattr(part, place.name)
        if place.conditional and asked_in(root, part, place.field) is False:
            yield here
            continue
        if isinstance(value, Part) and not isinstance(value, Undecided):
            yield from _ruled_out(root, value, here, raw)
        for number, entry in enumerate(value if isinstance(value, tuple) and is_list(raw) else ()):
            if isinstance(entry, Part):
                yield from _ruled_out(root, entry, (*here, number), raw[number])


def _may_return(path: Path, tree: Tree, notes: Notes) -> bool:
    """Return whether an answer set aside has its place again: nothing stands there, and the question applies."""
    note = notes.of.get(path)
    if at(tree, path) is not NOTHING or (note is not None and note.origin in ("default", "none")):
        return False  # What a person took out comes back only when that person wants it.
    agreement = answers_in(tree)
    part: Any = agreement
    for step in path:
        if isinstance(step, int):
            part = part[step] if isinstance(part, tuple) and step < len(part) else None
            continue
        if not isinstance(part, Part) or isinstance(part, Undecided):
            return False
        place = place_of(type(part), step)
        if place is None or not asked_in(agreement, part, place.field):
            return False
        part = getattr(part, place.name)
    return True


def renamed(tree: Tree, notes: Notes, path: Path, value: Any, order: Order) -> tuple[Tree, Notes]:
    """Return the answers and notes with all that names the entry at `path` naming it by its new name, `value`.

    What is set aside follows too: it may come back.
    """
    if not named_at(path):
        return tree, notes
    whole = tree
    for one in sorted(notes.aside, key=len):
        if at(whole, one) is NOTHING:
            whole = put(whole, one, notes.aside[one], order)
    after = follow_name(whole, path, value, answers_in(whole), order)
    if after is whole:
        return tree, notes
    aside = {one: kept if at(tree, one) is not NOTHING else at(after, one) for one, kept in notes.aside.items()}
    of = {
        one: replace(note, digest=digest(at(after, one))) if note.digest == digest(at(whole, one)) else note
        for one, note in notes.of.items()
    }
    return follow_name(tree, path, value, answers_in(tree), order), replace(notes, aside=aside, of=of)


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
