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
# What YAML's own readers refuse, and the three line ends beside \n that they would silently turn into spaces.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
    places: Mapping[Path, yaml.Mark] = field(default_factory=dict)
    """Where each value begins, in the reader's own marks: thousands are kept and hardly one is ever shown."""
    key_places: Mapping[Path, yaml.Mark] = field(default_factory=dict)
    literal_lines: Mapping[Path, int] = field(default_factory=dict)
    """For a text written as a block, the line of its first line of words."""

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of `path`, or of its nearest ancestor that stands in the file.

        With `key`, the place of the key itself rather than of its value.
        """
        while path:
            if key and path in self.key_places:
                return _place_of(self.name, self.key_places[path])
            if path in self.places:
                return _place_of(self.name, self.places[path])
            path = path[:-1]
        return _place_of(self.name, self.places[()]) if () in self.places else Place(self.name, 1, 1)


def _place_of(name: str, mark: yaml.Mark) -> Place:
    return Place(name, mark.line + 1, mark.column + 1)


def read_marked(text: str, name: str, error: type[MouError]) -> Marked:
    """Return the document in `text`; raise `error` with file, line and column if it is not plain YAML."""
    if len(text) > _MAX_CHARACTERS:
        raise error(Fault(name, f"the file holds {len(text):,} characters.", f"At most {_MAX_CHARACTERS:,} are read."))
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        raise error(
            Fault(
                str(_place_at(name, text, unreadable.start())),
                f"character U+{ord(unreadable.group()):04X} cannot stand in a text file of answers.",
                "Delete it; it is usually left behind by copying from another program.",
            )
        )
    builder = _Builder(name, error)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as fault:
        raise error(_syntax_fault(fault, name, text)) from None
    return builder.finish()


def _place_at(name: str, text: str, position: int) -> Place:
    before = text[:position]
    return Place(name, before.count("\n") + 1, position - before.rfind("\n"))


def _syntax_fault(fault: yaml.MarkedYAMLError, name: str, text: str) -> Fault:
    """Return PyYAML's complaint in the words of somebody who writes answers, at the place of the slip."""
    mark = fault.problem_mark or fault.context_mark
    opened = fault.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    indent = len(written) - len(written.lstrip())
    said, doing = fault.problem or "", fault.context or ""
    where = Place(name, line + 1, column + 1)
    at_opening = Place(name, opened.line + 1, opened.column + 1) if opened else where
    if "\t" in written[:indent]:
        return Fault(
            str(Place(name, line + 1, 1)), "a tab is used to indent.", "Use two spaces for each level instead."
        )
    if "mapping values are not allowed" in said and written.count(": ") > 1:
        return Fault(str(where), "a second ': ' stands in one line.", "Put quotes around a text that contains ': '.")
    if "cannot start any token" in said:
        return Fault(
            str(where), f"a text cannot begin with {written[column : column + 1]!r} here.", "Put quotes around it."
        )
    if "quoted scalar" in doing:
        return Fault(str(at_opening), "the quotation mark that opens here is never closed.", "Close it.")
    if "flow sequence" in doing or "flow mapping" in doing:
        sign, end, what = ("[", "]", "list") if "sequence" in doing else ("{", "}", "group")
        return Fault(
            str(at_opening),
            f"the {what} that opens here with {sign!r} does not end as it should.",
            f"Put a comma between entries and {end!r} at the end.",
        )
    if "simple key" in doing:
        return Fault(str(at_opening), "this line has no ': ' between a name and its value.", "Write 'name: value'.")
    return Fault(
        str(Place(name, line + 1, indent + 1)),
        "this line is not indented like the others of its group.",
        "Indent the lines of one group alike.",
    )


class _Builder:
    """Collects YAML events into plain values; one document only."""

    def __init__(self, name: str, error: type[MouError]) -> None:
        self._name = name
        self._error = error
        self._root: Any = None
        self._stack: list[tuple[Any, Path]] = []
        self._key: list[str | None] = []
        self._places: dict[Path, yaml.Mark] = {}
        self._key_places: dict[Path, yaml.Mark] = {}
        self._literal: dict[Path, int] = {}
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event of the stream."""
        if type(event) is yaml.ScalarEvent and event.anchor is None:  # by far the most
            self._scalar(event)
        elif isinstance(event, yaml.DocumentStartEvent):
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

    def finish(self) -> Marked:
        """Return the whole document."""
        return Marked(self._name, self._root, self._places, self._key_places, self._literal)

    def _fail(self, event: Any, what: str, mend: str) -> None:
        raise self._error(Fault(str(self._at(event)), what, mend))

    def _at(self, event: Any) -> Place:
        return _place_of(self._name, event.start_mark)

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
            self._fail(
                event, f"{event.value!r} is given twice (first in line {first.line + 1}).", "Keep one of the two."
            )
        self._key[-1] = event.value
        self._key_places[(*path, event.value)] = event.start_mark

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
        self._places[path] = event.start_mark
        return path

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fail(event, f"the YAML tag {tag!r} is not used here.", "Remove it; if '!' is meant, quote the text.")

    def _plain_value(self, event: Any) -> Any:
        text: str = event.value
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if text[0] not in "+-0123456789":
            return text
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
