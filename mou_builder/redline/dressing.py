"""Dress the old agreement in the new one's styles and lists, so that the redline looks like the new agreement.

One file has one set of styles. Taken from the old file, which another program may have saved, they would change how the
new agreement looks once everything is accepted.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from mou_builder.document.repacking import attach
from mou_builder.redline.preparing import key, stories
from mou_builder.report.numbering import Numbering
from mou_builder.report.parts import OFFICE, Parts
from mou_builder.report.wordfile import WordFile, w

_STYLED = [w(name) for name in ("pStyle", "rStyle", "tblStyle")]
_RELATED = [w(name) for name in ("basedOn", "next", "link")]
# Among a paragraph's properties only these may stand before the list.
_BEFORE_LIST = [w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")]
_SHARED = ("theme", "fontTable", "settings")
_LINKS = [w(name) for name in ("pStyle", "styleLink", "numStyleLink", "nsid", "lvlPicBulletId")]
_UNFIT = [w(name) for name in ("attachedTemplate", "mailMerge", "documentProtection", "writeProtection")]


def dressed(old: Parts, new: Parts) -> Parts:
    """Return the old agreement with the new one's styles, lists and settings; its words and their numbers stay."""
    made = Parts(old.name, old.main, dict(old.xml), old.other)
    for name in stories(old):
        made.xml[name] = deepcopy(made.xml[name])
    for kind in _SHARED:
        if old.tied(kind) is not None and new.tied(kind) is not None:
            attach(made, kind, _fit(new.tied(kind)))
    added = _restyle(made, old.tied("styles"), new.tied("styles"))
    if new.tied("numbering") is not None and new.tied("styles") is not None:
        _relist(made, old, new, added)
    return made


def _fit(root: Any) -> Any:
    made = deepcopy(root)
    for one in list(made.iter(*_UNFIT)):
        one.getparent().remove(one)
    # What points to another part would point to nothing in the other file.
    for one in [one for one in made.iter() if any(name.startswith(f"{{{OFFICE}}}") for name in one.attrib)]:
        one.getparent().remove(one)
    return made


def _restyle(made: Parts, old: Any, new: Any) -> list[Any]:
    """Give the file the new styles and those that only it has; return these."""
    if new is None:
        return []
    styles = deepcopy(new)
    taken = {one.get(w("styleId"), "") for one in styles.iter(w("style"))}
    named = {_name(one): one.get(w("styleId"), "") for one in styles.iter(w("style"))}
    other: dict[str, str] = {}
    added = []
    for style in [] if old is None else old.iter(w("style")):
        id = style.get(w("styleId"), "")
        if _name(style) in named:
            other[id] = named[_name(style)]
            continue
        other[id] = id
        while other[id] in taken:
            other[id] = f"Old{other[id]}"
        taken.add(other[id])
        added.append(deepcopy(style))
    for style in added:
        style.set(w("styleId"), other[style.get(w("styleId"), "")])
        style.attrib.pop(w("default"), None)
        _point(style, _RELATED, other)
        styles.append(style)
    for name in stories(made):
        _point(made.xml[name], _STYLED, other)
    attach(made, "styles", styles)
    return added


def _name(style: Any) -> tuple[str, str]:
    name = style.find(w("name"))
    return style.get(w("type"), ""), "" if name is None else name.get(w("val"), "").casefold()


def _point(root: Any, tags: list[str], other: dict[str, str]) -> None:
    for one in root.iter(*tags):
        one.set(w("val"), other.get(one.get(w("val"), ""), one.get(w("val"), "")))


def _relist(made: Parts, old: Parts, new: Parts, added: list[Any]) -> None:
    """Give the file the new lists: by style where the number stays the same, else the old list beside the new ones."""
    attach(made, "numbering", new.tied("numbering"))
    memberships = [one for one in made.body.iter(w("numPr")) if one.getparent().getparent().tag == w("p")]
    dropped = []
    counted = _numbering(made)
    for one in memberships:
        properties = one.getparent()
        place = properties.index(one)
        properties.remove(one)
        if counted.next(properties.getparent())[1] < 0:
            properties.insert(place, one)  # the style alone would leave it without a number
        else:
            dropped.append((properties, place, one))
    if _numbers(made) != _numbers(old):
        for properties, place, one in dropped:
            properties.insert(place, one)
        _spell_lists_out(made, old)
    _bring_lists(made, old, new, added)


def _spell_lists_out(made: Parts, old: Parts) -> None:
    """Say of each paragraph itself which list it is in, or that it is in none, where the old styles said it."""
    told = zip(list(made.body.iter(w("p"))), list(old.body.iter(w("p"))), strict=True)
    for paragraph, was in told:
        if paragraph.find(w("pPr/numPr")) is None:
            number, level = _list_of_style(was, old)
            membership = paragraph.makeelement(w("numPr"))
            for name, value in (("ilvl", level), ("numId", number)):
                membership.append(membership.makeelement(w(name), {w("val"): value}))
            join_list(paragraph, membership)


def _list_of_style(paragraph: Any, parts: Parts) -> tuple[str, str]:
    """Return the number and level of the list that a paragraph is in by its style; ``0`` is no list."""
    styles = parts.tied("styles")
    by_id = {} if styles is None else {one.get(w("styleId")): one for one in styles.iter(w("style"))}
    id = _value(paragraph, "pPr/pStyle")
    while id in by_id:
        style = by_id.pop(id)  # a style based on itself ends here
        membership = style.find(w("pPr/numPr"))
        if membership is not None:
            number = _value(membership, "numId") or "0"
            return number, _value(membership, "ilvl") or _linked_level(parts, number, id)
        id = _value(style, "basedOn")
    return "0", "0"


def _linked_level(parts: Parts, number: str, style: str) -> str:
    lists = parts.tied("numbering")
    for one in [] if lists is None else lists.iter(w("num")):
        if one.get(w("numId")) == number:
            for level in lists.iter(w("lvl")):
                if _value(level, "pStyle") == style and _is_of(level, _value(one, "abstractNumId")):
                    return str(level.get(w("ilvl"), "0"))
    return "0"


def _is_of(level: Any, abstract: str) -> bool:
    return bool(level.getparent().get(w("abstractNumId")) == abstract)


def _value(element: Any, path: str) -> str:
    found = element.find(w(path))
    return "" if found is None else str(found.get(w("val"), ""))


def join_list(paragraph: Any, membership: Any) -> None:
    """Put a paragraph into a list, at the place among its properties where Word looks for it."""
    properties = properties_of(paragraph)
    properties.insert(sum(one.tag in _BEFORE_LIST for one in properties), membership)


def properties_of(paragraph: Any) -> Any:
    """Return the properties of a paragraph, new ones if it has none."""
    found = paragraph.find(w("pPr"))
    if found is None:
        found = paragraph.makeelement(w("pPr"))
        paragraph.insert(0, found)
    return found


def _bring_lists(made: Parts, old: Parts, new: Parts, added: list[Any]) -> None:
    """Put the old lists that paragraphs or styles still belong to beside the new ones, under numbers of their own."""
    lists = old.tied("numbering")
    holders = [*(made.xml[name] for name in stories(made)), *added]
    members = [one for root in holders for one in root.iter(w("numId")) if one.get(w("val")) != "0"]
    if lists is None or not members or key(lists) == key(new.tied("numbering")):
        return
    numbering = deepcopy(new.tied("numbering"))
    above = 1 + max(
        (int(number) for one in numbering for number in _ids(one) if number.isascii() and number.isdigit()), default=0
    )
    place = len(numbering.findall(w("abstractNum"))) + len(numbering.findall(w("numPicBullet")))
    for one in lists:
        if one.tag not in (w("abstractNum"), w("num")):
            continue
        brought = deepcopy(one)
        for link in list(brought.iter(*_LINKS)):
            link.getparent().remove(link)
        for name in (w("abstractNumId"), w("numId")):
            if name in brought.attrib:
                brought.set(name, _moved(brought.get(name), above))
        inner = brought.find(w("abstractNumId"))
        if inner is not None:
            inner.set(w("val"), _moved(inner.get(w("val"), ""), above))
        if one.tag == w("abstractNum"):
            numbering.insert(place, brought)
            place += 1
        else:
            numbering.append(brought)
    for one in members:
        one.set(w("val"), _moved(one.get(w("val"), ""), above))
    attach(made, "numbering", numbering)


def _ids(element: Any) -> list[str]:
    return [element.get(w("abstractNumId"), ""), element.get(w("numId"), "")]


def _moved(number: str, above: int) -> str:
    return str(int(number) + above) if number.isascii() and number.isdigit() else number


def _numbering(parts: Parts) -> Numbering:
    return Numbering(WordFile(parts.name, None, parts.tied("numbering"), parts.tied("styles"), None))


def _numbers(parts: Parts) -> list[str]:
    counted = _numbering(parts)
    return [counted.next(paragraph)[0] for paragraph in parts.body.iter(w("p"))]
