"""The interview line by line, without drawing on the screen: for screen readers and for terminals that cannot draw."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from mou_builder.cli.interview.screen import WORD_LEGEND, WORD_LINE, Look, Option, Wish, wish_in


class PlainScreen:
    """Prints each line once, from top to bottom, and reads typed lines."""

    @property
    def width(self) -> int:
        """How many columns a line may have."""
        return 78

    @property
    def ways(self) -> str:
        """How a person goes back, leaves a question open and so on, in one line."""
        return WORD_LINE

    @property
    def legend(self) -> str:
        """How to read that line."""
        return WORD_LEGEND

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Show a text, broken into lines that fit."""
        for line in text.split("\n"):
            indent = line[: len(line) - len(line.lstrip())]
            # Not at a hyphen: a command or a file's name stays in one piece, to be copied.
            filled = textwrap.fill(line, self.width, subsequent_indent=indent, break_on_hyphens=False)
            sys.stdout.write(f"{filled}\n")

    def say_marked(self, pieces: Sequence[tuple[str, Look]]) -> None:
        """Show one line, some words of which were struck or put in; signs in the words say so too."""
        sys.stdout.write("".join(text for text, _ in pieces) + "\n")

    def text(self, ask: str, *, prefilled: str = "", offered: Sequence[str] = ()) -> str | Wish:
        """Return what is typed; Enter alone gives what stands ready."""
        if 0 < len(offered) <= 12:
            self.say(f"For example: {'; '.join(offered)}")
        ready = f" [{prefilled}]" if prefilled else ""
        if len(ask) + len(ready) > self.width // 2:
            self.say(f"  Enter alone takes: {prefilled}")
            ready = ""
        typed = self._line(f"{ask}{ready}: ")
        return prefilled if typed == "" else typed

    def choose(self, ask: str, options: Sequence[Option], *, at: int = 0) -> Any:
        """Return the value of the option whose number is typed; Enter alone gives the one that stands ready."""
        for number, option in enumerate(options, start=1):
            self.say(f"  {number}. {option.title}")
        while True:
            typed = self._line(f"{ask} [{at + 1}]: ")
            if isinstance(typed, Wish):
                return typed
            chosen = _chosen(typed, options) if typed else at
            if chosen is not None:
                return options[chosen].value
            self.say(f"Type a number from 1 to {len(options)}, or the first word of a line.")

    def tick(self, ask: str, options: Sequence[Option], ticked: Sequence[Any]) -> list[Any] | Wish:
        """Return the values of the options whose numbers are typed."""
        for number, option in enumerate(options, start=1):
            mark = " (chosen)" if option.value in ticked else ""
            self.say(f"  {number}. {option.title}{mark}")
        while True:
            typed = self._line(f"{ask}. Numbers with commas, 0 for none, Enter for those marked chosen: ")
            if isinstance(typed, Wish):
                return typed
            if typed == "":
                return [option.value for option in options if option.value in ticked]
            numbers = [_chosen(one.strip(), options) for one in typed.split(",")]
            if typed.strip() == "0":
                return []
            known = [number for number in numbers if number is not None]
            if len(known) == len(numbers):
                return [option.value for number, option in enumerate(options) if number in known]
            self.say(f"Type numbers from 1 to {len(options)}, with commas between them.")

    def _line(self, ask: str) -> str | Wish:
        sys.stdout.write(ask)
        sys.stdout.flush()
        typed = sys.stdin.readline()
        if typed == "":
            sys.stdout.write("\n")
            return Wish.QUIT
        typed = typed.strip()
        return wish_in(typed) or typed


def _chosen(typed: str, options: Sequence[Option]) -> int | None:
    """Return the place of the option that a typed number or word means."""
    if typed.isdecimal():
        return int(typed) - 1 if 1 <= int(typed) <= len(options) else None
    folded = typed.casefold()
    found = [place for place, option in enumerate(options) if option.title.casefold().startswith(folded)]
    return found[0] if len(found) == 1 else None
