"""``mou-builder check``: is an answers file complete, and what became of an agreement that people edited?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def check(
    file: Annotated[Path, typer.Argument(help="A Word agreement, or an answers file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as JSON (docs/report.md).")] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="The .record.yaml of a Word file built with --no-record.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="For an answers file: date of the law; today.")
    ] = None,
    instrument: Annotated[
        int | None,
        typer.Option("--instrument", metavar="NUMBER", help="Of the set that an answers file makes: which one."),
    ] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
) -> None:
    """Check an agreement or an answers file against the rubrics.

    Exit 0: nothing to mend. Exit 1: a requirement is missing or altered, a clause was changed, or an answer is open.

    Example: mou-builder check out/first_mou.docx
    """
    from mou_builder.cli import files
    from mou_builder.cli.subject import take_up
    from mou_builder.cli.words import console, findings, rubrics

    subject = take_up(file, files.library_at(library), as_of=as_of, record=record, instrument=instrument)
    report, word = subject.report, subject.word
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
            out.print("Nothing to mend: every clause stands, and every required provision is met or waived.")
        if word:
            out.print("Not judged again: the appendix inside the file, its headers and its footers.")
    raise typer.Exit(1 if reasons or changed else 0)
