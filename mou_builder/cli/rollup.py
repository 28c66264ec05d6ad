"""``mou-builder rollup``: many agreements beside one another, as a table, a workbook, a page to look at, and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.rollup import AgreementRow, Matrix, Problem


RESULTS = ("rollup.csv", "rollup.xlsx", "rollup.html", "rollup.oscal.json", "problems.csv")


def rollup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with built, returned or edited agreements.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR2", help="Folder for the results; DIR if left out.")
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="Processes that read at once; 0 chooses.")
    ] = 0,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library\u2019s folder.")] = None,
    pack: Packs = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were changed or not written here.")
    ] = False,
) -> None:
    """Lay many agreements side by side: a row for each agreement, a column for each requirement, a status in each cell.

    Reads every Word agreement in the folder and the folders in it, and writes rollup.csv, rollup.xlsx, rollup.html,
    rollup.oscal.json and problems.csv. Each agreement is judged as of the day that it was built for, with the packs that it
    was made with.

    Exit 0: every agreement was read. Exit 1: some files could not be read; problems.csv names them. Exit 2: nothing could be
    read.

    Example: mou-builder rollup signed --out report
    """
    from mou_builder import __version__
    from mou_builder.cli import files
    from mou_builder.cli.gathering import Shelves, agreements_in, read_all
    from mou_builder.rollup import matrix_of

    # Hundreds of agreements take minutes to read: nobody should learn only then that the results cannot be written.
    files.refuse_what_is_in_the_way(out or folder, RESULTS, force=force)
    shelves = Shelves(library, pack or ())
    found, passed_over, shut = agreements_in(folder)
    results = [*shut, *read_all(found, folder, shelves, workers)]
    rows, problems = _sorted(results)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if not rows:
        raise _nothing(folder, problems)
    matrix = matrix_of(rows, problems, shelves.rubrics(rows), shelves.plain.states, __version__)
    made, note = _files(matrix)
    paths = files.write_files(out or folder, made, force=force)
    _say(matrix, paths, passed_over, note)
    raise typer.Exit(1 if problems else 0)


def _sorted(results: Iterable[AgreementRow | Problem]) -> tuple[list[AgreementRow], list[Problem]]:
    from mou_builder.rollup import Problem

    rows: list[AgreementRow] = []
    problems: list[Problem] = []
    for one in results:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            rows.append(one)
    return rows, problems


def _nothing(folder: Path, problems: Sequence[Problem]) -> Exception:
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    what = "none of its Word files could be read." if problems else "there is no Word agreement in it."
    return UsageError(Fault(str(folder), what, "Nothing was written. Give the folder in which the agreements lie."))


def _files(matrix: Matrix) -> tuple[dict[str, bytes], str]:
    """Return the results by name, and a note if the workbook is not among them."""
    from mou_builder.cli.files import ROOT, read_text
    from mou_builder.rollup.oscal import to_oscal
    from mou_builder.rollup.page import to_page
    from mou_builder.rollup.table import problems_to_csv, to_csv
    from mou_builder.rollup.workbook import to_workbook

    made = {"rollup.csv": to_csv(matrix)}
    note = ""
    try:
        made["rollup.xlsx"] = to_workbook(matrix)
    except ImportError:
        note = "rollup.xlsx was not written: it needs openpyxl. Install it: pip install 'mou-builder[xlsx]'"
    made["rollup.html"] = to_page(matrix, read_text(ROOT / "templates" / "rollup.html"))
    made["rollup.oscal.json"] = to_oscal(matrix)
    made["problems.csv"] = problems_to_csv(matrix)
    return made, note


def _say(matrix: Matrix, paths: Sequence[Path], passed_over: int, note: str) -> None:
    from mou_builder.cli.words import console

    out, err = console(), console(err=True)
    counts = Counter(cell.status for row in matrix.rows for cell in row.cells.values())
    rows, columns = len(matrix.rows), len(matrix.columns)
    out.print(f"{rows:,} {'agreement' if rows == 1 else 'agreements'} by {columns:,} requirements")
    met, of = sum(row.met for row in matrix.rows), sum(row.of for row in matrix.rows)
    out.print(f"Provisions met: {met:,} of {of:,}; {counts['missing']:,} missing, {counts['altered']:,} altered.")
    if matrix.versions:
        out.print(f"{len(matrix.versions)} of the files are versions of the same agreements; all are listed.")
    out.print()
    for path in paths:
        out.print(f"  {path}", soft_wrap=True)
    out.print("No status means that an agreement is legally sufficient. That is for counsel.")
    if passed_over:
        what = "file that goes" if passed_over == 1 else "files that go"
        err.print(f"Passed over: {passed_over} {what} with an agreement (appendix, summary, memo, redline).")
    if matrix.problems:
        count = len(matrix.problems)
        err.print(f"{count} {'file' if count == 1 else 'files'} could not be read; problems.csv names them.")
    if note:
        err.print(note)
