"""Edits that change no word: how text is set, hyphenated, stored and commented on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from edited.kinds import kind
from edited.paper import Paper, paragraphs, run, texts_of, unlink, xml
from edited.verdicts import Expected
from lxml import etree
from wordedit import W, w

NO_CHANGE = Expected()


def pieces(paper: Paper) -> list[Any]:
    """Return every piece of text in the clauses."""
    return [one for clause in [*paper.recitals(), *paper.clauses()] for one in texts_of(clause)]


def retext(paper: Paper, change: Callable[[str], str]) -> Expected:
    for one in pieces(paper):
        one.text = change(one.text)
    return NO_CHANGE


@kind("untouched")
def untouched(paper: Paper) -> Expected:
    return Expected(found_by="bookmark")


@kind("stored anew without empty runs")
def stored_anew(paper: Paper) -> Expected:
    for one in list(paper.body.iter(w("r"))):
        if len(one) and all(child.tag == w("t") and not child.text for child in one):
            one.getparent().remove(one)
    return NO_CHANGE


@kind("runs split at random places")
def runs_split(paper: Paper) -> Expected:
    for one in pieces(paper):
        if len(one.text) > 3 and one.getparent().tag == w("r"):
            place = paper.chance.randrange(1, len(one.text))
            one.getparent().addnext(run(one.text[place:], one.getparent()))
            one.text = one.text[:place]
    return NO_CHANGE


@kind("marks of saving and spelling put in")
def saving_marks(paper: Paper) -> Expected:
    for number, one in enumerate(paragraphs(paper.body)):
        one.set(w("rsidR"), f"00{number:06X}")
        for place in one.findall(w("r"))[:2]:
            place.set(w("rsidRPr"), "00AB12CD")
            place.addprevious(xml('<w:proofErr w:type="spellStart"/>'))
            place.addnext(xml('<w:proofErr w:type="spellEnd"/>'))
            place.insert(0, xml("<w:lastRenderedPageBreak/>"))
    return NO_CHANGE


@kind("quotation marks made straight")
def straight_quotes(paper: Paper) -> Expected:
    table = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
    return retext(paper, lambda text: text.translate(table))


@kind("spaces made non-breaking and doubled")
def spaces(paper: Paper) -> Expected:
    return retext(
        paper, lambda text: text.replace(". ", ".  ").replace(" of ", "\u00a0of\u202f").replace(" the ", " the\u2009")
    )


@kind("hyphens made optional, non-breaking or typographic")
def hyphens(paper: Paper) -> Expected:
    for one in pieces(paper):
        one.text = (
            one.text.replace("ement", "e\u00adment").replace("School-", "School\u2011").replace("law-", "law\u2010")
        )
        if "tion" in one.text:
            before, _, after = one.text.partition("tion")
            one.text = before
            later = run(f"tion{after}", one.getparent())
            later.insert(0, etree.Element(w("softHyphen")))
            one.getparent().addnext(later)
    return NO_CHANGE


@kind("hyphens of Word's own kind")
def own_hyphens(paper: Paper) -> Expected:
    for one in pieces(paper):
        if "-" in one.text:
            before, _, after = one.text.partition("-")
            one.text = before
            later = run(after, one.getparent())
            later.insert(len(later) - 1, etree.Element(w("noBreakHyphen")))
            one.getparent().addnext(later)
    return NO_CHANGE


@kind("zero-width characters put in")
def zero_width(paper: Paper) -> Expected:
    for number, one in enumerate(pieces(paper)):
        place = paper.chance.randrange(len(one.text) + 1)
        one.text = one.text[:place] + "\u200b\u200c\u200d\u2060\ufeff"[number % 5] + one.text[place:]
    return NO_CHANGE


@kind("accents taken apart")
def accents(paper: Paper) -> Expected:
    return retext(paper, lambda text: unicodedata.normalize("NFD", text))


@kind("ligatures of a typesetting program")
def ligatures(paper: Paper) -> Expected:
    return retext(paper, lambda text: text.replace("fi", "\ufb01").replace("fl", "\ufb02"))


@kind("bold, language and fonts")
def formatted(paper: Paper) -> Expected:
    for one in pieces(paper):
        place = one.getparent()
        if place.find(w("rPr")) is None:
            place.insert(0, etree.Element(w("rPr")))
        for mark in ("<w:b/>", '<w:color w:val="FF0000"/>', '<w:lang w:val="en-GB"/>'):
            place.find(w("rPr")).append(xml(mark))
    return NO_CHANGE


@kind("headings set in capitals")
def capitals(paper: Paper) -> Expected:
    for clause in paper.clauses():
        for one in paragraphs(clause)[0].findall(w("r")):
            one.insert(0, xml("<w:rPr><w:caps/></w:rPr>"))
    return NO_CHANGE


@kind("line and page breaks put in")
def breaks(paper: Paper) -> Expected:
    for one in pieces(paper)[::5]:
        before, space, after = one.text.partition(" ")
        if space and one.getparent().tag == w("r"):
            one.text = before
            later = run(after, one.getparent())
            mark = paper.chance.choice(["<w:br/>", '<w:br w:type="page"/>', "<w:tab/>"])
            if "page" in mark:
                one.text += " "
            later.insert(len(later) - 1, xml(mark))
            one.getparent().addnext(later)
    return NO_CHANGE


@kind("empty paragraphs put in between")
def empty_paragraphs(paper: Paper) -> Expected:
    for clause in paper.clauses():
        clause.addnext(etree.Element(w("p")))
        paragraphs(clause)[0].addnext(etree.Element(w("p")))
    return NO_CHANGE


@kind("cross-references turned into words")
def unlinked(paper: Paper) -> Expected:
    for clause in paper.clauses():
        unlink(clause)
    return NO_CHANGE


@kind("cross-references stored as long fields")
def long_fields(paper: Paper) -> Expected:
    """Word itself stores a field in five runs, with the result between them."""
    for field in [*paper.body.iter(w("fldSimple"))]:
        if " REF " in field.get(w("instr")):
            before = ('<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>',
                      f"<w:r><w:instrText>{field.get(w('instr'))}</w:instrText></w:r>",
                      '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')  # fmt: skip
            for one in (*map(xml, before), *list(field), xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')):
                field.addprevious(one)
            field.getparent().remove(field)
    return NO_CHANGE


@kind("clauses put into frames of other controls")
def wrapped(paper: Paper) -> Expected:
    """Smart tags and inline controls around words, as older and newer programs leave them."""
    for number, one in enumerate(pieces(paper)[::4]):
        place = one.getparent()
        made = xml('<w:smartTag w:uri="urn:x" w:element="place"/>') if number % 2 else xml(
            "<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")  # fmt: skip
        place.addprevious(made)
        (made if number % 2 else made[1]).append(place)
    return NO_CHANGE


@kind("comments put in")
def commented(paper: Paper) -> Expected:
    """Comments on words, on whole clauses, and over the end of one clause and the beginning of the next."""
    clauses = paper.clauses()
    return comments(paper, [*_whole(clauses), (paragraphs(clauses[2])[-1], paragraphs(clauses[3])[0])])


def comments_on_clauses(paper: Paper) -> Expected:
    return comments(paper, _whole(paper.clauses()))


def _whole(clauses: list[Any]) -> list[tuple[Any, Any]]:
    return [(paragraphs(one)[1], paragraphs(one)[-1]) for one in clauses[::6]]


def comments(paper: Paper, spots: list[tuple[Any, Any]]) -> Expected:
    """Put a comment on each stretch of paragraphs."""
    said = "".join(
        f'<w:comment w:id="{id}" w:author="Counsel" w:date="2026-07-02T09:00:00Z" w:initials="C">'
        f"<w:p><w:r><w:annotationRef/></w:r><w:r><w:t>SROs may discipline Students?</w:t></w:r></w:p></w:comment>"
        for id in range(len(spots))
    )
    type = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    paper.add_part("word/comments.xml", f'<w:comments xmlns:w="{W}">{said}</w:comments>', "comments", type)
    for id, (first, last) in enumerate(spots):
        first.insert(1, xml(f'<w:commentRangeStart w:id="{id}"/>'))
        last.append(xml(f'<w:commentRangeEnd w:id="{id}"/>'))
        last.append(xml(f'<w:r><w:commentReference w:id="{id}"/></w:r>'))
    return NO_CHANGE


@kind("formatting changed with changes tracked")
def tracked_formatting(paper: Paper) -> Expected:
    for one in pieces(paper)[::3]:
        place = one.getparent()
        if place.find(w("rPr")) is None:
            place.insert(0, etree.Element(w("rPr")))
        change = xml('<w:rPrChange w:id="1" w:author="Counsel" w:date="2026-07-02T09:00:00Z"><w:rPr/></w:rPrChange>')
        old = deepcopy(place.find(w("rPr")))
        change[0].extend(list(old))
        place.find(w("rPr")).extend([xml("<w:i/>"), change])
    return NO_CHANGE
