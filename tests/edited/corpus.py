"""The corpus of edited agreements: each kind of edit done to a built example, with what `check` should say of it.

The files are made on the fly, the same for the same kind and example; none is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from edited import around, dress, marks, places, programs, retyped, revisions, words
from edited.kinds import CLAUSE_KINDS, KINDS, Kind
from edited.paper import Paper
from edited.verdicts import Disagreement, Expected, disagreements

from mou_builder.build import Built, build
from mou_builder.errors import MouError
from mou_builder.library import Library, load_library
from mou_builder.model import read_answers
from mou_builder.record import Record
from mou_builder.report import Report, read_report

__all__ = [
    "CLAUSE_KINDS",
    "EXAMPLES",
    "KINDS",
    "Edited",
    "built_example",
    "edited_file",
    "judged",
    "library",
    "paper_of",
]

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ("first_mou", "multi_party")
"""The examples that are edited: a short one of two parties, and a long one of several with open answers."""
AS_OF = date(2026, 7, 1)
MODULES = (words, places, marks, revisions, dress, around, retyped, programs)


@dataclass(frozen=True)
class Edited:
    """One file of the corpus, and what should be said of it."""

    word: bytes
    beside: Record | None
    expected: Expected


@cache
def library() -> Library:
    return load_library(ROOT / "clause_library")


@cache
def built_example(name: str) -> Built:
    """Return one of the shipped examples, built."""
    text = (ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
    agreement = read_answers(text, f"{name}.yaml", library().states)
    template = (ROOT / "templates" / "mou.docx").read_bytes()
    return build(agreement, library(), template, as_of=AS_OF, name=f"{name}.docx")


def other_than(example: str) -> str:
    return EXAMPLES[1 - EXAMPLES.index(example)]


def paper_of(example: str, chance: Random) -> Paper:
    """Return an example on the desk, as it was built."""
    return Paper(built_example(example), lambda: built_example(other_than(example)), chance)


def edited_file(kind: Kind, example: str) -> Edited:
    """Return an example after one kind of edit."""
    paper = paper_of(example, Random(f"{kind.name} {example}"))
    expected = kind.does(paper)
    return Edited(paper.word(), paper.beside, expected)


def judged(edited: Edited, example: str) -> tuple[Report | None, list[Disagreement]]:
    """Return the report on an edited file, and where it differs from what should be said."""
    try:
        report = read_report(edited.word, f"{example}.docx", library(), edited.beside)
    except MouError as refused:
        return None, [Disagreement("the file", "a report", "a refusal", str(refused))]
    return report, list(disagreements(edited.expected, report, built_example(example)))
