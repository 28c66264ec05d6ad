"""Finish what the comparison made: the lists and styles of each agreement, moves as Word writes them, one set of ids."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from mou_builder.redline.anchoring import Laid, bookmarks, mark_again, numbers_from, paragraphs, wrap_again
from mou_builder.redline.dressing import join_list, properties_of
from mou_builder.redline.preparing import key, stories, unmask
from mou_builder.redline.spanning import Span, put_back
from mou_builder.report.parts import Parts
from mou_builder.report.wordfile import w

_MOVED = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_NOT_FORMER = {w("rPr"), w("sectPr"), w("pPrChange")}


class Hand:
    """Whose changes these are: author, date and the ids that are still free."""

    def __init__(self, author: str, on: date, numbers: Iterator[int]) -> None:
        self._by = {w("author"): author, w("date"): f"{on.isoformat()}T00:00:00Z"}
        self.numbers = numbers

    def change(self, like: Any, name: str) -> Any:
        """Return an empty tracked change of this kind."""
        return like.makeelement(w(name), {w("id"): str(next(self.numbers)), **self._by})

    def sign(self, root: Any) -> None:
        """Put author and date to every change that the comparison made."""
        for one in root.iter():
            if w("author") in one.attrib:
                one.attrib.update(self._by)


@dataclass(frozen=True)
class Compared:
    """What was handed to the comparison, and the fields that were taken out of it before."""

    old: Parts
    new: Parts
    spans: list[Span]


def finish(made: Parts, old: Parts, new: Parts, compared: Compared, author: str, on: date) -> None:
    """Change the comparison's result in place into the redline of `old` and `new`."""
    hand = Hand(author, on, numbers_from(made.xml[made.main]))
    for name in stories(made):
        _tidy(made.xml[name])
        hand.sign(made.xml[name])
    body = made.body
    before, after = Laid(body, "rejected"), Laid(body, "accepted")
    _lists(before, after, compared, hand)
    _first_pages(before, compared.old, hand)
    put_back(after, compared.spans)
    ours = bookmarks(new.body)
    names = {one.name for one in ours}
    mark_again(after, ours, hand.numbers)
    mark_again(Laid(body, "rejected"), [one for one in bookmarks(old.body) if one.name not in names], hand.numbers)
    wrap_again(Laid(body, "accepted"), new.body)


def _tidy(root: Any) -> None:
    """Take out what says nothing, and write what was moved as Word does."""
    unmask(root)
    for one in list(root.iter(w("rPrChange"))):
        now = [key(other) for other in one.getparent() if other is not one]
        then = [key(other) for former in one for other in former]
        if sorted(now) == sorted(then):
            one.getparent().remove(one)
    for one in list(root.iter(w("numberingChange"))):
        one.getparent().remove(one)
    for one in list(root.iter(w("del"))):
        _old_words_first(one)
    for moved in root.iter(w("moveFrom"), w("moveTo")):
        for one in moved.iter(*_MOVED):
            one.tag = _MOVED[one.tag]
        holder = moved.getparent()
        mark = holder.find(f"{w('pPr')}/{w('rPr')}/{w('del' if moved.tag == w('moveFrom') else 'ins')}")
        if mark is not None and all(run.getparent().tag == moved.tag for run in holder.iter(w("r"))):
            mark.tag = moved.tag


def _old_words_first(deleted: Any) -> None:
    """Put what was deleted before what was inserted in its place, as every reader of redlines expects it."""
    inserted = deleted.getprevious()
    while inserted is not None and inserted.tag == w("ins") and len(deleted) and len(inserted):
        inserted.addprevious(deleted)
        inserted = deleted.getprevious()


def _lists(before: Laid, after: Laid, compared: Compared, hand: Hand) -> None:
    """Give each paragraph the list and style it has in its own agreement; where they differ, mark the change."""
    old, new = (paragraphs(parts.body) for parts in (compared.old, compared.new))
    if len(old) != len(before.marks) or len(new) != len(after.marks):
        return  # the proof will say what went wrong
    former = {id(mark): paragraph for mark, paragraph in zip(before.marks, old, strict=True)}
    latter = {id(mark): paragraph for mark, paragraph in zip(after.marks, new, strict=True)}
    for mark in [*before.marks, *after.marks]:
        source = latter.get(id(mark))
        _rejoin_list(mark, former[id(mark)] if source is None else source)
    for mark in after.marks:
        was = former.get(id(mark))
        if was is not None and _standing(was) != _standing(latter[id(mark)]):
            change = hand.change(mark, "pPrChange")
            change.append(_former_properties(was))
            properties_of(mark).append(change)


def _rejoin_list(mark: Any, source: Any) -> None:
    """Give a paragraph the list that it is in by itself in its own agreement, and none that the comparison gave it."""
    properties = properties_of(mark)
    for one in [*properties.findall(w("numPr")), *properties.findall(w("pPrChange"))]:
        properties.remove(one)
    own = source.find(w("pPr/numPr"))
    if own is not None:
        join_list(mark, deepcopy(own))


def _standing(paragraph: Any) -> list[Any]:
    """Return the style and list of a paragraph: what makes it a heading, an item, a plain paragraph."""
    return [key(one) for path in ("pPr/pStyle", "pPr/numPr") for one in paragraph.findall(w(path))]


def _former_properties(paragraph: Any) -> Any:
    properties = paragraph.find(w("pPr"))
    made = paragraph.makeelement(w("pPr"))
    for one in [] if properties is None else properties:
        if one.tag not in _NOT_FORMER:
            made.append(deepcopy(one))
    return made


def _first_pages(before: Laid, old: Parts, hand: Hand) -> None:
    """Mark where a section's first page got, or lost, a header of its own."""
    sections = [one for one in old.body.iter(w("sectPr")) if one.getparent().tag in (w("pPr"), w("body"))]
    if len(sections) != len(before.sections):
        return
    for was, now in zip(sections, before.sections, strict=True):
        own = was.find(w("titlePg"))
        if (own is None) == (now.find(w("titlePg")) is None) or now.find(w("sectPrChange")) is not None:
            continue
        former = now.makeelement(w("sectPr"))
        for one in was:
            if one.tag not in (w("headerReference"), w("footerReference")):
                former.append(deepcopy(one))
        change = hand.change(now, "sectPrChange")
        change.append(former)
        now.append(change)
