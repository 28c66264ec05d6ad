"""Type the foreign agreements of this folder into Word files, as their makers did: by hand, with Word's own plain styles."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import docx
import yaml
from docx.document import Document

HERE = Path(__file__).resolve().parent
TUNED = ("millhaven", "calloway", "harbor_point", "mesa_valley")
"""The weights and the bands of mou_builder.foreign were set on these."""
HELD_OUT = ("pine_county", "alder_city", "ridgeway")
"""Nothing was set on these: they show what a file gets that nobody tuned for."""
ALL = TUNED + HELD_OUT
_STYLES = {"! ": "Title", "# ": "Heading 1", "## ": "Heading 2", "* ": "List Bullet"}


@cache
def word(name: str, copies: int = 1) -> bytes:
    """Return a foreign agreement as a Word file; `copies` sets it several times in one file, to make a long one."""
    return typed((HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines() * copies)


def typed(lines: Sequence[str]) -> bytes:
    """Return lines as a Word file: ``!`` a title, ``#`` a heading, ``**`` bold words, ``*`` a bullet, ``|`` a table's row."""
    document = docx.Document()
    for in_table, some in groupby((line for line in lines if line.strip()), lambda line: line.startswith("|")):
        if in_table:
            _table(document, [[cell.strip() for cell in line.strip("| ").split("|")] for line in some])
        else:
            for line in some:
                _paragraph(document, line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraph(document: Document, line: str) -> None:
    mark = line[: line.find(" ") + 1]
    if mark == "** ":
        document.add_paragraph().add_run(line.removeprefix(mark)).bold = True
    else:
        style = _STYLES.get(mark)
        document.add_paragraph(line.removeprefix(mark) if style else line, style=style)


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=False):
            cell.text = words


def gold(name: str) -> dict[str, list[str]]:
    """Return what a reader found: for each requirement, words out of each passage that bears on it.

    An empty list means that nothing in the file does. ``~`` before the words marks a passage that is on the subject but
    falls short of the requirement, or says otherwise.
    """
    found: dict[str, list[str]] = yaml.safe_load((HERE / f"{name}.gold.yaml").read_text(encoding="utf-8"))
    return found
