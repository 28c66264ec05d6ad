"""``mou-builder build``: from an answers file to the Word agreement, its report and its record."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mou_builder.build import Built


class AppendixPlace(StrEnum):
    """Where the compliance appendix stands."""

    inside = "inside"
    separate = "separate"


def build(
    answers: Annotated[Path, typer.Argument(help="Answers file (YAML), or a .record.yaml of an earlier build.")],
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
    appendix: Annotated[
        AppendixPlace, typer.Option("--appendix", help="Inside the agreement or as its own file.")
    ] = AppendixPlace.inside,
    no_record: Annotated[bool, typer.Option("--no-record", help="Leave the answers out of the Word file.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were changed or not built here.")
    ] = False,
) -> None:
    """Build the agreement, its compliance report and its record.

    Writes NAME.docx, NAME.compliance.json and NAME.record.yaml into the folder, NAME being the answers file's.

    Example: mou-builder build examples/first_mou.yaml --out out
    """
    from mou_builder.build import build as build_agreement
    from mou_builder.cli import files
    from mou_builder.cli.words import summary
    from mou_builder.errors import Fault
    from mou_builder.record import to_text

    shelf = files.library_at(library)
    agreement = files.read_agreement(answers, shelf)
    name = answers.name.removesuffix(".yaml").removesuffix(".yml").removesuffix(".record")
    if not name or name.encode(errors="replace") != name.encode(errors="surrogateescape"):
        raise files.UsageError(
            Fault(str(answers), "no file can be named after this one.", "Rename it, in plain letters.")
        )
    built = build_agreement(
        agreement,
        shelf,
        files.template_at(template),
        as_of=files.day(as_of),
        name=f"{name}.docx",
        final=final,
        appendix=appendix.value,
        embed=not no_record,
    )
    reasons = list(built.report.reasons_against_final())
    if final and reasons:
        _refuse(reasons)
    written = {
        f"{name}.docx": built.word,
        f"{name}.compliance.json": (json.dumps(built.report.to_json(), indent=2, ensure_ascii=False) + "\n").encode(),
        f"{name}.record.yaml": to_text(built.record).encode(),
    }
    if built.appendix is not None:
        written[f"{name}.appendix.docx"] = built.appendix
    if pdf:
        written |= _pdf(name, built)
    paths = files.write_files(out, written, force=force)
    summary(built.report, final=final, paths=paths, reasons=reasons)


def _refuse(reasons: list[str]) -> None:
    typer.echo("No final agreement was made; nothing was written. Still open:", err=True)
    for reason in reasons:
        typer.echo(f"  - {reason}", err=True)
    typer.echo("Answer these, or build without --final for a draft that shows them.", err=True)
    raise typer.Exit(1)


def _pdf(name: str, built: Built) -> dict[str, bytes]:
    from mou_builder.cli.pdf import to_pdf

    pages = {f"{name}.pdf": to_pdf(built.word, f"{name}.docx")}
    if built.appendix is not None:
        pages[f"{name}.appendix.pdf"] = to_pdf(built.appendix, f"{name}.appendix.docx")
    return pages
