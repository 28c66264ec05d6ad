"""Give each table of a schedule the widths that its file asks for."""

from __future__ import annotations

from typing import Any

from mou_builder.document.anchors import make, runs_in, text_in, w

_WHOLE = 9640
"""Width of the page between its margins, in twentieths of a point."""


def set_widths(body: Any) -> None:
    """Take the mark out of each table of a schedule and set its columns to the parts of the whole that the mark names."""
    for mark, _ in runs_in(body, "MOUWidths"):
        parts = [int(one) for one in text_in(mark).split()]
        widths = [_WHOLE * part // sum(parts) for part in parts]
        table = next(mark.iterancestors(w("tbl")))
        mark.getparent().remove(mark)
        grid = table.find(w("tblGrid"))
        for column in list(grid):
            grid.remove(column)
        grid.extend(make("gridCol", w=str(width)) for width in widths)
        for row in table.iterchildren(w("tr")):
            cells = row.findall(w("tc"))
            across = len(cells) < len(widths)
            for cell, width in zip(cells, [sum(widths)] if across else widths, strict=True):
                cell.find(w("tcPr")).find(w("tcW")).set(w("w"), str(width))
            if across:
                # The schema wants the span behind the width.
                cells[0].find(w("tcPr")).insert(1, make("gridSpan", val=str(len(widths))))
