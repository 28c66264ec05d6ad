"""The parts of the schedules: headings, texts, tables of any width, forms to fill in, and signature lines."""

from __future__ import annotations

from collections.abc import Callable

from house_style import NAVY, PALE
from tags import cell, each, par, row_tag, rtag, run, runs, table_start, tag

WHOLE = 9640
FORM = [2900, 4140, 800, 1800]
"""Label, blank, the word Date, and its blank; a row that needs fewer spans several."""


def schedule_parts(signatures: Callable[[str, str], str]) -> str:
    """Return the loop over a schedule's parts, one branch for each kind."""
    styles = {"heading": "MOUSubheading", "heading-on-new-page": "MOUSubheadingPage", "paragraph": "MOUPlain", "lead": "MOULead",
              "after": "MOUAfterTable", "item": "MOUScheduleItem", "subitem": "MOUScheduleSubitem"}
    branches = {f"part.kind == '{kind}'": par(style, runs("part.runs")) for kind, style in styles.items()}
    branches["part.kind == 'table'"] = _table()
    branches["part.kind == 'form'"] = _form()
    branches["part.kind == 'signatures'"] = signatures("part.signers", "part.witnesses")
    return each("part in schedule.parts", _one_of(branches, tag))


def _one_of(branches: dict[str, str], mark: Callable[[str], str]) -> str:
    """Return the branches, of which the first whose condition holds is drawn."""
    opening = "if"
    drawn = ""
    for condition, body in branches.items():
        drawn += mark(f"{opening} {condition}") + body
        opening = "elif"
    return drawn + mark("endif")


def _row_mark(code: str) -> str:
    return row_tag([WHOLE], code)


def _cell_mark(code: str) -> str:
    return cell(WHOLE, par("MOUTableText", run("{%tc " + code + " %}")))


def _row(cells: str, *, head: bool = False, height: int = 0) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f'<w:tr><w:trPr><w:cantSplit/>{tall}{"<w:tblHeader/>" if head else ""}</w:trPr>{cells}</w:tr>'


def _table() -> str:
    """Return a table whose rows and columns the schedule gives; the mark in its first cell names the widths."""
    width = WHOLE // 2
    head = cell(width, par("MOUTableHead", rtag("if loop.first"), run("{{ part.widths }}", "MOUWidths"), rtag("endif"), runs("head")),
                NAVY)
    words = _one_of({"one.box": par("MOUTableBox", run("\u2610", "MOUBox")), "row.kept": par("MOUTableKept", runs("one.runs")),
                     "not row.kept": par("MOUTableText", runs("one.runs"))}, tag)
    cells = _cell_mark("for one in row.cells") + cell(width, words) + _cell_mark("endfor")
    band = cell(WHOLE, par("MOUTableBand", runs("row.cells[0].runs")), PALE)
    rows = _one_of({"row.kind == 'band'": _row(band), "row.kind == 'open'": _row(cells, height=400), "row.kind == 'row'": _row(cells)},
                   _row_mark)
    return (table_start([width, width])
            + _row(_cell_mark("for head in part.heads") + head + _cell_mark("endfor"), head=True)
            + _row_mark("for row in part.rows") + rows + _row_mark("endfor") + "</w:tbl>")


def _form() -> str:
    """Return a table without borders: labels, and blanks that are cells with a rule below."""
    label = par("MOUFormLabel", runs("row.runs"))
    empty = par("MOUFormLabel")
    boxes = par("MOUFormLabel", rtag("for box in row.boxes"), run("\u2610", "MOUBox"), run("\u00a0"), runs("box"),
                rtag("if not loop.last"), run("   "), rtag("endif"), rtag("endfor"))
    line = _span(FORM[:1], label) + _span(FORM[1:], empty, rule=True)
    signed = (_span(FORM[:1], label) + _span(FORM[1:2], empty, rule=True) + _span(FORM[2:3], par("MOUFormLabel", run("Date")))
              + _span(FORM[3:], empty, rule=True))
    rows = _one_of({
        "row.kind == 'line'": _row(line, height=440),
        "row.kind == 'sign'": _row(signed, height=560),
        "row.kind == 'boxes'": _row(_span(FORM[:1], label) + _span(FORM[1:], boxes), height=400),
        "row.kind == 'label'": _row(_span(FORM, label), height=400),
        "row.kept": _row(_span(FORM, empty, rule=True), height=400),
        "not row.kept": _row(_span(FORM, par("MOUFormEnd"), rule=True), height=400)}, _row_mark)
    return table_start(FORM, "MOUForm") + _row_mark("for row in part.rows") + rows + _row_mark("endfor") + "</w:tbl>"


def _span(widths: list[int], body: str, *, rule: bool = False) -> str:
    """Return a cell over some columns of the form, with a rule below it for writing on if asked for."""
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>' if rule else ""
    return (f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{line}<w:vAlign w:val="bottom"/></w:tcPr>{body}</w:tc>')
