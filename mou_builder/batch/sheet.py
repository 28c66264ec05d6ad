"""A roster as a spreadsheet shows it: headings, and rows of cells under them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mou_builder.batch.faults import RosterError
from mou_builder.errors import Fault

MAX_FILE = 40_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELL = 20_000


@dataclass(frozen=True)
class Cell:
    """What one cell holds, as text, and what the spreadsheet takes it for."""

    text: str
    kind: Literal["text", "number", "date", "time", "error"] = "text"


EMPTY = Cell("")


@dataclass(frozen=True)
class Row:
    """One row, with its number as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell in a column counted from 0; a row may be shorter than the headings."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Roster:
    """A spreadsheet that has been opened: its rows can be gone through as often as needed, one at a time."""

    name: str
    headings: tuple[str, ...]
    source: Callable[[], Iterator[Row]]
    comma_decimals: bool = False
    """Whether the spreadsheet writes 62,5 where others write 62.5, so that a comma in a number says nothing sure."""
    remarks: tuple[str, ...] = ()
    """What its reader should know, such as that hidden rows are built too."""

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold something, in their order; raise RosterError where one cannot be read."""
        found = 0
        for row in self.source():
            if row.blank:
                continue
            found += 1
            if found > MAX_ROWS:
                raise RosterError(Fault(self.name, f"it has more than {MAX_ROWS:,} rows.", "Split it into several."))
            yield row


def headings_in(name: str, first: Row | None) -> tuple[str, ...]:
    """Return the headings that stand in the first row; raise RosterError if there are none, or far too many."""
    if first is None or first.blank:
        raise RosterError(Fault(name, "it has no headings.", "Write the columns' headings into the first row."))
    texts = [cell.text for cell in first.cells]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        raise RosterError(Fault(name, f"it has {len(texts):,} columns.", f"At most {MAX_COLUMNS} are read."))
    return tuple(texts)


def letter(column: int) -> str:
    """Return the letter by which a spreadsheet calls a column counted from 0: A, Z, AA."""
    text, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
