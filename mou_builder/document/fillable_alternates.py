"""Set a model's alternatives one under the other, each behind a shaded note, and lock the clauses that nobody may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from mou_builder.document.anchors import SPACE, make, w
from mou_builder.document.fillable_controls import shortened

_STARTS = "mouref_"


@dataclass(frozen=True)
class Alternative:
    """One text that may stand in a section, and what a person is told about it."""

    cite: str
    title: str
    notes: tuple[str, ...]
    """The lines of its note; the first stands out."""


def arrange(body: Any, alternatives: Mapping[str, Sequence[Alternative]], locked: frozenset[str]) -> list[Any]:
    """Change `body` in place: one heading over the alternatives of a section, a note over each, and the locks.

    Return the controls around the second and further alternatives of each section.
    """
    controls = {one.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")): one for one in body.iterchildren(w("sdt"))}
    further: list[Any] = []
    for texts in alternatives.values():
        held = [controls[one.cite] for one in texts]
        further += held[1:]
        if len(held) > 1:
            _one_heading(held)
        for one, element in zip(texts, held, strict=True):
            _note(element, one)
    in_a_choice = {one.cite for texts in alternatives.values() for one in texts}
    for cite, element in controls.items():
        if cite.partition("@")[0] in locked:
            # What must be possible to delete is locked against changes only.
            _lock(element, "contentLocked" if cite in in_a_choice else "sdtContentLocked")
    return further


def _one_heading(held: Sequence[Any]) -> None:
    """Take the headings out of the alternatives and leave the first one above them all."""
    for number, element in enumerate(held):
        content = element.find(w("sdtContent"))
        first = content[0]
        for start in first.findall(w("bookmarkStart")):
            if start.get(w("name"), "").startswith(_STARTS) and number:
                _drop_bookmark(first, start)
        if not _is_heading(first):
            continue  # a recital has no heading
        clause = next(one for one in first.findall(w("bookmarkStart")) if not one.get(w("name")).startswith(_STARTS))
        content.remove(first)
        content[0].insert(1, clause)
        if number == 0:
            element.addprevious(first)


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "").startswith("Heading")


def _drop_bookmark(paragraph: Any, start: Any) -> None:
    for end in paragraph.findall(w("bookmarkEnd")):
        if end.get(w("id")) == start.get(w("id")):
            paragraph.remove(end)
    paragraph.remove(start)


def _note(element: Any, one: Alternative) -> None:
    element.find(f"{w('sdtPr')}/{w('alias')}").set(w("val"), shortened(one.title))
    content = element.find(w("sdtContent"))
    for place, line in enumerate(one.notes):
        content.insert(place, guide(line, "MOUGuideLead" if place == 0 else "MOUGuide"))


def guide(line: str, style: str = "MOUGuide") -> Any:
    """Return a shaded paragraph that is no part of the agreement."""
    paragraph = make("p")
    etree.SubElement(paragraph, w("pPr")).append(make("pStyle", val=style))
    run = etree.SubElement(paragraph, w("r"))
    words = etree.SubElement(run, w("t"))
    words.text = line
    words.set(SPACE, "preserve")
    return paragraph


def _lock(element: Any, how: str) -> None:
    """Lock a clause: as a group, in which only the controls for facts can be changed."""
    properties = element.find(w("sdtPr"))
    place = properties.index(properties.find(w("id"))) + 1
    properties.insert(place, make("lock", val=how))
    properties.append(make("group"))
