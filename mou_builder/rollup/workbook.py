"""Write the matrix as an Excel workbook: agreements, requirements, files that could not be read, and how to read it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from mou_builder.document.package import packed
from mou_builder.report.shapes import Status
from mou_builder.report.wordfile import open_archive
from mou_builder.rollup.matrix import NOT_ASKED, STATUSES, Matrix
from mou_builder.rollup.table import FACTS, Value, facts_of

Sheet = Any
"""A sheet of openpyxl that is written row by row; openpyxl does not say what it can do."""

_CORE = "docProps/core.xml"
_WIDTHS = {"File": 34, "Title": 30, "Parties": 44, "Agencies": 18}
_COLORS: dict[Status, tuple[str, str]] = {
    "missing": ("A63603", "FFFFFF"),
    "altered": ("FDBE6E", "3D2200"),
    "not attested": ("FFFFFF", "33404D"),
    "verify": ("EFE9D6", "4A3F10"),
    "waived": ("C9CDD2", "1F262D"),
    "attested": ("9CC3E6", "06294A"),
    "met": ("D9E8F6", "0B3D6B"),
    "not applicable": ("F7F7F7", "5A6570"),
}
"""Fill and letters of each status, told apart by people who do not see red or green."""


def to_workbook(matrix: Matrix) -> bytes:
    """Return the matrix as .xlsx, the same bytes for the same matrix. Raises ImportError without the extra ``xlsx``."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "mou-builder"
    book.properties.title = "Agreements by requirements"
    _agreements(book.create_sheet("Agreements"), matrix)
    _requirements(book.create_sheet("Requirements"), matrix)
    problems = [(one.file, one.what, one.mend) for one in matrix.problems]
    _sheet(book.create_sheet("Not read"), ["File", "What is wrong", "What to do"], problems, [34, 60, 60])
    _about(book.create_sheet("How to read this"), matrix)
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue(), matrix.days[1])


def _agreements(sheet: Sheet, matrix: Matrix) -> None:
    """Write a row for each agreement; the color of a cell follows the word in it, so that sorting keeps them together."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    ids = [column.id for column in matrix.columns]
    wide = [_WIDTHS.get(name, 13) for name in FACTS] + [12] * len(ids)
    lines = (
        (*facts_of(row, matrix), *(row.cells[id].status if id in row.cells else "" for id in ids))
        for row in matrix.rows
    )
    first, last = get_column_letter(len(FACTS) + 1), get_column_letter(max(len(FACTS) + len(ids), len(FACTS) + 1))
    area = f"{first}2:{last}{len(matrix.rows) + 1}"
    for status, (fill, letters) in _COLORS.items():
        color = PatternFill(bgColor=fill, fill_type="solid")
        rule = CellIsRule(operator="equal", formula=[f'"{status}"'], fill=color, font=Font(color=letters))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(area, rule)
    _sheet(sheet, [*FACTS, *ids], lines, wide, freeze="B2")


def _requirements(sheet: Sheet, matrix: Matrix) -> None:
    headings = [
        "Id",
        "What is asked",
        "Rubric",
        "Force",
        "Level",
        "Kind",
        "Citation",
        "Evidence",
        "Seen",
        "In force from",
    ]
    headings += ["In force to", *(status.capitalize() for status in STATUSES), NOT_ASKED.capitalize()]
    lines: list[tuple[Value, ...]] = []
    for column in matrix.columns:
        one, counts = column.requirement, matrix.counts(column)
        told = (one.id, one.asks, column.rubric.short_title, one.force, one.level, one.kind, one.cite, one.evidence)
        dates = (one.seen, one.effective_from, one.effective_to)
        asked = tuple(counts[status] for status in STATUSES)
        lines.append((*told, *dates, *asked, len(matrix.rows) - sum(asked)))
    wide = [12, 70, 34, 11, 14, 11, 30, 13, 13, 13, 13, *[11] * (len(STATUSES) + 1)]
    _sheet(sheet, headings, lines, wide, freeze="C2")


def _about(sheet: Sheet, matrix: Matrix) -> None:
    lines: list[tuple[str, str]] = [(status, meaning) for status, (_, meaning) in STATUSES.items()]
    lines += [
        ("(empty)", f"{NOT_ASKED}: the rubric is not for this agreement, or was not in force on its day"),
        ("Judged as of", "each agreement is judged as of the day that it was built for, not as of today"),
        ("Counsel", "no status means that an agreement is legally sufficient; that is for counsel"),
        ("Made by", f"mou-builder {matrix.tool}"),
    ]
    _sheet(sheet, ["Word", "What it means"], lines, [18, 90])


def _sheet(
    sheet: Sheet,
    headings: Sequence[str],
    lines: Iterable[Sequence[Value]],
    widths: Sequence[int],
    freeze: str = "A2",
) -> None:
    """Write headings and lines; the headings stay in sight, repeat on paper, and filter what stands below them."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = freeze
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    head: list[Any] = []
    for name in headings:
        cell = WriteOnlyCell(sheet, name)
        cell.font, cell.alignment = bold, wrapped
        head.append(cell)
    sheet.append(head)
    last = 1
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{last}"


_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _cell(sheet: Sheet, value: Value) -> Any:
    """Return what openpyxl writes for a value: a text is never taken for a formula, a date shows as Jul 31, 2028."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime(value.year, value.month, value.day))
        cell.number_format = "mmm d, yyyy"
        return cell
    if not isinstance(value, str):
        return value
    text = _NO_XML.sub("\ufffd", value)[:32_767]  # the most that a cell of Excel holds
    if text[:1] != "=":
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _settled(data: bytes, on: date) -> bytes:
    """Return the workbook with fixed times: openpyxl writes the moment at which it is saved."""
    archive = open_archive(data, "rollup.xlsx")
    parts = {name: archive.read(name) for name in archive.namelist()}
    moment = datetime(on.year, on.month, on.day).isoformat() + "Z"
    core = parts[_CORE].decode()
    parts[_CORE] = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rf"\g<1>{moment}", core).encode()
    return packed(parts)
