"""The agreement typed or pasted into a new document: words alone, with the numbers as words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import docx
from edited.kinds import KINDS, kind
from edited.paper import Paper, id_of, paragraphs, style_of, take_out
from edited.places import far_from
from edited.verdicts import ALTERED, MISSING, MOVED, Expected
from edited.words import SHALL, altered, change, holds
from wordedit import text_of, w

Line = tuple[str, str, str]
"""A paragraph's number, its words, and its style."""


def lines(paper: Paper) -> Iterator[Line]:
    """Yield each paragraph of the body, tables as one line a row, with the number that Word prints before it."""
    article = section = item = recital = 0
    for one in paper.body.iter(w("p"), w("tr")):
        if one.tag == w("tr"):
            yield "", "\t".join(text_of(cell) for cell in one.iter(w("tc"))), ""
            continue
        if any(up.tag == w("tc") for up in one.iterancestors()):
            continue
        style, number = style_of(one), ""
        item = item + 1 if style in ("MOUItem", "MOURecitalItem") else 0
        if style == "Heading1":
            article, section = article + 1, 0
            number = f"Article {article}"
        elif style == "Heading2":
            section += 1
            number = f"{article}.{section}"
        elif style in ("MOURecital", "MOURecitalLead"):
            recital += 1
            number = f"{chr(64 + recital)}."
        elif item:
            number = f"({chr(96 + item)})"
        yield number, text_of(one), style


def typed(paper: Paper, put: Callable[[Any, Line], None]) -> None:
    """Make the file a new document of the same words; its record is given beside."""
    document = docx.Document()
    for line in lines(paper):
        if line[1].strip():
            put(document, line)
    stream = io.BytesIO()
    document.save(stream)
    paper.whole = stream.getvalue()
    paper.beside = paper.built.record


def with_numbers(document: Any, line: Line) -> None:
    number, words, _ = line
    document.add_paragraph(f"{number} {words}" if number else words)


def with_section_numbers(document: Any, line: Line) -> None:
    number, words, style = line
    document.add_paragraph(f"{number} {words}" if style.startswith("Heading") else words)


def with_tabs(document: Any, line: Line) -> None:
    number, words, _ = line
    document.add_paragraph(f"{number}\t{words}" if number else words)


def without_numbers(document: Any, line: Line) -> None:
    document.add_paragraph(line[1])


def with_headings(document: Any, line: Line) -> None:
    number, words, style = line
    if style.startswith("Heading"):
        document.add_heading(words, int(style[-1]))
    else:
        document.add_paragraph(f"{number} {words}" if number else words)


def _retyped(name: str, put: Callable[[Any, Line], None]) -> None:
    def does(paper: Paper) -> Expected:
        typed(paper, put)
        return Expected(found_by="text")

    kind(name)(does)


_retyped("pasted into a new document, every number typed", with_numbers)
_retyped("pasted into a new document, section numbers typed", with_section_numbers)
_retyped("pasted into a new document, numbers before tabs", with_tabs)
_retyped("pasted into a new document without numbers", without_numbers)
_retyped("pasted into a new document with its headings", with_headings)


@kind("pasted into a new document after edits")
def retyped_with_edits(paper: Paper) -> Expected:
    chosen: list[Any] = []
    while len(chosen) < 4:
        chosen.append(paper.pick(lambda one: holds(SHALL)(one) and not list(one.iter(w("fldSimple"))), but=chosen))
    for one in chosen[:2]:
        change(one, SHALL, "may")
    far_from(paper, chosen[2]).addnext(chosen[2])
    take_out(chosen[3])
    typed(paper, with_numbers)
    states = (ALTERED, ALTERED, MOVED, MISSING)
    ids = [id_of(one) for one in chosen]
    named = dict.fromkeys(ids[:2], ("modal verb",))
    return Expected(dict(zip(ids, states, strict=True)), changed=named, found_by="text")


@kind("pasted into a new document, a section of one paragraph changed")
def short_one_changed(paper: Paper) -> Expected:
    clause = paper.pick(lambda one: holds(SHALL)(one) and len(paragraphs(one)) == 2)
    change(clause, SHALL, "may")
    typed(paper, with_numbers)
    return altered(clause, "modal verb")


def _then_retyped(name: str) -> None:
    """Enter an edit of the corpus once more, pasted into a new document afterwards; the contents list is as it was built."""

    def does(paper: Paper) -> Expected:
        said = KINDS[name].does(paper)
        typed(paper, with_numbers)
        return said

    kind(f"pasted into a new document, {name}")(does)


for _name in ("merged across the boundary of two clauses", "heading renamed", "paragraph carried over into another clause",
              "heading of an article renamed"):  # fmt: skip
    _then_retyped(_name)


@kind("each section pasted as one paragraph")
def one_paragraph(paper: Paper) -> Expected:
    """Line ends become spaces, as text taken from an e-mail often comes."""
    for clause in paper.clauses():
        first, *rest = paragraphs(clause)[1:]
        for one in rest:
            first.append(first.makeelement(w("r"), {}))
            made = first[-1].makeelement(w("t"), {})
            made.text = f" {text_of(one)}"
            first[-1].append(made)
            take_out(one)
    typed(paper, with_numbers)
    return Expected(found_by="text")
