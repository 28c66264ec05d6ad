"""Read a Word body as numbered paragraphs, with tracked changes taken as accepted or as rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from mou_builder.report.numbering import Numbering
from mou_builder.report.wordfile import WordFile, w

View = Literal["accepted", "rejected"]

_SKIPPED: dict[View, set[str]] = {
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
    numbering = Numbering(file)
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
    properties = element.find(w("pPr/rPr"))
    if properties is None:
        return False
    return properties.find(w("del" if view == "accepted" else "ins")) is not None


class _Reader:
    def __init__(self, view: View) -> None:
        self._skipped = _SKIPPED[view]
        self._open: dict[str, str] = {}
        self._begun: set[str] = set()

    def walk(
        self, element: Any, controls: frozenset[str] = frozenset(), in_table: bool = False
    ) -> Iterator[tuple[Any, Any]]:
        """Yield each paragraph with the content controls around it; bookmarks between paragraphs are noted."""
        for child in element:
            tag = child.tag
            if tag == w("p"):
                yield child, (controls, in_table)
            elif tag == w("sdt"):
                label = child.find(w("sdtPr/tag"))
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
            name = self._open.get(element.get(w("id"), ""))
            # LibreOffice starts a bookmark that spans a list again in its last paragraph, and ends only the second.
            self._open = {id: other for id, other in self._open.items() if other != name}

    def _inline(self, element: Any, read: Read, fields: list[dict[str, str]]) -> None:
        for child in element:
            tag = child.tag
            if tag == w("r"):  # nearly everything is a run, so it is asked first
                self._run(child, read, fields)
                continue
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
            elif isinstance(tag, str):
                self._inline(child, read, fields)

    def _run(self, run: Any, read: Read, fields: list[dict[str, str]]) -> None:
        for child in run:
            tag = child.tag
            if tag == w("t"):
                _place(read, fields, child.text or "", None)
            elif tag == w("fldChar"):
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
            elif tag == w("delText"):
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
