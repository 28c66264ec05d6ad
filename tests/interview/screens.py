"""A person at a screen that is none: each reply comes from a function, and everything said is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path as File
from typing import Any
from unittest.mock import patch

from conftest import ROOT

from mou_builder.cli.interview import conversation
from mou_builder.cli.interview.command import talk
from mou_builder.cli.interview.loading import Loading
from mou_builder.cli.interview.screen import WORD_LEGEND, WORD_LINE, Look, Option, Wish, wish_in
from mou_builder.cli.interview.store import Store
from mou_builder.interview.agenda import Item
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import NOTHING, Tree, at, is_list
from mou_builder.interview.typed import editable
from mou_builder.library import Library, load_library
from mou_builder.marked import Path

NOW = datetime(2026, 7, 1, 9, 30)
MOST = 900
"""More prompts than any conversation here has: one that asks more never ends."""


@dataclass(frozen=True)
class Asked:
    """What stands in a prompt, and the question at hand."""

    ask: str
    now: Interview
    options: Sequence[Option] = ()
    ready: Any = ""
    """The text that stands ready, the place of the option, or the values that are ticked."""

    @property
    def item(self) -> Item:
        """The question at hand."""
        return self.now.at_hand()

    @property
    def titles(self) -> list[str]:
        """What may be chosen."""
        return [option.title for option in self.options]

    @property
    def values(self) -> list[Any]:
        """What the choices stand for."""
        return [option.value for option in self.options]

    def called(self, title: str) -> Any:
        """Return the value of the one option whose title begins so."""
        (found,) = [option.value for option in self.options if option.title.startswith(title)]
        return found


Reply = Callable[[Asked], Any]


@dataclass(frozen=True)
class Talk:
    """A conversation that has ended, and what it left."""

    screen: ScriptedScreen
    person: Answering
    file: File
    out: File


class ScriptedScreen:
    """Hands each prompt to a function, and keeps what is said."""

    width = 79
    ways, legend = WORD_LINE, WORD_LEGEND

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.talk: conversation.Conversation | None = None
        self.said: list[str] = []
        self.asked = 0

    @property
    def text_said(self) -> str:
        """Everything that was said so far."""
        return "\n".join(self.said)

    def say(self, text: str = "", *, strong: bool = False) -> None:
        self.said.append(text)

    def say_marked(self, pieces: Sequence[tuple[str, Look]]) -> None:
        self.said.append("".join(text for text, _ in pieces))

    def text(self, ask: str, *, prefilled: str = "", offered: Sequence[str] = ()) -> str | Wish:
        typed = self._replied(ask, [Option(one, one) for one in offered], prefilled)
        return wish_in(typed) or typed if isinstance(typed, str) else typed

    def choose(self, ask: str, options: Sequence[Option], *, at: int = 0) -> Any:
        self.said += [option.title for option in options]
        return self._replied(ask, options, at)

    def tick(self, ask: str, options: Sequence[Option], ticked: Sequence[Any]) -> list[Any] | Wish:
        self.said += [option.title for option in options]
        return self._replied(ask, options, list(ticked))

    def _replied(self, ask: str, options: Sequence[Option], ready: Any) -> Any:
        self.asked += 1
        assert self.asked < MOST, f"the conversation does not end; it asks {ask}"
        assert self.talk is not None
        self.said.append(ask)
        return self._reply(Asked(ask, self.talk.now, options, ready))


def converse(file: File, by: Reply | ScriptedScreen, library: Library | None = None, **how: Any) -> ScriptedScreen:
    """Hold a conversation over an answers file until it ends, and return the screen; `library` is one read before."""
    screen = by if isinstance(by, ScriptedScreen) else ScriptedScreen(by)

    class Watched(conversation.Conversation):
        def __init__(self, *all_of_it: Any) -> None:
            super().__init__(*all_of_it)
            screen.talk = self

    shelf = Loading(lambda: library or load_library(ROOT / "clause_library"))
    if library is not None:
        shelf.get()
    with patch.object(conversation, "Conversation", Watched):
        talk(Store(file), screen, shelf, **({"clock": lambda: NOW} | how))
    return screen


class Answering:
    """A person who has an agreement's answers at hand, types them as they are asked, and then does what `menu` says."""

    def __init__(self, target: Tree, menu: Sequence[str] = (), *, at_once: bool = False) -> None:
        self.target, self.menu, self.at_once = target, list(menu), at_once
        self.typed: dict[Path, Any] = {}
        """The answers that were asked for, by path."""
        self._lines: list[str] = []

    def __call__(self, asked: Asked) -> Any:
        if asked.now.current is None or asked.ask == "Folder for the files":
            return self._menu(asked)
        if asked.values == [True, False] and asked.ask == "What now":
            return self.at_once
        if asked.ask == "Why is it open":
            return asked.ready
        item, want = asked.item, at(self.target, asked.item.path)
        if want is not NOTHING and item.form.kind not in ("entries", "group"):
            self.typed[item.path] = want
        if item.form.kind == "entries":
            have = len(item.value) if is_list(item.value) else 0
            return _listed(asked, more=want is not NOTHING and have < len(want))
        if item.form.kind == "group":
            return asked.called("yes" if want is not NOTHING else "leave" if "leave it out" in asked.titles else "no")
        if want is NOTHING:
            return _nothing(asked)
        return self._answered(asked, item, want)

    def _menu(self, asked: Asked) -> Any:
        if asked.ask == "Folder for the files":
            return asked.ready
        return self.menu.pop(0) if self.menu else "stop"

    def _answered(self, asked: Asked, item: Item, want: Any) -> Any:
        if asked.ask == "All that apply":
            return list(want)
        if item.form.kind == "paragraph":
            if asked.ask == "Your answer":
                self._lines = want.split("\n")
            return self._lines.pop(0) if self._lines else ""
        if asked.options and asked.values != [option.title for option in asked.options]:
            return _chosen(asked, item, want)
        return editable(item.form, want)


def _listed(asked: Asked, *, more: bool) -> Any:
    if more:
        return "add"
    return next(one for one in ("done", Wish.TAKE, Wish.UNDECIDED) if one in asked.values)


def _nothing(asked: Asked) -> Any:
    for wish in (Wish.TAKE, Wish.UNDECIDED):
        if wish in asked.values:
            return wish
    if isinstance(asked.ready, list):
        return asked.ready if asked.ready else Wish.UNDECIDED
    return Wish.TAKE if asked.item.form.may_be_left else Wish.UNDECIDED


def _chosen(asked: Asked, item: Item, want: Any) -> Any:
    if isinstance(want, list):
        return _next_name(asked, item, want)
    if want in asked.values:
        return want
    if want == item.form.default and Wish.TAKE in asked.values:
        return Wish.TAKE
    return asked.called("another day")


def _next_name(asked: Asked, item: Item, want: list[Any]) -> Any:
    """Return the name of a list that comes next: those chosen before are not offered any more."""
    for one in want:
        if one in asked.values:
            return one
    with suppress(ValueError):
        return asked.called("no more")
    return Wish.TAKE
