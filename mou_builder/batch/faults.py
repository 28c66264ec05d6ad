"""What can be wrong with a roster as a whole, and with one of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from mou_builder.errors import MouError


class RosterError(MouError):
    """The roster, or the file that maps its columns, cannot be used at all."""


@dataclass(frozen=True)
class RowFault:
    """One thing wrong in one row, in the words of the person who keeps the spreadsheet."""

    row: int
    """Its number as the spreadsheet shows it."""
    column: str
    """Letter of the column, or empty where no single column is to blame."""
    heading: str
    value: str
    """What the cell holds."""
    what: str
    mend: str

    @property
    def where(self) -> str:
        """Return ``row 7, column D (document.state)``."""
        column = f", column {self.column} ({self.heading})" if self.column else ""
        return f"row {self.row}{column}"

    def __str__(self) -> str:
        """Return the fault as one message."""
        return " ".join(part for part in (f"{self.where}: {self.what}", self.mend) if part)


class RowError(MouError):
    """One row cannot be built; the others can."""

    def __init__(self, *faults: RowFault) -> None:
        self.rows = faults
        super().__init__()
