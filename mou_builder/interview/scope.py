"""What a person wants to go through now: the essentials, everything, one part, chosen questions, or what is undecided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from mou_builder.errors import Fault
from mou_builder.interview.agenda import Item
from mou_builder.interview.tree import is_below
from mou_builder.marked import Path


@dataclass(frozen=True)
class Scope:
    """Which questions of the agenda are asked."""

    kind: Literal["essentials", "all", "part", "pass", "undecided", "chosen"]
    """``part``: what waits below `prefix`. ``pass``: every question below it once, answered or not. ``chosen``: the questions
    `chosen` once, and whatever cannot go without an answer."""
    prefix: Path = ()
    chosen: frozenset[Path] = frozenset()
    passed: frozenset[Path] = frozenset()
    """Questions that were left."""
    left_wrong: frozenset[tuple[Path, str]] = frozenset()
    """What was wrong with those of them; a person who lets it stand is not asked again and again."""

    def wants(self, item: Item) -> bool:
        """Return whether the question should be asked."""
        if not self.covers(item.path):
            return False
        fresh = item.path not in self.passed
        if item.fault is not None:
            return (item.path, item.fault.what) not in self.left_wrong
        if self.kind == "essentials":
            return item.essential
        if self.kind in ("all", "part"):
            return item.waits
        if self.kind == "undecided":
            return item.state == "undecided" and fresh
        if self.kind == "chosen":
            left = not fresh or item.state == "taken"
            return item.state in ("missing", "growing") or (item.path in self.chosen and not left)
        return item.state in ("missing", "growing") or fresh

    def covers(self, path: Path) -> bool:
        """Return whether a question stands in the part that this is about."""
        return is_below(path, self.prefix)

    def counts(self, item: Item) -> bool:
        """Return whether the question is one of those gone through, asked already or not."""
        if self.kind == "chosen":
            return item.path in self.chosen or item.path in self.passed or self.wants(item)
        return not item.waits or self.wants(item)

    def past(self, path: Path, fault: Fault | None) -> Scope:
        """Return this scope after a person has left the question at `path`, with `fault` still in the answer."""
        wrong = self.left_wrong if fault is None else self.left_wrong | {(path, fault.what)}
        return replace(self, passed=self.passed | {path}, left_wrong=wrong)

    def renumbered(self, moved: Callable[[Path], Path | None]) -> Scope | None:
        """Return this scope after entries of a list have moved; None if it was about an entry that is gone."""
        prefix = moved(self.prefix) if self.prefix else ()
        passed = frozenset(path for path in map(moved, self.passed) if path is not None)
        chosen = frozenset(path for path in map(moved, self.chosen) if path is not None)
        wrong = frozenset((now, what) for path, what in self.left_wrong if (now := moved(path)) is not None)
        if prefix is None:
            return None
        return replace(self, prefix=prefix, chosen=chosen, passed=passed, left_wrong=wrong)


ESSENTIALS = Scope("essentials")
EVERYTHING = Scope("all")
UNDECIDED = Scope("undecided")
