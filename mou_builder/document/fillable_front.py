"""The form at the front of a model: how to fill it in, and every fact and choice in a table."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from mou_builder.document.anchors import SPACE, make, w
from mou_builder.document.fillable_alternates import guide
from mou_builder.document.fillable_controls import Fact, control

_WIDTH = 9640
_ASKED = 4640
_NAVY = "1F2A44"


@dataclass(frozen=True)
class Asked:
    """One row of the form: what is asked, more words on it, and the number of the fact."""

    question: str
    help: tuple[str, ...]
    fact: int


@dataclass(frozen=True)
class Grid:
    """A list that is filled in: a column for each thing asked, a row for each entry, the numbers of the facts in them."""

    title: str
    help: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    names: tuple[str, ...] = ()
    """What stands before each row; empty for none."""


@dataclass(frozen=True)
class Part:
    """The rows of one part of the form."""

    title: str
    rows: tuple[Asked | Grid, ...]


@dataclass(frozen=True)
class Form:
    """The pages in front of the agreement."""

    title: str
    how: tuple[str, ...]
    """How to fill it in, a paragraph each."""
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...]


def put_form(body: Any, form: Form) -> None:
    """Put the form before the agreement, in place, as pages of their own."""
    made = [_paragraph("MOUGuideTitle", form.title), *(guide(line) for line in form.how)]
    for part in form.parts:
        made.append(_paragraph("MOUSubheading", part.title))
        waiting: list[Asked] = []
        for row in (*part.rows, None):
            if isinstance(row, Asked):
                waiting.append(row)
                continue
            if waiting:
                if made[-1].tag == w("tbl"):
                    # Word makes one table of two that touch.
                    made.append(_paragraph("MOUGuideGrid", _heading(waiting)))
                made.append(_table(waiting, form.facts))
                waiting = []
            if row is not None:
                made += [_paragraph("MOUGuideGrid", row.title), *(_paragraph("MOUGuideHelp", one) for one in row.help)]
                made.append(_grid(row, form.facts))
    end = make("p")
    properties = etree.SubElement(end, w("pPr"))
    properties.append(make("pStyle", val="MOUPlain"))
    properties.append(deepcopy(next(body.iter(w("sectPr")))))
    for place, element in enumerate([*made, end]):
        body.insert(place, element)


def _heading(rows: Sequence[Asked]) -> str:
    """Return what stands over a further table: the party whom all its questions are about, if there is one."""
    about = {row.question.partition(": ")[0] for row in rows if ": " in row.question}
    of_one = len(rows) > 1 and len(about) == 1 and all(": " in row.question for row in rows)
    return about.pop() if of_one else "Further questions"


def _paragraph(style: str, *words: Any) -> Any:
    paragraph = make("p")
    etree.SubElement(paragraph, w("pPr")).append(make("pStyle", val=style))
    for one in words:
        paragraph.append(_run(one) if isinstance(one, str) else one)
    return paragraph


def _run(words: str) -> Any:
    run = make("r")
    text = etree.SubElement(run, w("t"))
    text.text = words
    text.set(SPACE, "preserve")
    return run


def _table(rows: Sequence[Asked], facts: Sequence[Fact]) -> Any:
    widths = [_ASKED, _WIDTH - _ASKED]
    table = _started(widths, ["What is asked", "Answer"])
    for row in rows:
        asked = [_paragraph("MOUTableText", row.question), *(_paragraph("MOUTableSmall", one) for one in row.help)]
        answer = [_paragraph("MOUTableText", control(facts, row.fact, form=True))]
        table.append(_row([_cell(widths[0], asked), _cell(widths[1], answer)]))
    return table


def _grid(grid: Grid, facts: Sequence[Fact]) -> Any:
    first = [1500] if grid.names else []
    each = (_WIDTH - sum(first)) // len(grid.heads)
    widths = [*first, *[each] * len(grid.heads)]
    table = _started(widths, [*([""] if grid.names else []), *grid.heads])
    for number, row in enumerate(grid.rows):
        cells = [_cell(1500, [_paragraph("MOUTableText", grid.names[number])])] if grid.names else []
        cells += [_cell(each, [_paragraph("MOUTableText", control(facts, fact, form=True))]) for fact in row]
        table.append(_row(cells))
    return table


def _started(widths: Sequence[int], heads: Sequence[str]) -> Any:
    table = make("tbl")
    properties = etree.SubElement(table, w("tblPr"))
    properties.append(make("tblStyle", val="MOUTable"))
    properties.append(make("tblW", w=str(sum(widths)), type="dxa"))
    properties.append(make("tblLayout", type="fixed"))
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    properties.append(make("tblLook", val="0020", **look))
    grid = etree.SubElement(table, w("tblGrid"))
    for width in widths:
        grid.append(make("gridCol", w=str(width)))
    cells = [
        _cell(width, [_paragraph("MOUTableHead", head)], fill=_NAVY) for width, head in zip(widths, heads, strict=True)
    ]
    table.append(_row(cells, head=True))
    return table


def _row(cells: Sequence[Any], *, head: bool = False) -> Any:
    row = make("tr")
    properties = etree.SubElement(row, w("trPr"))
    properties.append(make("cantSplit"))
    if head:
        properties.append(make("tblHeader"))
    for cell in cells:
        row.append(cell)
    return row


def _cell(width: int, paragraphs: Sequence[Any], *, fill: str = "") -> Any:
    cell = make("tc")
    properties = etree.SubElement(cell, w("tcPr"))
    properties.append(make("tcW", w=str(width), type="dxa"))
    if fill:
        properties.append(make("shd", val="clear", color="auto", fill=fill))
    for one in paragraphs:
        cell.append(one)
    return cell
