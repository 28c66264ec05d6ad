"""Edits with changes tracked: pending, accepted and rejected, as Word keeps them in the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from edited.kinds import clause_kind, kind
from edited.paper import (
    Paper,
    body_of,
    id_of,
    items_of,
    paragraph,
    paragraphs,
    plain_copy,
    run,
    style_of,
    texts_of,
    unlink,
    xml,
)
from edited.places import SECTION, added, far_from
from edited.verdicts import ALTERED, MISSING, MOVED, Expected
from edited.words import NEW, SENTENCE, SHALL, altered, broken, holds
from lxml import etree
from wordedit import tracked_replace, w

BY = 'w:id="{id}" w:author="Opposing Counsel" w:date="2026-07-02T09:00:00Z"'
TRACKED = {"in": ("ins", "moveTo"), "out": ("del", "moveFrom")}


def change(kind: str, id: int = 9000) -> Any:
    return xml(f"<w:{kind} {BY.format(id=id)}/>")


def mark(one: Any, kind: str) -> None:
    """Track the end of a paragraph, too: as deleted, inserted or moved."""
    properties = one.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        one.insert(0, properties)
    dress = properties.find(w("rPr"))
    if dress is None:
        dress = etree.SubElement(properties, w("rPr"))
    dress.append(change(kind))


def track(one: Any, kind: str) -> None:
    """Track a whole paragraph as deleted, inserted or moved."""
    mark(one, kind)
    for place in one.findall(w("r")):
        wrapper = change(kind)
        place.addprevious(wrapper)
        wrapper.append(place)
        for words in place.findall(w("t")) if kind in TRACKED["out"] else []:
            words.tag = w("delText" if kind == "del" else "t")


def delete(clause: Any) -> None:
    """Delete a clause with changes tracked."""
    unlink(clause)
    for one in paragraphs(clause):
        track(one, "del")


def replace_shall(clause: Any) -> None:
    tracked_replace(clause, "shall", "may")


def accept_all(paper: Paper) -> None:
    _settle(paper, gone=TRACKED["out"], stays=TRACKED["in"])


def reject_all(paper: Paper) -> None:
    _settle(paper, gone=TRACKED["in"], stays=TRACKED["out"])


def _settle(paper: Paper, gone: Sequence[str], stays: Sequence[str]) -> None:
    """Do what Word does when all changes are accepted, or all rejected."""
    for one in list(paper.body.iter(*map(w, gone))):
        if one.getparent() is not None and one.getparent().tag != w("rPr"):
            one.getparent().remove(one)
    for one in list(paper.body.iter(*map(w, stays))):
        if one.getparent().tag != w("rPr"):
            for child in list(one):
                one.addprevious(child)
        one.getparent().remove(one)
    for words in paper.body.iter(w("delText")):
        words.tag = w("t")
    for one in paragraphs(paper.body):
        dress = one.find(f"{w('pPr')}/{w('rPr')}")
        if dress is not None and any(child.tag in map(w, gone) for child in dress):
            _run_on(one)
    for one in [control for control in paper.body.iter(w("sdt")) if not paragraphs(control)]:
        one.getparent().remove(one)
    for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"):
        for one in list(paper.body.iter(w(name))):
            one.getparent().remove(one)


def _run_on(one: Any) -> None:
    """Let a paragraph whose end is gone run on into the next one of its control, or vanish if nothing is left of it."""
    following = one.getnext()
    if following is not None and following.tag == w("p"):
        for child in reversed([child for child in one if child.tag != w("pPr")]):
            following.insert(1 if following.find(w("pPr")) is not None else 0, child)
    one.getparent().remove(one)


def holds_shall(clause: Any) -> bool:
    return holds(SHALL)(clause) and not any("shall not" in one.text for one in texts_of(clause))


@clause_kind("replacement pending", holds_shall)
def replaced(paper: Paper, clause: Any) -> Expected:
    replace_shall(clause)
    return altered(clause, "modal verb")


@clause_kind("insertion pending", lambda clause: body_of(clause))
def inserted(paper: Paper, clause: Any) -> Expected:
    put_in = change("ins")
    put_in.append(run(f" {NEW}"))
    body_of(clause)[-1].append(put_in)
    return altered(clause)


@clause_kind("deletion pending", lambda clause: len(body_of(clause)) > 1)
def struck(paper: Paper, clause: Any) -> Expected:
    unlink(clause)
    track(body_of(clause)[0], "del")
    return altered(clause)


@clause_kind("list item's insertion pending", lambda clause: items_of(clause))
def item_inserted(paper: Paper, clause: Any) -> Expected:
    made = paragraph("drive the school bus;", "MOUItem")
    track(made, "ins")
    items_of(clause)[0].addnext(made)
    return altered(clause)


@clause_kind("split pending", holds(SENTENCE.pattern))
def split_pending(paper: Paper, clause: Any) -> Expected:
    """Somebody pressed Enter with changes tracked: the end of a paragraph is put in, and the words are the same."""
    mark(broken(clause).getprevious(), "ins")
    return Expected()


@clause_kind("merger pending", lambda clause: len(body_of(clause)) > 1)
def merger_pending(paper: Paper, clause: Any) -> Expected:
    """Somebody pressed Delete at the end of a paragraph with changes tracked, and typed a space."""
    first = next((one for one, other in pairwise(paragraphs(clause)) if style_of(one) == style_of(other)), None)
    first = body_of(clause)[0] if first is None else first
    space = change("ins")
    space.append(run(" "))
    first.append(space)
    mark(first, "del")
    return Expected()


@clause_kind("deletion of the whole clause pending")
def wholly_struck(paper: Paper, clause: Any) -> Expected:
    delete(clause)
    return Expected({id_of(clause): MISSING})


@clause_kind("move pending", lambda clause: not list(clause.iter(w("fldSimple"))))
def move_pending(paper: Paper, clause: Any) -> Expected:
    place = far_from(paper, clause)
    made = [plain_copy(one) for one in paragraphs(clause)]
    name = f'w:name="move{paper.chance.randrange(10**6)}"'
    for one in paragraphs(clause):
        track(one, "moveFrom")
    paragraphs(clause)[0].insert(1, xml(f"<w:moveFromRangeStart {BY.format(id=9100)} {name}/>"))
    paragraphs(clause)[-1].append(xml('<w:moveFromRangeEnd w:id="9100"/>'))
    for one in reversed(made):
        track(one, "moveTo")
        place.addnext(one)
    made[0].insert(1, xml(f"<w:moveToRangeStart {BY.format(id=9101)} {name}/>"))
    made[-1].append(xml('<w:moveToRangeEnd w:id="9101"/>'))
    return Expected({id_of(clause): MOVED})


@kind("new section pending")
def section_pending(paper: Paper) -> Expected:
    made = [paragraph(SECTION[0], "Heading2"), paragraph(SECTION[1])]
    place = paper.pick()
    for one in made:
        track(one, "ins")
        place.addprevious(one)
    return added(paper, made)


def _negotiated(paper: Paper) -> Expected:
    """Track a replacement, an insertion, a struck paragraph and a struck clause; return what holds once all are accepted."""
    said = three_pending(paper)
    fourth = paper.pick(lambda one: id_of(one) not in said.clauses)
    delete(fourth)
    return said + Expected({id_of(fourth): MISSING})


def three_pending(paper: Paper) -> Expected:
    first = paper.pick(holds_shall)
    second = paper.pick(lambda one: body_of(one), but=[first])
    third = paper.pick(lambda one: len(body_of(one)) > 1, but=[first, second])
    return replaced(paper, first) + inserted(paper, second) + struck(paper, third)


@kind("several changes pending")
def several(paper: Paper) -> Expected:
    return _negotiated(paper)


@kind("all changes accepted")
def accepted(paper: Paper) -> Expected:
    said = _negotiated(paper)
    accept_all(paper)
    return said


@kind("all changes rejected")
def rejected(paper: Paper) -> Expected:
    _negotiated(paper)
    reject_all(paper)
    return Expected()


@kind("some changes accepted, others rejected, one pending")
def settled(paper: Paper) -> Expected:
    first = paper.pick(holds_shall)
    second = paper.pick(lambda one: body_of(one), but=[first])
    third = paper.pick(holds_shall, but=[first, second])
    replaced(paper, first)
    accept_all(paper)
    inserted(paper, second)
    reject_all(paper)
    replaced(paper, third)
    return Expected({id_of(first): ALTERED, id_of(third): ALTERED})


@kind("a change struck again by the other side")
def struck_again(paper: Paper) -> Expected:
    """One side puts a sentence in, the other deletes it; both changes are pending, and the words are as they were."""
    clause = paper.pick(lambda one: body_of(one))
    put_in, taken = change("ins"), change("del", 9001)
    words = run(f" {NEW}", kind="delText")
    taken.append(words)
    put_in.append(taken)
    body_of(clause)[-1].append(put_in)
    return Expected()


@kind("pending changes without bookmarks and controls")
def pending_without_marks(paper: Paper) -> Expected:
    from edited.marks import strip_bookmarks, strip_controls

    first = paper.pick(holds_shall)
    second = paper.pick(but=[first])
    replaced(paper, first)
    delete(second)
    strip_bookmarks(paper)
    strip_controls(paper)
    return Expected({id_of(first): ALTERED, id_of(second): MISSING}, found_by="text")


@kind("content of a control deleted with changes tracked")
def control_struck(paper: Paper) -> Expected:
    """Some editors put a mark of deletion around the whole control."""
    clause = paper.pick()
    for one in paragraphs(clause):
        mark(one, "del")
    wrapper = change("del")
    clause.addprevious(wrapper)
    wrapper.append(clause)
    return Expected({id_of(clause): MISSING})
