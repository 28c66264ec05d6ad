"""``mou-builder check``: is an answers file complete, and what became of an agreement that people edited?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.cli.subject import Subject
    from mou_builder.library import Library


def check(
    file: Annotated[Path, typer.Argument(help="A Word agreement, ours or anybody\u2019s, or an answers file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as JSON (docs/report.md).")] = False,
    memo: Annotated[
        Path | None,
        typer.Option("--memo", metavar="FILE", help="Also write a memo for the board on a signed agreement (.docx)."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", help="The .record.yaml of a Word file that was built without one, or has lost it."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="For answers, and an agreement not made here: date of the law; today."
        ),
    ] = None,
    state: Annotated[
        str, typer.Option("--state", metavar="XX", help="For an agreement not made here: the state it is made in.")
    ] = "",
    instrument: Annotated[
        int | None,
        typer.Option("--instrument", metavar="NUMBER", help="Of the set that an answers file makes: which one."),
    ] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library\u2019s folder.")] = None,
    pack: Packs = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a memo that was changed since.")] = False,
) -> None:
    """Check an agreement or an answers file against the rubrics.

    Of an agreement that was built here, says what became of each clause and each requirement. Of a model that was filled in,
    says what is filled in, what is empty and what does not agree. Of any other Word file, names the
    passages that may bear on each requirement, for counsel to judge.

    Exit 0: nothing to mend. Exit 1: a requirement is missing or altered, a clause was changed, or an answer is open.

    Example: mou-builder check signed.docx --memo for-the-board.docx
    """
    from mou_builder.cli import files
    from mou_builder.cli.foreign import report_foreign
    from mou_builder.cli.modelling import report_filled
    from mou_builder.cli.subject import take_up
    from mou_builder.report.controls import is_model
    from mou_builder.report.wordfile import has_record

    shelf = files.library_at(library, pack, made_with=record or file)
    data = files.read_bytes(file)
    if record is None and files.hands_in_word(file, data) and not has_record(data, file.name):
        if memo or instrument:
            option, what = ("--memo", "a memo tells what became of an agreement built here; this one was not.")
            if not memo:
                option, what = "--instrument", "a Word file is one instrument."
            raise _misused(option, what)
        if is_model(data, file.name):
            if state:
                raise _misused("--state", "it is for an agreement that was not made here; a model names its state.")
            raise typer.Exit(report_filled(data, file.name, shelf, as_json, files.day(as_of) if as_of else None))
        raise typer.Exit(report_foreign(data, file.name, shelf, files.day(as_of), as_json, state=_state(state, shelf)))
    if state:
        raise _misused("--state", "it is for an agreement that was not made here; this one names its state.")
    subject = take_up(file, shelf, as_of=as_of, record=record, instrument=instrument)
    if memo and not subject.word:
        raise _misused("--memo", "a memo tells what became of a signed Word file; this is an answers file.")
    path = _memo(subject, shelf, memo, force=force) if memo else None
    raise typer.Exit(_say(subject, file, as_json=as_json, memo=path))


def _misused(option: str, what: str) -> Exception:
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    return UsageError(Fault(option, what, "Leave it out, or give another file."))


def _state(state: str, shelf: Library) -> str:
    """Return the state that --state names; raise UsageError if there is none of that code."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault, did_you_mean

    if state and state not in shelf.states:
        mend = did_you_mean(state, shelf.states) or "Use the two-letter postal code."
        raise UsageError(Fault("--state", f"no state or territory has the code {state!r}.", mend))
    return state


def _memo(subject: Subject, shelf: Library, memo: Path, *, force: bool) -> Path:
    from mou_builder.cli.memo import write_memo

    return write_memo(subject.report, subject.agreement, shelf, memo, force=force)


def _say(subject: Subject, file: Path, *, as_json: bool, memo: Path | None) -> int:
    """Print the report, and return the exit code."""
    from mou_builder.cli.words import console, findings, rubrics

    report = subject.report
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
            kept = " or rests on words that the parties keep" if report.kept else ""
            out.print(f"Nothing to mend: every clause stands, and every required provision is met or waived{kept}.")
        if subject.word:
            out.print("Not judged again: the appendix inside the file.")
    if memo:
        typer.echo(f"Memo for the board: {memo}", err=as_json)
    return 1 if reasons or changed else 0
