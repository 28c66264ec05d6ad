"""Answers as a file holds them, groups in lists in groups: look one up, put one in, take one out, by its path.

Nothing here changes a tree: each change gives a new one that shares what did not change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mou_builder.marked import Path

Tree = Mapping[str, Any]


class _Nothing:
    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Any = _Nothing()
"""Stands for an answer that is not in the tree; None is a value that a file may hold."""


def at(tree: Any, path: Path) -> Any:
    """Return the value at `path`, or NOTHING."""
    for step in path:
        named = isinstance(step, str) and isinstance(tree, Mapping) and step in tree
        if not named and not (isinstance(step, int) and is_list(tree) and 0 <= step < len(tree)):
            return NOTHING
        tree = tree[step]
    return tree


def is_list(value: Any) -> bool:
    """Return whether a value is a list of entries."""
    return isinstance(value, (list, tuple))


def is_below(path: Path, prefix: Path) -> bool:
    """Return whether `path` is `prefix` or leads further from there."""
    return path[: len(prefix)] == prefix


def names_of(path: Path) -> tuple[str, ...]:
    """Return the names of a path without the places in lists: the same for every entry of a list."""
    return tuple(step for step in path if isinstance(step, str))


def entries_around(path: Path) -> list[Path]:
    """Return the paths of the entries of lists that `path` leads into, the innermost first."""
    return [path[: length + 1] for length in reversed(range(len(path))) if isinstance(path[length], int)]


def put(tree: Any, path: Path, value: Any, order: Callable[[Path], Sequence[str]], here: Path = ()) -> Any:
    """Return the tree with `value` at `path`; groups on the way are made.

    `order` tells, for the path of a group, its names in their order: a new one goes behind those before it.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        entries = list(tree) if is_list(tree) else []
        inner = entries[step] if step < len(entries) else NOTHING
        entries[step : step + 1] = [put(inner, rest, value, order, (*here, step))]
        return entries
    group = dict(tree) if isinstance(tree, Mapping) else {}
    changed = put(group.get(step, NOTHING), rest, value, order, (*here, step))
    if step in group:
        return group | {step: changed}
    names = list(order(here))
    before = names[: names.index(step)] if step in names else list(group)
    place = max((number for number, name in enumerate(group, start=1) if name in before), default=0)
    pairs = list(group.items())
    return dict([*pairs[:place], (step, changed), *pairs[place:]])


def without(tree: Any, path: Path, stays: Callable[[Path], bool] = lambda path: False, here: Path = ()) -> Any:
    """Return the tree without what stands at `path`; a group that this empties goes too, an entry of a list stays.

    `stays` tells, for the path of a group, whether it means something even when it is empty.
    """
    step, rest = path[0], path[1:]
    here = (*here, step)
    if isinstance(step, int):
        if not is_list(tree) or step >= len(tree):
            return tree
        inner = [without(tree[step], rest, stays, here)] if rest else []
        return [*tree[:step], *({} if one is NOTHING else one for one in inner), *tree[step + 1 :]]
    if not isinstance(tree, Mapping) or step not in tree:
        return tree
    inner = without(tree[step], rest, stays, here) if rest else NOTHING
    kept = {name: value for name, value in tree.items() if name != step}
    if inner is not NOTHING and (inner != {} or tree[step] == {} or stays(here)):
        kept = {name: inner if name == step else value for name, value in tree.items()}
    return kept if kept or not rest else {}
