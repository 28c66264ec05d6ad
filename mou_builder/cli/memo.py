"""Write the memo for the board that ``mou-builder check --memo`` asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.model import Agreement
    from mou_builder.report import Report


def write_memo(report: Report, agreement: Agreement, library: Library, file: Path, *, force: bool = False) -> Path:
    """Write the memo on `report` as the Word file `file` and return its path.

    Raises UsageError, and writes nothing, if the name is none of a Word file or is the agreement's own, or if something else
    is in the way and `force` is not given.
    """
    from mou_builder.cli.files import template_at, write_files
    from mou_builder.document.memo import print_memo
    from mou_builder.review.board_memo import board_memo

    refuse_name(report.document, file)
    word = print_memo(board_memo(report, agreement, library), template_at(None, "memo.docx"))
    return write_files(file.parent, {file.name: word}, force=force, option="--memo")[0]


def refuse_name(agreement: str, file: Path) -> None:
    """Raise UsageError if the memo cannot have the name of `file`; `agreement` is the name of the file it is about."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    if file.suffix.lower() != ".docx":
        mend = f"Write --memo {file.name}.docx." if file.name and not file.suffix else "Give a name that ends in .docx."
        raise UsageError(Fault("--memo", f"{str(file)!r} is not the name of a Word file.", mend))
    if file.name.casefold() == agreement.casefold():
        what = f"{file.name} is the agreement itself; the memo would take its place."
        raise UsageError(Fault("--memo", what, f"Give another name, such as {file.stem}.memo.docx."))
