"""What `check` says of an agreement after each kind of edit that people and programs make."""

from __future__ import annotations

import io
import os
import sys
from random import Random

import docx
import pytest
from edited.confusion import main
from edited.corpus import (
    CLAUSE_KINDS,
    EXAMPLES,
    KINDS,
    Edited,
    built_example,
    edited_file,
    judged,
    other_than,
    paper_of,
)
from edited.kinds import Kind
from edited.verdicts import ALTERED, BOTH, CHANGES, MISSING, MOVED, UNALTERED, Expected, verdicts

from mou_builder.cli.pdf import office

COMMON = [KINDS[name] for name in (
    "merged across the boundary of two clauses", "clause moved within its article", "clause changed and moved",
    "section inserted before the others", "clause copied to the end",
    "bookmarks and controls stripped, clauses changed, moved and deleted", "pasted into a new document, every number typed",
    "move pending", "all changes accepted", "comments put in",
)]  # fmt: skip
"""The commonest edits, tried every day; edits of words are tried all at once."""
OWN = [kind for kind in KINDS.values() if not kind.office]
OFFICE = [kind for kind in KINDS.values() if kind.office]
TOUCHED, WHOLE = {ALTERED, BOTH, MISSING}, {UNALTERED, MOVED}


def check(edited: Edited, example: str) -> None:
    """See that the report on an edited file says what it should."""
    report, wrong = judged(edited, example)
    assert report is not None, wrong
    said = [(row.id, wanted, got) for row, wanted, got in verdicts(edited.expected, report)]

    assert [one for one in said if one[1] in TOUCHED and one[2] in WHOLE] == [], "altered words were passed over"
    assert [one for one in said if one[1] in WHOLE and one[2] in TOUCHED] == [], "a false alarm"
    assert [str(one) for one in wrong] == []


def named(kinds: list[Kind]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", kinds, ids=[kind.name for kind in kinds])


@named(COMMON)
def test_an_edited_file_is_judged_as_it_should_be(kind: Kind) -> None:
    """The commonest edits: each clause is unaltered, altered, moved or missing as it was edited; what was added is told."""
    check(edited_file(kind, EXAMPLES[0]), EXAMPLES[0])


def test_many_edits_in_one_file_are_each_judged_as_alone() -> None:
    """Every kind of edit to a clause's words, each to another clause of one file: none hides another."""
    paper = paper_of(EXAMPLES[0], Random(7))
    own = [
        kind for kind in CLAUSE_KINDS.values() if kind.does.__module__ != "edited.places" and "another" not in kind.name
    ]
    kinds = [kind for kind in own if "move" not in kind.name]
    fitting = {kind.name: [one for one in paper.clauses() if kind.fits(one)] for kind in kinds}
    taken: list[object] = []
    expected = Expected()
    for kind in sorted(kinds, key=lambda one: len(fitting[one.name])):
        clause = paper.chance.choice([one for one in fitting[kind.name] if one not in taken])
        taken.append(clause)
        expected += kind.does(paper, clause)

    assert len(taken) > 30
    check(Edited(paper.word(), None, expected), EXAMPLES[0])


@pytest.mark.wide
@named(OWN)
def test_every_kind_of_edit_is_judged_as_it_should_be(kind: Kind) -> None:
    """The whole corpus: no altered clause is called unaltered, no unaltered one altered; and Word can open each file.

    Each kind is tried on one of the examples, in turn; ``confusion.py`` tries it on both.
    """
    example = EXAMPLES[OWN.index(kind) % len(EXAMPLES)]
    edited = edited_file(kind, example)

    assert docx.Document(io.BytesIO(edited.word)).paragraphs
    check(edited, example)


@pytest.mark.office
@named(OFFICE)
def test_what_libreoffice_saves_is_judged_as_it_should_be(kind: Kind) -> None:
    """Saved by LibreOffice, in its own format and in Word's, the words are the same, and so is the report."""
    if not office() and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")
    for example in EXAMPLES:
        check(edited_file(kind, example), example)


def test_the_corpus_is_the_same_each_time() -> None:
    """The same kind of edit to the same example gives the same file."""
    kind = KINDS["two clauses swapped"]

    assert edited_file(kind, EXAMPLES[0]) == edited_file(kind, EXAMPLES[0])


@pytest.mark.wide
def test_the_corpus_names_every_kind_of_changed_word() -> None:
    """Modal verbs, numbers, time limits, negations, exceptions and parties: some edit changes each."""
    expected = [edited_file(kind, EXAMPLES[0]).expected for kind in OWN if kind.name in CLAUSE_KINDS]

    assert len(KINDS) > 30
    assert set(CHANGES) <= {one for said in expected for some in said.changed.values() for one in some}


def test_one_command_prints_the_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The table counts the clauses of the files by what should be said and what was said."""
    monkeypatch.setattr(sys, "argv", ["confusion.py", "--kind", "untouched", "--example", EXAMPLES[0]])
    code = main()
    printed = capsys.readouterr().out.splitlines()

    assert (code, printed[0][:14], printed[-1]) == (0, "1 edited file.", "No disagreements.")
    assert printed[3].split() == ["unaltered", str(len(built_example(EXAMPLES[0]).record.clauses)), ".", ".", ".", "."]


@pytest.mark.wide
def test_every_example_of_the_corpus_differs_from_the_other() -> None:
    """The two agreements that are edited share a shape, and not their clauses."""
    ids = [{used.id for used in built_example(name).record.clauses} for name in (EXAMPLES[0], other_than(EXAMPLES[0]))]

    assert len(ids[0] - ids[1]) > 10 and len(ids[1] - ids[0]) > 10
