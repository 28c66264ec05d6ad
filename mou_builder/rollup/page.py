"""Write the matrix as one page that opens in a browser without a network: a heat map with filters."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from typing import Any

from mou_builder.errors import Fault, TemplateError
from mou_builder.model.parties import Agency
from mou_builder.model.walk import labels
from mou_builder.report.shapes import Status
from mou_builder.rollup.matrix import NOT_ASKED, STATUSES, Matrix
from mou_builder.rollup.row import AgreementRow, Cell, Day

CODES: dict[Status, str] = {
    "missing": "x",
    "altered": "a",
    "not attested": "n",
    "verify": "v",
    "waived": "w",
    "attested": "p",
    "met": "m",
    "not applicable": "z",
}
"""One letter for each status, so that a thousand agreements stay a small page; a full stop is a cell that is empty."""

_DATA, _POLICY = "{{data}}", "{{script-digest}}"


def to_page(matrix: Matrix, template: str) -> bytes:
    """Return the page: `template` with the matrix in it as data, and leave to run its own script and no other.

    Raises TemplateError if the template has no place for them.
    """
    script = re.search(r"<script>(.*?)</script>", template, re.S)
    if script is None or template.count(_DATA) != 1 or template.count(_POLICY) != 1:
        raise TemplateError(
            Fault("templates/rollup.html", "it is not the page of rollup.", "Restore the shipped file.")
        )
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    before, after = template.replace(_POLICY, f"sha256-{digest}").split(_DATA)
    return f"{before}{_harmless(_data(matrix))}{after}".encode()


def _harmless(data: dict[str, Any]) -> str:
    """Return JSON that cannot end the element it stands in, whatever names people gave their schools."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _data(matrix: Matrix) -> dict[str, Any]:
    details: dict[Cell, int] = {}
    rows = [_row(row, matrix, details) for row in matrix.rows]
    rubrics = {column.rubric.id: column.rubric for column in matrix.columns}
    return {
        "tool": matrix.tool,
        "days": [day.isoformat() for day in matrix.days],
        "notAsked": NOT_ASKED,
        "statuses": [
            {"code": CODES[status], "name": status, "sign": sign, "meaning": meaning}
            for status, (sign, meaning) in STATUSES.items()
        ],
        "rubrics": [{"id": one.id, "title": one.short_title, "force": one.force} for one in rubrics.values()],
        "states": dict(matrix.states),
        "kinds": _kinds(),
        "columns": [
            {
                "id": column.id,
                "rubric": column.rubric.id,
                "asks": column.requirement.asks,
                "cite": column.requirement.cite,
                "kind": column.requirement.kind,
                "force": column.requirement.force,
                "level": column.requirement.level,
                "evidence": column.requirement.evidence,
                "seen": column.requirement.seen.isoformat(),
            }
            for column in matrix.columns
        ],
        "rows": rows,
        "details": [[cell.sections, cell.practice or "", cell.note] for cell in details],
        "problems": [[one.file, one.what, one.mend] for one in matrix.problems],
    }


def _row(row: AgreementRow, matrix: Matrix, details: dict[Cell, int]) -> dict[str, Any]:
    """Return one agreement for the page; equal details of cells are numbered, and kept once in `details`."""
    cells = [row.cells.get(column.id) for column in matrix.columns]
    return {
        "file": row.file,
        "title": row.title,
        "parties": row.parties,
        "names": [*row.districts, *row.agencies],
        "kinds": list(row.agency_kinds),
        "state": row.state,
        "version": matrix.versions.get(row.file, ""),
        "final": row.final,
        "asOf": row.as_of.isoformat(),
        "starts": _day(row.starts),
        "ends": _day(row.ends),
        "review": _day(row.review),
        "met": row.met,
        "of": row.of,
        "altered": row.altered,
        "missing": row.missing,
        "kept": row.kept,
        "added": row.added,
        "breaches": row.breaches,
        "open": row.open,
        "errors": row.errors,
        "warnings": row.warnings,
        "cells": "".join(CODES[cell.status] if cell else "." for cell in cells),
        "details": [details.setdefault(cell, len(details)) if cell else -1 for cell in cells],
    }


def _day(day: Day) -> str:
    return day.isoformat() if isinstance(day, date) else day or ""


def _kinds() -> dict[str, str]:
    """Return the kinds of agencies in the words of the question about them, without the article."""
    words = labels(Agency.model_fields["kind"])
    return {kind: re.sub(r"^an? ", "", told) for kind, told in words.items()}
