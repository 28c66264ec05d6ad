"""Read a roster that was saved as an Excel workbook, which anybody may have made."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from mou_builder.batch.faults import RosterError
from mou_builder.batch.sheet import MAX_CELL, MAX_COLUMNS, MAX_FILE, Cell, Roster, Row, headings_in, letter
from mou_builder.errors import Fault, did_you_mean

_MAX_MEMBERS = 2_000
_MAX_MEMBER = 120_000_000
_MAX_TOTAL = 200_000_000
_MAX_RATIO = 400
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*?\bhidden=\"(?:1|true)\"")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)\"")
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3}[0-9]+)\"[^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def is_workbook(data: bytes) -> bool:
    """Return whether a file should be taken as a workbook: any zip, and the old binary format to refuse it clearly."""
    return data[:2] == b"PK" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook_roster(data: bytes, name: str, sheet: str | None = None) -> Roster:
    """Return the roster in an .xlsx file; `sheet` names the one to read where there are several.

    Raises RosterError if openpyxl is missing, or if the file is no workbook, not safe to open, or cannot be taken literally:
    merged cells and formulas without a result would put words into rows that nobody wrote there.
    """
    try:
        import openpyxl
    except ImportError:
        mend = "Install it: pip install 'mou-builder[xlsx]'. Or save the roster as CSV UTF-8."
        raise RosterError(Fault(name, "Excel workbooks are read by openpyxl, which is not installed.", mend)) from None
    archive = _opened(data, name)
    book = _book(openpyxl, data, name)
    chosen = _sheet(book, name, sheet)
    layout = _bounded(archive, str(chosen._worksheet_path).lstrip("/"), name)
    _refuse_merged(layout, name)
    _refuse_uncalculated(layout, name)
    hidden = len(_HIDDEN.findall(layout))
    remarks = []
    if hidden:
        remarks.append(f"{hidden} hidden {'row is' if hidden == 1 else 'rows are'} built like the others")

    def rows() -> Iterator[Row]:
        return _rows(_sheet(_book(openpyxl, data, name), name, chosen.title), name)

    first = next((row for row in rows() if not row.blank), None)
    headings = headings_in(name, first)
    return Roster(
        f"{name}, sheet {chosen.title!r}" if len(book.sheetnames) > 1 else name,
        headings,
        lambda: (row for row in rows() if first and row.number > first.number),
        remarks=tuple(remarks),
    )


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    """Return the zip in `data`; raise RosterError if it is none, or larger than any roster could be."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        what = "this is an old .xls file, or a workbook locked with a password."
        raise RosterError(Fault(name, what, "Open it in Excel and save it as .xlsx without a password."))
    if len(data) > MAX_FILE:
        what = f"the file is {len(data) // 1_000_000} MB large."
        raise RosterError(Fault(name, what, f"At most {MAX_FILE // 1_000_000} MB are read; split it into several."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise RosterError(Fault(name, "this workbook is damaged or incomplete.", "Get a whole copy of it.")) from None
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > _MAX_MEMBERS or total > _MAX_TOTAL or any(one.file_size > _MAX_MEMBER for one in members):
        raise RosterError(
            Fault(name, f"it unpacks to {total // 1_000_000} MB.", "No roster is that large; it was not opened.")
        )
    if total > 5_000_000 and total / packed > _MAX_RATIO:
        what = "it unpacks to far more than its size (a so-called zip bomb)."
        raise RosterError(Fault(name, what, "It was not opened."))
    names = [member.filename for member in members]
    if "xl/workbook.xml" not in names:
        what = "this is a Word file." if "word/document.xml" in names else "this zip file holds no Excel workbook."
        raise RosterError(Fault(name, what, "Give a roster saved as .xlsx or CSV."))
    if any(member.flag_bits & 0x1 for member in members):
        raise RosterError(Fault(name, "its parts are encrypted.", "Remove the password and save it again."))
    for member in names:
        if member.endswith((".xml", ".rels")):
            _refuse_entities(_bounded(archive, member, name), member, name)
    return archive


def _refuse_entities(part: bytes, member: str, name: str) -> None:
    """Refuse what no spreadsheet writes, and what unfolds in memory: declared entities, and alphabets that hide them."""
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in part[:200] or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        what = f"its part {member} declares a document type, which no workbook does."
        raise RosterError(Fault(name, what, "It was not read. Save it again in a spreadsheet."))


def _bounded(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    # The sizes in a zip's directory can lie, so no more than the limit is ever unpacked.
    try:
        with archive.open(member) as stream:
            data = stream.read(_MAX_MEMBER + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError):
        raise RosterError(Fault(name, f"its part {member} is damaged.", "Save it again in a spreadsheet.")) from None
    if len(data) > _MAX_MEMBER:
        raise RosterError(Fault(name, f"its part {member} is far too large.", "It was not read."))
    return data


def _book(openpyxl: Any, data: bytes, name: str) -> Any:
    try:
        # Read-only: rows come one at a time, however many there are. Formulas give the result that was stored.
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception:  # openpyxl raises whatever the first odd part makes it stumble over
        raise RosterError(Fault(name, "this workbook is damaged.", "Open it in Excel and save it again.")) from None


def _sheet(book: Any, name: str, wanted: str | None) -> Any:
    """Return the sheet asked for, the one called Roster, or the only one that is not hidden."""
    sheets = {one.title: one for one in book.worksheets}
    if wanted is not None:
        if wanted not in sheets:
            mend = did_you_mean(wanted, sheets) or f"It has: {', '.join(sheets)}."
            raise RosterError(Fault(name, f"the workbook has no sheet {wanted!r}.", mend))
        return sheets[wanted]
    shown = {title: one for title, one in sheets.items() if one.sheet_state == "visible"}
    roster = next((one for title, one in shown.items() if title.strip().casefold() == "roster"), None)
    if roster is None and len(shown) != 1:
        what = f"the workbook has {len(shown)} sheets: {', '.join(shown)}."
        raise RosterError(Fault(name, what, "Say which one with --sheet, or call one of them Roster."))
    return roster or next(iter(shown.values()))


def _refuse_merged(layout: bytes, name: str) -> None:
    merged = [one.decode() for one in _MERGED.findall(layout)]
    if merged:
        more = f" and {len(merged) - 1} more ranges" if len(merged) > 1 else ""
        what = f"the cells {merged[0]}{more} are merged, so only the first row of them holds anything."
        raise RosterError(Fault(name, what, "Unmerge them (Home, Merge & Center) and fill in each row."))


def _refuse_uncalculated(layout: bytes, name: str) -> None:
    found = _UNCALCULATED.search(layout)
    if found:
        what = f"the formula in cell {found[1].decode()} has no stored result."
        raise RosterError(Fault(name, what, "Open the workbook in Excel or LibreOffice and save it, then try again."))


def _rows(sheet: Any, name: str) -> Iterator[Row]:
    # What a file says of its own size is often wrong, and nothing to rely on.
    sheet.reset_dimensions()
    try:
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
            yield Row(number, tuple(_trimmed([_cell(one) for one in cells], number, name)))
    except RosterError:
        raise
    except Exception:  # as in `_book`
        what = f"the sheet {sheet.title!r} is damaged."
        raise RosterError(Fault(name, what, "Open it in Excel and save it again.")) from None


def _trimmed(cells: list[Cell], number: int, name: str) -> list[Cell]:
    while cells and not cells[-1].text:
        cells.pop()
    for column, cell in enumerate(cells):
        if len(cell.text) > MAX_CELL:
            what = f"cell {letter(column)}{number} holds more than {MAX_CELL:,} characters."
            raise RosterError(Fault(name, what, "No answer is that long."))
    return cells


def _cell(cell: Any) -> Cell:
    """Return a cell as the person who typed it sees it: dates as dates, 50% as 50%, leading zeros kept."""
    value, looks = cell.value, str(getattr(cell, "number_format", "") or "General")
    if value is None:
        return Cell("")
    if getattr(cell, "data_type", "") == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, (int, float)):
        return Cell(_number(value, looks), "number")
    if isinstance(value, datetime):
        whole = value.time() == time()
        return Cell(value.date().isoformat() if whole else value.isoformat(" ", "minutes"), "date")
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    if isinstance(value, time):
        half = "a.m." if value.hour < 12 else "p.m."
        return Cell(f"{value.hour % 12 or 12}:{value.minute:02} {half}", "time")
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return Cell(text)


def _number(value: int | float, looks: str) -> str:
    # A spreadsheet keeps 15 digits; what stands behind them in binary is noise.
    exact = Decimal(f"{value:.15g}")
    percent = "%" in re.sub(r'"[^"]*"|\\.', "", looks)
    exact = exact * 100 if percent else exact
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if re.fullmatch(r"0{2,}", looks) and text.isdecimal():
        text = text.zfill(len(looks))
    return f"{text}%" if percent else text
