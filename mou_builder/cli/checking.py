"""``mou-builder check``: is an answers file complete, and what became of an agreement that people edited?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.report import Report


def check(
    file: Annotated[Path, typer.Argument(help="A Word agreement, or an answers file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as JSON (docs/report.md).")] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="The .record.yaml of a Word file built with --no-record.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="For an answers file: date of the law; today.")
    ] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
) -> None:
    """Check an agreement or an answers file against the rubrics.

    Exit 0: nothing to mend. Exit 1: a requirement is missing or altered, a clause was changed, or an answer is open.

    Example: mou-builder check out/first_mou.docx
    """
    from mou_builder.cli import files
    from mou_builder.cli.words import console, findings, rubrics

    shelf = files.library_at(library)
    data = files.read_bytes(file)
    word = files.is_word(data) or file.suffix.lower() in (".docx", ".doc", ".odt")
    report = _of_word(data, file, shelf, record) if word else _of_answers(file, shelf, as_of)
    reasons = list(report.reasons_against_final())
    changed = [row for row in report.clauses if row.state != "unaltered"]
    if as_json:
        typer.echo(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        out = console()
        out.print(f"{file.name}, as of {report.as_of}")
        out.print()
        rubrics(report, out)
        findings(report, out)
        if not reasons and not changed:
            out.print("Nothing to mend: every clause stands and every required provision is met.")
    raise typer.Exit(1 if reasons or changed else 0)


def _of_word(data: bytes, file: Path, shelf: Library, record: Path | None) -> Report:
    from mou_builder.cli.files import read_text
    from mou_builder.record import read_record
    from mou_builder.report import read_report

    given = read_record(read_text(record), str(record)) if record else None
    return read_report(data, file.name, shelf, given)


def _of_answers(file: Path, shelf: Library, as_of: str | None) -> Report:
    from mou_builder import __version__
    from mou_builder.cli.files import day, read_agreement
    from mou_builder.record import record_of
    from mou_builder.report import predicted
    from mou_builder.selection import select
    from mou_builder.wording import Wording

    agreement = read_agreement(file, shelf)
    selection = select(agreement, shelf, day(as_of))
    record = record_of(agreement, selection, Wording(agreement, shelf.states), tool=__version__, final=False)
    return predicted(file.name, agreement, selection, record, shelf)
