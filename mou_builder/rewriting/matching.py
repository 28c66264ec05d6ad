"""Find out which of the old answers are still there, which are new, and which have moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any


def same(old: Any, new: Any) -> bool:
    """Return whether two answers are equal in value and kind: 1, 1.0 and true differ, the order of keys does not count."""
    if isinstance(old, dict):
        return isinstance(new, dict) and old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(same, old, new))
    return type(old) is type(new) and bool(old == new)


def arrivals(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str | None, list[str]]:
    """Return the keys that only `new` has, in its order, by the old key that they follow; None: by none."""
    after: dict[str | None, list[str]] = {}
    before = None
    for key in new:
        if key in old:
            before = key
        else:
            after.setdefault(before, []).append(key)
    return after


def origins(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Return, for each new entry, the position of the old entry that it was; None for one that was added.

    Equal entries first, then those that are most alike, then those in the same place.
    """
    found: list[int | None] = [None] * len(new)
    free = list(range(len(old)))
    for position, value in enumerate(new):
        if position < len(old) and same(old[position], value):
            found[position] = position
            free.remove(position)
    for position, value in enumerate(new):
        equal = next((one for one in free if same(old[one], value)), None) if found[position] is None else None
        if equal is not None:
            found[position] = equal
            free.remove(equal)
    for position, value in enumerate(new):
        if found[position] is None:
            alike = [(_likeness(old[one], value), one == position, -one) for one in free]
            likeness, in_place, back = max(alike, default=(0, False, 0))
            if likeness or in_place:
                found[position] = -back
                free.remove(-back)
    return found


def _likeness(old: Any, new: Any) -> int:
    """Return how many answers two groups have in common."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return 0
    return sum(key in new and same(old[key], new[key]) for key in old)


def unmoved(positions: Sequence[int | None]) -> set[int]:
    """Return the most of the old positions that still stand in their old order."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for position in positions:
        if position is None:
            continue
        length = bisect_left(ends, position)
        chain = (*(chains[length - 1] if length else ()), position)
        ends[length : length + 1] = [position]
        chains[length : length + 1] = [chain]
    return set(chains[-1]) if chains else set()
