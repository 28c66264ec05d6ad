"""Edits of the marks by which a clause is known: bookmarks, content controls and the embedded record."""

from __future__ import annotations

from typing import Any

from edited.kinds import KINDS, kind
from edited.paper import Paper, body_of, content_of, id_of, open_up, paragraphs, take_out
from edited.places import far_from
from edited.verdicts import ALTERED, BOTH, MISSING, MOVED, Expected
from edited.words import SHALL, change, holds, pasted_from_another, pasted_in
from wordedit import w


def bookmarks(paper: Paper, prefix: str = "mou") -> list[Any]:
    return [one for one in paper.body.iter(w("bookmarkStart")) if one.get(w("name")).startswith(prefix)]


def strip_bookmarks(paper: Paper) -> None:
    """Take out every bookmark: those on the clauses and those on the headings."""
    for one in [*paper.body.iter(w("bookmarkStart")), *paper.body.iter(w("bookmarkEnd"))]:
        take_out(one)


def strip_controls(paper: Paper) -> None:
    """Take out every content control; its paragraphs stay."""
    for one in list(paper.body.iter(w("sdt"))):
        for child in list(content_of(one)):
            one.addprevious(child)
        take_out(one)


def strip_record(paper: Paper) -> None:
    """Take out the embedded record; it is then given beside the file."""
    paper.parts = {name: data for name, data in paper.parts.items() if not name.startswith("customXml/")}
    relations = "word/_rels/document.xml.rels"
    kept = paper.parts[relations].split(b"<Relationship ")
    paper.parts[relations] = b"<Relationship ".join(one for one in kept if b"customXml" not in one)
    if not paper.parts[relations].endswith(b"</Relationships>"):
        paper.parts[relations] += b"</Relationships>"
    types = "[Content_Types].xml"
    kept = paper.parts[types].split(b"<Override ")
    paper.parts[types] = b"<Override ".join(one for one in kept if b"customXml" not in one)
    if not paper.parts[types].endswith(b"</Types>"):
        paper.parts[types] += b"</Types>"
    paper.beside = paper.built.record


@kind("bookmarks stripped")
def no_bookmarks(paper: Paper) -> Expected:
    strip_bookmarks(paper)
    return Expected(found_by="control")


@kind("content controls stripped")
def no_controls(paper: Paper) -> Expected:
    strip_controls(paper)
    return Expected(found_by="bookmark")


@kind("bookmarks and controls stripped")
def no_marks(paper: Paper) -> Expected:
    strip_bookmarks(paper)
    strip_controls(paper)
    return Expected(found_by="text")


@kind("bookmarks and controls stripped, clauses changed, moved and deleted")
def no_marks_and_edits(paper: Paper) -> Expected:
    chosen: list[Any] = []
    while len(chosen) < 6:
        chosen.append(paper.pick(holds(SHALL), but=chosen))
    for one in chosen[:4]:
        change(one, SHALL, "may")
    for one in (chosen[3], chosen[4]):
        far_from(paper, one).addnext(one)
    take_out(chosen[5])
    ids = [id_of(one) for one in chosen]
    strip_bookmarks(paper)
    strip_controls(paper)
    states = (ALTERED, ALTERED, ALTERED, BOTH, MOVED, MISSING)
    named = dict.fromkeys(ids[:4], ("modal verb",))
    return Expected(dict(zip(ids, states, strict=True)), changed=named, found_by="text")


def _then_stripped(name: str) -> None:
    """Enter an edit of the corpus once more, with all marks stripped afterwards."""

    def does(paper: Paper) -> Expected:
        said = KINDS[name].does(paper)
        strip_bookmarks(paper)
        strip_controls(paper)
        return said

    kind(f"marks stripped, {name}")(does)


for _name in ("paragraph carried over into another clause", "clause copied before itself as plain text",
              "an article deleted", "merged across the boundary of two clauses"):  # fmt: skip
    _then_stripped(_name)


@kind("marks stripped, a paragraph pasted in from another section")
def no_marks_and_pasted(paper: Paper) -> Expected:
    said = pasted_in(paper, paper.pick(lambda one: len(body_of(one)) > 1))
    strip_bookmarks(paper)
    strip_controls(paper)
    return said


@kind("marks stripped, a paragraph pasted in from another agreement")
def no_marks_and_foreign(paper: Paper) -> Expected:
    said = pasted_from_another(paper, paper.pick(lambda one: len(body_of(one)) > 1))
    strip_bookmarks(paper)
    strip_controls(paper)
    return said


@kind("record stripped and given beside")
def no_record(paper: Paper) -> Expected:
    strip_record(paper)
    return Expected(found_by="bookmark")


@kind("record, bookmarks and controls stripped")
def nothing_left(paper: Paper) -> Expected:
    strip_record(paper)
    strip_bookmarks(paper)
    strip_controls(paper)
    return Expected(found_by="text")


@kind("bookmarks renamed")
def renamed(paper: Paper) -> Expected:
    _rename(paper)
    return Expected(found_by="control")


@kind("bookmarks renamed and controls stripped")
def renamed_without_controls(paper: Paper) -> Expected:
    _rename(paper)
    strip_controls(paper)
    return Expected(found_by="text")


def _rename(paper: Paper) -> None:
    for number, one in enumerate(bookmarks(paper)):
        one.set(w("name"), f"_{paper.chance.randrange(16**10):010x}{number}")


@kind("bookmarks doubled")
def doubled(paper: Paper) -> Expected:
    """A second bookmark of the same name stands on the cover, as some programs leave it after copying."""
    cover = paragraphs(paper.body)[1]
    for number, one in enumerate(bookmarks(paper, "mou_")[::7]):
        for tag in ("bookmarkStart", "bookmarkEnd"):
            mark = cover.makeelement(w(tag), {w("id"): f"{70000 + number}"})
            if tag == "bookmarkStart":
                mark.set(w("name"), one.get(w("name")))
            cover.append(mark)
    return Expected()


@kind("bookmarks shrunk to the heading, controls stripped")
def shrunk(paper: Paper) -> Expected:
    """Some editors keep only the point where a bookmark began."""
    for clause in paper.clauses():
        for mark in list(clause.iter(w("bookmarkEnd"))):
            paragraphs(clause)[0].append(mark)
    strip_controls(paper)
    return Expected()


@kind("bookmarks without an end, controls stripped")
def endless(paper: Paper) -> Expected:
    for clause in paper.clauses()[::9]:
        for mark in list(clause.iter(w("bookmarkEnd"))):
            take_out(mark)
    strip_controls(paper)
    return Expected()


@kind("two bookmarks exchanged, controls stripped")
def exchanged(paper: Paper) -> Expected:
    first, second = (next(iter(one.iter(w("bookmarkStart")))) for one in (paper.clauses()[5], paper.clauses()[20]))
    names = first.get(w("name")), second.get(w("name"))
    first.set(w("name"), names[1])
    second.set(w("name"), names[0])
    strip_controls(paper)
    return Expected()


@kind("saved by an online editor")
def online(paper: Paper) -> Expected:
    """No record, no controls, other bookmark names, and every style written out into the paragraphs."""
    strip_record(paper)
    _rename(paper)
    strip_controls(paper)
    for field in [*paper.body.iter(w("hyperlink")), *paper.body.iter(w("fldSimple"))]:
        open_up(field)
    for one in paragraphs(paper.body):
        style = one.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and not style.get(w("val")).startswith(("Heading", "TOC")):
            take_out(style)
    return Expected(found_by="text")
