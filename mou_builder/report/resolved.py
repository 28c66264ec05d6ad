"""Accept or reject every tracked change of a text at once, as the buttons in Word do."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Literal

from mou_builder.report.wordfile import w

View = Literal["accepted", "rejected"]

_GONE: dict[View, set[str]] = {
    # What is deleted is not there once the changes are accepted; what is inserted is not there once they are rejected.
    "accepted": {w("del"), w("moveFrom")},
    "rejected": {w("ins"), w("moveTo")},
}
_STAYS: dict[View, set[str]] = {"accepted": _GONE["rejected"], "rejected": _GONE["accepted"]}
_CELLS: dict[View, str] = {"accepted": w("cellDel"), "rejected": w("cellIns")}
_RANGES = {
    w(f"{kind}Range{end}")
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
}
_LEGACY = {w("numberingChange"), w("cellIns"), w("cellDel"), w("cellMerge")}
_FORMER = {
    w(f"{kind}PrChange"): w(f"{kind}Pr") for kind in ("r", "p", "tbl", "tr", "tc", "sect", "tblEx")
} | {w("tblPrExChange"): w("tblPrEx"), w("tblGridChange"): w("tblGrid")}  # fmt: skip
# A former state never holds these; they belong to the mark, the section or the row itself.
_KEPT = {w("rPr"), w("sectPr"), w("headerReference"), w("footerReference"), w("ins"), w("del")}
_DELETED = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_BLOCKS = {w("p"), w("tbl"), w("sdt"), w("customXml"), w("altChunk"), w("sectPr")}
TRACKED = _GONE["accepted"] | _GONE["rejected"] | set(_FORMER) | _LEGACY
"""Everything that records a change: of words, of marks, of looks, of tables."""


def tracked_changes(root: Any) -> int:
    """Return how many tracked changes are pending in a part."""
    return sum(1 for _ in root.iter(*TRACKED))


def tracked_in(element: Any) -> set[str]:
    """Return the kinds of tracked change that an element lies in."""
    return {one.tag for one in element.iterancestors(*_GONE["accepted"], *_GONE["rejected"])}


def resolved(root: Any, view: View) -> Any:
    """Return a copy of a part (or of its body) in which no tracked change is left: all accepted, or all rejected."""
    made = deepcopy(root)
    marks = [one for one in made.iter(w("p")) if _mark(one, _GONE[view])]
    _drop_rows_and_cells(made, view)
    for one in list(made.iter(*_FORMER)):
        _former(one, view)
    for one in list(made.iter(*_GONE[view])):
        if one.getparent().tag == w("numPr"):  # the list membership itself was put in
            _remove(one.getparent())
        elif not _is_mark(one):
            _remove(one)
    for one in list(made.iter(*_STAYS[view])):
        if len(one) == 0 or one.getparent().tag in (w("numPr"), w("rPr"), w("trPr")):
            _remove(one)
        else:
            _unwrap(one)
    for one in list(made.iter(*_RANGES, *_LEGACY)):
        _remove(one)
    for one in list(made.iter(*_DELETED)):
        one.tag = _DELETED[one.tag]
    for paragraph in marks:
        if _within(paragraph, made):
            _run_on(paragraph)
    for one in list(made.iter(*_GONE[view])):
        _remove(one)
    return made


def _mark(paragraph: Any, tags: set[str]) -> bool:
    """Return whether a paragraph's mark is one of those changed; without its mark it runs on into the next one."""
    properties = paragraph.find(w("pPr/rPr"))
    return properties is not None and any(properties.find(tag) is not None for tag in tags)


def _is_mark(change: Any) -> bool:
    return bool(change.getparent().tag == w("rPr"))


def _within(element: Any, root: Any) -> bool:
    return any(one is root for one in element.iterancestors())


def _drop_rows_and_cells(root: Any, view: View) -> None:
    for row in list(root.iter(w("tr"))):
        properties = row.find(w("trPr"))
        if properties is not None and any(properties.find(tag) is not None for tag in _GONE[view]):
            _remove(row)
    for mark in list(root.iter(_CELLS[view])):
        _remove(mark.getparent().getparent())
    for row in list(root.iter(w("tr"))):
        if row.find(f".//{w('tc')}") is None:
            _remove(row)
    for table in list(root.iter(w("tbl"))):
        if table.find(f".//{w('tr')}") is None:
            _remove(table)


def _former(change: Any, view: View) -> None:
    """Settle one change of looks: drop it, or put back what stood before."""
    parent = change.getparent()
    if parent is None:
        return
    parent.remove(change)
    if view == "accepted":
        return
    before = change.find(_FORMER[change.tag])
    for one in [one for one in parent if one.tag not in _KEPT or parent.tag == w("rPr")]:
        # In the properties of a paragraph's mark, the changes of the mark itself stay to be settled.
        if not (parent.tag == w("rPr") and one.tag in _GONE["accepted"] | _GONE["rejected"]):
            parent.remove(one)
    for place, one in enumerate([] if before is None else list(before)):
        parent.insert(place, one)


def _run_on(paragraph: Any) -> None:
    """Join a paragraph that lost its mark to the one after it, whose mark, and with it whose looks, remain."""
    content = [one for one in paragraph if one.tag != w("pPr")]
    after = _next(paragraph)
    if after is not None and after.tag == w("p"):
        place = 1 if after.find(w("pPr")) is not None else 0
        for offset, one in enumerate(content):
            after.insert(place + offset, one)
        _remove(paragraph)
    elif not any(one.tag == w("r") for one in paragraph.iter()) and _can_go(paragraph):
        for one in content:  # bookmarks may end here
            paragraph.addprevious(one)
        _remove(paragraph)


def _next(block: Any) -> Any:
    """Return the block that a reader meets next, through the edges of content controls but not of cells."""
    later = _step(block, lambda one: one.getnext())
    while later is not None and later.tag not in _BLOCKS:
        later = _step(later, lambda one: one.getnext())
    while later is not None and later.tag in (w("sdt"), w("customXml")):
        inner = later.find(w("sdtContent")) if later.tag == w("sdt") else later
        first = next((one for one in inner if one.tag in _BLOCKS), None) if inner is not None else None
        later = first if first is not None else _next(later)
    return later


def _step(element: Any, beside: Callable[[Any], Any]) -> Any:
    found = beside(element)
    while found is None and element.getparent() is not None and element.getparent().tag in _OPEN:
        element = element.getparent()
        found = beside(element)
    return found


_OPEN = {w("sdtContent"), w("sdt"), w("customXml")}


def _can_go(paragraph: Any) -> bool:
    """Return whether what holds the paragraph may do without it; a cell, a note or a header may not be empty."""
    holder = paragraph.getparent()
    blocks = [one for one in holder if one.tag in (w("p"), w("tbl"), w("sdt"))]
    if holder.tag == w("body"):
        return len(blocks) > 1
    return len(blocks) > 1 and (blocks[-1] is not paragraph or blocks[-2].tag == w("p"))


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for offset, one in enumerate(list(element)):
        parent.insert(place + offset, one)
    _remove(element)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
