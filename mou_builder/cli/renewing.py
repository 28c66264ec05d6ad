"""``mou-builder renew``: the signed agreement in, the next one out, with every change shown and decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from mou_builder.cli.packs.using import Packs

if TYPE_CHECKING:
    from mou_builder.build import Built
    from mou_builder.cli.earlier import Earlier
    from mou_builder.library import Library
    from mou_builder.marked import Marked
    from mou_builder.model import Agreement
    from mou_builder.model.negotiated import Negotiated
    from mou_builder.review.decisions import Decisions
    from mou_builder.review.renewal import Renewal


def renew(
    prior: Annotated[Path, typer.Argument(help="The signed Word agreement, or its .record.yaml.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; made if it does not exist.")],
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="Decisions on the sections, and new answers; asks nothing then.")
    ] = None,
    no_questions: Annotated[
        bool, typer.Option("--no-questions", help="Ask nothing, on a terminal too; what is open stays open.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Line by line, without drawing on the screen: for screen readers.")
    ] = False,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Answers of the new agreement, as an earlier run wrote them.")
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="Make the copy to sign; refused while anything is open.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option("--record", help="The .record.yaml of a Word file that has lost its record.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Date of the law and of the file; today.")
    ] = None,
    author: Annotated[
        str, typer.Option("--author", help="Who made the tracked changes of the redline.")
    ] = "mou-builder",
    no_redline: Annotated[bool, typer.Option("--no-redline", help="Leave the tracked-changes file out.")] = False,
    template: Annotated[Path | None, typer.Option("--template", help="A restyled copy of templates/mou.docx.")] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
    pack: Packs = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were changed or not built here.")
    ] = False,
) -> None:
    """Renew an agreement: carry its answers and its negotiated wording over, and show every change.

    Writes the new agreement with its report and record (NAME.docx, NAME.compliance.json, NAME.record.yaml), its answers and
    decisions to go on with (NAME.answers.yaml, NAME.decisions.yaml), the change memo (NAME.memo.docx) and the redline against
    the signed file (NAME.redline.docx). What only the parties changed is kept; what the library changed too is shown both ways
    until somebody decides. Exit 1 while a section is undecided.

    On a terminal it shows what is new, asks only what is new or expired, and goes through the sections that the parties
    changed; each answer and decision is saved at once, and the same command goes on where you stopped.

    Example: mou-builder renew signed.docx --out next
    """
    from mou_builder.cli import files
    from mou_builder.cli.earlier import name_of_next, take_up_earlier
    from mou_builder.cli.interview.command import has_terminal

    shelf = files.library_at(library, pack, made_with=record or prior)
    day = files.day(as_of)
    how = How(files.template_at(template, library=shelf), day, final, author, not no_redline, out, force)
    name = name_of_next(prior, day)
    if decisions is None and not no_questions and has_terminal():
        from mou_builder.cli.review.asked import Start, ask_first

        start = Start(prior, record, answers, out, name, plain=plain, force=force, on=day if as_of else None)
        ask_first(start, shelf, partial(_renewal, shelf, how), partial(_finished, shelf, how))
    _finished(shelf, how, take_up_earlier(prior, shelf, record), _decisions(decisions), answers, name)


@dataclass(frozen=True)
class How:
    """How the renewed agreement is made, and where it is written."""

    template: bytes
    as_of: date
    final: bool
    author: str
    redline: bool
    out: Path
    force: bool


def _finished(
    shelf: Library,
    how: How,
    earlier: Earlier,
    decisions: Decisions,
    answers: Path | None,
    name: str,
    saved: Mapping[str, bytes] | None = None,
) -> NoReturn:
    """Build the renewed agreement, write its files and say what became of it; ends with the exit code.

    `saved` gives what a sitting has written in the folder already, by name; None where nobody was asked.
    """
    from mou_builder.cli import files

    made = _renewed(earlier, decisions, answers, shelf, how, name)
    if how.final and made.reasons:
        from mou_builder.cli.building import refuse

        refuse({"": made.reasons})
    written, note = _written(made, earlier, shelf, how, asked=saved is not None)
    paths = files.write_files(how.out, written, force=how.force, known=saved)
    _summary(made, paths, note, final=how.final)
    raise typer.Exit(1 if made.open_sections else 0)


@dataclass(frozen=True)
class Renewed:
    """The renewal, what was decided, and the agreement built from it."""

    name: str
    renewal: Renewal
    decisions: Decisions
    agreement: Agreement
    answers: str
    """The text of the answers file."""
    built: Built

    @property
    def open_sections(self) -> list[str]:
        """The sections of which both texts stand in the draft."""
        return [one.heading or one.section for one in self.agreement.negotiated if one.use == "both"]

    @property
    def reasons(self) -> list[str]:
        """Everything for which a final agreement is refused."""
        return list(self.built.report.reasons_against_final())


def _decisions(file: Path | None) -> Decisions:
    from mou_builder.cli.files import read_text
    from mou_builder.review.decisions import Decisions, read_decisions

    return read_decisions(read_text(file), str(file)) if file else Decisions()


def _renewed(
    earlier: Earlier, decisions: Decisions, answers: Path | None, shelf: Library, how: How, name: str
) -> Renewed:
    from mou_builder.build import build
    from mou_builder.review.decisions import refuse_unknown_sections
    from mou_builder.review.renewal import negotiated_of
    from mou_builder.rewriting import with_answers

    text, marked = _answers(earlier, decisions, answers, shelf, how)
    renewal = _renewal(shelf, how, earlier, marked)
    refuse_unknown_sections(decisions, renewal)
    signed_on = earlier.agreement.document.effective_date
    kept = negotiated_of(
        renewal,
        decisions.sections,
        earlier.agreement.document.name,
        signed_on if isinstance(signed_on, date) else None,
        shelf,
    )
    agreement = _agreement(marked, kept, shelf)
    built = build(agreement, shelf, how.template, as_of=how.as_of, name=f"{name}.docx", final=how.final)
    tree = _with_kept(marked.value, kept)
    return Renewed(name, renewal, decisions, agreement, with_answers(text, marked.name, tree), built)


def _renewal(shelf: Library, how: How, earlier: Earlier, marked: Marked) -> Renewal:
    """Return what becomes of each section with these answers."""
    from mou_builder.review.renewal import renewal_of

    return renewal_of(earlier.record, earlier.examined, _agreement(marked, (), shelf), shelf, how.as_of)


_HEADING = """\
# Answers of a renewal, carried over from the earlier agreement. Go on answering:  mou-builder interview FILE
# What the parties keep in their own words stands under negotiated.
"""


def _answers(
    earlier: Earlier, decisions: Decisions, answers: Path | None, shelf: Library, how: How
) -> tuple[str, Marked]:
    """Return the text of the answers file that is gone on with, and its answers with the new ones, each with its place."""
    from datetime import datetime, time

    from mou_builder.cli.files import read_text
    from mou_builder.errors import AnswerError
    from mou_builder.marked import Marked, read_marked
    from mou_builder.review.next_answers import carried, with_new

    text = read_text(answers) if answers is not None else _HEADING
    if answers is not None:
        marked = read_marked(text, str(answers), AnswerError)
    else:
        tree = carried(earlier.agreement, shelf, datetime.combine(how.as_of, time())).tree
        marked = Marked(f"{earlier.name} (its answers)", tree)
    if not decisions.answers or not isinstance(marked.value, dict):
        return text, marked
    new = with_new(marked.value, decisions.answers)
    given = decisions.marked
    if given is None or answers is not None:
        return text, Marked(marked.name, new, marked.places, marked.key_places)
    places = {path[1:]: mark for path, mark in given.places.items() if path[:1] == ("answers",)}
    return text, Marked(given.name, new, places, {})


def _agreement(marked: Marked, kept: tuple[Negotiated, ...], shelf: Library) -> Agreement:
    """Return the agreement of these answers, with `kept` in place of any wording that they hold already."""
    from mou_builder.marked import Marked
    from mou_builder.model.answers import agreement_from
    from mou_builder.record import refuse_unknown

    value = _with_kept(marked.value, kept) if isinstance(marked.value, dict) else marked.value
    whole = Marked(marked.name, value, marked.places, marked.key_places)
    agreement = agreement_from(whole, shelf.states)
    refuse_unknown(agreement, shelf, whole)
    return agreement


def _with_kept(tree: dict[str, Any], kept: tuple[Negotiated, ...]) -> dict[str, Any]:
    rest = {key: value for key, value in tree.items() if key != "negotiated"}
    return rest | {"negotiated": [one.model_dump(exclude_none=True) for one in kept]} if kept else rest


def _written(made: Renewed, earlier: Earlier, shelf: Library, how: How, asked: bool) -> tuple[dict[str, bytes], str]:
    """Return the files of a renewal by name, and a sentence on the redline; `asked` tells whether somebody decided in a sitting."""
    from mou_builder.cli.files import template_at
    from mou_builder.document.memo import print_memo
    from mou_builder.record import to_text
    from mou_builder.review.change_memo import change_memo
    from mou_builder.review.decisions import to_text as decisions_text

    name, report = made.name, made.built.report
    redline, note = _redline(made, earlier, how)
    numbers = made.built.record.numbers
    memo = change_memo(
        made.renewal, made.agreement.negotiated, made.agreement, report, shelf, signed=earlier.name, redline=note
    )
    return {
        f"{name}.docx": made.built.word,
        f"{name}.compliance.json": (json.dumps(report.to_json(), indent=2, ensure_ascii=False) + "\n").encode(),
        f"{name}.record.yaml": to_text(made.built.record).encode(),
        f"{name}.answers.yaml": made.answers.encode(),
        f"{name}.decisions.yaml": decisions_text(
            made.renewal, made.decisions.sections, numbers, standing=not asked
        ).encode(),
        f"{name}.memo.docx": print_memo(memo, template_at(None, "memo.docx")),
        **redline,
    }, note


def _redline(made: Renewed, earlier: Earlier, how: How) -> tuple[dict[str, bytes], str]:
    """Return the redline, where one can be made, and a sentence that says where the changes can be seen."""
    if not how.redline:
        return {}, "No redline was asked for."
    if earlier.word is None:
        return {}, "There is no redline, for the signed Word file was not given, only its record."
    from mou_builder.redline import RedlineError, draw

    names = (earlier.name, f"{made.name}.docx")
    try:
        made_redline = draw(earlier.word, made.built.word, author=how.author, on=how.as_of, names=names)
    except RedlineError as error:
        # The renewal itself is whole without it, and nothing that is not proved is written.
        return {}, f"There is no redline: {error.faults[0].what} {error.faults[0].mend}"
    name = f"{made.name}.redline.docx"
    said = f"{name} shows every change against {earlier.name} as tracked changes"
    proved = "rejecting them all gives the signed text, accepting them all gives the new one."
    return {name: made_redline.word}, " ".join([f"{said}; {proved}", *made_redline.notes])


def _summary(made: Renewed, paths: list[Path], note: str, *, final: bool) -> None:
    from mou_builder.cli.words import console, renewal_summary

    renewal_summary(made.renewal, made.agreement, made.built.report, note, paths, console(), final=final)
