"""What the interview needs of a screen, whichever it is, and what a person may wish instead of answering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, Protocol


class Wish(Enum):
    """What a person may wish at any question. The value is the word for it, typed after a colon."""

    BACK = "back"
    UNDECIDED = "undecided"
    WHY = "why"
    SECTIONS = "sections"
    REVIEW = "review"
    QUIT = "quit"
    HELP = "help"
    TAKE = "default"
    KEEP = "keep"
    EMPTY = ""
    """Enter alone, where something is needed."""


KEYS = {
    "c-b": Wish.BACK,
    "c-n": Wish.UNDECIDED,
    "c-e": Wish.WHY,
    "f1": Wish.WHY,
    "c-g": Wish.SECTIONS,
    "c-r": Wish.REVIEW,
    "c-q": Wish.QUIT,
}
"""Keys by prompt_toolkit's names; a terminal gives each of them to the program and none of them edits a line in Word's way."""

KEY_LINE = "^B back  ^N not decided  ^E why  ^G sections  ^R review  ^Q save and quit"
WORD_LINE = "Or type :back :undecided :why :sections :review :default :keep :quit :help"

KEY_LEGEND = "^B means: hold Ctrl and press B. Wherever you type, a word after a colon does the same:"
WORD_LEGEND = "Instead of an answer you may type one of these words, with the colon:"
LEGEND = (
    "  :back       the question before            :sections  go to another part",
    "  :undecided  leave it open, with a reason   :review    all answers so far",
    "  :why        why it is asked                :quit      save and stop",
    "  :default    take the default, or leave the question out",
    "  :keep       leave an earlier answer as it is",
)


def wish_in(text: str) -> Wish | None:
    """Return the wish that a typed word stands for, or None if the text is an answer; ``:x`` that is no wish asks for help."""
    if not text.startswith(":"):
        return None
    word = text[1:].strip().casefold()
    other = {"skip": Wish.UNDECIDED, "jump": Wish.SECTIONS, "none": Wish.TAKE, "save": Wish.QUIT, "q": Wish.QUIT}
    return next((wish for wish in Wish if wish.value == word), other.get(word, Wish.HELP))


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen."""

    value: Any
    title: str


Look = Literal["plain", "removed", "added"]


class Screen(Protocol):
    """Where a person reads and answers."""

    @property
    def width(self) -> int:
        """How many columns a line may have."""

    @property
    def ways(self) -> str:
        """How a person goes back, leaves a question open and so on, in one line."""

    @property
    def legend(self) -> str:
        """How to read that line."""

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Show a text, broken into lines that fit."""

    def say_marked(self, pieces: Sequence[tuple[str, Look]]) -> None:
        """Show one line, some words of which were struck or put in; signs in the words say so too."""

    def text(self, ask: str, *, prefilled: str = "", offered: Sequence[str] = ()) -> str | Wish:
        """Return what is typed; `prefilled` may be edited, `offered` texts are completed while one types."""

    def choose(self, ask: str, options: Sequence[Option], *, at: int = 0) -> Any:
        """Return the value of the option that is chosen, or a Wish; the one numbered `at` stands ready."""

    def tick(self, ask: str, options: Sequence[Option], ticked: Sequence[Any]) -> list[Any] | Wish:
        """Return the values of all options that are ticked."""
