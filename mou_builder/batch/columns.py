"""What each column of a roster answers: found from its heading, or from a file that maps headings to questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mou_builder.batch.faults import RosterError
from mou_builder.batch.mapping import ColumnFile, MappingFile
from mou_builder.batch.paths import PathError, form_at, known_paths
from mou_builder.batch.sheet import letter
from mou_builder.errors import Fault, did_you_mean
from mou_builder.interview.questions import Form
from mou_builder.interview.tree import is_below
from mou_builder.marked import Marked, Path
from mou_builder.shape import dotted

FILE = "file"
"""Heading of the column that names each row's files."""


@dataclass(frozen=True)
class Target:
    """One question that a column, or a constant, answers."""

    path: Path
    form: Form | None


@dataclass(frozen=True)
class Column:
    """One column that is read, with what it answers."""

    number: int
    """Its place in the roster, counted from 0."""
    heading: str
    targets: tuple[Target, ...]
    values: Mapping[str, Any] | None = None
    """What stands for each cell, by the cell's text in small letters; None where cells are taken as they are."""

    @property
    def letter(self) -> str:
        """The letter by which a spreadsheet calls it."""
        return letter(self.number)


@dataclass(frozen=True)
class Columns:
    """Everything that says how a row becomes answers."""

    answering: tuple[Column, ...]
    always: tuple[tuple[Path, Any], ...] = ()
    """Answers that every row has, whatever the base says."""
    naming: int | None = None
    """The column that names each row's files, counted from 0; None for the districts' short names."""
    named_as_is: bool = True
    """Whether that column holds names of files, rather than words to make one of."""
    headings: tuple[str, ...] = ()

    def covering(self, path: Path) -> Column | None:
        """Return the column that answers `path`, the question around it, or alone a part of it; None if there is none."""
        found = [
            (len(target.path), column)
            for column in self.answering
            for target in column.targets
            if is_below(path, target.path)
        ]
        if found:
            return max(found, key=lambda pair: pair[0])[1]
        # Of a list or group that does not fit together, the one column that answers a part of it is to blame.
        inside = [one for one in self.answering if any(is_below(target.path, path) for target in one.targets)]
        return inside[0] if len(inside) == 1 else None


def columns_of(
    headings: tuple[str, ...],
    roster: str,
    mapping: MappingFile | None = None,
    marked: Marked | None = None,
    name_from: str | None = None,
) -> Columns:
    """Return what the columns under `headings` answer.

    `mapping` is the file given with --columns, `marked` the same as it was read, for the places of its faults. Raises
    RosterError with everything that is wrong: then no row could be trusted.
    """
    faults: list[Fault] = []
    plan = mapping or MappingFile(schema=1)
    mapped = {heading.strip(): one for heading, one in plan.columns.items()}
    faults += _repeated(headings, roster)
    faults += _not_in_roster([*mapped, *plan.ignore, *([plan.file] if plan.file else [])], headings, roster, marked)
    answering: list[Column] = []
    for number, heading in enumerate(headings):
        where = f"{roster}, column {letter(number)}"
        if not heading:
            faults.append(Fault(where, "the column has no heading.", "Give it one, or '# notes' to have it left out."))
        elif heading in mapped:
            answering += _mapped(number, heading, mapped[heading], where, faults)
        elif heading in (FILE, plan.file, name_from) and heading not in known_paths():
            continue
        elif not heading.startswith("#") and heading not in plan.ignore:
            answering += _mapped(number, heading, ColumnFile(to=(heading,)), where, faults, mapping is not None)
    always = list(_constants(plan, marked, faults))
    faults += _twice(answering, [path for path, _ in always], roster)
    naming, as_is = _naming(headings, plan.file, name_from, faults)
    if not answering and not faults:
        faults.append(
            Fault(
                roster,
                "no column answers a question.",
                "Head a column with the question it answers, such as document.state.",
            )
        )
    if faults:
        raise RosterError(*dict.fromkeys(faults))
    return Columns(tuple(answering), tuple(always), naming, as_is, headings)


def _mapped(
    number: int, heading: str, one: ColumnFile, where: str, faults: list[Fault], mapping: bool = False
) -> Iterator[Column]:
    targets: list[Target] = []
    for path in one.to:
        try:
            targets.append(Target(*form_at(path)))
        except PathError as error:
            ways = "Or map the heading in the file of --columns, or list it there under ignore."
            hint = ways if mapping else "Or head the column '# ...' to have it left out, or map it with --columns."
            faults.append(
                Fault(f"{where} ({heading})", error.what, f"{error.mend} {hint if path == heading else ''}".strip())
            )
    if len(targets) == len(one.to):
        values = {name.strip().casefold(): value for name, value in one.values.items()} if one.values else None
        yield Column(number, heading, tuple(targets), values)


def _constants(plan: MappingFile, marked: Marked | None, faults: list[Fault]) -> Iterator[tuple[Path, Any]]:
    for name, value in plan.always.items():
        try:
            yield form_at(name)[0], value
        except PathError as error:
            where = str(marked.place(("always", name), key=True)) if marked else name
            faults.append(Fault(where, error.what, error.mend))


def _repeated(headings: tuple[str, ...], roster: str) -> Iterator[Fault]:
    for number, heading in enumerate(headings):
        if heading and heading in headings[:number]:
            where = f"{roster}, column {letter(number)}"
            what = f"the heading {heading!r} stands over column {letter(headings.index(heading))} too."
            yield Fault(where, what, "Each column needs a heading of its own.")


def _not_in_roster(wanted: list[str], headings: tuple[str, ...], roster: str, marked: Marked | None) -> Iterator[Fault]:
    for heading in dict.fromkeys(wanted):
        if heading.strip() not in headings:
            where = str(marked.place(("columns", heading), key=True)) if marked else roster
            what = f"{roster} has no column headed {heading!r}."
            yield Fault(where, what, did_you_mean(heading, headings) or f"It has: {', '.join(filter(None, headings))}.")


def _twice(answering: list[Column], always: list[Path], roster: str) -> Iterator[Fault]:
    """Yield the questions that two columns answer, one of them perhaps as part of a larger one."""
    seen: list[tuple[Path, str]] = [(path, "the file of --columns, under always,") for path in always]
    for column in answering:
        where = f"{roster}, column {column.letter} ({column.heading})"
        for target in column.targets:
            for path, who in seen:
                if is_below(path, target.path) or is_below(target.path, path):
                    what = f"{dotted(target.path)} is answered twice: {who} answers {dotted(path)}."
                    yield Fault(where, what, "Keep one of the two.")
            seen.append((target.path, f"column {column.letter}"))


def _naming(
    headings: tuple[str, ...], mapped: str | None, asked: str | None, faults: list[Fault]
) -> tuple[int | None, bool]:
    if asked is not None:
        if asked.strip() not in headings:
            mend = did_you_mean(asked, headings) or f"It has: {', '.join(filter(None, headings))}."
            faults.append(Fault("--name-from", f"the roster has no column headed {asked!r}.", mend))
            return None, False
        return headings.index(asked.strip()), asked.strip() == FILE
    if mapped is not None and mapped.strip() in headings:
        return headings.index(mapped.strip()), mapped.strip() == FILE
    return (headings.index(FILE), True) if FILE in headings else (None, False)
