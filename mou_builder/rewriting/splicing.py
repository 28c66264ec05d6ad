"""Change single lines of a written group or list, and keep every comment in it.

Whatever is cut out, the comments in it stay: as comment lines, where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from mou_builder import written
from mou_builder.rewriting.flow import changed_flow
from mou_builder.rewriting.layout import Entry, Layout, gap
from mou_builder.rewriting.matching import arrivals, origins, same, unmoved

_LINE_LENGTH = 120
_DEEPER = re.compile("^[ \t]+(?=#)", re.MULTILINE)


def _aligned(comments: str, column: int) -> str:
    """Return comment lines indented as their group is: a text in lines above would swallow what stands deeper."""
    return _DEEPER.sub(" " * column, comments)


def _ends_in_lines(value: Any) -> bool:
    """Return whether the last thing written for a value may be a text in lines."""
    while written.in_lines(value):
        value = list(value.values() if isinstance(value, Mapping) else value)[-1]
    return isinstance(value, str) and "\n" in value


class Splicing:
    """Writes the groups of one text anew, with `newline` at the end of new lines.

    With `coarse` 1, a group in which anything changes is written afresh; with 2, the whole top-level group around it.
    """

    def __init__(self, layout: Layout, newline: str, coarse: int = 0) -> None:
        self._layout = layout
        self._text = layout.text
        self._newline = newline
        self._coarse = coarse

    def document(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
        """Return the whole text with the answers `new`; None where its outermost group is written in some rare way."""
        layout, root = self._layout, self._layout.root
        if not isinstance(root, yaml.MappingNode) or not root.value:
            return None
        start, end = layout.start(root), layout.end(root)
        if layout.is_block(root):
            entries = layout.entries(root)
            if not entries:
                return None
            last = entries[-1].body + len(entries[-1].tail)
            return self._text[:start] + self._group(root, old, new, start) + self._text[last:]
        if self._text[start] != "{":
            return None
        words, comments = changed_flow(layout, root, old, new)
        line = layout.line_start(start)
        return self._text[:line] + self._lines(comments, 0) + self._text[line:start] + words + self._text[end:]

    def _group(self, node: yaml.CollectionNode, old: Any, new: Any, opening: int) -> str:
        """Return the lines of a group or list from `opening` to its end, with the answers `new`."""
        entries = self._layout.entries(node)
        first = self._layout.line_start(entries[0].start)
        _, apart, lead = gap(self._text[opening:first]) if opening <= first else ("", "", "")
        column = entries[0].start - first
        leads = [lead, *(entry.lead for entry in entries[1:])]
        aboves = ["", *(entry.above for entry in entries[1:])]
        if isinstance(node, yaml.MappingNode):
            pieces = self._names(entries, aboves, leads, column, old, new)
        else:
            pieces = self._list(entries, aboves, leads, column, old, new)
        lines = apart + "".join(pieces)
        # Where the group begins in the line of its dash, the first line brings no indentation of its own.
        return lines if opening <= first and opening != entries[0].start else lines.lstrip(" \r\n")

    def _names(
        self,
        entries: Sequence[Entry],
        aboves: Sequence[str],
        leads: Sequence[str],
        column: int,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
    ) -> list[str]:
        """Return the lines of a group's names: the old ones in their order, each new one behind its predecessor."""
        arriving = arrivals(old, new)
        spaced = column == 0 and any("\n" in above or "\r" in above for above in aboves)
        leads = [_aligned(leads[0], column) if None in arriving else leads[0], *leads[1:]]
        pieces = [self._fresh_names(arriving.get(None, ()), new, column, False)]
        for number, entry in enumerate(entries):
            key = str(entry.key)
            if key in new:
                pieces += [aboves[number], leads[number], self._entry(entry, column, old[key], new[key])]
            else:
                kept = self._lines(self._comments(entry), column)
                following = aboves[number + 1] if number + 1 < len(entries) else "\n"
                bare = not (kept or leads[number] or aboves[number].strip()) and following
                pieces += ["" if bare else aboves[number], leads[number], kept]
            pieces.append(self._fresh_names(arriving.get(key, ()), new, column, spaced))
        return pieces

    def _fresh_names(self, keys: Sequence[str], new: Mapping[str, Any], column: int, spaced: bool) -> str:
        """Return the lines of new names; with `spaced`, a group stands apart from what is above it."""
        lines: list[str] = []
        for key in keys:
            fresh = written.block({key: new[key]}, column)
            lines += ["", *fresh] if spaced and len(fresh) > 1 else fresh
        return self._joined(lines)

    def _list(
        self,
        entries: Sequence[Entry],
        aboves: Sequence[str],
        leads: Sequence[str],
        column: int,
        old: Sequence[Any],
        new: Sequence[Any],
    ) -> list[str]:
        """Return the lines of a list's entries in their new order; a moved one takes the comments above it along."""
        came_from = origins(old, new)
        leads = [leads[0] if came_from[0] == 0 else _aligned(leads[0], column), *leads[1:]]
        stay = unmoved(came_from)
        flow = all(isinstance(entry.value, yaml.MappingNode) and entry.value.flow_style for entry in entries)
        removed = set(range(len(entries))) - {one for one in came_from if one is not None}
        floating = [
            above + (leads[number] + self._lines(self._comments(entries[number]), column) if number in removed else "")
            for number, above in enumerate(aboves)
        ]
        pieces: list[str] = []
        passed = 0
        for value, origin in zip(new, came_from, strict=True):
            if origin is None:
                pieces.append(self._fresh_entry(value, column, flow))
                continue
            if origin in stay:
                pieces += floating[passed : origin + 1]
                passed = origin + 1
            pieces += [leads[origin], self._entry(entries[origin], column, old[origin], value)]
        return pieces + floating[passed:]

    def _fresh_entry(self, value: Any, column: int, flow: bool) -> str:
        """Return the lines of a new list entry; with `flow`, in one line between braces like the others if it fits."""
        if flow and isinstance(value, dict) and not any(isinstance(one, (dict, list)) for one in value.values()):
            line = f"{' ' * column}- {written.inline(value)}"
            if len(line) <= _LINE_LENGTH:
                return line + self._newline
        return self._joined(written.block([value], column))

    def _entry(self, entry: Entry, column: int, old: Any, new: Any) -> str:
        """Return the lines of one entry with the value `new`."""
        layout, value = self._layout, entry.value
        indent = " " * column
        if same(old, new):
            return indent + self._text[entry.start : entry.body] + entry.tail
        tail = _aligned(entry.tail, column) if _ends_in_lines(new) else entry.tail
        alike = bool(old) and bool(new) and isinstance(old, (dict, list)) and type(old) is type(new)
        if alike and self._is_fine_enough(old, new):
            if isinstance(value, yaml.CollectionNode) and layout.is_block(value):
                if layout.entries(value) and (written.in_lines(new) or written.is_open(old)):
                    head_line = layout.line_end(entry.start)
                    opening = head_line if layout.start(value) >= head_line else layout.start(value)
                    head = indent + self._text[entry.start : opening]
                    return head + self._group(value, old, new, opening) + entry.tail
            elif written.in_lines(new) == written.in_lines(old):
                words, comments = changed_flow(layout, value, old, new)
                return self._lines(comments, column) + self._with_value(entry, column, words, []) + tail
        if not layout.is_block(value) and not written.in_lines(new) and not self._coarse:
            lost = [] if layout.is_literal(value) else layout.comments(layout.start(value), layout.end(value))
            first, below = written.after_dash(new, column)
            return self._lines(lost, column) + self._with_value(entry, column, first.lstrip(" "), below) + tail
        return self._rewritten(entry, column, new) + tail

    def _is_fine_enough(self, old: Any, new: Any) -> bool:
        """Return whether a group may be changed line by line, rather than written afresh as a whole."""
        if self._coarse != 1:
            return self._coarse == 0
        if len(old) != len(new) or (isinstance(old, dict) and old.keys() != new.keys()):
            return False
        keys = old if isinstance(old, dict) else range(len(old))
        pairs = [(old[key], new[key]) for key in keys]
        return all(same(*pair) or all(isinstance(one, (dict, list)) and one for one in pair) for pair in pairs)

    def _with_value(self, entry: Entry, column: int, words: str, below: Sequence[str]) -> str:
        """Return the lines of an entry with other words in the place of its value, and `below` under them."""
        layout, value = self._layout, entry.value
        start, end = layout.start(value), layout.end(value)
        before = self._text[entry.start : start]
        rest = self._text[end : layout.line_end(end)]
        if layout.is_empty(value):
            before = self._text[entry.start : entry.head] + " "
        elif layout.is_literal(value):
            rest = self._text[layout.literal_head(value) : layout.line_end(start)]
        if rest.startswith("#"):
            rest = f" {rest}"
        return " " * column + before + words + rest + self._joined(below)

    def _rewritten(self, entry: Entry, column: int, new: Any) -> str:
        """Return the lines of an entry with a value written afresh, and the comments of the old one."""
        layout = self._layout
        named = entry.key is not None
        first, below = (written.after_key if named else written.after_dash)(new, column)
        comments = layout.comments(entry.head, entry.body)
        aside = ""
        if comments and comments[0][0] < layout.line_end(entry.start) and (named or not written.in_lines(new)):
            aside = f"  {self._text[slice(*comments.pop(0))]}"
        head = self._text[entry.start : entry.head]
        line = f"{' ' * column}{head.removesuffix(':') if named else head}{first}{aside}"
        return self._lines(comments, column) + self._joined([line, *below])

    def _comments(self, entry: Entry) -> list[tuple[int, int]]:
        return self._layout.comments(entry.start, entry.body + len(entry.tail))

    def _lines(self, comments: Sequence[tuple[int, int]], column: int) -> str:
        """Return comments as lines of their own."""
        return self._joined([" " * column + self._text[start:end] for start, end in comments])

    def _joined(self, lines: Sequence[str]) -> str:
        return "".join(line + self._newline for line in lines)
