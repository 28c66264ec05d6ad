"""Let everything that names an entry of a list by its place follow when entries are removed or change places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from mou_builder.interview.notes import Notes, digest
from mou_builder.interview.tree import Tree, at, is_list
from mou_builder.marked import Path
from mou_builder.shape import dotted, steps_of

Moved = Callable[[Path], Path | None]
"""From a path before to the path after; None if what stood there is gone."""

Value = TypeVar("Value")


def moved_in(to: Path, kept: Sequence[int]) -> Moved:
    """Return how paths change when the list at `to` keeps the entries that stood at the places `kept`, in that order."""

    def moved(path: Path) -> Path | None:
        place = path[len(to)] if path[: len(to)] == to and len(path) > len(to) else None
        if not isinstance(place, int):
            return path
        return (*to, kept.index(place), *path[len(to) + 1 :]) if place in kept else None

    return moved


def notes_moved(notes: Notes, moved: Moved) -> Notes:
    """Return the notes with every path where it stands now; those of entries that are gone go too."""
    return replace(
        notes,
        of=_by_path(notes.of, moved),
        aside=_by_path(notes.aside, moved),
        growing=frozenset(path for path in map(moved, notes.growing) if path is not None),
    )


def _by_path(values: Mapping[Path, Value], moved: Moved) -> dict[Path, Value]:
    return {now: value for path, value in values.items() if (now := moved(path)) is not None}


def confirmed_moved(tree: Tree, notes: Notes, moved: Moved) -> tuple[list[Any], Notes, Moved]:
    """Return the answers to confirm, each naming its answer where it stands now, their notes, and how they moved.

    One that names an answer of an entry that is gone goes too.
    """
    items = at(tree, ("confirm",))
    found: dict[int, Any] = {}
    for number, item in enumerate(items if is_list(items) else ()):
        named = item.get("answer") if isinstance(item, Mapping) else None
        now = moved(steps_of(tuple(named.split(".")))) if isinstance(named, str) and _is_path(named) else ()
        if now is not None:
            found[number] = {**item, "answer": dotted(now)} if now else item
    of = dict(notes.of)
    for number, item in found.items():
        note = of.get(("confirm", number, "answer"))
        if note is not None and note.digest == digest(items[number].get("answer")):
            of["confirm", number, "answer"] = replace(note, digest=digest(item["answer"]))
    to = moved_in(("confirm",), list(found))
    return list(found.values()), notes_moved(replace(notes, of=of), to), to


def _is_path(text: str) -> bool:
    return re.fullmatch(r"[a-z_]+(\[\d+\])?(\.[a-z_]+(\[\d+\])?)*", text) is not None
