"""Read a roster that was saved as CSV, by whichever spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mou_builder.batch.faults import RosterError
from mou_builder.batch.sheet import MAX_CELL, MAX_FILE, Cell, Roster, Row, headings_in
from mou_builder.errors import Fault

_SAVE_AS = "In Excel: Save As, file type 'CSV UTF-8 (Comma delimited)'."
_SIGNS = ",;\t"
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}


def csv_roster(data: bytes, name: str) -> Roster:
    """Return the roster in a CSV file; raise RosterError if it is not UTF-8 text or not laid out as CSV."""
    if len(data) > MAX_FILE:
        what = f"the file is {len(data) // 1_000_000} MB large."
        raise RosterError(Fault(name, what, f"At most {MAX_FILE // 1_000_000} MB are read; split it into several."))
    text = _decoded(data, name)
    if not text.strip():
        raise RosterError(Fault(name, "the file is empty.", "Write the columns' headings into the first row."))
    first = text.split("\n", 1)[0].rstrip("\r")
    told = len(first) == 5 and first.casefold().startswith("sep=") and first[4] in _SIGNS
    sign = first[4] if told else _sign_of(text, name)

    def rows() -> Iterator[Row]:
        return _rows(text, name, sign)

    records = rows()
    for _ in range(told):
        next(records, None)
    headings = next(records, None)

    def below() -> Iterator[Row]:
        return (row for row in rows() if headings and row.number > headings.number)

    return Roster(name, headings_in(name, headings), below, comma_decimals=sign == ";")


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise RosterError(Fault(name, "the file is damaged: it is no whole UTF-16 text.", _SAVE_AS)) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RosterError(_other_alphabet(data, error.start, name)) from None
    if "\x00" in text:
        raise RosterError(Fault(name, "this is not a CSV file: it holds bytes that no text has.", _SAVE_AS))
    return text


def _other_alphabet(data: bytes, position: int, name: str) -> Fault:
    """Return what to say of text that is not UTF-8; Excel's plain CSV is Windows-1252."""
    begin = data.rfind(b"\n", 0, position) + 1
    line = data.count(b"\n", 0, position) + 1
    where = f"{name}:{line}:{position - begin + 1}"
    end = next((place for place in range(position, len(data)) if data[place] in b",;\t\r\n"), len(data))
    start = max((data.rfind(sign, begin, position) + 1 for sign in (b",", b";", b"\t")), default=begin)
    try:
        shown = data[max(start, begin) : end].decode("cp1252").strip(' "')[:60]
    except UnicodeDecodeError:
        return Fault(where, "the file is not UTF-8 text.", _SAVE_AS)
    what = f"the file is not UTF-8 but looks like Windows-1252, Excel's plain 'CSV' (is this {shown!r}?)."
    return Fault(where, f"{what} Names could be spoiled without anybody seeing it.", _SAVE_AS)


def _sign_of(text: str, name: str) -> str:
    """Return the sign between cells: the one that parts the headings into the most."""
    widths = {}
    for sign in _SIGNS:
        try:
            widths[sign] = len(next(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True), []))
        except csv.Error:
            widths[sign] = 0
    return max(_SIGNS, key=lambda sign: widths[sign])


def _rows(text: str, name: str, sign: str) -> Iterator[Row]:
    records = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 0
    while True:
        number += 1
        begun = records.line_num + 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise RosterError(_slip(name, number, begun, sign, str(error))) from None
        if any(len(one) > MAX_CELL for one in record):
            what = f"a cell of row {number} holds more than {MAX_CELL:,} characters."
            raise RosterError(Fault(f"{name}:{begun}", what, "A quotation mark that is never closed does that too."))
        yield Row(number, tuple(Cell(_plain(one)) for one in record))


def _slip(name: str, number: int, begun: int, sign: str, said: str) -> Fault:
    if "larger than" in said:
        what = f"a cell of row {number} is far too long."
    elif "end of data" in said:
        what = f"row {number} opens a quotation mark that is never closed."
    else:
        what = f"in row {number} a quotation mark stands inside a cell that is in quotation marks."
    mend = f"Cells are parted by {_NAMES[sign]}. Write a quotation mark inside a cell twice, or save the file from a spreadsheet."
    return Fault(f"{name}:{begun}", what, mend)


def _plain(text: str) -> str:
    """Return a cell's text without the blanks around it, its line breaks as one sign."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
