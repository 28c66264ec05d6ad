"""Merge three versions of one thing: the one both sides started from, and what each side made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Conflict(Generic[T]):
    """Both sides changed the base, each in its own way; a person must decide."""

    base: T
    theirs: T
    ours: T


def merge(base: T, theirs: T, ours: T) -> T | Conflict[T]:
    """Return the one version that holds every change: theirs, ours, or a Conflict where both sides changed the base.

    What only one side changed, that side decides; a change that both sides made alike is made.
    """
    if theirs == base:
        return ours
    if ours in (base, theirs):
        return theirs
    return Conflict(base, theirs, ours)
