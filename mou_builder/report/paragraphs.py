"""Read a Word body as numbered paragraphs, with tracked changes taken as accepted or as rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from mou_builder.report.wordfile import WordFile, w

View = Literal["accepted", "rejected"]

_SKIPPED = {
    # What is deleted is not there once the changes are accepted; what is inserted is not there once they are rejected.
    "accepted": {w("del"), w("moveFrom")},
    "rejected": {w("ins"), w("moveTo")},
}
_TRACKED = {w("ins"), w("del"), w("moveFrom"), w("moveTo")}


@dataclass(frozen=True)
class Link:
    """The result of a cross-reference field: the bookmark it points to and the words it shows."""

    bookmark: str
    shown: str


@dataclass
class Read:
    """One paragraph: its words, its number, and the bookmarks and content controls it lies in."""

    pieces: list[str | Link]
    number: str = ""
    level: int = -1
    style: str = ""
    bookmarks: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)
    tracked: int = 0
    in_table: bool = False

    def text(self, shown: dict[str, str] | None = None) -> str:
        """Return the words; a cross-reference shows its target's number from `shown` where that is known."""
        return "".join(
            piece if isinstance(piece, str) else (shown or {}).get(piece.bookmark, piece.shown) for piece in self.pieces
        )


def read_paragraphs(file: WordFile, view: View = "accepted") -> list[Read]:
    """Return every paragraph of the body in order, tables included."""
    numbering = _Numbering(file)
    reader = _Reader(view)
    paragraphs: list[Read] = []
    carried: Read | None = None
    for element, context in reader.walk(file.body):
        read = reader.paragraph(element, context)
        read.style = numbering.style_name(element)
        if carried is not None:
            carried.pieces += read.pieces
            carried.bookmarks |= read.bookmarks
            carried.starts |= read.starts
            carried.tracked += read.tracked
            read = carried
            carried = None
        if _mark_vanishes(element, view):
            carried = read
            continue
        read.number, read.level = numbering.next(element)
        paragraphs.append(read)
    if carried is not None:
        paragraphs.append(carried)
    return paragraphs


def _mark_vanishes(element: Any, view: View) -> bool:
    """A paragraph whose mark is deleted (or not yet inserted) runs on into the next one."""
    properties = element.find(f"{w('pPr')}/{w('rPr')}")
    if properties is None:
        return False
    return properties.find(w("del" if view == "accepted" else "ins")) is not None


class _Reader:
    def __init__(self, view: View) -> None:
        self._skipped = _SKIPPED[view]
        self._open: dict[str, str] = {}
        self._begun: set[str] = set()

    def walk(self, element: Any, controls: frozenset[str] = frozenset(), in_table: bool = False) -> Iterator[tuple[Any, Any]]:
        """Yield each paragraph with the content controls around it; bookmarks between paragraphs are noted."""
        for child in element:
            tag = child.tag
            if tag == w("p"):
                yield child, (controls, in_table)
            elif tag == w("sdt"):
                label = child.find(f"{w('sdtPr')}/{w('tag')}")
                inner = controls | {label.get(w("val"), "")} if label is not None else controls
                content = child.find(w("sdtContent"))
                if content is not None:
                    yield from self.walk(content, inner, in_table)
            elif tag in (w("tbl"), w("tr"), w("tc"), w("customXml"), w("ins"), w("del"), w("moveFrom"), w("moveTo")):
                if tag not in self._skipped:
                    yield from self.walk(child, controls, in_table or tag == w("tbl"))
            else:
                self._bookmark(child)

    def paragraph(self, element: Any, context: Any) -> Read:
        """Return the words of one paragraph."""
        controls, in_table = context
        read = Read([], controls=set(controls), in_table=in_table, starts=set(self._begun))
        self._begun.clear()
        read.bookmarks |= set(self._open.values())
        self._inline(element, read, [])
        read.starts |= self._begun
        self._begun.clear()
        return read

    def _bookmark(self, element: Any) -> None:
        if element.tag == w("bookmarkStart"):
            self._open[element.get(w("id"), "")] = element.get(w("name"), "")
            self._begun.add(element.get(w("name"), ""))
        elif element.tag == w("bookmarkEnd"):
            self._open.pop(element.get(w("id"), ""), None)

    def _inline(self, element: Any, read: Read, fields: list[dict[str, str]]) -> None:
        for child in element:
            tag = child.tag
            if tag in _TRACKED:
                read.tracked += 1
            if tag in self._skipped or tag == w("pPr"):
                continue
            if tag in (w("bookmarkStart"), w("bookmarkEnd")):
                self._bookmark(child)
                read.bookmarks |= set(self._open.values())
            elif tag == w("fldSimple"):
                inner = Read([])
                self._inline(child, inner, [])
                _put(read, inner.text(), _target(child.get(w("instr"), "")))
            elif tag == w("r"):
                self._run(child, read, fields)
            elif isinstance(tag, str):
                self._inline(child, read, fields)

    def _run(self, run: Any, read: Read, fields: list[dict[str, str]]) -> None:
        for child in run:
            tag = child.tag
            if tag == w("fldChar"):
                kind = child.get(w("fldCharType"))
                if kind == "begin":
                    fields.append({"code": "", "part": "code", "result": ""})
                elif kind == "separate" and fields:
                    fields[-1]["part"] = "result"
                elif kind == "end" and fields:
                    done = fields.pop()
                    _place(read, fields, done["result"], _target(done["code"]))
            elif tag == w("instrText"):
                if fields:
                    fields[-1]["code"] += child.text or ""
            elif tag in (w("t"), w("delText")):
                _place(read, fields, child.text or "", None)
            elif tag == w("tab"):
                _place(read, fields, "\t", None)
            elif tag in (w("br"), w("cr")) and child.get(w("type")) != "page":
                _place(read, fields, "\n", None)
            elif tag == w("noBreakHyphen"):
                _place(read, fields, "-", None)


def _place(read: Read, fields: list[dict[str, str]], text: str, bookmark: str | None) -> None:
    if fields:
        if fields[-1]["part"] == "result":
            fields[-1]["result"] += text
    else:
        _put(read, text, bookmark)


def _put(read: Read, text: str, bookmark: str | None) -> None:
    if bookmark:
        read.pieces.append(Link(bookmark, text))
    elif text:
        read.pieces.append(text)


def _target(code: str) -> str | None:
    words = code.split()
    return words[1] if len(words) > 1 and words[0].upper() == "REF" else None


class _Numbering:
    """Counts list numbers the way Word does, from styles.xml and numbering.xml."""

    def __init__(self, file: WordFile) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._linked: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str, str | None, str | None, str | None]] = {}
        if file.numbering is not None:
            self._read_numbering(file.numbering)
        if file.styles is not None:
            for style in file.styles.findall(w("style")):
                self._read_style(style)

    def _read_numbering(self, root: Any) -> None:
        for abstract in root.findall(w("abstractNum")):
            id = abstract.get(w("abstractNumId"))
            for level in abstract.findall(w("lvl")):
                place = int(level.get(w("ilvl"), "0"))
                self._levels.setdefault(id, {})[place] = (
                    _value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", int(_value(level, "start") or 1))
                linked = _value(level, "pStyle")
                if linked:
                    self._linked[linked] = (id, place)
        for number in root.findall(w("num")):
            self._abstract[number.get(w("numId"), "")] = _value(number, "abstractNumId") or ""

    def _read_style(self, style: Any) -> None:
        properties = style.find(f"{w('pPr')}/{w('numPr')}")
        name = style.find(w("name"))
        self._styles[style.get(w("styleId"), "")] = (
            name.get(w("val"), "") if name is not None else "",
            _value(style, "basedOn"),
            _value(properties, "numId") if properties is not None else None,
            _value(properties, "ilvl") if properties is not None else None,
        )

    def style_name(self, element: Any) -> str:
        """Return the name of a paragraph's style, or its id where styles.xml does not know it."""
        id = _value(element.find(w("pPr")), "pStyle") or ""
        return self._styles.get(id, (id, None, None, None))[0]

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
        properties = element.find(f"{w('pPr')}/{w('numPr')}")
        number = level = None
        if properties is not None:
            number, level = _value(properties, "numId"), _value(properties, "ilvl")
        style: str | None = _value(element.find(w("pPr")), "pStyle")
        seen: set[str] = set()
        while style and style in self._styles and style not in seen and (number is None or level is None):
            seen.add(style)
            _, parent, numbered, depth = self._styles[style]
            if number is None and numbered is not None:
                number = numbered
                linked = self._linked.get(style)
                level = level or depth or (str(linked[1]) if linked else None)
            style = parent
        if number in (None, "0"):
            return None
        return self._abstract.get(str(number), ""), int(level or 0)


def _value(element: Any, child: str) -> str | None:
    found = element.find(w(child)) if element is not None else None
    return None if found is None else str(found.get(w("val"), ""))


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
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            text, number = text + sign, number - value
    return text
