"""The two lists that a clerk opens first: of the agreements that were built, and of what is wrong in the roster."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mou_builder.batch.faults import RowFault
from mou_builder.batch.making import COUNTED, Facts

Outcome = Literal["built", "as before", "fault"]
"""What a run did with a row. The list does not tell the first two apart: it is the same however often a run was resumed."""


@dataclass(frozen=True)
class Line:
    """What became of one row."""

    row: int
    name: str
    outcome: Outcome
    facts: tuple[Facts, ...] = ()
    files: tuple[str, ...] = ()
    faults: int = 0


def index_csv(lines: Iterable[Line]) -> bytes:
    """Return the list of agreements: what each is, its files, and how it stands against each rubric."""
    lines = list(lines)
    rubrics = list(dict.fromkeys(rubric for line in lines for one in line.facts for rubric in one.counts))
    rubrics.sort(key=lambda rubric: (not rubric.startswith("secure"), rubric != "law", rubric))
    heads = ["row", "name", "outcome", "state", "parties", "files", *COUNTED]
    heads += [f"{rubric} {status}" for rubric in rubrics for status in COUNTED]
    heads += ["findings", "open before signing", "what is open", "base answers left out", "faults"]
    return _csv(heads, (cells for line in lines for cells in _cells(line, rubrics)))


def _cells(line: Line, rubrics: Sequence[str]) -> Iterable[list[Any]]:
    outcome = "fault" if line.outcome == "fault" else "built"
    if not line.facts:
        blank = [""] * (len(COUNTED) * (1 + len(rubrics)))
        yield [line.row, line.name, outcome, "", "", "", *blank, "", "", "", "", line.faults or ""]
    for one in line.facts:
        files = sorted(line.files, key=lambda name: (not name.endswith(".docx"), name))
        own = [name for name in files if len(line.facts) == 1 or name.startswith(f"{one.name}.")]
        totals = [sum(by[status] for by in one.counts.values()) for status in COUNTED]
        each = [one.counts.get(rubric, {}).get(status, "") for rubric in rubrics for status in COUNTED]
        more = [f"and {len(one.reasons) - 3} more"] if len(one.reasons) > 3 else []
        yield [
            line.row,
            one.name,
            outcome,
            one.state,
            "; ".join(one.parties),
            "; ".join(own),
            *totals,
            *each,
            one.findings,
            len(one.reasons),
            " | ".join([*one.reasons[:3], *more]),
            "; ".join(one.left_out),
            "",
        ]


def errors_csv(faults: Iterable[RowFault]) -> bytes:
    """Return the list of what is wrong, a line for each cell to mend."""
    heads = ["row", "column", "heading", "value", "what is wrong", "mend"]
    return _csv(heads, ([one.row, one.column, one.heading, one.value, one.what, one.mend] for one in faults))


def _csv(heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    # Without the mark in front, Excel takes UTF-8 for another alphabet and spoils every name.
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _safe(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: what stands in the roster may come from anybody."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
