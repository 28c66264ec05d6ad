"""Made-up rows for the matrix: as many agreements as a test wants, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

from mou_builder.library import Library
from mou_builder.rollup import AgreementRow, Cell, Matrix, Problem, matrix_of

STATES = ("AZ", "MT", "NH", "NM", "VT")
STATUSES: tuple[Any, ...] = (
    "met",
    "met",
    "met",
    "met",
    "met",
    "met",
    "missing",
    "altered",
    "not attested",
    "not applicable",
)
NASTY = '</script><script>document.title="taken"</script> & <b>"Schools"</b> \u2028'


def row(number: int = 1, cells: dict[str, Cell] | None = None, **facts: Any) -> AgreementRow:
    """Return one agreement; `facts` replaces what it would have."""
    cells = {"S1.1": Cell("met", None, "1.1")} if cells is None else cells
    made: dict[str, Any] = {
        "file": f"agreement_{number:04}.docx",
        "title": "Memorandum of Understanding",
        "parties": f"District {number} and Police {number}",
        "districts": (f"District {number} School District",),
        "agencies": (f"City of District {number}",),
        "agency_kinds": ("police",),
        "state": "MT",
        "as_of": date(2026, 7, 1),
        "final": False,
        "starts": date(2026, 8, 1),
        "ends": date(2028, 7, 31),
        "review": date(2027, 2, 28),
        "met": sum(cell.status == "met" for cell in cells.values()),
        "of": len(cells),
        "altered": 0,
        "missing": 0,
        "kept": 0,
        "added": 0,
        "breaches": 0,
        "open": 0,
        "errors": 0,
        "warnings": 0,
        "cells": cells,
        "identity": f"agreement {number}",
        "digest": f"{number:064x}",
    }
    return AgreementRow(**made | facts)


def matrix(library: Library, rows: Sequence[AgreementRow], problems: Sequence[Problem] = ()) -> Matrix:
    return matrix_of(rows, problems, library.rubrics, library.states, "0.0")


def crowd(library: Library, agreements: int, requirements: int) -> Matrix:
    """Return a matrix of so many made-up agreements by so many requirements."""
    chance = random.Random(6)
    asked = [one.id for rubric in library.rubrics for one in rubric.requirements][:requirements]
    rows = []
    for number in range(agreements):
        cells = {}
        for id in asked:
            status = chance.choice(STATUSES)
            cells[id] = Cell(
                status, None, f"{chance.randrange(1, 15)}.{chance.randrange(1, 9)}", _NOTES.get(status, "")
            )
        state, kind = chance.choice(STATES), chance.choice(("police", "sheriff"))
        rows.append(row(number, cells, state=state, agency_kinds=(kind,), altered=number % 4))
    return matrix(library, rows, [Problem("scan.pdf.docx", "this is not a Word file (.docx).", "Give a .docx file.")])


_NOTES = {"missing": "No section says it.", "not applicable": "Only where officers are assigned."}
