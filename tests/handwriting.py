"""Write made-up answers as many different people would: comments in all places, quotes, indentation, line ends."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

from mou_builder.written import quoted

NASTY = (
    "a: b", "a #b", "- a", "? a", "{", "[x", '"', "'", "yes", "No", "010", "1e5", "0x1F", "2026-08-01", "2026-13-41", "null", "~",
    "", " a", "a ", "a\tb", "a\nb", "a\nb\n", "a\n\n", "\na", "\n", "a\n\n b\nc", "a\x85b", "a\u2028b", "\u2029", "🙂", "\ufeff",
    "a\rb", "x" * 3000, "word " * 400,
    "& a", "* a", "! a", "%", "@", "`", "#", "a:", ":", "...", "---", "=", "<<", "\x00", "\x1b[0m",
    "O'Neill", "6:30 a.m.", "12", "1.50", "true", "R&D <East>", "{{ x }}", "|", ">", "a, b", "x]", "http://x.example/a#b", "\xa0",
)  # fmt: skip
NAMES = (
    "alpha",
    "beta",
    "gamma",
    "on",
    "yes",
    "legal_name",
    "a b",
    "a: b",
    "010",
    "",
    "# x",
    "undecided",
    "é",
    "- k",
    "k" * 1500,
)


def made_up(dice: random.Random, depth: int = 0) -> Any:
    """Return a made-up answer."""
    kind = dice.random()
    if depth < 4 and kind < 0.25 + 0.3 * (depth == 0):
        return {name: made_up(dice, depth + 1) for name in dice.sample(NAMES[:12], dice.randint(0, 4))}
    if depth < 4 and kind < 0.45:
        return [made_up(dice, depth + 1) for _ in range(dice.randint(0, 4))]
    single = (None, True, False, 7, -12, 0, Decimal("0.50"), Decimal(62500), date(2026, 8, 1))
    if kind < 0.6:
        return dice.choice(single)
    return (
        dice.choice(NASTY)
        if kind < 0.8
        else dice.choice(("Larkmoor", "Dana Whitcomb", "two\nlines", "three\n\nlines\n"))
    )


class Hand:
    """Writes one file in a way that the dice decide."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.comments: list[str] = []

    def file(self, answers: dict[str, Any]) -> str:
        """Return the text of a whole file."""
        lines = self.between(0) + self.group(answers, 0) + self.between(0)
        if self.chance(0.1):
            lines = ["---", *lines]
        text = "\n".join(lines) + ("" if self.chance(0.2) else "\n")
        if self.chance(0.25):
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if self.chance(0.1) else "") + text

    def chance(self, share: float) -> bool:
        """Return true in `share` of all cases."""
        return self.dice.random() < share

    def comment(self) -> str:
        """Return a comment that no other line has."""
        self.comments.append(f"# note {len(self.comments)}." + self.dice.choice(("", " a: b", " 'x", " - y", " #")))
        return self.comments[-1]

    def between(self, column: int) -> list[str]:
        """Return blank lines and comments as they stand between two lines of words."""
        lines: list[str] = []
        while self.chance(0.3):
            indent = self.dice.choice((column, column, column + 2, 0))
            lines.append(" " * indent + self.comment() if self.chance(0.7) else "")
        return lines

    def aside(self) -> str:
        """Return a comment at the end of a line, or nothing."""
        return self.dice.choice(("  ", " ")) + self.comment() if self.chance(0.2) else ""

    def group(self, value: Any, column: int) -> list[str]:
        """Return the lines of a group or list that is not empty."""
        lines: list[str] = []
        pairs = value.items() if isinstance(value, dict) else ((None, one) for one in value)
        for number, (key, one) in enumerate(pairs):
            lines += self.between(column) if number else []
            name = "-" if key is None else f"{self.name(key)}:"
            lines += self.entry(" " * column + name, one, column, key is None)
        return lines

    def name(self, key: str) -> str:
        """Return a name, without quotes where it is safe."""
        return key if key.isidentifier() and self.chance(0.9) else quoted(key)

    def entry(self, head: str, value: Any, column: int, dash: bool) -> list[str]:
        """Return the lines of one name or list entry."""
        if isinstance(value, (dict, list)) and value and self.chance(0.75):
            if dash and self.chance(0.7):
                first, *rest = self.group(value, column + 2)
                return [f"{head} {first[column + 2 :]}", *rest]
            deeper = column + (
                0 if isinstance(value, list) and not dash and self.chance(0.4) else self.dice.choice((2, 2, 4))
            )
            return [head + self.aside(), *self.between(deeper), *self.group(value, deeper)]
        if isinstance(value, (dict, list)):
            return self.flow_lines(head, value, column)
        return self.single(head, value, column)

    def flow_lines(self, head: str, value: Any, column: int) -> list[str]:
        """Return a group or list between braces, now and then over several lines with comments."""
        if value and self.chance(0.3):
            sign, end = "{}" if isinstance(value, dict) else "[]"
            pairs = value.items() if isinstance(value, dict) else ((None, one) for one in value)
            words = [("" if key is None else f"{self.name(key)}: ") + self.flow(one) for key, one in pairs]
            return [f"{head} {sign}{self.aside()}", *(f"{' ' * (column + 3)}{one},{self.aside()}" for one in words[:-1]),
                    f"{' ' * (column + 3)}{words[-1]}{self.aside()}", " " * (column + 1) + end + self.aside()]  # fmt: skip
        return [f"{head} {self.flow(value)}{self.aside()}"]

    def flow(self, value: Any) -> str:
        """Return any value in one line."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.name(key)}: {self.flow(one)}" for key, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value)

    def scalar(self, value: Any) -> str:
        """Return a single value in one line."""
        if isinstance(value, str):
            if (
                value.replace(" ", "").isalpha()
                and value == value.strip()
                and value not in ("null", "true")
                and self.chance(0.6)
            ):
                return value
            return (
                f"'{value.replace(chr(39), chr(39) * 2)}'"
                if value.isprintable() and self.chance(0.3)
                else quoted(value)
            )
        if value is None:
            return self.dice.choice(("null", "~"))
        return (
            str(value).lower()
            if isinstance(value, bool)
            else f"{value:.2f}"
            if isinstance(value, Decimal)
            else str(value)
        )

    def single(self, head: str, value: Any, column: int) -> list[str]:
        """Return the lines of a single value: in place, in the next line, or in lines of its own."""
        if isinstance(value, str) and "\n" in value.strip() and all(line.isprintable() for line in value.split("\n")):
            sign = self.dice.choice(("|", "|-", "|+", "|2", ">", ">-"))
            inner = " " * (column + (2 if sign == "|2" else self.dice.choice((2, 4))))
            body = [inner + line if line else "" for line in value.strip().split("\n")]
            return [f"{head} {sign}{self.aside()}", *body]
        if value is None and self.chance(0.4):
            return [head + self.aside()]
        if self.chance(0.1):
            return [
                head + self.aside(),
                *self.between(column + 2),
                " " * (column + 2) + self.scalar(value) + self.aside(),
            ]
        return [f"{head} {self.scalar(value)}{self.aside()}"]


def edited(value: Any, dice: random.Random, depth: int = 0) -> Any:
    """Return an answer with one made-up change somewhere in it."""
    if isinstance(value, dict) and value and dice.random() < 0.85:
        key = dice.choice(list(value))
        act = dice.random()
        if act < 0.15 and (depth or len(value) > 1):
            return {name: one for name, one in value.items() if name != key}
        if act < 0.35:
            pairs = list(value.items())
            pairs.insert(dice.randint(0, len(pairs)), (dice.choice(NAMES), made_up(dice, 2)))
            return dict(pairs)
        return {name: edited(one, dice, depth + 1) if name == key else one for name, one in value.items()}
    if isinstance(value, list) and value and dice.random() < 0.85:
        place, act = dice.randrange(len(value)), dice.random()
        if act < 0.2:
            return value[:place] + value[place + 1 :]
        if act < 0.4:
            return [*value[:place], made_up(dice, 2), *value[place:]]
        if act < 0.6:
            return dice.sample(value, len(value))
        return [edited(one, dice, depth + 1) if number == place else one for number, one in enumerate(value)]
    if depth == 0:
        return {**value, dice.choice(NAMES): made_up(dice, 2)}
    return dice.choice((made_up(dice, 2), {"undecided": "the board: votes"}))
