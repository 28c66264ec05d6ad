"""Write YAML that our own reader reads back to the same values.

Not PyYAML's writer: that differs with and without libyaml. There are two styles. A record is written with every text in
quotes, the same bytes for the same record everywhere; a file that people edit is written as a person would write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}\Z")
# Words that some reader of YAML, or some person, takes for something other than a text.
_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"])
_NUMBER_LIKE = re.compile(r"[0-9][0-9a-fA-FxXoO_.,:+TZ \-]*\Z")
_TELEPHONE = re.compile(r"([0-9]{3}-)?[0-9]{3}-[0-9]{4}\Z")
_OPENING_SIGNS = "(/$§“‘"
_LONGEST_KEY = 1000


def block(value: Any, indent: int, plain: bool = True) -> list[str]:
    """Return the lines of a group or list, `indent` spaces in; a single value comes as the lines of one value.

    With `plain`, texts stand without quotes where they are safe so, in several lines where they have several, and an
    open answer stands in one line. Without, every text stands in quotes. Nothing is read back as another value or type.
    """
    space = " " * indent
    if isinstance(value, Mapping) and value:
        lines = []
        for key, inner in value.items():
            first, below = after_key(inner, indent, plain)
            name = key_text(key)
            # A reader looks for the colon in the same line, and only so far; behind "? " it may stand in the next.
            lines += [f"{space}{name}{first}"] if len(name) < _LONGEST_KEY else [f"{space}? {name}", f"{space}{first}"]
            lines += below
        return lines
    if isinstance(value, (list, tuple)) and value:
        lines = []
        for inner in value:
            first, below = after_dash(inner, indent, plain)
            lines += [f"{space}-{first}", *below]
        return lines
    return [f"{space}{scalar(value, plain)}"]


def after_key(value: Any, indent: int, plain: bool = True) -> tuple[str, list[str]]:
    """Return what follows a key that stands `indent` spaces in: the rest of its line, and the lines below it."""
    if in_lines(value, plain):
        return ":", block(value, indent + 2, plain)
    first, below = _in_place(value, indent, plain)
    return f": {first}", below


def after_dash(value: Any, indent: int, plain: bool = True) -> tuple[str, list[str]]:
    """Return what follows the dash of a list entry `indent` spaces in: the rest of its line, and the lines below it."""
    if in_lines(value, plain):
        first, *below = block(value, indent + 2, plain)
        return f" {first.lstrip(' ')}", below
    first, below = _in_place(value, indent, plain)
    return f" {first}", below


def in_lines(value: Any, plain: bool = True) -> bool:
    """Return whether a value is a group or list that takes lines of its own; an open answer and an empty one do not."""
    return bool(value) and isinstance(value, (Mapping, list, tuple)) and not (plain and is_open(value))


def is_open(value: Any) -> bool:
    """Return whether a value is ``{undecided: why}``."""
    return isinstance(value, Mapping) and value.keys() == {"undecided"} and isinstance(value["undecided"], str)


def _in_place(value: Any, indent: int, plain: bool) -> tuple[str, list[str]]:
    if plain and isinstance(value, str) and _reads_well_in_lines(value):
        lines = value.removesuffix("\n").split("\n")
        space = " " * (indent + 2)
        return "|" if value.endswith("\n") else "|-", [f"{space}{line}" if line else "" for line in lines]
    return inline(value) if plain else scalar(value, plain=False), []


def _reads_well_in_lines(text: str) -> bool:
    """Return whether a text has several lines that a literal block gives back exactly."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1]:
        return False
    return all(line.isprintable() and line == line.strip() for line in lines)


def inline(value: Any, flow: bool = False) -> str:
    """Return a value in one line; with `flow`, as it may stand between braces or brackets."""
    if is_open(value):
        return f"{{undecided: {quoted(value['undecided'])}}}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow_key(key)}: {inline(one, True)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(inline(one, True) for one in value) + "]"
    return scalar(value, plain=True, flow=flow)


def scalar(value: Any, plain: bool, flow: bool = False) -> str:
    """Return a single value, or an empty group or list, in one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        # Our reader takes digits with a point for an exact decimal; a whole one is written with .0 to stay a decimal.
        text = f"{value:f}"
        return text if "." in text else f"{text}.0"
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, (list, tuple)):
        return "[]"
    return str(value) if plain and _is_plain(value, flow) else quoted(value)


def key_text(key: str, flow: bool = False) -> str:
    """Return a key as it stands before its colon."""
    return key if _PLAIN_KEY.match(key) or (len(key) <= 200 and _is_plain(key, flow)) else quoted(key)


def flow_key(key: str) -> str:
    """Return a key as it stands between braces, before its colon."""
    text = key_text(key, flow=True)
    return text if len(text) < _LONGEST_KEY else f"? {text} "


def _is_plain(text: str, flow: bool) -> bool:
    """Return whether a person would write this text without quotes, and every reader takes it for the same text."""
    if not text or not text.isprintable() or text[-1] in " :":
        return False
    if not (text[0].isalnum() or text[0] in _OPENING_SIGNS) or ": " in text or " #" in text:
        return False
    if text.casefold() in _WORDS or (flow and any(sign in text for sign in ",[]{}:")):
        return False
    return not _NUMBER_LIKE.match(text) or bool(_TELEPHONE.match(text))


def quoted(text: str) -> str:
    """Return `text` in YAML's double quotes; what a reader could fold or drop is escaped."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(one) or (one if one.isprintable() else _escape(one)) for one in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
