"""``mou-builder redline``: every change between two Word agreements as tracked changes, proved before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mou_builder.redline import Redline


def redline(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The agreement as it was, a Word file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The agreement as it is to be, a Word file.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The Word file to write.")],
    author: Annotated[
        str, typer.Option("--author", metavar="NAME", help="Whose changes they are, as Word shows it.")
    ] = "mou-builder",
    on: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day of the changes; today.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that was not written here.")] = False,
) -> None:
    """Show what changed between two agreements as tracked changes in Word.

    Before the file is written it is read back: rejecting every change must give OLD, and accepting every change must give
    NEW, in the body, tables, notes, headers and footers. Needs the extra: pip install 'mou-builder[redline]'

    Example: mou-builder redline signed_2026.docx draft_2028.docx --out redline.docx --author "Priya Ramanathan"
    """
    from mou_builder.cli import files
    from mou_builder.cli.words import console
    from mou_builder.errors import Fault
    from mou_builder.redline import draw

    day = files.day(on, "--date")
    if out.suffix.lower() != ".docx":
        raise files.UsageError(Fault(str(out), "a redline is a Word file.", "Give --out a name that ends in .docx."))
    if out.resolve() in (old.resolve(), new.resolve()):
        what = "this is one of the two agreements."
        raise files.UsageError(Fault(str(out), what, "Give --out a name of its own."))
    before, after = files.read_bytes(old), files.read_bytes(new)
    files.refuse_what_is_in_the_way(out.parent, [out.name], force=force)
    made = draw(before, after, author=author, on=day, names=(str(old), str(new)))
    (path,) = files.write_files(out.parent, {out.name: made.word}, force=force)
    for note in made.notes:
        console(err=True).print(note)
    said = console()
    said.print(f"Redline written: {path}", soft_wrap=True)
    said.print(_changes(made, author, day.isoformat()))
    said.print(
        f"Proved by reading it back: rejecting every change gives {old.name}, accepting every change gives {new.name}."
    )


def _changes(made: Redline, author: str, day: str) -> str:
    counts = [(made.insertions, "insertion"), (made.deletions, "deletion"), (made.moves, "moved passage")]
    told = ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count)
    if told:
        return f"{told}; by {author}, dated {day}."
    if made.others:
        return f"No word changed; {made.others} changes of paragraphs, rows or styles, by {author}, dated {day}."
    return "The two agreements read the same; the redline shows no change."
