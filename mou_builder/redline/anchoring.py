"""Find for each paragraph and word of an agreement its place in the redline, and put back there what marks it.

The comparison sees words only. Bookmarks, the controls around clauses and the lists that paragraphs belong to are taken
from the two agreements themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any

from mou_builder.report.resolved import View, resolved, tracked_changes
from mou_builder.report.wordfile import w

_MARK = "redline-place"
_BOX = w("txbxContent")
_TEXT = (w("t"), w("delText"))
_BLOCKS = (w("p"), w("tbl"), w("sdt"))


@dataclass(frozen=True)
class Point:
    """A place in an agreement: so many letters into a paragraph, paragraphs counted from the first."""

    paragraph: int
    letters: int


@dataclass(frozen=True)
class Bookmark:
    """A bookmark and what it spans."""

    name: str
    start: Point
    end: Point


def paragraphs(root: Any) -> list[Any]:
    """Return the paragraphs of a body in order, those in tables included, those in text boxes not."""
    return [one for one in root.iter(w("p")) if next(one.iterancestors(_BOX), None) is None]


def _runs(paragraph: Any) -> list[Any]:
    return [run for run in paragraph.iter(w("r")) if next(run.iterancestors(w("p")), None) is paragraph]


def _letters(run: Any) -> int:
    return sum(len(one.text or "") for one in run if one.tag in _TEXT)


def bookmarks(body: Any) -> list[Bookmark]:
    """Return the bookmarks of a body without tracked changes, each name once."""
    told = paragraphs(body)
    place = {id(one): number for number, one in enumerate(told)}
    length = [sum(map(_letters, _runs(one))) for one in told]
    open_: dict[str, tuple[str, Point]] = {}
    found: dict[str, Bookmark] = {}
    before = -1
    for one in body.iter(w("p"), w("bookmarkStart"), w("bookmarkEnd")):
        if id(one) in place:
            before = place[id(one)]
        elif one.tag == w("bookmarkStart"):
            open_[one.get(w("id"), "")] = (one.get(w("name"), ""), _start(one, place, before))
        elif one.tag == w("bookmarkEnd") and one.get(w("id"), "") in open_:
            name, start = open_.pop(one.get(w("id"), ""))
            holder = next(one.iterancestors(w("p")), None)
            end = (
                Point(before, length[before] if before >= 0 else 0) if holder is None else point_at(one, holder, place)
            )
            if start.paragraph < len(told) and end.paragraph >= start.paragraph and name != "_GoBack":
                found.setdefault(name, Bookmark(name, start, end))
    return list(found.values())


def _start(mark: Any, place: dict[int, int], before: int) -> Point:
    holder = next(mark.iterancestors(w("p")), None)
    return Point(before + 1, 0) if holder is None else point_at(mark, holder, place)


def point_at(mark: Any, paragraph: Any, place: dict[int, int]) -> Point:
    """Return the place of an element that stands in `paragraph`; `place` gives each paragraph's number by its id."""
    letters = 0
    for one in paragraph.iter():
        if one is mark:
            break
        if one.tag in _TEXT:
            letters += len(one.text or "")
    return Point(place.get(id(paragraph), 0), letters)


class Laid:
    """An agreement as it lies in the redline: each of its paragraphs, and its words run by run."""

    def __init__(self, redline: Any, view: View) -> None:
        self._at: dict[str, Any] = {}
        for number, one in enumerate(redline.iter(w("p"), w("r"), w("sectPr"))):
            one.set(_MARK, str(number))
            self._at[str(number)] = one
        copy = resolved(redline, view)
        for one in self._at.values():
            del one.attrib[_MARK]
        told = paragraphs(copy)
        self.marks = [self._at[one.get(_MARK)] for one in told]
        """The paragraph in the redline whose mark ends each paragraph."""
        self.runs = [[self._at[run.get(_MARK)] for run in _runs(one)] for one in told]
        self.sections = [self._at[one.get(_MARK)] for one in copy.iter(w("sectPr")) if one.get(_MARK)]

    def first(self, paragraph: int) -> Any:
        """Return the paragraph in the redline in which this one begins."""
        runs = self.runs[paragraph]
        return next(runs[0].iterancestors(w("p"))) if runs else self.marks[paragraph]

    def put(self, point: Point, mark: Any, *, ends: bool) -> None:
        """Put a bookmark's start or end, or whatever has no letters of its own, where `point` is."""
        left = point.letters
        runs = self.runs[point.paragraph]
        if not runs:
            paragraph = self.marks[point.paragraph]
            paragraph.insert(1 if paragraph.find(w("pPr")) is not None else 0, mark)
        elif not ends and not left:
            _outside(runs[0], first=True).addprevious(mark)
        elif ends and left >= sum(map(_letters, runs)):
            _outside(runs[-1], first=False).addnext(mark)
        else:
            for number, run in enumerate(runs):
                if left < _letters(run) or number == len(runs) - 1:
                    if 0 < left < _letters(run):
                        runs.insert(number + 1, _split(run, left))
                        run.addnext(mark)
                    else:
                        run.addprevious(mark)
                    return
                left -= _letters(run)


def _outside(run: Any, *, first: bool) -> Any:
    """Return the outermost element of the paragraph that begins (or ends) with this run."""
    one = run
    while one.getparent().tag != w("p") and one.getparent().index(one) == (0 if first else len(one.getparent()) - 1):
        one = one.getparent()
    return one


def _split(run: Any, letters: int) -> Any:
    """Cut a run after so many letters and return the part behind the cut."""
    behind = deepcopy(run)
    for mine, other in zip(list(run), list(behind), strict=True):
        if mine.tag == w("rPr"):
            continue
        size = len(mine.text or "") if mine.tag in _TEXT else 0
        if letters <= 0:
            run.remove(mine)
        elif size <= letters:
            behind.remove(other)
        else:
            mine.text, other.text = mine.text[:letters], other.text[letters:]
            for one in (mine, other):
                one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        letters -= size
    run.addnext(behind)
    return behind


def mark_again(laid: Laid, marks: list[Bookmark], numbers: Iterator[int]) -> None:
    """Put bookmarks back at their places; one whose place is not there is left out."""
    for one in marks:
        if one.end.paragraph >= len(laid.marks):
            continue
        id = str(next(numbers))
        start = laid.marks[0].makeelement(w("bookmarkStart"), {w("id"): id, w("name"): one.name})
        laid.put(one.start, start, ends=False)
        laid.put(one.end, laid.marks[0].makeelement(w("bookmarkEnd"), {w("id"): id}), ends=True)


def wrap_again(laid: Laid, body: Any) -> None:
    """Put the controls that stand around whole paragraphs of `body` around them in the redline.

    Not where the first paragraph is changed: LibreOffice shows the changes at the head of a control as plain words, as if
    nobody had made them.
    """
    told = paragraphs(body)  # held, for lxml makes an element anew, with another id, once nobody holds it
    place = {id(one): number for number, one in enumerate(told)}
    for control in body.findall(w("sdt")):
        inside = [place[id(one)] for one in control.iter(w("p")) if id(one) in place]
        if not inside or inside[-1] >= len(laid.marks):
            continue
        first, last = _top(laid.first(inside[0])), _top(laid.marks[inside[-1]])
        if (
            tracked_changes(laid.first(inside[0]))
            or first is None
            or last is None
            or first.getparent() is not last.getparent()
        ):
            continue
        made = deepcopy(control)
        content = made.find(w("sdtContent"))
        for one in list(content):
            content.remove(one)
        inner = [first, *first.itersiblings()]
        if last in inner:
            first.addprevious(made)
            for one in inner[: inner.index(last) + 1]:
                content.append(one)


def _top(element: Any) -> Any:
    while element.getparent() is not None and element.getparent().tag != w("body"):
        element = element.getparent()
    return element if element.getparent() is not None else None


def numbers_from(root: Any) -> Iterator[int]:
    """Yield ids that nothing in `root` has yet."""
    taken = [one.get(w("id"), "") for one in root.iter() if isinstance(one.tag, str)]
    return count(1 + max((int(one) for one in taken if one.isascii() and one.isdigit()), default=0))
