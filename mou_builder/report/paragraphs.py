"""Read a Word body as numbered paragraphs, with tracked changes taken as accepted or as rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from mou_builder.report.ending import appendix_heading
from mou_builder.report.numbering import Numbering
from mou_builder.report.wordfile import W, WordFile, w

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

    def reads(self, numbers: dict[str, str]) -> str:
        """Return the target's number; words that somebody typed into the field stay as they are."""
        number = re.fullmatch(r"[\d.]+|(?:Schedule|Recital) [A-Z]+|\?|Error.*", self.shown)
        return numbers.get(self.bookmark, self.shown) if number else self.shown


@dataclass
class Read:
    """One paragraph: its words, its number, and the bookmarks and content controls it lies in."""

    pieces: list[str | Link]
    place: int = 0
    number: str = ""
    level: int = -1
    bookmarks: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)
    tracked: int = 0
    in_table: bool = False
    in_contents: bool = False
    """Whether it lies in the contents list, which Word writes anew from the headings."""

    _known: tuple[int, int] = (0, -1)
    _text: str = ""

    def text(self, shown: dict[str, str] | None = None) -> str:
        """Return the words; a cross-reference shows its target's number from `shown` where that is known."""
        if shown:
            return "".join(piece if isinstance(piece, str) else piece.reads(shown) for piece in self.pieces)
        known = (id(self.pieces), len(self.pieces))
        if self._known != known:
            self._known = known
            self._text = "".join(piece if isinstance(piece, str) else piece.shown for piece in self.pieces)
        return self._text


def read_paragraphs(file: WordFile, view: View = "accepted", headings: frozenset[str] = frozenset()) -> list[Read]:
    """Return every paragraph of the body in order, tables included, up to the compliance appendix.

    `headings` holds the sections' headings, which tell the appendix from its line in the contents list.
    """
    numbering = Numbering(file)
    reader = _Reader(view, _never_ended(file.body))
    paragraphs: list[Read] = []
    carried: Read | None = None
    end = appendix_heading(file.body, headings)
    for element, context in reader.walk(file.body):
        if element is end:
            break
        read = reader.paragraph(element, context)
        if carried is not None:
            # A paragraph that is wholly gone leaves nothing behind, not even the clause it belonged to.
            whole = read if not carried.text().strip() else carried
            whole.pieces = [*carried.pieces, *read.pieces]
            whole.tracked = carried.tracked + read.tracked
            if whole is carried:
                carried.bookmarks |= read.bookmarks
                carried.controls |= read.controls
            read, carried = whole, None
        if _mark_vanishes(element, view):
            carried = read
            continue
        read.number, read.level = numbering.next(element)
        paragraphs.append(read)
    if carried is not None:
        paragraphs.append(carried)
    for place, read in enumerate(paragraphs):
        read.place = place
    return paragraphs


def _never_ended(body: Any) -> frozenset[str]:
    """Return the names of bookmarks that begin and never end; Word does not count them either."""
    ends = {mark.get(w("id")) for mark in body.iter(w("bookmarkEnd"))}
    starts = [(mark.get(w("name"), ""), mark.get(w("id"))) for mark in body.iter(w("bookmarkStart"))]
    return frozenset({name for name, _ in starts} - {name for name, id in starts if id in ends})


def words_in_part(root: Any, view: View = "accepted") -> list[str]:
    """Return the words of each paragraph of a header, a footer or the notes."""
    reader = _Reader(view)
    notes = [root, *root.findall(w("footnote")), *root.findall(w("endnote"))]
    return [reader.paragraph(element, context).text() for one in notes for element, context in reader.walk(one)]


def _mark_vanishes(element: Any, view: View) -> bool:
    """A paragraph whose mark is deleted (or not yet inserted) runs on into the next one."""
    properties = element.find(w("pPr/rPr"))
    if properties is None:
        return False
    return any(properties.find(tag) is not None for tag in _SKIPPED[view])


class _Reader:
    def __init__(self, view: View, never_ended: frozenset[str] = frozenset()) -> None:
        self._skipped = _SKIPPED[view]
        self._never_ended = never_ended
        self._open: dict[str, str] = {}
        self._fields: list[dict[str, str]] = []

    def walk(
        self, element: Any, controls: frozenset[str] = frozenset(), in_table: bool = False
    ) -> Iterator[tuple[Any, Any]]:
        """Yield each paragraph with the content controls around it; bookmarks between paragraphs are noted."""
        for child in element:
            tag = child.tag
            if tag in (w("p"), w("altChunk")):
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
        read = Read([], controls=set(controls), in_table=in_table, in_contents=self._in_contents())
        read.bookmarks |= set(self._open.values())
        mark = element.find(w("pPr/rPr"))
        read.tracked += sum(mark.find(tag) is not None for tag in _TRACKED) if mark is not None else 0
        if element.tag == w("altChunk"):
            read.pieces.append("[inserted file]")
        self._inline(element, read)
        read.in_contents = read.in_contents or self._in_contents()
        # A field may run over several paragraphs; what it shows here belongs to this one.
        for unfinished in self._fields:
            _put(read, unfinished["result"], None)
            unfinished["result"] = ""
        return read

    def _in_contents(self) -> bool:
        return any(field["code"].split()[:1] == ["TOC"] for field in self._fields)

    def _bookmark(self, element: Any) -> None:
        if element.tag == w("bookmarkStart"):
            if element.get(w("name"), "") in self._never_ended:
                return
            self._open[element.get(w("id"), "")] = element.get(w("name"), "")
        elif element.tag == w("bookmarkEnd"):
            name = self._open.get(element.get(w("id"), ""))
            # LibreOffice starts a bookmark that spans a list again in its last paragraph, and ends only the second.
            self._open = {id: other for id, other in self._open.items() if other != name}

    def _inline(self, element: Any, read: Read) -> None:
        for child in element:
            tag = child.tag
            if tag == _RUN:  # nearly everything is a run, so it is asked first
                self._run(child, read)
                continue
            if tag in _TRACKED:
                read.tracked += 1
            if tag in self._skipped or tag == w("pPr") or not isinstance(tag, str):
                continue
            if tag in (w("bookmarkStart"), w("bookmarkEnd")):
                self._bookmark(child)
                read.bookmarks |= set(self._open.values())
            elif tag == w("fldSimple"):
                inner = Read([])
                self._inline(child, inner)
                _put(read, inner.text(), _target(child.get(w("instr"), "")))
            elif tag.startswith(f"{{{W}}}"):
                self._inline(child, read)
            else:
                _place(read, self._fields, f"[object{_words_in(child)}]", None)  # a formula, or what Word drew

    def _run(self, run: Any, read: Read) -> None:
        properties = run.find(_PROPERTIES)
        struck = False
        if properties is not None and any(one.tag in _HIDING for one in properties):
            if _is_on(properties, "vanish"):
                return
            struck = _is_on(properties, "strike") or _is_on(properties, "dstrike")
        for child in run:
            tag = child.tag
            if tag in _TEXT:
                text = child.text or ""
                _place(read, self._fields, f"[struck: {text}]" if struck and text.strip() else text, None)
            elif tag == w("fldChar"):
                self._field(child.get(w("fldCharType")), read)
            elif tag == w("instrText"):
                if self._fields:
                    self._fields[-1]["code"] += child.text or ""
            elif tag in (w("tab"), w("ptab")):
                _place(read, self._fields, "\t", None)
            elif tag in (w("br"), w("cr")):
                _place(read, self._fields, "" if child.get(w("type")) in ("page", "column") else "\n", None)
            elif tag == w("noBreakHyphen"):
                _place(read, self._fields, "-", None)
            elif tag not in _SILENT and isinstance(tag, str):
                # A note, a symbol, a picture, a text box: whatever it is, a reader of the page sees it.
                _place(read, self._fields, f"[{tag.rpartition('}')[2]}{_words_in(child)}]", None)

    def _field(self, kind: str | None, read: Read) -> None:
        if kind == "begin":
            # Word nests no deeper than 20; fields that never end must not slow down every later paragraph.
            self._fields = [*self._fields[-_DEEPEST:], {"code": "", "part": "code", "result": ""}]
        elif kind == "separate" and self._fields:
            self._fields[-1]["part"] = "result"
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            _place(read, self._fields, done["result"], _target(done["code"]))


_DEEPEST = 30
_PROPERTIES, _RUN, _TEXT = w("rPr"), w("r"), {w("t"), w("delText")}
_HIDING = {w("vanish"), w("strike"), w("dstrike")}
_SILENT = {w(name) for name in ("rPr", "lastRenderedPageBreak", "softHyphen", "commentReference", "annotationRef",
                                "footnoteRef", "endnoteRef", "separator", "continuationSeparator")}  # fmt: skip


def _is_on(properties: Any, name: str) -> bool:
    found = properties.find(w(name))
    return found is not None and found.get(w("val"), "true") not in ("0", "false", "off", "none")


def _words_in(element: Any) -> str:
    words = "".join(one.text or "" for one in element.iter(w("t")))
    return f": {words}" if words else ""


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
