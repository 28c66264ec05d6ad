"""Know where in the text of an answers file each name, value and comment stands.

Only the beginnings of values and the ends of words are taken from PyYAML: with and without libyaml, the ends it gives
for groups and for texts of several lines differ.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|\n|\r")
_COLON = re.compile(r"[ \t]*:")
_COMMENT = re.compile(r"#[^\r\n]*")
_TO_WORDS = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*[ \t]*")
_LITERAL_HEAD = re.compile(r"(?:!\s+)?[|>](?:[-+]|([1-9]))*")


@dataclass(frozen=True)
class Entry:
    """One name with its value, or one entry of a list, written in lines of its own, and the lines around it."""

    key: str | None
    start: int
    """Where the name or the dash stands."""
    head: int
    """Behind the colon or the dash."""
    value: yaml.Node
    above: str
    """Blank lines and the comments that stand apart, between the entry before and this one."""
    lead: str
    """The comment lines directly above."""
    body: int
    """The end of its last line."""
    tail: str
    """The comment lines below it that are indented deeper than itself."""


def gap(lines: str, column: int | None = None) -> tuple[str, str, str]:
    """Return the lines between two entries: comments deeper than `column`, those that stand apart, those directly above."""
    all_lines = lines.splitlines(keepends=True)
    deep = apart = 0
    for number, line in enumerate(all_lines, 1):
        words = line.lstrip(" \t")
        if column is not None and words.startswith("#") and len(line) - len(words) > column:
            deep = number
        if not line.strip():
            apart = number
    apart = max(apart, deep)
    return "".join(all_lines[:deep]), "".join(all_lines[deep:apart]), "".join(all_lines[apart:])


class Layout:
    """Where things stand in `text`, which ends with a line end and is readable."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        self._lines = [0, *(one.end() for one in _BREAK.finditer(text))]
        self._ends: dict[int, int] = {}
        self._words: list[tuple[int, int]] = []
        self._entries: dict[int, tuple[Entry, ...]] = {}
        if self.root is not None:
            self._measure(self.root, -1, 0)

    def start(self, node: yaml.Node) -> int:
        """Return where a value begins."""
        return int(node.start_mark.index)

    def end(self, node: yaml.Node) -> int:
        """Return where the last sign of a value ends."""
        return self._ends[id(node)]

    def line_start(self, index: int) -> int:
        """Return where the line begins in which `index` stands."""
        return self._lines[bisect_right(self._lines, index) - 1]

    def line_end(self, index: int) -> int:
        """Return where the next line begins."""
        number = bisect_right(self._lines, index)
        return self._lines[number] if number < len(self._lines) else len(self.text)

    def is_empty(self, node: yaml.Node) -> bool:
        """Return whether nothing is written for a value."""
        return isinstance(node, yaml.ScalarNode) and node.start_mark.index == node.end_mark.index

    def is_literal(self, node: yaml.Node) -> bool:
        """Return whether a text is written in lines below its place."""
        return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")

    def is_block(self, node: yaml.Node) -> bool:
        """Return whether a group or list is written in lines of its own."""
        return isinstance(node, yaml.CollectionNode) and not node.flow_style

    def literal_head(self, node: yaml.Node) -> int:
        """Return the end of the signs that open a text in lines."""
        found = _LITERAL_HEAD.match(self.text, self.start(node))
        return found.end() if found else self.start(node) + 1

    def comments(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where the comments between two places begin and end."""
        return [one for one in self._comments if start <= one[0] < end]

    @cached_property
    def _comments(self) -> list[tuple[int, int]]:
        found, position = [], 0
        for start, end in [*self._words, (len(self.text), len(self.text))]:
            found += [one.span() for one in _COMMENT.finditer(self.text, position, start)]
            position = end
        return found

    def _next_words(self, index: int) -> int:
        found = _TO_WORDS.match(self.text, self.line_end(index))
        return found.end() if found else len(self.text)

    def _measure(self, node: yaml.Node, column: int, if_empty: int) -> int:
        """Find and keep where `node`, whose group stands in `column`, ends, and all within it."""
        start = self.start(node)
        if isinstance(node, yaml.MappingNode):
            end, column = start, self._column(node)
            for key, value in node.value:
                end = self._measure(key, column, self.start(key))
                colon = _COLON.match(self.text, end)
                end = self._measure(value, column, colon.end() if colon else end)
        elif isinstance(node, yaml.SequenceNode):
            dash = end = start
            column = self._column(node)
            for value in node.value:
                end = self._measure(value, column, dash + 1)
                if not node.flow_style:
                    dash = self._next_words(end)
        elif self.is_empty(node):
            end = if_empty
        elif self.is_literal(node):
            end = self._literal_end(start, column)
            self._words.append((self.line_end(start), max(end, self.line_end(start))))
        else:
            end = node.end_mark.index
            self._words.append((start, end))
        if isinstance(node, yaml.CollectionNode) and node.flow_style and self.text[start] in "[{":
            end = node.end_mark.index
        self._ends[id(node)] = end
        return int(end)

    def _column(self, node: yaml.CollectionNode) -> int:
        start = self.start(node)
        if isinstance(node, yaml.MappingNode) and node.value and self.text[start] != "?":
            start = self.start(node.value[0][0])
        return start - self.line_start(start)

    def _literal_end(self, start: int, column: int) -> int:
        """Return the end of the last line of a text in lines; blank lines behind it belong to it only where kept."""
        head = _LITERAL_HEAD.match(self.text, start)
        given = head.group(1) if head else None
        indent = max(column, 0) + int(given) if given else None
        keep = head is not None and "+" in head.group()
        end = head.end() if head else start + 1
        line = self.line_end(start)
        while line < len(self.text):
            next_line = self.line_end(line)
            words = self.text[line:next_line].rstrip(" \t\r\n")
            if words:
                depth = len(words) - len(words.lstrip(" "))
                indent = depth if indent is None and depth > column else indent
                if indent is None or depth < indent:
                    break
            if words or keep:
                end = line + len(words)
            line = next_line
        return end

    def entries(self, node: yaml.CollectionNode) -> tuple[Entry, ...]:
        """Return the entries of a group or list in lines; none where it is written in some rare way."""
        if id(node) not in self._entries:
            self._entries[id(node)] = tuple(self._walk(node))
        return self._entries[id(node)]

    def _walk(self, node: yaml.CollectionNode) -> Iterator[Entry]:
        places = self._places(node)
        column = self._column(node)
        if any(start - self.line_start(start) != column for _, start, _, _ in places):
            return
        above = lead = ""
        for key, start, head, value in places:
            body = self._closing(value)
            following = self.line_start(self._next_words(body - 1))
            tail, next_above, next_lead = gap(self.text[body:following], column)
            yield Entry(key, start, head, value, above, lead, body, tail)
            above, lead = next_above, next_lead

    def _places(self, node: yaml.CollectionNode) -> list[tuple[str | None, int, int, yaml.Node]]:
        """Return name, start, end of the head and value of each entry; none where it is written in some rare way."""
        places: list[tuple[str | None, int, int, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                colon = _COLON.match(self.text, self.end(key))
                if colon is None or self.text[self.start(node)] == "?":
                    return []
                places.append((key.value, self.start(key), colon.end(), value))
            return places
        dash = self.start(node)
        for value in node.value:
            if self.text[dash : dash + 1] != "-":
                return []
            places.append((None, dash, dash + 1, value))
            dash = self._next_words(self.end(value))
        return places

    def _closing(self, node: yaml.Node) -> int:
        """Return the end of the last line of a value, with the comments below it that are indented deeper."""
        entries = self.entries(node) if isinstance(node, yaml.CollectionNode) and self.is_block(node) else ()
        return entries[-1].body + len(entries[-1].tail) if entries else self.line_end(self.end(node))
