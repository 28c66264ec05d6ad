"""``mou-builder library states``: what the library knows of each state's law, and of one state in full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.library import Library
    from mou_builder.library.state_sheets import StateSheet

HEADS = ("State", "What was found", "Rows read", "To verify", "Time between reviews", "Published form")


def states(
    state: Annotated[
        str | None, typer.Argument(metavar="[STATE]", help="A state's postal code, such as NJ, or its name.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write the table of all states as Markdown (docs/states.md).")
    ] = False,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
) -> None:
    """Say what is known of the states' laws: a table of all, or one state with its form, values, tasks and rows.

    Rows read in the law's text are judged; the others are for counsel to verify and never count as met.

    Example: mou-builder library states NJ
    """
    from rich.table import Table

    from mou_builder.cli.files import UsageError, unchecked_library_at
    from mou_builder.cli.state_words import in_full
    from mou_builder.cli.words import console
    from mou_builder.errors import Fault
    from mou_builder.library.state_sheets import state_sheet

    if markdown and (as_json or state):
        mend = "Leave out --markdown, or the other."
        raise UsageError(Fault("--markdown", "it writes the table of all states and nothing else.", mend))
    shelf = unchecked_library_at(library, pack)
    if state is not None:
        sheet = state_sheet(code_of(state, shelf), shelf)
        typer.echo(_as_json(_facts(sheet)) if as_json else "\n".join(in_full(sheet)))
        return
    sheets = [state_sheet(code, shelf) for code in shelf.states]
    if as_json:
        typer.echo(_as_json([_facts(sheet) for sheet in sheets]))
    elif markdown:
        typer.echo("\n".join(_in_markdown(sheets)))
    else:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for name in HEADS:
            table.add_column(name, overflow="fold")
        for sheet in sheets:
            table.add_row(*_cells(sheet))
        console().print(table)
        typer.echo(
            "\nA state in full: mou-builder library states CODE. Nothing found is no proof that there is no law."
        )


def code_of(state: str, library: Library) -> str:
    """Return the postal code that a person meant; raise UsageError if it is no state's."""
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault, did_you_mean

    names = {name.removeprefix("the ").casefold(): code for code, name in library.states.items()}
    said = state.strip().casefold().removeprefix("the ")
    if state.strip().upper() in library.states:
        return state.strip().upper()
    if said in names:
        return names[said]
    near = did_you_mean(said, names) or did_you_mean(state.strip().upper(), library.states)
    what = "no state or territory has this code or name."
    raise UsageError(
        Fault(state, what, near or "Give a postal code such as WA; mou-builder library states lists them all.")
    )


def _cells(sheet: StateSheet) -> tuple[str, ...]:
    from mou_builder.cli.state_words import found, review

    counts = (str(len(sheet.read)), str(len(sheet.to_verify))) if sheet.rubrics else ("\u2013", "\u2013")
    return (f"{sheet.name} ({sheet.code})", found(sheet), *counts, review(sheet), _form(sheet))


def _form(sheet: StateSheet) -> str:
    from mou_builder.cli.state_words import FOLLOWED

    named = [f"{form.title}: {FOLLOWED[form.conformance]}" for form in sheet.forms]
    return "; ".join(named) or (sheet.surveyed.form if sheet.surveyed else "") or "none seen"


def _in_markdown(sheets: Sequence[StateSheet]) -> Iterator[str]:
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    for sheet in sheets:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in _cells(sheet))} |"


def _as_json(facts: object) -> str:
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _facts(sheet: StateSheet) -> dict[str, Any]:
    """Return all that is known of one state as plain values, unknown ones left out."""
    surveyed = sheet.surveyed.model_dump(mode="json", exclude_defaults=True) if sheet.surveyed else None
    return {
        "state": sheet.code,
        "name": sheet.name,
        "survey": surveyed,
        "instruments": [name for one in sheet.jurisdictions for name in one.instruments],
        "terms": [term.model_dump(mode="json") for one in sheet.jurisdictions for term in one.terms],
        "forms": [{**form.model_dump(mode="json"), "compulsory": form.compulsory} for form in sheet.forms],
        "values": [limit.model_dump(mode="json", exclude_defaults=True) for limit in sheet.limits],
        "rubrics": [rubric.id for rubric in sheet.rubrics],
        "rows_read": len(sheet.read),
        "rows_to_verify": len(sheet.to_verify),
        "rows": [
            {
                **row.model_dump(mode="json", exclude_defaults=True),
                "rubric": rubric.id,
                "to_verify": row.unread,
                "sources": [rubric.sources[key].model_dump(mode="json") for key in row.sources],
            }
            for rubric, row in sheet.rows
        ],
    }
