"""Begin a renewal from an earlier agreement's answers: all but what belongs to that one signed agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mou_builder.interview.draft import order
from mou_builder.interview.notes import Note, Origin, digest
from mou_builder.interview.questions import form_of, is_group
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, Tree, at, is_list, put
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.parts import Part
from mou_builder.model.walk import extra


def with_prior(now: Interview, answers: Mapping[str, Any], title: str, when: datetime) -> Interview:
    """Return the interview of a renewal with the answers of the agreement `title` wherever it has none yet.

    What belongs to one signed agreement, such as its dates, numbers and waivers, is asked anew.
    """
    carried = _carried(Agreement, answers)
    document = carried.get("document", {})
    # A title of the earlier agreement's own is carried on; its date and findings nobody has given yet.
    carried["document"] = {**document, "purpose": "renewal", "prior": {"title": title}}
    if at(answers, ("set", "this")) is not NOTHING:
        carried.pop("set", None)  # one instrument of a set: its variations have been written into its answers
    return with_answers_from(now, carried, "prior", when)


def with_answers_from(now: Interview, answers: Mapping[str, Any], origin: Origin, when: datetime) -> Interview:
    """Return the interview with `answers` wherever it has none yet, each noted with where it came from."""
    tree: Tree = now.tree
    for path, value in _leaves(answers, ()):
        if at(tree, path) is NOTHING and not _blocked(tree, path):
            tree = put(tree, path, value, order)
    made = now.with_answers(tree, now.notes)
    new = [item for item in made.items if item.value is not NOTHING and at(now.tree, item.path) is NOTHING]
    notes = {
        item.path: Note(origin, when, "" if item.form.kind in ("entries", "group") else digest(item.value))
        for item in new
    }
    return replace(made, notes=replace(made.notes, of={**made.notes.of, **notes}))


def _leaves(value: Any, path: Path) -> Any:
    """Yield the answers of a tree by path; a list counts as one answer."""
    if isinstance(value, Mapping) and "undecided" not in value and not _is_map(path):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    else:
        yield path, value


def _is_map(path: Path) -> bool:
    return path[-1:] == ("answers",)


def _blocked(tree: Tree, path: Path) -> bool:
    """Return whether something else than a group stands on the way to `path`."""
    above = (at(tree, path[:length]) for length in range(1, len(path)))
    return any(one is not NOTHING and (not isinstance(one, Mapping) or "undecided" in one) for one in above)


def _carried(kind: type[Part], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return a group's answers without those that belong to one signed agreement, or that the tool writes."""
    kept: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        key = field.alias or name
        value = answers.get(key, NOTHING)
        if value is NOTHING or extra(field).get("anew") or extra(field).get("by_tool"):
            continue
        part = field.annotation if is_group(field) else form_of(field).part if key != "schema" else None
        inside = isinstance(part, type) and issubclass(part, Part)
        if inside and isinstance(value, Mapping) and "undecided" not in value:
            kept[key] = _carried(part, value)  # type: ignore[arg-type]
        elif inside and is_list(value):
            kept[key] = [_carried(part, one) for one in value]  # type: ignore[arg-type]
        else:
            kept[key] = list(value) if isinstance(value, tuple) else value
    return kept
