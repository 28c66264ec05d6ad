"""Write the matrix and the list of unreadable files as CSV, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mou_builder.rollup.matrix import Matrix
from mou_builder.rollup.row import AgreementRow, Day

Value = str | int | date | None

FACTS = (
    "File",
    "Version",
    "Title",
    "Parties",
    "State",
    "Agencies",
    "Draft or final",
    "Judged as of",
    "Effective",
    "Term ends",
    "Next review by",
    "Provisions met",
    "Provisions that apply",
    "Altered clauses",
    "Missing clauses",
    "Sections in the parties' words",
    "Added passages",
    "Pack rules broken",
    "Open answers",
    "Errors",
    "Warnings",
)
"""What stands before the requirements."""


def facts_of(row: AgreementRow, matrix: Matrix) -> tuple[Value, ...]:
    """Return the facts of an agreement in the order of `FACTS`."""
    return (
        row.file,
        matrix.versions.get(row.file, ""),
        row.title,
        row.parties,
        row.state,
        ", ".join(row.agency_kinds),
        "final" if row.final else "draft",
        row.as_of,
        row.starts,
        row.ends,
        row.review,
        row.met,
        row.of,
        row.altered,
        row.missing,
        row.kept,
        row.added,
        row.breaches,
        row.open,
        row.errors,
        row.warnings,
    )


def to_csv(matrix: Matrix) -> bytes:
    """Return the matrix as CSV: a row for each agreement, its facts, then a status under the id of each requirement.

    A cell is empty where the requirement was not asked of the agreement.
    """
    ids = [column.id for column in matrix.columns]
    return _csv([*FACTS, *ids], _lines(matrix, ids))


def problems_to_csv(matrix: Matrix) -> bytes:
    """Return the files that could not be read as CSV, with the reason and the mend; only headings if there are none."""
    return _csv(["File", "What is wrong", "What to do"], ((one.file, one.what, one.mend) for one in matrix.problems))


def _lines(matrix: Matrix, ids: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    for row in matrix.rows:
        statuses = (row.cells[id].status if id in row.cells else "" for id in ids)
        yield (*facts_of(row, matrix), *statuses)


def _csv(headings: Sequence[str], lines: Iterable[Sequence[Value]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headings)
    for line in lines:
        writer.writerow([_plain(value) for value in line])
    # Excel takes a file for UTF-8 only if it begins with this mark.
    return stream.getvalue().encode("utf-8-sig")


def _plain(value: Value | Day) -> str:
    """Return a value as it stands in a CSV: a date as 2028-07-31; a text that a spreadsheet would run, made harmless."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # A spreadsheet program runs what begins so as a formula, also behind blanks and line ends.
        return f"'{value}" if value.lstrip()[:1] in tuple("=+-@") or value[:1] in tuple("\t\r\n") else value
    return "" if value is None else str(value)
