"""Turn the template's marks into Word's own bookmarks, content controls, cross-references and links.

A mark is a paragraph or run in a style whose name begins with MOU; an answer can hold any characters, but it can never
put on a style, so no answer is ever taken for a mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree

from mou_builder.errors import Fault, TemplateError
from mou_builder.record import clause_bookmark, heading_bookmark

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
GUARD = "\ufdd0"
"""Stands between characters that docxtpl would rewrite; no answer can hold it."""


@cache
def w(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it."""
    return f"{{{W}}}{name}"


def unguard(body: Any) -> None:
    """Take the guards out of every text, in place."""
    for element in body.iter(w("t")):
        if element.text and GUARD in element.text:
            element.text = element.text.replace(GUARD, "")


def anchor(body: Any, numbers: Mapping[str, str]) -> None:
    """Change the rendered `body` in place; `numbers` gives each slot's section number.

    Raises TemplateError if the marks do not pair, as a template restyled by hand may have it.
    """
    ids = _Ids()
    targets = _targets(body, ids)
    targets |= _clauses(body, ids)
    _links(body, numbers, targets)
    _contents(body)


class _Ids:
    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last += 1
        return str(self._last)


def _style(paragraph: Any) -> str:
    properties = paragraph.find(w("pPr"))
    found = properties.find(w("pStyle")) if properties is not None else None
    return found.get(w("val"), "") if found is not None else ""


def runs_in(body: Any, *styles: str) -> list[tuple[Any, str]]:
    """Return every run in one of the character styles, with its style; few runs have one, so those are asked first."""
    marks = [(mark, mark.get(w("val"))) for mark in body.iter(w("rStyle"))]
    return [(mark.getparent().getparent(), style) for mark, style in marks if style in styles]


def text_in(element: Any) -> str:
    """Return the words of an element."""
    return "".join(one.text or "" for one in element.iter(w("t")))


def make(tag: str, **attributes: str) -> Any:
    """Return a new element with the given attributes."""
    element = etree.Element(w(tag))
    for key, value in attributes.items():
        element.set(w(key), value)
    return element


def _targets(body: Any, ids: _Ids) -> set[str]:
    """Bookmark each heading that carries an anchor mark; return the slots that can be linked to."""
    slots: set[str] = set()
    for run, _ in runs_in(body, "MOUAnchor"):
        paragraph, slot = run.getparent(), text_in(run)
        if _style(paragraph) in ("TOC1", "TOC2"):
            continue
        place = paragraph.index(run)
        paragraph.remove(run)
        _bookmark(paragraph, place, heading_bookmark(slot), ids)
        slots.add(slot)
    return slots


def _bookmark(paragraph: Any, place: int, name: str, ids: _Ids) -> None:
    id = ids.next()
    paragraph.insert(place, make("bookmarkStart", id=id, name=name))
    paragraph.append(make("bookmarkEnd", id=id))


def _clauses(body: Any, ids: _Ids) -> set[str]:
    """Wrap what stands between a start and an end mark in a content control, and span it with a bookmark.

    Return the slots of recitals: they have no heading, so their first paragraph becomes the target of links.
    """
    start: Any = None
    recitals: set[str] = set()
    for element in list(body):
        if element.tag != w("p") or _style(element) != "MOUMark":
            continue
        kind, *rest = text_in(element).split(" ")
        if kind != ("start" if start is None else "end") or len(rest) != 2:
            raise TemplateError(
                Fault(
                    "template",
                    "the marks around the clauses do not pair.",
                    "Restore the MOU Mark paragraphs from templates/mou.docx.",
                )
            )
        if kind == "start":
            start = element
            continue
        slot, cite = rest
        first = start.getnext()
        _wrap(body, start, element, cite, ids)
        start = None
        if _style(first).startswith("MOURecital"):
            _bookmark(first, 1, heading_bookmark(slot), ids)
            recitals.add(slot)
    return recitals


def _wrap(body: Any, start: Any, end: Any, cite: str, ids: _Ids) -> None:
    first = body.index(start)
    inner = list(body)[first + 1 : body.index(end)]
    body.remove(start)
    body.remove(end)
    if cite == "-" or not inner:
        return  # a gap: nothing to find again later
    id = ids.next()
    name = clause_bookmark(cite.rpartition("@")[0])
    inner[0].insert(1, make("bookmarkStart", id=id, name=name))
    inner[-1].append(make("bookmarkEnd", id=id))
    control = make("sdt")
    properties = etree.SubElement(control, w("sdtPr"))
    properties.append(make("alias", val=cite))
    properties.append(make("tag", val=cite))
    properties.append(make("id", val=str(100_000 + int(id))))
    content = etree.SubElement(control, w("sdtContent"))
    body.insert(first, control)
    for element in inner:
        content.append(element)


def _links(body: Any, numbers: Mapping[str, str], targets: set[str]) -> None:
    for run, style in runs_in(body, "MOUReference", "MOUNumber"):
        slot = text_in(run)
        number = numbers.get(slot, "")
        section = number[:1].isdigit()
        parent, place = run.getparent(), run.getparent().index(run)
        parent.remove(run)
        pieces = []
        if not number and style == "MOUReference":
            # The section was left out: a reader sees that the reference leads nowhere, and a final is refused.
            parent.insert(place, _run("Section\u00a0?", "MOUBlank"))
            continue
        if section and style == "MOUReference":
            pieces.append(_run("Section\u00a0"))
        if slot not in targets:
            pieces.append(_run(number))
        elif section or number.startswith("Schedule"):
            pieces.append(_linked(slot, _field(slot, number)))
        else:
            pieces.append(_linked(slot, _run(number)))
        for offset, piece in enumerate(pieces):
            parent.insert(place + offset, piece)


def _run(text: str, style: str = "") -> Any:
    run = make("r")
    if style:
        etree.SubElement(run, w("rPr")).append(make("rStyle", val=style))
    words = etree.SubElement(run, w("t"))
    words.text = text
    words.set(SPACE, "preserve")
    return run


def _field(slot: str, number: str) -> Any:
    """Return a REF field whose stored result is already right, for readers that do not update fields."""
    field = make("fldSimple", instr=f" REF {heading_bookmark(slot)} \\r \\h ")
    field.append(_run(number))
    return field


def _linked(slot: str, *children: Any) -> Any:
    link = make("hyperlink", anchor=heading_bookmark(slot), history="1")
    for child in children:
        link.append(child)
    return link


def _contents(body: Any) -> None:
    """Make each entry of the contents list a link, and the whole list a field that Word can renew."""
    entries = [one for one in body.iterchildren(w("p")) if _style(one) in ("TOC1", "TOC2")]
    for entry in entries:
        runs = entry.findall(w("r"))
        if not runs:
            what = "its contents list holds no tags; it may be a built agreement."
            raise TemplateError(Fault("template", what, "Give a restyled copy of templates/mou.docx."))
        slot = text_in(runs[0])
        link = _linked(slot)
        for run in runs[1:]:
            link.append(run)
        entry.remove(runs[0])
        entry.append(link)
    if entries:
        for element in reversed(
            list(
                _field_start(
                    ' TOC \\o "1-2" \\h \\z \\t "MOU Heading,1,MOU Heading on New Page,1,MOU Heading at Top,1,MOU Schedule,1" '
                )
            )
        ):
            entries[0].insert(1, element)
        entries[-1].append(_field_char("end"))


def _field_start(code: str) -> Iterator[Any]:
    yield _field_char("begin")
    run = make("r")
    instruction = etree.SubElement(run, w("instrText"))
    instruction.text = code
    instruction.set(SPACE, "preserve")
    yield run
    yield _field_char("separate")


def _field_char(kind: str) -> Any:
    run = make("r")
    run.append(make("fldChar", fldCharType=kind))
    return run
