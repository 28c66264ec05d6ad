"""Where in the questionnaire a column leads: its path, taken apart, and the question that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from mou_builder.errors import did_you_mean
from mou_builder.interview.questions import Form, Kind, group_of, place_of, places_in
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.shape import dotted

_STEP = re.compile(r"([a-z][a-z_]*)((?:\[[0-9]{1,3}\])*)\Z")
_ONE_OF: dict[Kind, Kind] = {"choices": "choice", "days": "day", "lines": "line"}
MAX_ENTRIES = 100
"""More entries than any list of an agreement has; a column for the 900th school is a slip."""


class PathError(Exception):
    """A path leads to no question; says what is wrong and the mend."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(what)


def steps_in(text: str) -> Path | None:
    """Return ``parties.districts[0].legal_name`` step by step; None if the text is no path at all."""
    steps: list[str | int] = []
    for part in text.split("."):
        found = _STEP.match(part)
        if found is None:
            return None
        steps += [found[1], *(int(number) for number in re.findall(r"[0-9]+", found[2]))]
    return tuple(steps)


def form_at(text: str) -> tuple[Path, Form | None]:
    """Return the path that `text` writes and the question there; None for a group that is always there.

    Raises PathError where there is no such question, or where it is not for a person to answer.
    """
    path = steps_in(text)
    if path is None or isinstance(path[0], int):
        raise PathError(f"{text!r} is not the name of a question.", _nearest(text))
    part: type[Part] | None = Agreement
    form: Form | None = None
    for number, step in enumerate(path):
        here = dotted(path[: number + 1])
        if isinstance(step, int):
            form, part = _entry(form, step, path[:number])
            continue
        if form is not None and form.kind == "entries" and isinstance(path[number - 1], str):
            entry = f"{dotted(path[:number])}[0].{dotted(path[number:])}"
            raise PathError(f"{dotted(path[:number])} is a list; say which of its entries.", f"For example {entry}.")
        place = place_of(part, step) if part is not None else None
        if place is None:
            raise PathError(f"no question is called {here!r}.", _nearest(text))
        if place.by_tool:
            raise PathError(f"{here} is written by the tool itself.", "Take the column out.")
        form, part = place.form, place.form.part if place.form else group_of(place.field)
    return path, form


def _entry(form: Form | None, step: int, before: Path) -> tuple[Form, type[Part] | None]:
    """Return the question of one entry of a list, and what the entry holds."""
    if form is None or form.kind not in ("entries", *_ONE_OF):
        raise PathError(f"{dotted(before)} is no list, so it has no entry {step}.", "Take the number out.")
    if step >= MAX_ENTRIES:
        raise PathError(f"{dotted((*before, step))} counts too far.", f"At most {MAX_ENTRIES} entries, from [0] on.")
    if form.kind == "entries":
        return replace(form, kind="group"), form.part
    return replace(form, kind=_ONE_OF[form.kind], may_be_open=False), None


def _nearest(text: str) -> str:
    plain = re.sub(r"\[[0-9]+\]", "[0]", text.strip().casefold().replace(" ", "_"))
    return (
        did_you_mean(plain, known_paths())
        or "'mou-builder schema' lists every question; docs/answers.md explains them."
    )


@cache
def known_paths() -> tuple[str, ...]:
    """Return every path a column may have, the entries of lists by their first."""
    return tuple(_below(Agreement, "", 0))


def _below(part: type[Part], prefix: str, depth: int) -> Iterator[str]:
    for place in places_in(part):
        if place.by_tool:
            continue
        path = f"{prefix}{place.key}"
        yield path
        inner = group_of(place.field) if place.form is None else place.form.part
        if inner is not None and depth < 6:
            several = place.form is not None and place.form.kind == "entries"
            yield from _below(inner, f"{path}[0]." if several else f"{path}.", depth + 1)


def only_name(part: type[Part] | None) -> bool:
    """Return whether an entry of a list is whole with its name alone, so that a cell may simply list names."""
    needed = [name for name, field in part.model_fields.items() if field.is_required()] if part else []
    return part is not None and "name" in part.model_fields and needed in ([], ["name"])


def put(tree: Any, path: Path, value: Any) -> None:
    """Set the value at `path` in a tree of plain groups and lists; a list grows by empty places as needed."""
    for step, following in pairwise(path):
        made: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            tree.extend([None] * (step + 1 - len(tree)))
            held = tree[step]
        else:
            held = tree.get(step)
        if not isinstance(held, type(made)) or _is_open(held):
            # An open answer, or none, gives way to the group or list that a column begins.
            held = tree[step] = made
        tree = held
    last = path[-1]
    if isinstance(last, int):
        tree.extend([None] * (last + 1 - len(tree)))
    tree[last] = value


def _is_open(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"undecided"}


def take_out(tree: Any, path: Path) -> None:
    """Take the answer at `path` out, if there is one; an entry of a list leaves an empty place."""
    for step in path[:-1]:
        inside = (isinstance(tree, dict) and step in tree) or (
            isinstance(tree, list) and isinstance(step, int) and step < len(tree)
        )
        if not inside:
            return
        tree = tree[step]
    last = path[-1]
    if isinstance(tree, dict):
        tree.pop(last, None)
    elif isinstance(tree, list) and isinstance(last, int) and last < len(tree):
        tree[last] = None


def closed_up(value: Any) -> Any:
    """Return a value whose lists have no empty places: the entries behind them move up."""
    if isinstance(value, list):
        inner = [closed_up(one) for one in value]
        return [one for one in inner if one is not None and one != {}]
    if isinstance(value, dict):
        return {name: closed_up(one) for name, one in value.items()}
    return value
