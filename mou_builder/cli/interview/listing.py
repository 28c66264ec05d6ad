"""The screen of a list of entries: add one, go through it again, remove it, change the order, or go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from mou_builder.cli.interview.screen import Option, Screen, Wish
from mou_builder.interview.agenda import Item
from mou_builder.interview.hints import total
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import is_list
from mou_builder.interview.typed import shown
from mou_builder.interview.words import name_of


@dataclass(frozen=True)
class Deed:
    """What a person wants done with a list; places are counted from 0."""

    kind: Literal["add", "edit", "remove", "move", "done"]
    number: int = 0
    to: int = 0


def ask_list(screen: Screen, now: Interview, item: Item) -> Deed | Wish | None:
    """Return what should be done with the list at hand; None if the person thought better of it."""
    entries = list(item.value) if is_list(item.value) else []
    if not entries:
        return _first(screen, item)
    for number, entry in enumerate(entries, start=1):
        screen.say(f"  {number}. {name_of(entry) or '(nothing answered yet)'}")
    so_far = total(now, item)
    if so_far:
        screen.say(f"  {so_far}")
    options = [Option("done", "that is all, go on"), Option("add", "add another"), Option("edit", "change one")]
    options += [Option("move", "change the order")] if len(entries) > 1 else []
    options += [Option("remove", "remove one")]
    chosen = screen.choose("What now", options)
    if isinstance(chosen, Wish) or chosen in ("done", "add"):
        return chosen if isinstance(chosen, Wish) else Deed(chosen)
    return _about_one(screen, chosen, entries)


def begins_by_itself(item: Item) -> bool:
    """Return whether a list is empty and cannot stay so, so that its first entry need not be asked for."""
    form = item.form
    needed = not form.may_be_left and (form.at_least > 0 or not form.may_be_open)
    return (
        form.kind == "entries"
        and needed
        and not (is_list(item.value) and item.value)
        and not isinstance(item.value, dict)
    )


def _first(screen: Screen, item: Item) -> Deed | Wish:
    form = item.form
    if form.may_be_left and not form.optional and form.default:
        none = Option(Wish.TAKE, f"the default: {'; '.join(map(name_of, _plain(form.default)))}")
    elif form.at_least and not form.may_be_left:
        none = None
    else:
        none = Option("done", "there is none" if not form.may_be_left else "leave it out")
    options = [Option("add", "add the first"), *([none] if none else [])]
    options += [Option(Wish.UNDECIDED, "not decided yet")] if form.may_be_open else []
    ready = 1 if none is not None and form.may_be_left and not form.essential else 0
    chosen = screen.choose("What now", options, at=ready)
    return chosen if isinstance(chosen, Wish) else Deed(chosen)


def _plain(default: Any) -> list[Any]:
    return [one.model_dump(exclude_unset=True) for one in default]


def _about_one(screen: Screen, kind: Literal["edit", "remove", "move"], entries: list[Any]) -> Deed | Wish | None:
    numbered = [Option(number, f"{number + 1}. {name_of(entry)}") for number, entry in enumerate(entries)]
    never = Option(None, "none of them after all")
    number = 0 if len(entries) == 1 and kind == "edit" else screen.choose("Which one", [*numbered, never])
    if number is None or isinstance(number, Wish):
        return number
    if kind == "remove":
        sure = screen.choose(
            f"Remove {name_of(entries[number])!r} with all its answers",
            [Option(False, "no, keep it"), Option(True, "yes, remove it")],
        )
        return Deed("remove", number) if sure is True else sure if isinstance(sure, Wish) else None
    if kind == "move":
        to = screen.choose("Before which entry should it stand", [*numbered, Option(len(entries), "at the end")])
        if isinstance(to, Wish):
            return to
        return Deed("move", number, to - 1 if to > number else to)
    return Deed("edit", number)


def shown_default(item: Item) -> str:
    """Return the default of a question, or that it may be left out, in few words."""
    form = item.form
    if form.optional or form.default in (None, ()):
        return "left out"
    if form.kind == "entries":
        return "; ".join(map(name_of, _plain(form.default)))
    return shown(form, form.default)
