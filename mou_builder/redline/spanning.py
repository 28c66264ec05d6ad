"""Take out the fields that run over several paragraphs, as a contents list does, and put the new ones back afterwards.

A change at their first or last line would leave a field that begins twice or never ends, which no program reads well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mou_builder.redline.anchoring import Laid, Point, paragraphs, point_at
from mou_builder.report.parts import Parts
from mou_builder.report.wordfile import w


@dataclass(frozen=True)
class Span:
    """A field over several paragraphs: the runs that open it, the one that closes it, and where they stand."""

    keyword: str
    opening: list[Any]
    start: Point
    closing: Any
    end: Point


def take_out(old: Parts, new: Parts) -> list[Span]:
    """Take such fields out of both agreements and return those of `new`; leave them where the two have not equally many."""
    theirs, ours = _spans(old.body), _spans(new.body)
    shared = {one.keyword for one in theirs} & {one.keyword for one in ours}
    theirs, ours = ([one for one in side if one.keyword in shared] for side in (theirs, ours))
    if [one.keyword for one in theirs] != [one.keyword for one in ours]:
        return []
    for span in [*theirs, *ours]:
        for run in [*span.opening, span.closing]:
            run.getparent().remove(run)
    return ours


def put_back(laid: Laid, spans: list[Span]) -> None:
    """Put the fields back where they stood in the new agreement, as no change of anybody."""
    for span in spans:
        if span.end.paragraph < len(laid.marks):
            for run in span.opening:
                laid.put(span.start, run, ends=False)
            laid.put(span.end, span.closing, ends=True)


def _spans(body: Any) -> list[Span]:
    told = paragraphs(body)
    place = {id(one): number for number, one in enumerate(told)}
    open_: list[list[Any]] = []
    found = []
    for one in body.iter(w("fldChar"), w("instrText")):
        kind = one.get(w("fldCharType"))
        if kind == "begin":
            open_.append([one.getparent()])
        elif kind == "end" and open_:
            opening = open_.pop()
            first, last = (next(run.iterancestors(w("p"))) for run in (opening[0], one.getparent()))
            if first is not last and id(first) in place and id(last) in place:
                code = "".join(text.text or "" for run in opening for text in run.iter(w("instrText"))).split()
                start, end = point_at(opening[0], first, place), point_at(one.getparent(), last, place)
                found.append(Span(code[0].upper() if code else "", opening, start, one.getparent(), end))
        elif open_:
            open_[-1].append(one.getparent())
    return found
