"""``mou-builder explain``: why a clause or a requirement is as it is, for one agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.cli.subject import Subject
    from mou_builder.library import Clause, Library, Rubric
    from mou_builder.report import Report
    from mou_builder.selection import Choice, Selection


def explain(
    file: Annotated[Path, typer.Argument(help="A Word agreement, or an answers file.")],
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A clause (us/roles/discipline), a slot (roles.discipline), a section (4.2) or a requirement (S1.6).",
        ),
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="For an answers file: date of the law; today.")
    ] = None,
    instrument: Annotated[
        int | None,
        typer.Option("--instrument", metavar="NUMBER", help="Of the set that an answers file makes: which one."),
    ] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
) -> None:
    """Explain a clause or a requirement: why it is there, which source it rests on, what else was possible.

    Example: mou-builder explain examples/first_mou.yaml S1.6
    """
    from mou_builder.cli.files import library_at
    from mou_builder.cli.subject import take_up
    from mou_builder.selection import select

    shelf = library_at(library, pack, made_with=file)
    subject = take_up(file, shelf, as_of=as_of, instrument=instrument)
    report = subject.report
    selection = as_built(select(subject.agreement, shelf, report.as_of), subject, shelf)
    known = shelf.requirements()
    lines = (
        _requirement(id, report, shelf, shelf.chain(subject.agreement.document.state))
        if id in known
        else _slot(_choice(id, selection, shelf), selection, report, shelf)
    )
    for line in lines:
        typer.echo(line)


def as_built(selection: Selection, subject: Subject, shelf: Library) -> Selection:
    """Return the choices with the texts and section numbers of the agreement itself, should the library have moved on."""
    used = {one.slot: shelf.clause(one.id, one.version) for one in subject.record.clauses if not one.kept}
    numbers = dict(selection.numbers) | {row.slot: row.section for row in subject.report.clauses}
    choices = tuple(
        replace(choice, clause=used[choice.slot], because=("the agreement was built with it",), open_paths=())
        if used.get(choice.slot) not in (None, choice.clause)
        else choice
        for choice in selection.choices
    )
    return replace(selection, choices=choices, numbers=numbers)


def _choice(id: str, selection: Selection, shelf: Library) -> Choice:
    from mou_builder.cli.files import UsageError
    from mou_builder.errors import Fault, did_you_mean

    plain = id.partition("@")[0].removeprefix("Section ").strip()
    slot = shelf.shelf[plain].slot if plain in shelf.shelf else plain
    for choice in selection.choices:
        if choice.slot == slot or selection.numbers.get(choice.slot) == plain:
            return choice
    names = [*shelf.requirements(), *shelf.shelf, *shelf.outline.slots()]
    raise UsageError(
        Fault(
            id,
            "this is no clause, slot, section or requirement.",
            did_you_mean(id, names) or "See 'mou-builder library list'.",
        )
    )


def _whose(rubric: Rubric, shelf: Library) -> str:
    """Return for which agreements a rubric is."""
    from mou_builder.model.conditions import when_in_words

    if rubric.applies:
        return f"its rubric is for those where {when_in_words(rubric.applies)}"
    return f"its rubric is for those of {shelf.jurisdictions[rubric.jurisdiction].name}"


def _requirement(id: str, report: Report, shelf: Library, chain: Sequence[str]) -> Iterator[str]:
    rubric, requirement = shelf.requirements()[id]
    row = next((one for one in report.requirements if one.id == id), None)
    yield f"{id}: {requirement.asks}"
    yield f"  Rubric: {rubric.title} ({requirement.force}, {requirement.level}; {requirement.kind})"
    if row is None:
        asked = any(one.id == rubric.id for one in report.rubrics)
        yield (
            f"  Not in force on {report.as_of}."
            if asked
            else f"  Not asked of this agreement: {_whose(rubric, shelf)}."
        )
        return
    practice = f"; practice {row.practice}" if row.practice else ""
    yield f"  Status: {row.status}{practice}{f'. {row.note}' if row.note else ''}"
    for clause in row.clauses:
        yield f"  Said in {_place(clause.section)}: {clause.id}@{clause.version} ({clause.state})"
    others = [
        one.cite
        for one in shelf.shelf.values()
        if id in one.written.satisfies
        and one.jurisdiction in chain
        and one.id not in {clause.id for clause in row.clauses}
    ]
    if others:
        yield f"  Other texts that say it: {', '.join(others)}"
    yield f"  Known from (evidence: {requirement.evidence}, seen {requirement.seen}):"
    for key in requirement.sources:
        source = rubric.sources[key]
        yield f"    - {source.cite}: {source.says}{f' {source.url}' if source.url else ''}"
    if requirement.note:
        yield f"  Note: {requirement.note}"


def _slot(choice: Choice, selection: Selection, report: Report, shelf: Library) -> Iterator[str]:
    number = selection.numbers.get(choice.slot)
    yield f"{_place(number) if number else 'Not in the agreement'}: {choice.title} ({choice.slot})"
    if choice.kept is not None:
        yield from _kept(choice)
    elif choice.clause is None:
        yield f"  No text: {', '.join(f'{path} is undecided' for path in choice.open_paths) or 'none fits these answers'}."
    else:
        yield from _clause(choice.clause, choice, report, shelf)
    for passed in choice.passed:
        yield f"  Passed over: {passed.clause.cite}: {passed.because}"


def _kept(choice: Choice) -> Iterator[str]:
    """Yield what the parties keep of their own, and what the library has there."""
    both = "; the draft shows both texts until counsel has decided" if choice.kept and choice.kept.use == "both" else ""
    done = "Words of the parties" if choice.clause else "Left out by the parties"
    yield f"  {done}{both}."
    yield f"  Because: {'; '.join(choice.because)}"
    if choice.kept and choice.kept.agreed_on:
        yield f"  First agreed in the agreement of {choice.kept.agreed_on}."
    if choice.instead_of is not None:
        yield f"  In place of {choice.instead_of.cite}, {choice.instead_of.written.heading}."
        yield f"  To read that text and its notes: mou-builder library show {choice.instead_of.id}"


def _clause(clause: Clause, choice: Choice, report: Report, shelf: Library) -> Iterator[str]:
    yield f"  Chosen: {clause.cite} ({'published' if shelf.published(clause) else 'draft text'}), {clause.written.heading}"
    yield f"  Because: {'; '.join(choice.because) or _always(choice)}"
    row = next((one for one in report.clauses if one.id == clause.id), None)
    if row is not None:
        yield f"  State: {row.state}{f'. {row.difference}' if row.difference else ''}"
    asked = {one.id for one in report.requirements}
    for id in filter(asked.__contains__, clause.written.satisfies):
        yield f"  Meets {id}: {shelf.requirements()[id][1].asks}"
    yield "  Drafting notes:"
    for line in clause.written.notes.strip().splitlines():
        yield f"    {line}"
    if clause.written.sources:
        yield "  Sources:"
    for source in clause.written.sources:
        yield f"    - {source.cite} ({source.evidence}, seen {source.seen}): {source.says}{f' {source.url}' if source.url else ''}"


def _always(choice: Choice) -> str:
    only = "is its only text" if not choice.passed else "text serves this state"
    return f"every agreement has this section, and this {only}"


def _place(section: str) -> str:
    return f"Section {section}" if section[:1].isdigit() else section or "not found in the file"
