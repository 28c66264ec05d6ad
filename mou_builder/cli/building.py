"""``mou-builder build``: from an answers file to the Word agreement, its report and its record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.build import Built
    from mou_builder.library import Library
    from mou_builder.sets import Instrument


class AppendixPlace(StrEnum):
    """Where the compliance appendix stands."""

    inside = "inside"
    separate = "separate"


def build(
    answers: Annotated[Path, typer.Argument(help="Answers file (YAML), a filled-in model (.docx), or a .record.yaml.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; made if it does not exist.")],
    final: Annotated[
        bool, typer.Option("--final", help="Make the copy to sign; refused while anything is open.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also convert to PDF, if LibreOffice is installed.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Date of the law and of the file; today.")
    ] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A restyled copy of templates/mou.docx.")] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
    appendix: Annotated[
        AppendixPlace, typer.Option("--appendix", help="Inside the agreement or as its own file.")
    ] = AppendixPlace.inside,
    summary: Annotated[
        bool, typer.Option("--summary", help="Also write a two-page summary in plain words for students and families.")
    ] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Leave the answers out of the Word file.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were changed or not built here.")
    ] = False,
) -> None:
    """Build the agreement, its compliance report and its record.

    Writes NAME.docx, NAME.compliance.json and NAME.record.yaml into the folder, NAME being the answers file's. For parallel
    instruments each pair gets its own three files: NAME-1-district-agency.docx and so on.
    With --summary, NAME.summary.docx stands beside them.

    Example: mou-builder build examples/first_mou.yaml --out out
    """
    from mou_builder.cli import files, words
    from mou_builder.sets import below_the_floor, instruments

    shelf = files.library_at(library, pack, made_with=answers)
    agreement = files.read_agreement(answers, shelf)
    how = How(
        template=files.template_at(template, library=shelf),
        as_of=files.day(as_of),
        final=final,
        separate=appendix is AppendixPlace.separate,
        embed=not no_record,
        pdf=pdf,
        summary=files.template_at(None, "summary.docx") if summary else None,
    )
    base = name_of(answers)
    made: dict[str, Built] = {}
    for one in instruments(agreement, shelf):
        made[one.title] = _built(one, f"{base}-{one.name}" if one.name else base, shelf, how)
    reports = {title: built.report for title, built in made.items()}
    below = below_the_floor(reports)
    reasons = {title: [*report.reasons_against_final(), *below[title]] for title, report in reports.items()}
    if final and any(reasons.values()):
        refuse(reasons)
    written: dict[str, bytes] = {}
    for built in made.values():
        written |= _files(built, shelf, how)
    paths = files.write_files(out, written, force=force)
    if "" in made:
        words.summary(reports[""], final=final, paths=paths, reasons=reasons[""])
    else:
        words.set_summary(reports, final=final, paths=paths, reasons=reasons)


@dataclass(frozen=True)
class How:
    """How every agreement of a build is made."""

    template: bytes
    as_of: date
    final: bool
    separate: bool
    embed: bool
    pdf: bool
    summary: bytes | None
    """Template of the plain-language summary, where one is asked for."""


def name_of(answers: Path) -> str:
    """Return NAME, after which the results are called."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    whole = answers.name.removesuffix(".docx")
    name = whole.removesuffix(".yaml").removesuffix(".yml").removesuffix(".record").removesuffix(".answers")
    if not name or name.encode(errors="replace") != name.encode(errors="surrogateescape"):
        raise UsageError(Fault(str(answers), "no file can be named after this one.", "Rename it, in plain letters."))
    return name


def _built(instrument: Instrument, name: str, shelf: Library, how: How) -> Built:
    from mou_builder.build import build as build_agreement

    return build_agreement(
        instrument.agreement,
        shelf,
        how.template,
        as_of=how.as_of,
        name=f"{name}.docx",
        final=how.final,
        appendix="separate" if how.separate else "inside",
        embed=how.embed,
    )


def _files(built: Built, shelf: Library, how: How) -> dict[str, bytes]:
    """Return the files of one agreement by name."""
    from mou_builder.document.summary import summarize
    from mou_builder.record import to_text

    name = built.report.document.removesuffix(".docx")
    written = {
        f"{name}.docx": built.word,
        f"{name}.compliance.json": (json.dumps(built.report.to_json(), indent=2, ensure_ascii=False) + "\n").encode(),
        f"{name}.record.yaml": to_text(built.record).encode(),
    }
    if built.appendix is not None:
        written[f"{name}.appendix.docx"] = built.appendix
    if how.summary is not None:
        agreement = built.record.agreement(shelf.states)
        written[f"{name}.summary.docx"] = summarize(agreement, built.selection, shelf, how.summary, final=how.final)
    return written | _pdf(written) if how.pdf else written


def refuse(reasons: Mapping[str, list[str]]) -> None:
    """Say, by title of the instrument, why no final agreement was made, and end with exit code 1."""
    typer.echo("No final agreement was made; nothing was written. Still open:", err=True)
    for title, open_things in reasons.items():
        if title and open_things:
            typer.echo(f"{title}:", err=True)
        for reason in open_things:
            typer.echo(f"  - {reason}", err=True)
    typer.echo("Answer these, or build without --final for a draft that shows them.", err=True)
    raise typer.Exit(1)


def _pdf(written: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a PDF of every Word file."""
    from mou_builder.cli.pdf import to_pdf

    word = {name: data for name, data in written.items() if name.endswith(".docx")}
    return {f"{name.removesuffix('.docx')}.pdf": to_pdf(data, name) for name, data in word.items()}
