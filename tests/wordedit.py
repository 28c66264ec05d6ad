"""Edit a built Word file the way people and programs do, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def body_of(data: bytes) -> Any:
    return etree.fromstring(parts_of(data)["word/document.xml"]).find(w("body"))


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the file after `change` has worked on its body."""
    parts = parts_of(data)
    root = etree.fromstring(parts["word/document.xml"])
    change(root.find(w("body")))
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def control(body: Any, clause: str) -> Any:
    """Return the content control of a clause id."""
    for one in body.iter(w("sdt")):
        tag = one.find(f"{w('sdtPr')}/{w('tag')}")
        if tag is not None and tag.get(w("val"), "").partition("@")[0] == clause:
            return one
    raise LookupError(clause)


def paragraphs(element: Any) -> list[Any]:
    return list(element.iter(w("p")))


def text_of(element: Any) -> str:
    """Return the words of an element, with line breaks and tabs."""
    shown = {w("t"): lambda one: one.text or "", w("br"): lambda _: "\n", w("tab"): lambda _: "\t"}
    return "".join(shown[one.tag](one) for one in element.iter(*shown) if one.getparent().tag == w("r"))


def replace_word(element: Any, old: str, new: str) -> None:
    """Change the first occurrence of a word inside one run."""
    for one in element.iter(w("t")):
        if one.text and old in one.text:
            one.text = one.text.replace(old, new, 1)
            return
    raise LookupError(old)


def tracked_replace(element: Any, old: str, new: str) -> None:
    """Change a word as Word does with track changes on: the old one deleted, the new one inserted."""
    for run in list(element.iter(w("r"))):
        words = run.find(w("t"))
        if words is None or not words.text or old not in words.text:
            continue
        before, _, after = words.text.partition(old)
        parent, place = run.getparent(), run.getparent().index(run)
        parent.remove(run)
        for offset, piece in enumerate(
            [
                _run(run, before),
                _change("del", _run(run, old, "delText")),
                _change("ins", _run(run, new)),
                _run(run, after),
            ]
        ):
            parent.insert(place + offset, piece)
        return
    raise LookupError(old)


def _run(like: Any, text: str, kind: str = "t") -> Any:
    run = etree.Element(w("r"))
    properties = like.find(w("rPr"))
    if properties is not None:
        run.append(deepcopy(properties))
    words = etree.SubElement(run, w(kind))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _change(kind: str, run: Any) -> Any:
    change = etree.Element(w(kind))
    change.set(w("id"), "9001")
    change.set(w("author"), "Opposing Counsel")
    change.set(w("date"), "2026-07-02T09:00:00Z")
    change.append(run)
    return change


def heading_before(body: Any, clause: str, words: str) -> None:
    """Insert a section heading and a paragraph before a clause, as a party that adds a section would."""
    place = control(body, clause)
    for style, text in (("Heading2", words), ("MOUBody", "The parties added this section.")):
        paragraph = etree.Element(w("p"))
        properties = etree.SubElement(paragraph, w("pPr"))
        etree.SubElement(properties, w("pStyle")).set(w("val"), style)
        run = etree.SubElement(paragraph, w("r"))
        etree.SubElement(run, w("t")).text = text
        place.addprevious(paragraph)
