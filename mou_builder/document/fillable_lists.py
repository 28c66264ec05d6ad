"""Let the lettered lists of each alternative begin at (a): the alternatives stand under one heading, which alone would do it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from mou_builder.document.anchors import make, w


def restart_lists(alternatives: Iterable[Any], styles: Any, numbering: Any) -> None:
    """Give the items of each alternative a list that starts anew, in place; `alternatives` are their controls."""
    levels = _levels(styles)
    abstract = {one.get(w("numId")): one.find(w("abstractNumId")).get(w("val")) for one in numbering.iter(w("num"))}
    following = max((int(id) for id in abstract), default=0) + 1
    for element in alternatives:
        items = [one for one in element.iter(w("p")) if _style(one) in levels]
        for list_id in dict.fromkeys(levels[_style(one)][0] for one in items):
            number = str(following)
            following += 1
            mine = [one for one in items if levels[_style(one)][0] == list_id]
            starts = sorted({levels[_style(one)][1] for one in mine})
            numbering.append(_list(number, abstract[list_id], starts))
            for one in mine:
                _put_in(one, number, levels[_style(one)][1])


def _levels(styles: Any) -> dict[str, tuple[str, str]]:
    """Return list and level of each style of items: those below a section's number or a recital's letter."""
    found = {}
    for style in styles.iter(w("style")):
        numbers = style.find(f"{w('pPr')}/{w('numPr')}")
        id = style.get(w("styleId"), "")
        if numbers is not None and id in ("MOUItem", "MOUSubitem", "MOURecitalItem"):
            level = numbers.find(w("ilvl"))
            found[id] = (numbers.find(w("numId")).get(w("val")), "0" if level is None else level.get(w("val")))
    return found


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style.get(w("val"), "") if style is not None else ""


def _list(number: str, abstract: str, levels: Iterable[str]) -> Any:
    made = make("num", numId=number)
    made.append(make("abstractNumId", val=abstract))
    for level in levels:
        etree.SubElement(made, w("lvlOverride"), {w("ilvl"): level}).append(make("startOverride", val="1"))
    return made


def _put_in(paragraph: Any, number: str, level: str) -> None:
    properties = paragraph.find(w("pPr"))
    numbers = make("numPr")
    numbers.append(make("ilvl", val=level))
    numbers.append(make("numId", val=number))
    properties.insert(1, numbers)
