"""Bring the rows of many agreements together: which requirements become columns, and how often each status stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mou_builder.library import Requirement, Rubric
from mou_builder.report.shapes import Status
from mou_builder.rollup.row import AgreementRow, Cell

STATUSES: Mapping[Status, tuple[str, str]] = {
    "missing": ("\u2715", "no section says it, or an answer it needs is open"),
    "altered": ("\u2260", "the words differ from the library\u2019s; counsel must judge"),
    "not attested": ("\u25cb", "a practice; nobody has stated that it happens"),
    "verify": ("?", "nobody has read it in its source; counsel must verify it"),
    "waived": ("W", "left out knowingly, with a name and a reason"),
    "attested": ("P", "a practice; a named person has stated that it happens"),
    "met": ("\u2713", "a section says it in the library\u2019s words"),
    "not applicable": ("\u2013", "the answers rule it out"),
}
"""Each status with the sign that stands for it and what it means, the ones to look at first."""

NOT_ASKED = "not asked"
"""What an empty cell means: the rubric is not for this agreement, or the requirement was not in force on its day."""


@dataclass(frozen=True)
class Column:
    """One requirement, as the matrix heads a column with it."""

    rubric: Rubric
    requirement: Requirement

    @property
    def id(self) -> str:
        """The requirement's id."""
        return self.requirement.id


@dataclass(frozen=True)
class Problem:
    """A file that could not be read: what was found, and the mend."""

    file: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        """Return the problem as one message."""
        return " ".join(part for part in (f"{self.file}: {self.what}", self.mend) if part)


@dataclass(frozen=True)
class Matrix:
    """Agreements by requirements."""

    rows: tuple[AgreementRow, ...]
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...]
    versions: Mapping[str, str]
    """``1 of 2`` by file, where the folder holds several versions of one agreement."""
    states: Mapping[str, str]
    """Name of each state that an agreement names, by its code."""
    tool: str

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last of the days as of which the agreements were judged."""
        days = [row.as_of for row in self.rows]
        return min(days), max(days)

    def counts(self, column: Column) -> Counter[Status]:
        """Return how many agreements have each status in a column."""
        return Counter(row.cells[column.id].status for row in self.rows if column.id in row.cells)


def matrix_of(
    rows: Sequence[AgreementRow],
    problems: Sequence[Problem],
    rubrics: Sequence[Rubric],
    states: Mapping[str, str],
    tool: str,
) -> Matrix:
    """Return the matrix of agreements that were read with libraries that have these `rubrics`.

    Columns are the requirements that were asked of at least one agreement, in the library's order. Where several versions of a
    pack bring a rubric, the first of them heads its columns.
    """
    asked = {id for row in rows for id in row.cells}
    places = {id: place for place, id in enumerate(dict.fromkeys(rubric.id for rubric in rubrics))}
    columns: dict[str, Column] = {}
    for rubric in rubrics:
        for one in rubric.requirements:
            columns.setdefault(one.id, Column(rubric, one))
    known: dict[Cell, Cell] = {}
    return Matrix(
        # Thousands of cells are the same; one of each is kept.
        rows=tuple(
            replace(row, cells={id: known.setdefault(cell, cell) for id, cell in row.cells.items()}) for row in rows
        ),
        columns=tuple(
            sorted((one for id, one in columns.items() if id in asked), key=lambda one: places[one.rubric.id])
        ),
        problems=tuple(problems),
        versions=_versions(rows),
        states={row.state: states.get(row.state, row.state) for row in sorted(rows, key=lambda one: one.state)},
        tool=tool,
    )


def _versions(rows: Sequence[AgreementRow]) -> dict[str, str]:
    """Return which version of how many each file is, of those that share their parties, title and effective date."""
    of = Counter(row.identity for row in rows)
    seen: Counter[str] = Counter()
    told: dict[str, str] = {}
    for row in rows:
        if of[row.identity] > 1:
            seen[row.identity] += 1
            told[row.file] = f"{seen[row.identity]} of {of[row.identity]}"
    return told
