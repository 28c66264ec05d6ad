"""Show what became of a text on a screen: struck and new words in color, and with signs for those who see none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mou_builder.cli.interview.screen import Look, Screen

if TYPE_CHECKING:
    from mou_builder.document.memo import Words

LEGEND = (
    "[-struck-] are words that were taken out, {+new+} are words that were put in, \u2026 stands for words left alone."
)
_SIGNS: dict[str, tuple[str, str]] = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


def show_words(screen: Screen, words: Words, indent: str = "    ") -> None:
    """Show what became of a text, in lines that fit."""
    for line in lines_of(words, screen.width - len(indent)):
        screen.say_marked([(indent, "plain"), *line])


def lines_of(words: Words, width: int) -> Iterator[list[tuple[str, Look]]]:
    """Yield the lines of a text, none wider than `width` unless one word is."""
    line: list[tuple[str, Look]] = []
    room = width
    for word, look in _signed(words):
        needed = len(word) + (1 if line else 0)
        if line and needed > room:
            yield line
            line, room, needed = [], width, len(word)
        if line:
            # The space between two words of one kind belongs to them, so that a stretch is colored as one.
            line.append((" ", look if line[-1][1] == look else "plain"))
        line.append((word, look))
        room -= needed
    if line:
        yield line


def _signed(words: Words) -> Iterator[tuple[str, Look]]:
    """Yield each word with its look; the first and last of a stretch that was struck or put in carry a sign."""
    for text in words:
        plain = " ".join(text.words.split())
        if not plain:
            continue
        before, after = _SIGNS.get(text.kind, ("", ""))
        look: Look = "removed" if text.kind == "removed" else "added" if text.kind == "added" else "plain"
        for word in f"{before}{plain}{after}".split():
            yield word, look
