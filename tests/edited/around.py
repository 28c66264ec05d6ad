"""Edits around the clauses: notes, text boxes, headers, the parties block, signatures and schedules."""

from __future__ import annotations

from typing import Any

from edited.kinds import clause_kind, kind
from edited.paper import Paper, body_of, paragraph, paragraphs, style_of, xml
from edited.verdicts import Added, Expected
from edited.words import altered
from lxml import etree
from wordedit import W, text_of, w

EVIL = "Officers may also search lockers."
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def _noted(paper: Paper, clause: Any, kind: str, tag: str) -> Expected:
    if f"word/{kind}.xml" not in paper.parts:
        note = f'<w:{tag} w:id="2"><w:p><w:r><w:t>{EVIL}</w:t></w:r></w:p></w:{tag}>'
        paper.add_part(f"word/{kind}.xml", f'<w:{kind} xmlns:w="{W}">{note}</w:{kind}>', kind, NOTES.format(kind=kind))
    body_of(clause)[0].append(xml(f'<w:r><w:{tag}Reference w:id="2"/></w:r>'))
    return altered(clause)


@clause_kind("footnote put in", lambda clause: body_of(clause))
def footnote(paper: Paper, clause: Any) -> Expected:
    return _noted(paper, clause, "footnotes", "footnote")


@clause_kind("endnote put in", lambda clause: body_of(clause))
def endnote(paper: Paper, clause: Any) -> Expected:
    return _noted(paper, clause, "endnotes", "endnote")


@kind("words of the footnote are shown")
def footnote_shown(paper: Paper) -> Expected:
    return footnote(paper, paper.pick(lambda one: body_of(one))) + Expected(seen=(EVIL,))


@clause_kind("text box put in")
def text_box(paper: Paper, clause: Any) -> Expected:
    words = f"<w:txbxContent><w:p><w:r><w:t>{EVIL}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
              'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
              'xmlns:v="urn:schemas-microsoft-com:vml"')  # fmt: skip
    box = f"<wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp>"
    old = f"<w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
    shape = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    made = etree.fromstring(f"<w:r {spaces}><mc:AlternateContent>{shape}</mc:AlternateContent></w:r>")
    paragraphs(clause)[-1].append(made)
    return altered(clause)


@clause_kind("table put in")
def table(paper: Paper, clause: Any) -> Expected:
    cell = f"<w:tc><w:p><w:r><w:t>{EVIL}</w:t></w:r></w:p></w:tc>"
    paragraphs(clause)[-1].addprevious(xml(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    return altered(clause)


def _typed(paper: Paper, start: str) -> Expected:
    for name in [one for one in paper.parts if one.startswith(f"word/{start}")]:
        root = etree.fromstring(paper.parts[name])
        root.append(paragraph(EVIL, ""))
        paper.parts[name] = etree.tostring(root)
    return Expected(seen=(EVIL,))


@kind("words typed into the header")
def header(paper: Paper) -> Expected:
    return _typed(paper, "header")


@kind("words typed into the footer")
def footer(paper: Paper) -> Expected:
    return _typed(paper, "footer")


def _replaced(element: Any, old: str, new: str) -> Expected:
    piece = next(one for one in element.iter(w("t")) if old in (one.text or ""))
    piece.text = piece.text.replace(old, new, 1)
    return Expected(seen=(old, new))


@kind("a fact of the parties block changed")
def parties(paper: Paper) -> Expected:
    party = next(one for one in paragraphs(paper.body) if style_of(one) == "MOUParty")
    return _replaced(party, "public school district", "private company")


@kind("a signer's name changed")
def signer(paper: Paper) -> Expected:
    table = next(paper.body.iterchildren(w("tbl")))
    name = paper.built.record.answers["parties"]["districts"][0]["signatories"][0]["name"]
    return _replaced(table, name, "Somebody Else")


@kind("a cell of a schedule changed")
def cell(paper: Paper) -> Expected:
    for one in paper.body.iterchildren(w("tbl")):
        if any("$" in (piece.text or "") for piece in one.iter(w("t"))):
            piece = next(piece for piece in one.iter(w("t")) if "$" in (piece.text or ""))
            return _replaced(one, piece.text, "$1.00")
    return _school(paper)


@kind("a school in a schedule changed")
def school(paper: Paper) -> Expected:
    return _school(paper)


def _school(paper: Paper) -> Expected:
    name = paper.built.record.answers["program"]["sites"][0]["name"]
    table = next(one for one in paper.body.iterchildren(w("tbl")) if name in text_of(one))
    return _replaced(table, name, "Ravenwood Academy")


@kind("a row put into a schedule")
def row(paper: Paper) -> Expected:
    name = paper.built.record.answers["program"]["sites"][0]["name"]
    table = next(one for one in paper.body.iterchildren(w("tbl")) if name in text_of(one))
    table.append(xml(f"<w:tr><w:tc><w:p><w:r><w:t>{EVIL}</w:t></w:r></w:p></w:tc></w:tr>"))
    return Expected(added=(Added(EVIL, after=""),), seen=(EVIL,))


@kind("the date on the cover changed")
def cover(paper: Paper) -> Expected:
    date = next(one for one in paragraphs(paper.body) if style_of(one) == "MOUCoverDate")
    old = next(one.text for one in date.iter(w("t")) if "20" in (one.text or ""))
    return _replaced(date, old, "August 1, 2031")


@kind("an addendum put behind the appendix")
def addendum(paper: Paper) -> Expected:
    paper.body.insert(len(paper.body) - 1, paragraph(EVIL))
    return Expected(seen=("behind it, was changed",))


@kind("the appendix deleted")
def appendix(paper: Paper) -> Expected:
    """Parties often sign without it; the report does not rest on it."""
    start = next(one for one in paper.body.iter(w("bookmarkStart")) if "appendix" in one.get(w("name")))
    heading = start.getparent()
    for one in [*heading.itersiblings(w("p"), w("tbl"))]:
        one.getparent().remove(one)
    heading.getparent().remove(heading)
    return Expected()
