"""Read everything a Word file says, from the first header to the last note, with its changes accepted or rejected.

`read_report` stops at the compliance appendix and does not judge the margins. Here nothing is left out: two files that
read the same here say the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mou_builder.report.numbering import Numbering
from mou_builder.report.paragraphs import _Reader
from mou_builder.report.parts import OFFICE, Parts, Relation
from mou_builder.report.resolved import View, resolved, tracked_in
from mou_builder.report.wordfile import WordFile, w

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURES = {
    f"{_DRAWN}blip": f"{{{OFFICE}}}embed",
    "{urn:schemas-microsoft-com:vml}imagedata": f"{{{OFFICE}}}id",
}
_BOX = w("txbxContent")
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_MARGINS = {w("headerReference"): "header", w("footerReference"): "footer"}
_KINDS = {"default": "", "first": ", first page", "even": ", even pages"}
_TEXT = (w("t"), f"{_DRAWN}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_WORDS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_BEHIND = (w("fldSimple"), w("instrText"), w("hyperlink"), w("sym"), *_PICTURES)


@dataclass(frozen=True)
class Line:
    """One paragraph as it reads: where it stands, its number, its words, and what lies behind them."""

    where: str
    text: str
    behind: tuple[str, ...] = ()
    """The codes of its fields, where its links lead, its signs, and its pictures by their digest."""
    spanned: bool = field(default=False, compare=False)
    """Whether it lies in a field over several paragraphs, as a contents list, which Word may write anew."""


def whole_text(parts: Parts, view: View) -> list[Line]:
    """Return every paragraph of a Word file in order: body, tables, text boxes, notes, headers and footers.

    A note stands after the paragraph that refers to it. A header or footer is named by the section and the pages it is
    for, never by its part's name. At the end of each stands once more every word in it, hidden ones too, so that nothing
    that this reader overlooks can get lost.
    """
    whole = _Whole(parts, view)
    body = whole.settled(parts.body)
    return [*whole.story(body, "body", parts.main), *whole.margins(body)]


def broken_fields(parts: Parts, view: View | None = None) -> list[str]:
    """Return the words of paragraphs where a field lacks its beginning or end, or lies across tracked changes.

    With a `view`, its changes are settled first.
    """
    found = []
    for root in parts.xml.values() if view is None else [resolved(one, view) for one in parts.xml.values()]:
        open_: list[Any] = []
        for one in root.iter(w("fldChar")):
            kind = one.get(w("fldCharType"))
            begun = open_.pop() if kind == "end" and open_ else open_[-1] if kind == "separate" and open_ else one
            if kind == "begin":
                open_.append(one)
            elif begun is one or tracked_in(begun) != tracked_in(one):
                found.append(one)
        found += open_
    return ["".join(one.text or "" for one in _around(mark).iter(w("t"))) for mark in found]


def _around(mark: Any) -> Any:
    return next(mark.iterancestors(w("p")), mark)


class _Whole:
    def __init__(self, parts: Parts, view: View) -> None:
        self._parts = parts
        self._view = view
        self._relations: dict[str, dict[str, Relation]] = {}
        self._notes = {kind: self._noted(kind) for kind in _NOTES.values()}

    def settled(self, root: Any) -> Any:
        """Return a part with its changes settled, and without the second copy that Word keeps for old programs."""
        made = resolved(root, self._view)
        for one in list(made.iter(_FALLBACK, w("sdtPr"))):
            one.getparent().remove(one)
        count_pages_anew(made)
        return made

    def story(self, root: Any, name: str, part: str) -> list[Line]:
        """Return the paragraphs of the body, of one header, footer or note."""
        story = _Story(self, part)
        story.read(root, name)
        words = "".join(_WORDS.get(one.tag) or one.text or "" for one in root.iter(*_TEXT, *_WORDS) if _shown(one))
        return [*story.lines, Line(f"{name}, all its words", words)]

    def note(self, kind: str, id: str) -> list[Line]:
        """Return the paragraphs of the note that is referred to here."""
        part, notes = self._notes[kind]
        return self.story(notes[id], kind, part) if id in notes else [Line(kind, "[the note is missing]")]

    def margins(self, body: Any) -> Iterator[Line]:
        """Yield the headers and footers of each section; one that a section does not have is the one before's."""
        settings = self._parts.tied("settings")
        even = settings is not None and settings.find(w("evenAndOddHeaders")) is not None
        now: dict[tuple[str, str], str] = {}
        for number, section in enumerate(body.iter(w("sectPr")), start=1):
            for one in section.iter(*_MARGINS):
                relation = self.relation(self._parts.main, one)
                now[one.tag, one.get(w("type"), "default")] = relation.target if relation else "nowhere"
            shown = {"default": True, "first": section.find(w("titlePg")) is not None, "even": even}
            for tag, name in _MARGINS.items():
                for kind, pages in _KINDS.items():
                    if (tag, kind) in now:
                        yield from self._margin(now[tag, kind], f"{name} of section {number}{pages}", shown[kind])

    def _margin(self, part: str, name: str, shown: bool) -> list[Line]:
        root = self._parts.xml.get(part)
        if root is None:
            return [Line(name, "[the part is missing]")]
        lines = self.story(self.settled(root), name if shown else f"{name} (not shown)", part)
        # An empty header and none at all read the same.
        return lines if any(line.text or line.behind for line in lines) else []

    def _noted(self, kind: str) -> tuple[str, dict[str, Any]]:
        for relation in self._parts.relations(self._parts.main).values():
            if relation.kind == f"{kind}s" and relation.target in self._parts.xml:
                root = self.settled(self._parts.xml[relation.target])
                return relation.target, {one.get(w("id"), ""): one for one in root.findall(w(kind))}
        return "", {}

    def numbering(self) -> Numbering:
        """Return what counts the list numbers of one story."""
        lists, styles = self._parts.tied("numbering"), self._parts.tied("styles")
        return Numbering(WordFile(self._parts.name, None, lists, styles, None))

    def relation(self, part: str, element: Any, key: str = f"{{{OFFICE}}}id") -> Relation | None:
        """Return where an element of `part` leads by its relationship id."""
        if part not in self._relations:
            self._relations[part] = self._parts.relations(part)
        return self._relations[part].get(element.get(key, ""))

    def digest(self, relation: Relation | None) -> str:
        """Return what tells one picture from another."""
        data = self._parts.other.get(relation.target, b"") if relation else b""
        return hashlib.sha256(data).hexdigest()[:8]


class _Story:
    """Reads the blocks of one story in order, each paragraph with the place it stands in."""

    def __init__(self, whole: _Whole, part: str) -> None:
        self.lines: list[Line] = []
        self._whole = whole
        self._part = part
        self._numbering = whole.numbering()
        self._reader = _Reader("accepted")
        self._tables = 0
        self._open_fields = 0

    def read(self, holder: Any, place: str) -> None:
        """Read every block in `holder`."""
        for block in holder:
            if block.tag in (w("p"), w("altChunk")):
                self._paragraph(block, place)
            elif block.tag == w("tbl"):
                self._tables += 1
                self._table(block, f"{place}, table {self._tables}")
            elif isinstance(block.tag, str) and block.tag != w("sectPr"):
                self.read(block, place)  # a content control, or whatever else lies around paragraphs

    def _table(self, table: Any, place: str) -> None:
        rows = [row for row in table.iter(w("tr")) if _nearest(row, w("tbl")) is table]
        for number, row in enumerate(rows, start=1):
            cells = [cell for cell in row.iter(w("tc")) if _nearest(cell, w("tr")) is row]
            for letter, cell in enumerate(cells, start=1):
                self.read(cell, f"{place}, row {number}, cell {letter}")

    def _paragraph(self, element: Any, place: str) -> None:
        text = self._reader.paragraph(element, (frozenset(), False)).text()
        number = self._numbering.next(element)[0]
        self.lines.append(
            Line(place, f"{number} {text}".strip(), tuple(self._behind(element)), self._is_spanned(element))
        )
        for one in element.iter(_BOX, *_NOTES):
            if one.tag != _BOX:
                self.lines += self._whole.note(_NOTES[one.tag], one.get(w("id"), ""))
            elif _nearest(one, w("p")) is element:
                self.read(one, f"{place}, text box")

    def _is_spanned(self, paragraph: Any) -> bool:
        """Return whether words or the end of a paragraph lie in a field that began before it or ends after it."""
        open_before, begun, spanned = self._open_fields, 0, False
        for one in paragraph.iter(w("fldChar"), w("t")):
            kind = one.get(w("fldCharType"))
            if one.tag == w("t"):
                spanned = spanned or (bool(one.text) and open_before > 0)
            elif kind == "begin":
                begun += 1
            elif kind == "end" and begun:
                begun -= 1
            elif kind == "end" and open_before:
                open_before -= 1
        self._open_fields = open_before + begun
        return spanned or self._open_fields > 0

    def _behind(self, paragraph: Any) -> Iterator[str]:
        """Yield what a paragraph holds beside its words: field codes, where links lead, signs, pictures."""
        code = ""
        last = ""
        for one in paragraph.iter(*_BEHIND):
            if one.tag in (w("fldSimple"), w("instrText")):
                part = one.get(w("instr"), "") if one.tag == w("fldSimple") else one.text or ""
                code += "" if part.split()[:1] == ["TOC"] else part  # what a contents list holds, its own words tell
            elif one.tag == w("sym"):
                yield f"sign {one.get(w('char'))} of {one.get(w('font'))}"
            elif one.tag in _PICTURES:
                yield f"picture {self._whole.digest(self._whole.relation(self._part, one, _PICTURES[one.tag]))}"
            else:
                relation = self._whole.relation(self._part, one)
                leads = f"link to {relation.target if relation else '#' + one.get(w('anchor'), '')}"
                # A link that a change cuts into pieces is still one.
                if leads != last and one.find(f".//{w('r')}") is not None:
                    yield leads
                    last = leads
        told = " ".join(code.split())
        if told:
            yield f"field {told}"


def count_pages_anew(root: Any) -> None:
    """Set what fields for page numbers show to 1: every program counts them anew, and none shows what is stored."""
    for simple in root.iter(w("fldSimple")):
        if _counted(simple.get(w("instr"), "")):
            _set_to_one(list(simple.iter(w("t"))))
    open_: list[tuple[list[str], list[Any]]] = []
    for one in root.iter(w("fldChar"), w("instrText"), w("t")):
        kind = one.get(w("fldCharType"))
        if kind == "begin":
            open_.append(([], []))
        elif kind == "end" and open_:
            code, shown = open_.pop()
            if _counted("".join(code)):
                _set_to_one(shown)
        elif open_ and one.tag == w("instrText"):
            open_[-1][0].append(one.text or "")
        elif open_ and one.tag == w("t"):
            open_[-1][1].append(one)


def _counted(code: str) -> bool:
    return code.split()[:1] in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])


def _set_to_one(shown: list[Any]) -> None:
    for number, one in enumerate(shown):
        one.text = "" if number else "1"


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _shown(element: Any) -> bool:
    """Return whether a word or a break stands in a run; tab stops and the like stand in properties."""
    return bool(element.getparent().tag.endswith("}r"))
