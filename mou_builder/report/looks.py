"""See how a received file sets each paragraph: as a heading, in bold, or in which row and cell of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mou_builder.report.paragraphs import View
from mou_builder.report.wordfile import WordFile, w

_SKIPPED = {"accepted": {w("del"), w("moveFrom")}, "rejected": {w("ins"), w("moveTo")}}
_HOLDING = {
    w(name) for name in ("tbl", "tr", "tc", "sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo")
}
_LEVEL = re.compile(r"heading (\d)")


@dataclass(frozen=True)
class Look:
    """How one paragraph is set."""

    heading: int = 0
    """1 for a heading of the first level, 2 below it; 0 for no heading."""
    title: bool = False
    """Whether it is set as a title, or in the middle of the line."""
    bold: bool = False
    """Whether all its words are bold."""
    table: int = 0
    """Which table it stands in, counted from 1; 0 for none. A table within a table counts to the outer one."""
    row: int = 0
    cell: int = 0


def looks(file: WordFile, view: View = "accepted") -> list[Look]:
    """Return how each paragraph is set, in the order and number in which `read_paragraphs` returns their words.

    That reader stops at our own compliance appendix; this one goes on, so there may be more looks than paragraphs.
    """
    headings, titles = _headings(file.styles), _titles(file.styles)
    found: list[Look] = []
    running_on: Look | None = None
    for element, place in _Walk(view).walk(file.body):
        look = _look(element, headings, titles, place)
        properties = element.find(w("pPr/rPr"))
        if properties is not None and any(properties.find(tag) is not None for tag in _SKIPPED[view]):
            running_on = look  # its mark is gone: the next paragraph takes its words in
            continue
        running_on = None
        found.append(look)
    return [*found, running_on] if running_on else found


class _Walk:
    """Goes through a body as the reader of its words does, and counts tables, rows and cells."""

    def __init__(self, view: View) -> None:
        self._entered = _HOLDING - _SKIPPED[view]
        self._table = self._row = self._cell = 0

    def walk(self, element: Any, depth: int = 0) -> Iterator[tuple[Any, tuple[int, int, int]]]:
        """Yield each paragraph with its table, row and cell; `depth` counts the tables around it."""
        for child in element:
            tag = child.tag
            if tag in (w("p"), w("altChunk")):
                yield child, (self._table, self._row, self._cell) if depth else (0, 0, 0)
            elif tag in self._entered:
                if tag == w("tbl") and not depth:
                    self._table, self._row, self._cell = self._table + 1, 0, 0
                elif tag == w("tr") and depth == 1:
                    self._row, self._cell = self._row + 1, 0
                elif tag == w("tc") and depth == 1:
                    self._cell += 1
                yield from self.walk(child, depth + (tag == w("tbl")))


def _headings(styles: Any) -> dict[str, int]:
    """Return each style's heading level by its name, its outline level, or the style it is based on; 0 for none."""
    found: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.findall(w("style")) if styles is not None else ():
        id = style.get(w("styleId"), "")
        name = _LEVEL.fullmatch((_value(style, "name") or "").casefold())
        level = int(name[1]) if name else _outline(style.find(w("pPr")))
        if level:
            found[id] = level
        parents[id] = _value(style, "basedOn") or ""
    for id in parents:
        chain: dict[str, None] = {}
        while id and id not in found and id not in chain:
            chain[id] = None
            id = parents.get(id, "")
        found |= dict.fromkeys(chain, found.get(id, 0))
    return found


def _titles(styles: Any) -> set[str]:
    found = styles.findall(w("style")) if styles is not None else ()
    return {
        one.get(w("styleId"), "") for one in found if (_value(one, "name") or "").casefold() in ("title", "subtitle")
    }


def _outline(properties: Any) -> int:
    level = _value(properties, "outlineLvl") or ""
    return int(level) + 1 if level.isascii() and level.isdigit() and int(level) < 9 else 0


def _look(element: Any, headings: dict[str, int], titles: set[str], place: tuple[int, int, int]) -> Look:
    properties = element.find(w("pPr"))
    style = _value(properties, "pStyle") or ""
    own = _outline(properties)
    runs = [run for run in element.iter(w("r")) if any((text.text or "").strip() for text in run.iterchildren(w("t")))]
    bold = bool(runs) and all(_is_bold(run) for run in runs)
    return Look(own or headings.get(style, 0), style in titles or _value(properties, "jc") == "center", bold, *place)


def _is_bold(run: Any) -> bool:
    mark = run.find(w("rPr/b"))
    return mark is not None and mark.get(w("val"), "true") not in ("0", "false", "off")


def _value(element: Any, child: str) -> str | None:
    found = element.find(w(child)) if element is not None else None
    return None if found is None else str(found.get(w("val"), ""))
