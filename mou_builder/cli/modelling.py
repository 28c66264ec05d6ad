"""``mou-builder model``: a Word model that a district fills in, and the answers of one that was filled in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from mou_builder.fillable.reading import Filled
    from mou_builder.interview.tree import Tree
    from mou_builder.library import Library
    from mou_builder.report import Report


def model(
    out: Annotated[Path, typer.Option("--out", "-o", help="The model (.docx); with --filled, the answers (.yaml).")],
    state: Annotated[
        str, typer.Option("--state", metavar="XX", help="The state it is for: its postal code or its name.")
    ] = "",
    base: Annotated[
        Path | None, typer.Option("--base", help="Answers that you give yourself; they stand in the model as they are.")
    ] = None,
    filled: Annotated[
        Path | None, typer.Option("--filled", help="A model that was filled in: write its answers file instead.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Date of the law and of the file; today.")
    ] = None,
    template: Annotated[Path | None, typer.Option("--template", help="A restyled copy of templates/mou.docx.")] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library\u2019s folder.")] = None,
    pack: Packs = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that was changed or not made here.")] = False,
) -> None:
    """Make a model agreement that a district fills in with Word: a form in front, controls for each fact, all alternatives.

    What comes back is read by check, build, and interview --answers-from; --filled writes its answers file.

    Example: mou-builder model --state WA --out model.docx
    """
    from mou_builder.cli import files

    shelf = files.library_at(library, pack)
    if filled is not None:
        _answers(filled, out, shelf, state=state, base=base, as_of=as_of, template=template, force=force)
        return
    _refuse_other_names(out, ".docx")
    from mou_builder.fillable.making import model_agreement

    given = _given(base)
    own = files.template_at(template, library=shelf)
    code = _state(state, given, shelf)
    made = model_agreement(given, code, shelf, own, as_of=files.day(as_of), locked=_locked(shelf))
    path, *_ = files.write_files(out.parent, {out.name: made.word}, force=force)
    typer.echo(f"Model made: {path}")
    typer.echo(f"{made.facts} fields to fill in; {made.sections} sections with alternatives to choose from.")
    for note in made.notes:
        typer.echo(note, err=True)
    typer.echo("This is a draft for counsel. Aligned with guidance does not mean legally sufficient.")


def _locked(shelf: Library) -> frozenset[str]:
    """Return the clauses whose words a pack's publisher has locked."""
    from mou_builder.report.conformance import ruling_of

    rulings = {id: ruling_of(shelf, clause.slot, id) for id, clause in shelf.shelf.items()}
    return frozenset(id for id, ruling in rulings.items() if ruling is not None and ruling.rule == "locked")


def _given(base: Path | None) -> Tree:
    """Return the answers that the agency gives itself, as their file holds them."""
    from mou_builder.cli import files
    from mou_builder.errors import AnswerError, Fault
    from mou_builder.marked import read_marked
    from mou_builder.record import is_record

    if base is None:
        return {}
    marked = read_marked(files.read_text(base), str(base), AnswerError)
    value = marked.value["answers"] if is_record(marked) else marked.value
    if not isinstance(value, dict):
        what = "the file is not a list of 'name: value' lines."
        raise AnswerError(Fault(str(base), what, "Give an answers file; it may hold as few answers as you like."))
    return value


def _state(state: str, given: Tree, shelf: Library) -> str:
    from mou_builder.cli.files import UsageError
    from mou_builder.cli.states import code_of
    from mou_builder.errors import Fault

    document = given.get("document")
    said = state or (str(document.get("state", "")) if isinstance(document, dict) else "")
    if not said:
        raise UsageError(Fault("--state", "a model is made for one state.", "Give its postal code, such as WA."))
    return code_of(said, shelf)


def _refuse_other_names(out: Path, suffix: str) -> None:
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault

    if out.suffix.lower() != suffix:
        raise UsageError(Fault("--out", f"{out.name} does not end in {suffix}.", f"Give a name that ends in {suffix}."))


def _answers(filled: Path, out: Path, shelf: Library, *, force: bool, **others: Any) -> None:
    """Write the answers file of a filled-in model."""
    from mou_builder.cli import files
    from mou_builder.errors import Fault
    from mou_builder.fillable.answers import answers_text
    from mou_builder.fillable.reading import take_up_model

    misused = next((name for name, value in others.items() if value), None)
    if misused:
        what = "it is for making a model; with --filled, one is read."
        raise files.UsageError(Fault(f"--{misused.replace('_', '-')}", what, "Leave it out."))
    _refuse_other_names(out, ".yaml")
    taken = take_up_model(files.read_bytes(filled), filled.name, shelf)
    path, *_ = files.write_files(out.parent, {out.name: answers_text(taken).encode()}, force=force)
    typer.echo(f"Answers taken up: {path}")
    typer.echo(f"{len(taken.said)} fields were filled in; {len(taken.empty)} answers are still open.")


def report_filled(data: bytes, name: str, shelf: Library, as_json: bool, as_of: date | None = None) -> int:
    """Print what a filled-in model holds, and return the exit code: 0 only if nothing is open, at odds or changed."""
    from mou_builder.cli.subject import foreseen
    from mou_builder.fillable.answers import agreement_so_far
    from mou_builder.fillable.reading import take_up_model
    from mou_builder.fillable.standing import changed_in, standing_in

    filled = take_up_model(data, name, shelf)
    agreement = agreement_so_far(filled, shelf)
    on = as_of or filled.about.as_of
    report = foreseen(agreement, shelf, on, name).report if agreement is not None else None
    standing, changed = standing_in(filled, agreement, shelf), tuple(changed_in(filled))
    found = {
        "schema": 1,
        "document": name,
        "model": {"state": filled.about.state, "as_of": str(filled.about.as_of), "tool": filled.about.tool},
        "filled": [
            {"answer": one.question.name, "question": one.question.title, "said": one.text} for one in filled.said
        ],
        "empty": [{"answer": answer, "question": title} for answer, title in _empty(filled)],
        "faults": [_told(one) for one in filled.faults],
        "differing": [_told(one) for one in filled.differing],
        "alternatives": [
            {"section": one.slot, "title": one.title, "standing": list(one.texts), "chosen": one.chosen,
             "what": one.what, "disagrees": one.disagrees} for one in standing
        ],
        "changed": [{"clause": one.cite, "title": one.title, "what": one.what, "locked": one.locked} for one in changed],
        "report": report.to_json() if report else None,
    }  # fmt: skip
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        _say(found, report)
    open_things = any(found[name] for name in ("empty", "faults", "differing", "alternatives", "changed"))
    return 1 if open_things or report is None or list(report.reasons_against_final()) else 0


def _empty(filled: Filled) -> list[tuple[str, str]]:
    from mou_builder.fillable.naming import full_question
    from mou_builder.shape import dotted

    return [(dotted(one.path), full_question(one.path, one.form.title)) for one in filled.empty]


def _told(fault: Any) -> dict[str, str]:
    return {"question": fault.where, "what": fault.what, "mend": fault.mend}


def _say(found: dict[str, Any], report: Report | None) -> None:
    from mou_builder.cli.words import console, findings, rubrics

    out = console()
    out.print(f"{found['document']}, a model for {found['model']['state']} as of {found['model']['as_of']}")
    out.print(f"Filled in: {len(found['filled'])} fields. Still to answer: {len(found['empty'])}.")
    _listed(out, "Cannot be taken up", [f"{one['question']}: {one['what']} {one['mend']}" for one in found["faults"]])
    _listed(
        out,
        "Not the same everywhere",
        [f"{one['question']}: {one['what']} {one['mend']}" for one in found["differing"]],
    )
    odd = [f"{one['title']}: {one['what']}" for one in found["alternatives"] if one["disagrees"]]
    _listed(out, "Answers and text disagree", odd)
    more = [f"{one['title']}: {one['what']}" for one in found["alternatives"] if not one["disagrees"]]
    _listed(out, "Alternatives still to delete, if this very file is to be signed (build leaves them out)", more)
    _listed(out, "Changed in Word", [f"{one['title']} ({one['clause']}): {one['what']}" for one in found["changed"]])
    _listed(out, "Empty", [f"{one['question']} ({one['answer']})" for one in found["empty"]])
    out.print()
    if report is None:
        out.print("What the agreement covers can be said once the fields above are mended.")
        return
    out.print(f"What an agreement built from these answers covers, as of {report.as_of}:")
    out.print()
    rubrics(report, out)
    findings(report, out)


def _listed(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        out.print()
        out.print(f"{title}:")
        for line in lines:
            out.print(f"  - {line.rstrip()}")
