"""Edits of a clause's words: what counsel strikes, softens, adds and renames."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from edited.kinds import clause_kind, kind
from edited.paper import (
    Paper,
    body_of,
    content_of,
    id_of,
    items_of,
    join,
    paragraph,
    paragraphs,
    plain_copy,
    run,
    split_at,
    style_of,
    take_out,
    texts_of,
    unlink,
)
from edited.verdicts import ALTERED, MISSING, Expected

SHALL = r"\bshall\b(?! not)"
TIME = r"((?:School |Business |calendar )?(?:day|hour|month|week)s?)\b"
SENTENCE = re.compile(r"(?<=[a-z]\.) (?=[A-Z])")
NEW = "The Parties may agree otherwise by letter."


def altered(clause: Any, *changed: str) -> Expected:
    return Expected({id_of(clause): ALTERED}, changed={id_of(clause): changed} if changed else {})


def holds(pattern: str) -> Callable[[Any], bool]:
    """Return a test whether a clause's words, behind its heading, hold a pattern within one piece."""
    found = re.compile(pattern)
    return lambda clause: any(found.search(one.text) for one in _body_texts(clause))


def _body_texts(clause: Any) -> list[Any]:
    return [one for read in paragraphs(clause) if style_of(read) != "Heading2" for one in texts_of(read)]


def change(clause: Any, pattern: str, to: str) -> None:
    """Change the first words that fit the pattern."""
    found = re.compile(pattern)
    piece = next(one for one in _body_texts(clause) if found.search(one.text))
    piece.text = found.sub(to, piece.text, count=1)


def _changes(name: str, pattern: str, to: str, *named: str) -> None:
    """Enter an edit that changes some words for others."""

    def does(paper: Paper, clause: Any) -> Expected:
        change(clause, pattern, to)
        return altered(clause, *named)

    clause_kind(name, holds(pattern))(does)


_changes("shall became may", SHALL, "may", "modal verb")
_changes("shall became should", SHALL, "should", "modal verb")
_changes("negation removed", r"\bshall not\b", "shall", "negation")
_changes("negation put in", r"\bshall (?!not)", "shall not ", "negation")
_changes("number changed", r"\$\d", "$9", "number")
_changes("date changed", r"\b(August|July|June|May) (?!27)\d+", r"\1 27", "number or time limit")
_changes(
    "number in words changed",
    r"\b(?:two|three) (?!School|Business|calendar|day|hour|month|week|year)",
    "seven ",
    "number",
)
_changes("time limit changed", rf"\b(?:\d+|two|three|five|ten) {TIME}", r"400 \1", "time limit")
_changes("days became business days", r"(\d+) days\b", r"\1 Business Days", "time limit")
_changes("exception put in", r"(?<=[a-z]{4})\.(?=$| )", ", unless the superintendent decides otherwise.", "exception")
_changes("party swapped", r"\b([Tt]he) District (?=shall|may)", r"\1 Agency ", "party")
_changes("party swapped the other way", r"\b([Tt]he) Agency (?=shall|may)", r"\1 District ", "party")
_changes("defined term in small letters", r"(?<=[a-z] )Student\b", "student")
_changes("typing error put in", r"\b(agree)(ment|s)?\b", r"\1e\2")
_changes("sentence put in", r"(?<=[a-z]{4})\. (?=[A-Z])", f". {NEW} ")
_changes("sentence struck", r"(?<=[a-z]\.) [A-Z][^.]{20,}\.(?=$| )", "")
_changes("qualifier put in", r"\bshall (?!not)", "shall, where practicable, ")


@clause_kind("reference typed over with another section", lambda clause: list(clause.iter("{*}fldSimple")))
def other_reference(paper: Paper, clause: Any) -> Expected:
    shown = next(one for field in clause.iter("{*}fldSimple") for one in field.iter("{*}t") if one.text)
    unlink(clause)
    shown.text = "1.1" if shown.text != "1.1" else "1.2"
    return altered(clause)


@clause_kind("paragraph split in two", holds(SENTENCE.pattern))
def split(paper: Paper, clause: Any) -> Expected:
    broken(clause)
    return Expected()


def broken(clause: Any) -> Any:
    """Begin a new paragraph with some sentence; return it."""
    piece = next(one for one in _body_texts(clause) if SENTENCE.search(one.text))
    return split_at(piece, SENTENCE.search(piece.text).start())  # type: ignore[union-attr]


def _has_pair(clause: Any) -> bool:
    return any(style_of(one) == style_of(other) == "MOUBody" for one, other in _pairs(clause))


def _pairs(clause: Any) -> list[tuple[Any, Any]]:
    return list(pairwise(paragraphs(clause)))


@clause_kind("two paragraphs merged", _has_pair)
def merged(paper: Paper, clause: Any) -> Expected:
    join(*next(pair for pair in _pairs(clause) if style_of(pair[0]) == style_of(pair[1]) == "MOUBody"))
    return Expected()


@clause_kind("two paragraphs merged without a space", _has_pair)
def merged_closely(paper: Paper, clause: Any) -> Expected:
    join(*next(pair for pair in _pairs(clause) if style_of(pair[0]) == style_of(pair[1]) == "MOUBody"), between="")
    return Expected()


@kind("merged across the boundary of two clauses")
def merged_across(paper: Paper) -> Expected:
    clauses = next(clauses for _, clauses in paper.articles() if len(clauses) > 3)
    first, second = clauses[1:3]
    join(paragraphs(first)[-1], paragraphs(second)[0])
    return altered(first) + altered(second)


@clause_kind("heading renamed")
def heading_renamed(paper: Paper, clause: Any) -> Expected:
    _retype(clause, "Further Understandings of the Parties")
    return altered(clause)


@clause_kind("heading retyped in another style")
def heading_restyled(paper: Paper, clause: Any) -> Expected:
    heading = paragraphs(clause)[0]
    style = heading.find("{*}pPr/{*}pStyle")
    style.set(next(iter(style.attrib)), "MOUSubheading")
    _retype(clause, "".join(one.text for one in texts_of(heading)))
    return Expected()


@clause_kind("heading in capitals")
def heading_in_capitals(paper: Paper, clause: Any) -> Expected:
    _retype(clause, "".join(one.text for one in texts_of(paragraphs(clause)[0])).upper())
    return Expected()


def _retype(clause: Any, words: str) -> None:
    pieces = texts_of(paragraphs(clause)[0])
    pieces[0].text = words
    for one in pieces[1:]:
        one.text = ""


@clause_kind("heading deleted", needs_marks=True)
def heading_deleted(paper: Paper, clause: Any) -> Expected:
    heading, following = paragraphs(clause)[:2]
    # Deleting words leaves the bookmarks that began there, now before what follows.
    place = 1 if following.find("{*}pPr") is not None else 0
    for mark in [one for one in heading if "bookmark" in one.tag]:
        following.insert(place, mark)
        place += 1
    take_out(heading)
    return altered(clause)


@clause_kind("clause deleted")
def deleted(paper: Paper, clause: Any) -> Expected:
    take_out(clause)
    return Expected({id_of(clause): MISSING})


@clause_kind("all but the heading deleted", needs_marks=True)
def emptied(paper: Paper, clause: Any) -> Expected:
    ends = list(clause.iter("{*}bookmarkEnd"))
    for one in paragraphs(clause)[1:]:
        take_out(one)
    paragraphs(clause)[0].extend(ends)
    return altered(clause)


@clause_kind("all but the heading written anew", needs_marks=True)
def written_anew(paper: Paper, clause: Any) -> Expected:
    ends = list(clause.iter("{*}bookmarkEnd"))
    emptied(paper, clause)
    content_of(clause).append(paragraph("Everything about this is left to a later letter between counsel."))
    paragraphs(clause)[-1].extend(ends)
    return altered(clause)


@clause_kind("list item deleted", lambda clause: len(items_of(clause)) > 2)
def item_deleted(paper: Paper, clause: Any) -> Expected:
    take_out(items_of(clause)[0])
    return altered(clause)


@clause_kind("list item added", lambda clause: len(items_of(clause)) > 1)
def item_added(paper: Paper, clause: Any) -> Expected:
    items_of(clause)[0].addnext(paragraph("drive the school bus;", "MOUItem"))
    return altered(clause)


@clause_kind("list items reordered", lambda clause: len(items_of(clause)) > 2)
def items_reordered(paper: Paper, clause: Any) -> Expected:
    first, second = items_of(clause)[:2]
    second.addnext(first)
    return altered(clause)


@clause_kind("paragraph pasted in from another section", lambda clause: len(body_of(clause)) > 1)
def pasted_in(paper: Paper, clause: Any) -> Expected:
    source = paper.pick(lambda one: len(body_of(one)) > 0, but=[clause])
    body_of(clause)[0].addnext(plain_copy(body_of(source)[0]))
    return altered(clause)


@clause_kind("paragraph pasted in from another agreement", lambda clause: len(body_of(clause)) > 1)
def pasted_from_another(paper: Paper, clause: Any) -> Expected:
    other = paper.of_another()
    pasted = plain_copy(body_of(other.pick(lambda one: len(body_of(one)) > 0))[0])
    pasted.append(run(" This binds Officers alone."))
    body_of(clause)[0].addnext(pasted)
    return altered(clause)


@clause_kind("clause cut in two by a new heading", lambda clause: len(body_of(clause)) > 1)
def cut_in_two(paper: Paper, clause: Any) -> Expected:
    body_of(clause)[0].addnext(paragraph("Further Terms", "Heading2"))
    return altered(clause)


@kind("paragraph carried over into another clause")
def carried_over(paper: Paper) -> Expected:
    source = paper.pick(lambda one: len(body_of(one)) > 2)
    target = paper.pick(lambda one: len(body_of(one)) > 1, but=[source])
    body_of(target)[0].addnext(body_of(source)[1])
    return altered(source) + altered(target)
