"""Edits of places: clauses cut and pasted, swapped, copied; sections and articles put in, taken out or moved."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from edited.kinds import clause_kind, kind
from edited.paper import (
    Clause,
    Paper,
    content_of,
    id_of,
    items_of,
    paragraph,
    paragraphs,
    plain_copy,
    take_out,
)
from edited.verdicts import ALTERED, BOTH, MISSING, MOVED, Added, Expected
from edited.words import SHALL, change, holds
from wordedit import text_of, w

SECTION = ("Use of the Gymnasium", "The Agency may use the gymnasium for drills on days without instruction.")
FAR = 8
"""Sections between the old and the new place: so many that nobody could say the others moved."""


def heading_of(clause: Clause) -> str:
    return text_of(paragraphs(clause)[0])


def moved(*clauses: Clause) -> Expected:
    return Expected({id_of(one): MOVED for one in clauses})


def far_from(paper: Paper, clause: Clause) -> Clause:
    """Return a clause of another article, far away."""
    clauses = paper.clauses()
    place = clauses.index(clause)
    return paper.chance.choice([one for at, one in enumerate(clauses) if abs(at - place) > FAR])


def pasted_as_text(clause: Clause, after: Any) -> None:
    """Cut a clause and paste it as plain paragraphs: control and bookmarks stay behind and vanish."""
    for one in reversed(paragraphs(clause)):
        after.addnext(plain_copy(one))
    take_out(clause)


def early(paper: Paper) -> list[Clause]:
    """Return the clauses that are far from the end."""
    return paper.clauses()[: -FAR - 1]


def put_in(place: Any, *made: Any) -> None:
    """Put paragraphs behind a place, in order."""
    for one in reversed(made):
        place.addnext(one)


@kind("clause moved within its article")
def moved_within(paper: Paper) -> Expected:
    clauses = paper.chance.choice([one for _, one in paper.articles() if len(one) > 4])
    clauses[-1].addnext(clauses[0])
    return moved(clauses[0])


@clause_kind("clause moved to another article")
def moved_away(paper: Paper, clause: Any) -> Expected:
    far_from(paper, clause).addnext(clause)
    return moved(clause)


@clause_kind("clause pasted elsewhere as plain text")
def moved_as_text(paper: Paper, clause: Any) -> Expected:
    pasted_as_text(clause, far_from(paper, clause))
    return moved(clause)


@clause_kind("clause changed and moved", holds(SHALL))
def moved_and_altered(paper: Paper, clause: Any) -> Expected:
    change(clause, SHALL, "may")
    far_from(paper, clause).addnext(clause)
    return Expected({id_of(clause): BOTH}, changed={id_of(clause): ("modal verb",)})


@clause_kind("clause changed and pasted elsewhere as plain text", holds(SHALL))
def altered_as_text(paper: Paper, clause: Any) -> Expected:
    change(clause, SHALL, "may")
    pasted_as_text(clause, far_from(paper, clause))
    return Expected({id_of(clause): BOTH}, changed={id_of(clause): ("modal verb",)})


@kind("clause moved over the heading of the next article")
def moved_over_heading(paper: Paper) -> Expected:
    articles = paper.articles()
    (_, first), (heading, _) = articles[2:4]
    heading.addnext(first[-1])
    return moved(first[-1])


@kind("two neighbors swapped")
def neighbors_swapped(paper: Paper) -> Expected:
    first, second = next(clauses for _, clauses in paper.articles() if len(clauses) > 3)[1:3]
    second.addnext(first)
    return Expected(either=((id_of(first), id_of(second)),))


@kind("two clauses swapped")
def swapped(paper: Paper) -> Expected:
    first = paper.pick()
    second = far_from(paper, first)
    place = first.getprevious()
    second.addnext(first)
    place.addnext(second)
    return moved(first, second)


@kind("an article moved")
def article_moved(paper: Paper) -> Expected:
    articles = paper.articles()
    heading, clauses = min(articles[:-3], key=lambda one: len(one[1]))
    put_in(articles[-1][1][-1], heading, *clauses)
    return moved(*clauses)


@kind("an article deleted")
def article_deleted(paper: Paper) -> Expected:
    heading, clauses = paper.chance.choice(paper.articles()[1:-1])
    for one in (heading, *clauses):
        take_out(one)
    return Expected({id_of(one): MISSING for one in clauses}, seen=(text_of(heading),))


@kind("heading of an article deleted")
def article_heading_deleted(paper: Paper) -> Expected:
    heading, _ = paper.chance.choice(paper.articles()[1:])
    take_out(heading)
    return Expected(seen=(text_of(heading),))


@kind("heading of an article renamed")
def article_renamed(paper: Paper) -> Expected:
    heading, _ = paper.chance.choice(paper.articles())
    old = text_of(heading)
    piece = next(one for one in heading.iter(w("t")) if one.text)
    piece.text = "Understandings"
    return Expected(seen=(old, "Understandings"))


def added_section(paper: Paper, before: Clause, *words: str) -> Expected:
    """Put a new section before a clause."""
    made = [paragraph(words[0], "Heading2"), *(paragraph(one) for one in words[1:])]
    for one in made:
        before.addprevious(one)
    return added(paper, made)


def added(paper: Paper, made: Sequence[Any]) -> Expected:
    """Return that paragraphs were added, with their place as it now is."""
    headed = ""
    for number, one in paper.sections():
        if one is made[0]:
            after = headed
            section = number
            break
        if number and not number.startswith("Article"):
            headed = text_of(one)
    words = " ".join(" ".join(text_of(one) for one in made).split())
    return Expected(added=(Added(words, after, section),))


@kind("section inserted before the others")
def section_before(paper: Paper) -> Expected:
    return added_section(paper, paper.chance.choice(paper.article_of(paper.pick())[1:]), *SECTION)


@kind("section inserted and the references updated")
def section_and_fields(paper: Paper) -> Expected:
    said = added_section(paper, paper.clauses()[3], *SECTION)
    numbers = {}
    for number, one in paper.sections():
        for mark in one.iter(w("bookmarkStart")):
            numbers[mark.get(w("name"))] = number
    for field in paper.body.iter(w("fldSimple")):
        words = field.get(w("instr")).split()
        if words[0] == "REF" and numbers.get(words[1]):
            pieces = list(field.iter(w("t")))
            pieces[0].text = numbers[words[1]]
    return said


@kind("an article inserted")
def article_inserted(paper: Paper) -> Expected:
    heading, _ = paper.articles()[3]
    made = [paragraph("Facilities", "Heading1"), paragraph(SECTION[0], "Heading2"), paragraph(SECTION[1])]
    for one in made:
        heading.addprevious(one)
    return added(paper, made)


@kind("paragraph typed between two sections")
def typed_between(paper: Paper) -> Expected:
    made = paragraph("The Agency may charge for parking.")
    paper.pick().addnext(made)
    return added(paper, [made])


@kind("section pasted from another agreement")
def pasted_section(paper: Paper) -> Expected:
    other = paper.of_another()
    known = {used.id for used in paper.built.record.clauses} | {used.bookmark for used in paper.built.record.clauses}
    foreign = other.pick(
        lambda one: id_of(one) not in known and not list(one.iter(w("fldSimple"))) and not items_of(one)
    )
    paper.pick().addnext(foreign)
    return added(paper, paragraphs(foreign))


@kind("clause copied to the end")
def copied_with_control(paper: Paper) -> Expected:
    """Word copies the content control with its tag; the bookmark stays with the original."""
    clause = paper.chance.choice(early(paper))
    copy = deepcopy(clause)
    for mark in [*copy.iter(w("bookmarkStart")), *copy.iter(w("bookmarkEnd"))]:
        take_out(mark)
    paper.clauses()[-1].addnext(copy)
    return added(paper, paragraphs(copy))


@kind("clause copied to the end with all its marks")
def copied_with_marks(paper: Paper) -> Expected:
    clause = paper.chance.choice(early(paper))
    copy = deepcopy(clause)
    paper.clauses()[-1].addnext(copy)
    return added(paper, paragraphs(copy))


@kind("clause copied before itself as plain text")
def copied_before(paper: Paper) -> Expected:
    clause = paper.chance.choice(paper.clauses()[FAR + 3 :])
    made = [plain_copy(one) for one in paragraphs(clause)]
    for one in made:
        paper.clauses()[2].addprevious(one)
    return added(paper, made)


@kind("clause copied and changed at the end")
def copied_and_changed(paper: Paper) -> Expected:
    clause = paper.chance.choice([one for one in early(paper) if holds(SHALL)(one)])
    copy = deepcopy(clause)
    change(copy, SHALL, "may")
    made = [plain_copy(one) for one in paragraphs(copy)]
    put_in(paper.clauses()[-1], *made)
    return added(paper, made)


@clause_kind("clause changed and its old words pasted elsewhere", holds(SHALL), needs_marks=True)
def old_words_kept(paper: Paper, clause: Any) -> Expected:
    """The copy at the end, for example in an annex, must not hide what the section now says."""
    made = [plain_copy(one) for one in paragraphs(clause)]
    change(clause, SHALL, "may")
    put_in(paper.clauses()[-1], *made)
    return Expected({id_of(clause): ALTERED}, changed={id_of(clause): ("modal verb",)}) + added(paper, made)


@kind("recital deleted")
def recital_deleted(paper: Paper) -> Expected:
    recital = paper.recitals()[0]
    take_out(recital)
    return Expected({id_of(recital): MISSING})


@kind("two recitals swapped")
def recitals_swapped(paper: Paper) -> Expected:
    first, second = paper.recitals()[:2]
    second.addnext(first)
    return Expected(either=((id_of(first), id_of(second)),))


@kind("clauses taken out of their controls and grouped in one")
def grouped(paper: Paper) -> Expected:
    """Word's Group wraps a selection in a control of its own."""
    first, second = paper.articles()[1][1][:2]
    group = deepcopy(first)
    for child in list(content_of(group)):
        take_out(child)
    group.find(f"{w('sdtPr')}/{w('tag')}").set(w("val"), "group")
    first.addprevious(group)
    content_of(group).extend([first, second])
    return Expected()
