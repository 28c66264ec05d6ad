"""Ask for answers that differ within a set of instruments, each by its path."""

from __future__ import annotations

from datetime import date
from typing import Any

from mou_builder.cli.interview.asking import ask
from mou_builder.cli.interview.screen import Option, Screen, Wish
from mou_builder.interview.agenda import Item
from mou_builder.interview.questions import Question
from mou_builder.interview.state import Interview
from mou_builder.interview.steps import check
from mou_builder.interview.tree import NOTHING, at
from mou_builder.interview.typed import shown
from mou_builder.shape import dotted


def ask_by_path(screen: Screen, now: Interview, item: Item, today: date) -> Any:
    """Return the answers that differ, as a file holds them, or a Wish. Raises AnswerError if one cannot be an answer."""
    free = {dotted(one.path): one for one in now.items if _may_differ(now, one)}
    chosen: dict[str, Any] = dict(item.value) if isinstance(item.value, dict) else {}
    while True:
        for path, value in chosen.items():
            screen.say(f"  {free[path].form.title if path in free else path}: {_shown(free, path, value)}")
        options = [Option("done", "that is all, go on")] if chosen else []
        options += [Option("add", "choose an answer that differs")]
        options += [Option("remove", "take one out")] if chosen else []
        deed = screen.choose("What now", options)
        if isinstance(deed, Wish):
            return deed
        if deed == "done":
            return chosen
        paths = list(free) if deed == "add" else list(chosen)
        titles = [Option(path, f"{free[path].form.title if path in free else path} ({path})") for path in paths]
        path = screen.choose("Which answer", titles)
        if isinstance(path, Wish):
            return path
        if deed == "remove":
            del chosen[path]
            continue
        there = Item(Question(free[path].path, free[path].form), "missing", chosen.get(path, NOTHING))
        screen.say(f"  For all others: {_shown(free, path, at(now.tree, there.path))}")
        value = ask(screen, now, there, today)
        if isinstance(value, Wish):
            return value
        check(now, there, value)
        chosen[path] = value


def _may_differ(now: Interview, item: Item) -> bool:
    path = dotted(item.path)
    plain = item.form.kind not in ("entries", "group", "by-path") and not any(isinstance(one, int) for one in item.path)
    return plain and any(path == one or path.startswith(f"{one}.") for one in now.lists.may_vary)


def _shown(free: dict[str, Item], path: str, value: Any) -> str:
    if value is NOTHING:
        return "not answered"
    return shown(free[path].form, value) if path in free else str(value)
