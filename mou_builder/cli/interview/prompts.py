"""The interview on a terminal that can draw: questionary's prompts, with keys for going back and the like."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Sequence
from typing import Any

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.output import ColorDepth

from mou_builder.cli.interview.screen import KEY_LEGEND, KEY_LINE, KEYS, Look, Option, Wish, wish_in

# Bold, underlined and reversed speak without color; the one color is never the only sign of anything.
_COLORED = [("qmark", "fg:ansicyan bold"), ("pointer", "fg:ansicyan bold")]
_STYLE = [
    ("qmark", "bold"),
    ("question", "bold"),
    ("answer", "bold"),
    ("pointer", "bold"),
    ("highlighted", "reverse"),
    ("selected", "noreverse"),
    ("instruction", ""),
    ("separator", ""),
]
_LOOKS: dict[Look, str] = {"plain": "", "removed": "fg:ansired", "added": "fg:ansigreen bold"}
_SEARCHED_FROM = 13
"""From how many options on typing narrows the list."""


class PromptScreen:
    """Asks with questionary; the keys of `KEYS` work in every prompt."""

    def __init__(self) -> None:
        colored = not os.environ.get("NO_COLOR")
        style = questionary.Style([*_STYLE, *(_COLORED if colored else ())])
        self._more: dict[str, Any] = {"style": style, "qmark": "?"}
        self._depth = None if colored else ColorDepth.DEPTH_1_BIT
        if not colored:
            self._more["color_depth"] = self._depth

    @property
    def width(self) -> int:
        """How many columns a line may have."""
        return max(40, min(shutil.get_terminal_size().columns, 100) - 1)

    @property
    def ways(self) -> str:
        """How a person goes back, leaves a question open and so on, in one line."""
        return KEY_LINE

    @property
    def legend(self) -> str:
        """How to read that line."""
        return KEY_LEGEND

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Show a text, broken into lines that fit."""
        for line in text.split("\n"):
            indent = line[: len(line) - len(line.lstrip())]
            shown = textwrap.fill(line, self.width, subsequent_indent=indent, break_on_hyphens=False)
            # One bit of color: bold or not.
            questionary.print(shown, style="bold" if strong else "", color_depth=ColorDepth.DEPTH_1_BIT)

    def say_marked(self, pieces: Sequence[tuple[str, Look]]) -> None:
        """Show one line, some words of which were struck or put in; signs in the words say so too."""
        print_formatted_text(FormattedText([(_LOOKS[look], text) for text, look in pieces]), color_depth=self._depth)

    def text(self, ask: str, *, prefilled: str = "", offered: Sequence[str] = ()) -> str | Wish:
        """Return what is typed; `prefilled` may be edited, `offered` texts are completed while one types."""
        if offered:
            question = questionary.autocomplete(
                ask, choices=list(offered), default=prefilled, match_middle=True, ignore_case=True, **self._more
            )
        else:
            question = questionary.text(ask, default=prefilled, **self._more)
        typed = self._asked(question)
        return typed if isinstance(typed, Wish) else wish_in(str(typed).strip()) or str(typed).strip()

    def choose(self, ask: str, options: Sequence[Option], *, at: int = 0) -> Any:
        """Return the value of the option that is chosen, or a Wish."""
        choices = self._choices(options)
        chosen = self._asked(
            questionary.select(
                ask,
                choices=choices,
                default=choices[at],
                use_jk_keys=False,
                use_emacs_keys=False,
                use_search_filter=len(options) >= _SEARCHED_FROM,
                instruction="(arrows, Enter)" if len(options) < _SEARCHED_FROM else "(arrows, Enter; type to search)",
                **self._more,
            )
        )
        return chosen if isinstance(chosen, Wish) else options[int(chosen)].value

    def tick(self, ask: str, options: Sequence[Option], ticked: Sequence[Any]) -> list[Any] | Wish:
        """Return the values of all options that are ticked."""
        choices = self._choices(options, [option.value in ticked for option in options])
        found = self._asked(
            questionary.checkbox(
                ask,
                choices=choices,
                use_jk_keys=False,
                use_emacs_keys=False,
                instruction="(Space ticks, Enter goes on)",
                **self._more,
            )
        )
        return found if isinstance(found, Wish) else [options[int(one)].value for one in found]

    def _choices(self, options: Sequence[Option], ticked: Sequence[bool] = ()) -> list[questionary.Choice]:
        """Return the options as questionary takes them; where one does not fit in a line, all stand in full above the list."""
        room = self.width - 5
        for option in options if any(len(one.title) > room for one in options) else ():
            self.say(f"    {option.title}")
        made: list[questionary.Choice] = []
        for number, option in enumerate(options):
            short = option.title if len(option.title) <= room else f"{option.title[: room - 3].rstrip()}..."
            made.append(questionary.Choice(title=short, value=str(number), checked=bool(ticked and ticked[number])))
        return made

    def _asked(self, question: questionary.Question) -> Any:
        """Return the answer to a prompt, or the wish whose key was pressed."""
        application = question.application
        ours = KeyBindings()
        for key, wish in KEYS.items():
            ours.add(key, eager=True)(_leaving(wish))
        bound = application.key_bindings
        application.key_bindings = merge_key_bindings([bound, ours] if bound is not None else [ours])
        try:
            return question.unsafe_ask()
        except EOFError:
            return Wish.QUIT


def _leaving(wish: Wish) -> Any:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=wish)

    return leave
