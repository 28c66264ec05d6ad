"""Read YAML so that every value remembers the line it stands on.

PyYAML alone keeps the last of two equal keys without a word, reads ``yes`` as true and ``010`` as 8, and
turns money into binary fractions. Here a repeated key is a fault, only ``true`` and ``false`` are booleans, a
number with leading zeros stays text, and a decimal is a `decimal.Decimal`. Built on PyYAML's event stream, which
does not recurse, so deeply nested input cannot exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from mou_builder.errors import Fault, MouError

# libyaml's parser is about ten times faster; the pure one gives the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]
"""Keys and list positions from the root of a document, e.g. ``("parties", "districts", 0, "legal_name")``."""

_MAX_CHARACTERS = 2_000_000
_MAX_DEPTH = 40
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True)
class Place:
    """A line and a column in a named file, both counted from 1."""

    name: str
    line: int
    column: int

    def __str__(self) -> str:
        """Return ``file:line:column``."""
        return f"{self.name}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Marked:
    """A document's plain value, with the place of every key and list entry in it."""

    name: str
    value: Any
    places: Mapping[Path, Place] = field(default_factory=dict)
    key_places: Mapping[Path, Place] = field(default_factory=dict)
    literal_lines: Mapping[Path, int] = field(default_factory=dict)
    """For a text written as a block, the line of its first line of words."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of `path`, or of its nearest ancestor that stands in the file.

        With `key`, the place of the key itself rather than of its value.
        """
        while path:
            if key and path in self.key_places:
                return self.key_places[path]
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), Place(self.name, 1, 1))


def read_marked(text: str, name: str, error: type[MouError]) -> Marked:
    """Return the document in `text`; raise `error` with file, line and column if it is not plain YAML."""
    if len(text) > _MAX_CHARACTERS:
        raise error(Fault(name, f"the file holds {len(text):,} characters.", f"At most {_MAX_CHARACTERS:,} are read."))
    builder = _Builder(name, error)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.reader.ReaderError as fault:
        character = fault.character if isinstance(fault.character, int) else ord(str(fault.character)[:1] or "?")
        before = text[: fault.position]
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        raise error(
            Fault(
                str(Place(name, line, column)),
                f"character U+{character:04X} cannot stand in a text file of answers.",
                "Delete it; it is usually left behind by copying from another program.",
            )
        ) from None
    except yaml.MarkedYAMLError as fault:
        raise error(_syntax_fault(fault, name, text)) from None
    return builder.finish()


def _syntax_fault(fault: yaml.MarkedYAMLError, name: str, text: str) -> Fault:
    """Return PyYAML's complaint in words that say how to mend the two usual slips."""
    mark = fault.problem_mark or fault.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    where = str(Place(name, line, column))
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())] or "\\t" in (fault.problem or ""):
        return Fault(where, "a tab is used to indent.", "Use two spaces for each level instead.")
    if "mapping values are not allowed" in (fault.problem or ""):
        return Fault(where, "a second ': ' stands in one line.", "Put quotes around a text that contains ': '.")
    return Fault(
        where,
        f"this is not YAML: {fault.problem or 'the file breaks off'}.",
        "Check the quotes, brackets and indentation of this line and the one above it.",
    )


class _Builder:
    """Collects YAML events into plain values; one document only."""

    def __init__(self, name: str, error: type[MouError]) -> None:
        self._name = name
        self._error = error
        self._root: Any = None
        self._stack: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []
        self._places: dict[Path, Place] = {}
        self._key_places: dict[Path, Place] = {}
        self._literal: dict[Path, int] = {}
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event of the stream."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fail(event, "a second document starts here.", "Keep one document in a file: remove the '---'.")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._fail(event, "anchors (&) and aliases (*) are not used here.", "Write the value out, or quote it.")
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
            self._key.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)

    def finish(self) -> Marked:
        """Return the whole document."""
        return Marked(self._name, self._root, self._places, self._key_places, self._literal)

    def _fail(self, event: Any, what: str, mend: str) -> None:
        raise self._error(Fault(str(self._at(event)), what, mend))

    def _at(self, event: Any) -> Place:
        return Place(self._name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _open(self, event: Any, container: Any) -> None:
        self._refuse_tag(event)
        if len(self._stack) >= _MAX_DEPTH:
            self._fail(event, "the lists here are nested too deep.", f"At most {_MAX_DEPTH} levels are read.")
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            self._fail(event, "a list or a group stands where a name is expected.", "Write 'name: value'.")
        path = self._put(event, container)
        self._stack.append((container, path))
        self._key.append(None)

    def _scalar(self, event: Any) -> None:
        self._refuse_tag(event)
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            self._take_key(event)
            return
        plain = event.implicit[0]
        value = self._plain_value(event) if plain else event.value
        path = self._put(event, value)
        if event.style in ("|", ">"):
            self._literal[path] = event.start_mark.line + 2

    def _take_key(self, event: Any) -> None:
        container, path = self._stack[-1]
        if event.value in container:
            first = self._key_places[(*path, event.value)]
            self._fail(event, f"{event.value!r} is given twice (first in line {first.line}).", "Keep one of the two.")
        self._key[-1] = event.value
        self._key_places[(*path, event.value)] = self._at(event)

    def _put(self, event: Any, value: Any) -> Path:
        if not self._stack:
            self._root = value
            path: Path = ()
        else:
            container, parent = self._stack[-1]
            if isinstance(container, dict):
                key = str(self._key[-1])  # set, or the scalar would have been taken as the key
                container[key] = value
                path = (*parent, key)
                self._key[-1] = None
            else:
                path = (*parent, len(container))
                container.append(value)
        self._places[path] = self._at(event)
        return path

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self._fail(
                event, f"the YAML tag {event.tag!r} is not used here.", "Remove it; if '!' is meant, quote the text."
            )

    def _plain_value(self, event: Any) -> Any:
        text: str = event.value
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text) and len(text) < 20:
            return int(text)
        if _DECIMAL.match(text):
            return Decimal(text)
        if _DATE.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._fail(
                    event, f"{text} is not a day of the calendar.", "Write year-month-day, for example 2026-08-01."
                )
        return text
