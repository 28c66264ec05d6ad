"""The register of the corpus: each kind of edit is a function with a sentence, and says what should be reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from edited.paper import Paper
from edited.verdicts import Expected

Does = Callable[[Paper], Expected]
Changes = Callable[[Paper, Any], Expected]
Fits = Callable[[Any], bool]


@dataclass(frozen=True)
class Kind:
    """One kind of edit to a whole file."""

    name: str
    does: Does
    office: bool = False
    """Whether LibreOffice does it."""


@dataclass(frozen=True)
class ClauseKind:
    """One kind of edit to a clause, which can be done to several clauses of a file."""

    name: str
    does: Changes
    fits: Fits
    needs_marks: bool
    """Whether what is left of the clause can be known only by its marks."""


KINDS: dict[str, Kind] = {}
CLAUSE_KINDS: dict[str, ClauseKind] = {}


def kind(name: str, *, office: bool = False) -> Callable[[Does], Does]:
    """Enter an edit of a whole file in the register."""

    def enter(does: Does) -> Does:
        assert name not in KINDS, name
        KINDS[name] = Kind(name, does, office)
        return does

    return enter


def clause_kind(name: str, fits: Fits = lambda _: True, *, needs_marks: bool = False) -> Callable[[Changes], Changes]:
    """Enter an edit of one clause in the register; the corpus tries it on one clause, the combinations on several."""

    def enter(does: Changes) -> Changes:
        CLAUSE_KINDS[name] = ClauseKind(name, does, fits, needs_marks)
        kind(name)(lambda paper: does(paper, paper.pick(fits)))
        return does

    return enter
