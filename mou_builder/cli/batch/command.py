"""``mou-builder batch``: a roster of districts in, an agreement for each row out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.building import AppendixPlace
from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.batch.sheet import Roster

_LISTS = ("index.csv", "errors.csv")


def batch(
    roster: Annotated[Path, typer.Argument(help="The spreadsheet: CSV (UTF-8) or .xlsx, a row for each agreement.")],
    base: Annotated[Path, typer.Option("--base", help="Answers file from which every row starts.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; made if it does not exist.")],
    columns: Annotated[
        Path | None, typer.Option("--columns", help="File that says which question each heading answers (YAML).")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of the workbook, if it has several.")] = None,
    name_from: Annotated[
        str | None,
        typer.Option(
            "--name-from", metavar="HEADING", help="Column that names each row's files; 'file', or short names."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check every row and print what is wrong; write nothing.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes that build at a time; one per processor.")
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="Make copies to sign; a row with anything open is not built.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also convert to PDF, if LibreOffice is installed.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Date of the law and of the files; today, or of the run resumed."),
    ] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A restyled copy of templates/mou.docx.")] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
    appendix: Annotated[
        AppendixPlace, typer.Option("--appendix", help="Inside each agreement or as its own file.")
    ] = AppendixPlace.inside,
    no_record: Annotated[bool, typer.Option("--no-record", help="Leave the answers out of the Word files.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were changed or not built here.")
    ] = False,
) -> None:
    """Build an agreement for each row of a roster.

    Columns are headed by the question they answer (document.state, parties.districts[0].legal_name), or mapped by
    --columns. An empty cell leaves the base's answer, a lone - takes it out. Writes the files of each row, index.csv, and
    errors.csv with what is wrong in the others. Run the same command again to go on: rows that are done are left alone.

    Exit 0: every row is built. Exit 1: some rows have faults. Exit 2: the roster cannot be used at all.

    Example: mou-builder batch examples/roster/roster.csv --base examples/roster/base.yaml --columns
    examples/roster/columns.yaml --out out
    """
    from mou_builder.cli import files
    from mou_builder.cli.batch.run import Run
    from mou_builder.cli.batch.work import Setup

    shelf = files.library_at(library, pack, made_with=base)
    opened = _opened(roster, sheet)
    setup = Setup(
        base=(files.read_text(base), str(base)),
        roster=opened.name,
        headings=opened.headings,
        mapping=(files.read_text(columns), str(columns)) if columns else None,
        name_from=name_from,
        comma_decimals=opened.comma_decimals,
        library=library,
        packs=tuple(pack or ()),
        template=files.template_at(template, library=shelf),
        as_of=files.day(as_of),
        final=final,
        separate=appendix is AppendixPlace.separate,
        embed=not no_record,
        pdf=pdf,
        dry=dry_run,
    )
    if pdf:
        _refuse_without_office()
    run = Run(opened, setup, shelf, out, force=force, day_given=as_of is not None)
    raise typer.Exit(run.go(workers or min(os.cpu_count() or 1, 8)))


def _opened(file: Path, sheet: str | None) -> Roster:
    from mou_builder.batch.csvfile import csv_roster
    from mou_builder.batch.workbook import is_workbook, workbook_roster
    from mou_builder.cli.files import UsageError, read_bytes
    from mou_builder.errors import Fault

    data = read_bytes(file)
    if is_workbook(data):
        return workbook_roster(data, str(file), sheet)
    if file.suffix.casefold() in (".xlsx", ".xlsm", ".xls"):
        raise UsageError(Fault(str(file), "this is no Excel workbook.", "Save it again as .xlsx, or as CSV UTF-8."))
    if data[:5] == b"%PDF-":
        raise UsageError(Fault(str(file), "this is a PDF.", "Give the spreadsheet it was made from."))
    if sheet is not None:
        raise UsageError(Fault("--sheet", "a CSV file has no sheets.", "Leave it out."))
    return csv_roster(data, str(file))


def _refuse_without_office() -> None:
    from mou_builder.cli.files import UsageError
    from mou_builder.cli.pdf import office
    from mou_builder.errors import Fault

    if office() is None:
        mend = "Install it, or leave --pdf out and convert the Word files by hand."
        raise UsageError(Fault("--pdf", "LibreOffice was not found.", mend))
