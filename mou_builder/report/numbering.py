"""Count list numbers the way Word does: a paragraph's number is in no file, it follows from styles and lists."""

from __future__ import annotations

from typing import Any

from mou_builder.report.wordfile import WordFile, w


class Numbering:
    """Counts list numbers the way Word does, from styles.xml and numbering.xml."""

    def __init__(self, file: WordFile) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._linked: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str | None, str | None, str | None]] = {}
        self._inherited: dict[str, tuple[str | None, str | None]] = {}
        if file.numbering is not None:
            self._read_numbering(file.numbering)
        if file.styles is not None:
            for style in file.styles.findall(w("style")):
                self._read_style(style)

    def _read_numbering(self, root: Any) -> None:
        for abstract in root.findall(w("abstractNum")):
            id = abstract.get(w("abstractNumId"))
            for level in abstract.findall(w("lvl")):
                place = _whole(level.get(w("ilvl")), 0)
                self._levels.setdefault(id, {})[place] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    _whole(_value(level, "start"), 1),
                )
                linked = _value(level, "pStyle")
                if linked:
                    self._linked[linked] = (id, place)
        for number in root.findall(w("num")):
            self._abstract[number.get(w("numId"), "")] = _value(number, "abstractNumId") or ""

    def _read_style(self, style: Any) -> None:
        properties = style.find(w("pPr/numPr"))
        self._styles[style.get(w("styleId"), "")] = (
            _value(style, "basedOn"),
            _value(properties, "numId") if properties is not None else None,
            _value(properties, "ilvl") if properties is not None else None,
        )

    def next(self, element: Any) -> tuple[str, int]:
        """Count this paragraph and return its number as printed and its level, or ``("", -1)``."""
        found = self._list(element)
        if found is None:
            return "", -1
        abstract, level = found
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return "", -1
        counters = self._counters.setdefault(abstract, {})
        counters[level] = counters.get(level, levels[level][2] - 1) + 1
        for deeper in [one for one in counters if one > level]:
            del counters[deeper]
        text = levels[level][1]
        for place in range(9):
            if f"%{place + 1}" in text:
                kind, _, start = levels.get(place, ("decimal", "", 1))
                text = text.replace(f"%{place + 1}", _count(counters.get(place, start), kind))
        return text, level

    def _list(self, element: Any) -> tuple[str, int] | None:
        """Return the list a paragraph belongs to and its level: its own, or else its style's."""
        properties = element.find(w("pPr"))
        own = properties.find(w("numPr")) if properties is not None else None
        number, level = self._of_style(_value(properties, "pStyle") or "")
        if own is not None:
            number = _value(own, "numId") or number
            level = _value(own, "ilvl") or level
        if number in (None, "0"):
            return None
        return self._abstract.get(str(number), ""), _whole(level, 0)

    def _of_style(self, style: str) -> tuple[str | None, str | None]:
        """Return the list and level that a style, or the nearest style it is based on, belongs to."""
        if style not in self._inherited:
            parent, number, level = self._styles.get(style, (None, None, None))
            self._inherited[style] = (None, None)  # a style based on itself ends here
            if number is not None:
                linked = self._linked.get(style)
                self._inherited[style] = (number, level or (str(linked[1]) if linked else None))
            elif parent:
                self._inherited[style] = self._of_style(parent)
        return self._inherited[style]


def _value(element: Any, child: str) -> str | None:
    found = element.find(w(child)) if element is not None else None
    return None if found is None else str(found.get(w("val"), ""))


def _whole(text: str | None, otherwise: int) -> int:
    """Return a number as a file gives it; `otherwise` for what is none, or larger than any list."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _count(number: int, kind: str) -> str:
    if kind in ("upperLetter", "lowerLetter"):
        text = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text if kind == "upperLetter" else text.lower()
    if kind in ("upperRoman", "lowerRoman"):
        text = _roman(number)
        return text if kind == "upperRoman" else text.lower()
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            text, number = text + sign, number - value
    return text
