"""Hold a row's answers against the questionnaire, and say every fault by the row and the column it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from mou_builder.batch.answers import RowAnswers, fault_in
from mou_builder.batch.base import Base
from mou_builder.batch.columns import Column, Columns
from mou_builder.batch.faults import RowError, RowFault
from mou_builder.batch.paths import steps_in, take_out
from mou_builder.errors import AnswerError, Fault, MouError
from mou_builder.interview.tree import is_below
from mou_builder.library import Library
from mou_builder.marked import Marked, Path, Place
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.consistency import not_asked
from mou_builder.record import refuse_unknown
from mou_builder.shape import dotted

_COLUMN = re.compile(r"row [0-9]+, column ([0-9]+)(, followed)?\Z")


@dataclass(frozen=True)
class _CellPlace(Place):
    """A cell of the roster, among places in files."""

    follows: bool = False
    """Whether the answer only took up a name that the cell gives."""

    def __str__(self) -> str:
        return f"row {self.line}, column {self.column}{', followed' if self.follows else ''}"


@dataclass(frozen=True)
class _RowMarked(Marked):
    """A row's answers, each with the cell, or the line of the base, that it comes from."""

    base: Base | None = None
    columns: Columns = field(default_factory=lambda: Columns(()))
    answers: RowAnswers | None = None

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the cell that answers `path`, or the place in the base."""
        path = _plain(path)
        source = self.answers.followed.get(path) if self.answers else None
        column = self.columns.covering(source or path)
        if column is not None and self.answers is not None:
            return _CellPlace(self.name, self.answers.row.number, column.number, source is not None)
        return self.base.place(path) if self.base else super().place(path, key=key)


def _plain(path: Path) -> Path:
    """Return a path whose steps such as ``shares[0]`` are taken apart."""
    return tuple(inner for step in path for inner in (steps_in(step) or (step,) if isinstance(step, str) else (step,)))


def agreement_of(
    answers: RowAnswers, base: Base, columns: Columns, library: Library
) -> tuple[Agreement, tuple[str, ...]]:
    """Return the agreement that a row describes, and the base's answers that the row's own rule out, by their paths.

    Where a district has no cameras, what the base says about cameras is left out there. Raises RowError with everything
    wrong in the row.
    """
    marked = _RowMarked(base.marked.name, answers.tree, base=base, columns=columns, answers=answers)
    left_out: tuple[str, ...] = ()
    try:
        try:
            agreement = agreement_from(marked, library.states)
        except AnswerError:
            left_out = tuple(_take_out_ruled_out(answers))
            if not left_out:
                raise
            agreement = agreement_from(marked, library.states)
        refuse_unknown(agreement, library, marked)
    except AnswerError as error:
        raise in_row(error, answers, columns) from None
    return agreement, left_out


def _take_out_ruled_out(answers: RowAnswers) -> Iterator[str]:
    """Take the base's answers that other answers rule out from the tree, and yield their paths; the row's own stay."""
    # Within a set, such answers are no contradiction, so that they can be found among answers that are sound otherwise.
    aside = {**answers.tree.get("set", {}), "this": {"district": "-a", "agency": "-b"}}
    try:
        trial = Agreement.model_validate({**answers.tree, "set": aside})
    except (ValidationError, TypeError):
        return
    for ruled_out in not_asked(trial):
        path = steps_in(".".join(map(str, ruled_out.path))) or ()
        if path and not any(is_below(one, path) or is_below(path, one) for one in answers.answered):
            take_out(answers.tree, path)
            yield dotted(path)


def in_row(error: MouError, answers: RowAnswers, columns: Columns) -> RowError:
    """Return what is wrong with an agreement as faults of the row that describes it."""
    return RowError(*dict.fromkeys(_in_row(error, answers, columns)))


def _in_row(error: MouError, answers: RowAnswers, columns: Columns) -> Iterator[RowFault]:
    cells = {fault.where for fault in error.faults}
    for fault in error.faults:
        cell, followed, _ = fault.where.partition(", followed")
        if followed and cell in cells:
            continue  # the name itself is at fault, not each of the places that repeat it
        column = _column(fault, columns)
        # Where no cell is to blame, the place tells which line of the base, or which instrument, it is.
        what = fault.what if column else f"{fault.where}: {fault.what}"
        yield fault_in(answers.row, column, what, fault.mend)


def _column(fault: Fault, columns: Columns) -> Column | None:
    cell = _COLUMN.match(fault.where)
    if cell:
        return next(one for one in columns.answering if one.number == int(cell[1]))
    path = steps_in(fault.where)
    if path is not None and (column := columns.covering(path)):
        return column
    # Faults of a whole group name the answer in their words: "parties.districts[0].short_name is missing."
    named = fault.what.partition(" ")[0].rstrip(":")
    target = steps_in(named) if "." in named else None
    return columns.covering(target) if target and dotted(target) == named else None
