"""``mou-builder library``: look at the clauses, check them, and change them the way law changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs
from mou_builder.cli.states import states

if TYPE_CHECKING:
    from mou_builder.library.outline import Schedule
    from mou_builder.library.schedules import ScheduleText

app = typer.Typer(
    help="Look at the clause library, check it, and change it.", no_args_is_help=True, rich_markup_mode=None
)

app.command("states")(states)

Folder = Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")]


@app.command("list")
def list_clauses(
    requirement: Annotated[str | None, typer.Option("--meets", help="Only clauses that meet this requirement.")] = None,
    markdown: Annotated[
        bool,
        typer.Option("--markdown", help="Write the whole catalogue, sources included, as Markdown (docs/clauses.md)."),
    ] = False,
    library: Folder = None,
    pack: Packs = None,
) -> None:
    """List every clause in the agreement's order, with what it meets and when it is chosen.

    Example: mou-builder library list --meets S1.6
    """
    from rich.table import Table

    from mou_builder.cli.files import UsageError, unchecked_library_at
    from mou_builder.cli.words import console
    from mou_builder.errors import Fault
    from mou_builder.model.conditions import when_in_words

    shelf = unchecked_library_at(library, pack)
    if markdown:
        from mou_builder.library.catalogue import catalogue

        if requirement is not None:
            what = "the catalogue holds every clause."
            raise UsageError(Fault("--meets", what, "Leave out --meets, or --markdown."))
        typer.echo(catalogue(shelf), nl=False)
        return
    order = {slot: place for place, slot in enumerate(shelf.outline.slots())}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Clause", "Standing", "Meets", "Chosen when"):
        table.add_column(name, overflow="fold")
    for clause in sorted(shelf.shelf.values(), key=lambda one: (order.get(one.slot, 0), one.id)):
        if requirement is None or requirement in clause.written.satisfies:
            when = when_in_words(shelf.when_of(clause))
            table.add_row(
                clause.cite,
                "published" if shelf.published(clause) else "draft",
                ", ".join(clause.written.satisfies),
                when,
            )
    for one in shelf.outline.schedules:
        text = shelf.schedules.get(f"us/schedules/{one.id}")
        if text is not None and requirement is None:
            table.add_row(text.cite, "schedule", "", when_in_words(one.when))
    console().print(table)


@app.command("show", no_args_is_help=True)
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A clause or schedule, such as us/roles/discipline.")],
    library: Folder = None,
    pack: Packs = None,
) -> None:
    """Show one clause: text, notes, sources and versions; or one schedule: its words and notes.

    Example: mou-builder library show us/roles/discipline
    """
    from mou_builder.cli.files import UsageError, unchecked_library_at
    from mou_builder.errors import Fault, did_you_mean
    from mou_builder.model.conditions import when_in_words

    shelf = unchecked_library_at(library, pack)
    plain, _, version = id.partition("@")
    schedule = shelf.schedules.get(plain)
    if schedule is not None:
        _show_schedule(schedule, next((one for one in shelf.outline.schedules if plain.endswith(f"/{one.id}")), None))
        return
    newest = shelf.shelf.get(plain)
    clause = (
        shelf.clause(plain, int(version)) if version.isascii() and version.isdigit() and len(version) < 6 else newest
    )
    if clause is None or newest is None:
        raise UsageError(
            Fault(
                id,
                "no clause of the library has this id.",
                did_you_mean(plain, shelf.shelf) or "See 'mou-builder library list'.",
            )
        )
    written = clause.written
    versions = sorted([newest.version, *(one.version for one in shelf.past.values() if one.id == plain)])
    typer.echo(f"{clause.cite}  {written.heading}")
    typer.echo(
        f"Slot {clause.slot}; {'published' if shelf.published(clause) else 'draft text'}; effective {written.effective}; "
        f"versions {', '.join(map(str, versions))}"
    )
    typer.echo(f"Meets: {', '.join(written.satisfies) or 'no requirement'}")
    typer.echo(f"Chosen when: {when_in_words(written.when)}")
    typer.echo(f"\n{written.text.rstrip()}\n\nDrafting notes:\n{written.notes.rstrip()}")
    for source in written.sources:
        typer.echo(f"- {source.cite} ({source.evidence}, seen {source.seen}): {source.says} {source.url}".rstrip())


def _show_schedule(text: ScheduleText, place: Schedule | None) -> None:
    from mou_builder.model.conditions import when_in_words

    typer.echo(f"{text.cite}  {place.title if place else ''}".rstrip())
    typer.echo(f"Attached when: {when_in_words(place.when) if place else 'never'}\n")
    for passage in text.passages.values():
        if passage.text.strip():
            typer.echo(passage.text.rstrip())
    typer.echo(f"\nDrafting notes:\n{text.written.notes.rstrip()}")


@app.command("check")
def check(library: Folder = None, pack: Packs = None) -> None:
    """Check the library: every text, condition, reference, term and requirement. Exit 1 if anything is wrong.

    Example: mou-builder library check
    """
    from mou_builder.cli.files import unchecked_library_at
    from mou_builder.library.checking import check_library

    shelf = unchecked_library_at(library, pack)
    faults = check_library(shelf)
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        typer.echo(f"{len(faults)} to mend.", err=True)
        raise typer.Exit(1)
    rows = sum(len(rubric.requirements) for rubric in shelf.rubrics)
    drafts = sum(not shelf.published(clause) for clause in shelf.shelf.values())
    typer.echo(
        f"Sound: {len(shelf.shelf)} clauses for {len(shelf.outline.slots())} slots, {rows} requirements in "
        f"{len(shelf.rubrics)} rubrics, {len(shelf.schedules)} schedules. {drafts} texts are drafts."
    )


@app.command("diff", no_args_is_help=True)
def diff(
    id: Annotated[str, typer.Argument(metavar="ID", help="A clause, such as us/roles/discipline.")],
    old: Annotated[int | None, typer.Option("--from", help="Earlier version; the one before.")] = None,
    new: Annotated[int | None, typer.Option("--to", help="Later version; the newest.")] = None,
    library: Folder = None,
    pack: Packs = None,
) -> None:
    """Show what changed between two versions of a clause, sentence by sentence.

    Example: mou-builder library diff us/roles/discipline --from 1 --to 2
    """
    from mou_builder.cli.files import unchecked_library_at
    from mou_builder.library.editing import diff as differences

    lines = differences(unchecked_library_at(library, pack), id, old, new)
    typer.echo("\n".join(lines) if lines else f"{id}: no difference; there is one version only.")


@app.command("revise", no_args_is_help=True)
def revise(
    id: Annotated[str, typer.Argument(metavar="ID", help="A published clause.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="When the new text takes effect; today.")
    ] = None,
    library: Folder = None,
) -> None:
    """Open the next version of a published clause and keep the outgoing text in past/.

    Example: mou-builder library revise us/roles/discipline --library clause_library
    """
    from mou_builder.cli.files import ROOT, day
    from mou_builder.library.editing import revise as open_revision

    shelf, past = open_revision(library or ROOT / "clause_library", id, on=day(as_of))
    typer.echo(f"The outgoing text is kept in {past}.\nEdit {shelf}, then run: mou-builder library check")


@app.command("publish")
def publish(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Clauses to publish.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Publish every draft.")] = False,
    library: Folder = None,
) -> None:
    """Publish draft texts: add a lock line for each, so that its words never change again. This cannot be undone.

    Example: mou-builder library publish us/roles/discipline --library clause_library
    """
    from mou_builder.cli.files import ROOT, UsageError, unchecked_library_at
    from mou_builder.errors import Fault
    from mou_builder.library.checking import check_library
    from mou_builder.library.editing import publish as add_locks

    if bool(ids) == every:
        what = "name the clauses to publish, or say --all for every draft; published words never change again."
        raise UsageError(Fault("publish", what, "Nothing was published."))
    root = library or ROOT / "clause_library"
    faults = check_library(unchecked_library_at(root))
    if faults:
        for fault in faults:
            typer.echo(str(fault), err=True)
        typer.echo("Nothing was published: mend these first.", err=True)
        raise typer.Exit(1)
    published = add_locks(root, ids or ())
    typer.echo(
        "\n".join(f"published {cite}" for cite in published)
        or ("Already published." if ids else "Nothing to publish: no draft is left.")
    )
