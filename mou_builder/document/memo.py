"""Print a memo, what somebody should know about an agreement, as a Word file of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from mou_builder.document.filling import filled, guarded, unguard
from mou_builder.document.package import finished
from mou_builder.document.tables import set_widths
from mou_builder.model.parts import unprintable
from mou_builder.wording import in_date

Kind = Literal["plain", "strong", "removed", "added", "blank", "quiet"]
"""``removed`` is printed struck and red, ``added`` underlined and blue, ``blank`` highlighted, ``quiet`` in grey."""


@dataclass(frozen=True)
class Text:
    """Some words of one kind; a line end among them stays one."""

    words: str
    kind: Kind = "plain"


Words = tuple[Text, ...]
"""What stands in a paragraph, a cell or a line of the block."""


def words(*pieces: str | Text) -> Words:
    """Return texts as Words; a piece without a kind is plain."""
    return tuple(Text(one) if isinstance(one, str) else one for one in pieces)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a ``lead`` stays on the page with what follows, a ``quote`` stands behind a rule."""

    words: Words
    kind: Literal["plain", "lead", "item", "quote", "note"] = "plain"


@dataclass(frozen=True)
class Row:
    """A row of a table; a ``band`` has one cell over all columns, above the rows that it names."""

    cells: tuple[Words, ...]
    band: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose head is printed again on each page; `widths` are parts of the page's width."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        columns = len(self.heads)
        if not self.rows or len(self.widths) != columns:
            raise ValueError("a table has rows, and a width for each column")
        if any(len(row.cells) != (1 if row.band else columns) for row in self.rows):
            raise ValueError("each row has a cell for each column; a band has one")


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it; `inner` sections have smaller headings."""

    heading: str
    parts: tuple[Paragraph | Table, ...] = ()
    inner: tuple[Section, ...] = ()
    new_page: bool = False
    """Whether it begins a page, as an annex does; of `inner` sections none can."""


@dataclass(frozen=True)
class Memo:
    """A memo as it will be printed."""

    title: str
    as_of: date
    block: tuple[tuple[str, Words], ...]
    """The lines below the title, each with its label: Re, Agreement, Prepared for."""
    opening: tuple[Paragraph | Table, ...]
    sections: tuple[Section, ...]
    closing: Words
    """The last line, in small letters."""


def print_memo(memo: Memo, template: bytes) -> bytes:
    """Return the memo as a Word file: the same memo gives the same bytes.

    Its words may come from a file of somebody else: they are printed as they are, never rendered. Raises TemplateError if
    the template names something that does not exist, or is no Word file.
    """
    context = {
        "title": _printable(memo.title),
        "as_of": in_date(memo.as_of),
        "block": [{"label": _printable(label), "runs": _runs(said)} for label, said in memo.block],
        "opening": list(_parts(memo.opening)),
        "sections": [one for section in memo.sections for one in _section(section, 1)],
        "closing": _runs(memo.closing),
    }
    safe = guarded(context)
    document = filled(template, safe)
    set_widths(document.element.body)
    if safe != context:
        unguard(document.element.body)
        for relation in document.part.rels.values():
            if relation.reltype.endswith(("/header", "/footer")):
                unguard(relation.target_part.element)
    stream = io.BytesIO()
    document.save(stream)
    return finished(stream.getvalue(), title=_printable(memo.title), as_of=memo.as_of, record=None)


def _section(section: Section, level: int) -> Iterator[dict[str, Any]]:
    yield {
        "heading": _printable(section.heading),
        "level": level,
        "new_page": section.new_page and level == 1,
        "parts": list(_parts(section.parts)),
    }
    for one in section.inner:
        yield from _section(one, level + 1)


def _parts(parts: tuple[Paragraph | Table, ...]) -> Iterator[dict[str, Any]]:
    said = [part for part in parts if isinstance(part, Table) or any(one.words for one in part.words)]
    kinds = ["table" if isinstance(part, Table) else part.kind for part in said]
    for part, kind, before, after in zip(said, kinds, ["", *kinds], [*kinds[1:], ""], strict=False):
        if isinstance(part, Table):
            if before == "table":
                raise ValueError("Word makes one table of two that stand together; put words between them")
            yield _table(part)
        else:
            # What ends a list or follows a table stands a little apart.
            apart = {"item": "last" if after != "item" else "item", "plain": "after" if before == "table" else "plain"}
            yield {"kind": apart.get(kind, kind), "runs": _runs(part.words)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "widths": " ".join(map(str, table.widths)),
        "heads": [_runs(words(head)) for head in table.heads],
        "rows": [{"band": row.band, "cells": [_runs(one) for one in row.cells]} for row in table.rows],
    }


def _runs(said: Words) -> list[dict[str, str]]:
    return [{"kind": one.kind, "text": _printable(one.words)} for one in said if one.words]


def _printable(text: str) -> str:
    """Return the text with a visible sign in place of each character that a Word file cannot hold."""
    if unprintable(text) is None:
        return text
    return "".join("\ufffd" if unprintable(one) else one for one in text)
