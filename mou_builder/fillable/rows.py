"""Hold answers while they are filled in row by row: rows that nobody filled in leave no gap in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mou_builder.marked import Path
from mou_builder.shape import dotted


class Held:
    """Answers by path; the entries of a list stand under their numbers, so that some may be missing."""

    def __init__(self) -> None:
        self.inner: dict[str | int, Any] = {}

    def put(self, path: Path, value: Any) -> None:
        """Put an answer at a path; what stands there, or on the way, gives way."""
        here = self
        for step in path[:-1]:
            inner = here.inner.get(step)
            if not isinstance(inner, Held):
                inner = here.inner[step] = Held()
            here = inner
        here.inner[path[-1]] = value


def held_of(value: Any) -> Held:
    """Return answers as a file holds them, to be added to."""
    held = Held()
    pairs: Any = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, inner in pairs:
        entries = isinstance(inner, (list, tuple)) and any(isinstance(one, Mapping) for one in inner)
        group = isinstance(inner, Mapping) and "undecided" not in inner
        held.inner[key] = held_of(inner) if entries or group else inner
    return held


def as_tree(held: Held, rows: Mapping[str, Sequence[Mapping[str, str]]], path: Path = ()) -> Any:
    """Return the answers as a file holds them; `rows` says, by a list's path, what each entry has from the start."""
    made = {key: as_tree(one, rows, (*path, key)) if isinstance(one, Held) else one for key, one in held.inner.items()}
    if not made or not all(isinstance(key, int) for key in made):
        return made
    fixed = rows.get(dotted(path), ())
    entries = []
    for number in sorted(key for key in made if isinstance(key, int)):
        value = made[number]
        own = fixed[number] if number < len(fixed) else {}
        entries.append({**value, **own} if isinstance(value, dict) else value)
    return entries
