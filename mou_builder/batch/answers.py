"""The answers of one agreement: the base's, with what one row of the roster says instead."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mou_builder.batch.base import Base
from mou_builder.batch.columns import Column, Columns
from mou_builder.batch.faults import RowError, RowFault
from mou_builder.batch.paths import closed_up, put, take_out
from mou_builder.batch.sheet import Cell, Row
from mou_builder.batch.values import CLEAR, TAKE_OUT, CellError, value_of
from mou_builder.errors import did_you_mean
from mou_builder.interview.tree import at
from mou_builder.marked import Path


@dataclass(frozen=True)
class RowAnswers:
    """What one row answers, whole; not yet held against the questionnaire."""

    row: Row
    tree: dict[str, Any]
    followed: Mapping[Path, Path] = field(default_factory=dict)
    """Answers of the base that took up a name which the row gives, and the path of that name."""
    answered: frozenset[Path] = frozenset()
    """What the row itself answers, by path."""


def answers_of(
    base: Base, row: Row, columns: Columns, states: Mapping[str, str], *, comma_decimals: bool = False
) -> RowAnswers:
    """Return the answers of one row: an empty cell leaves the base's answer, a lone dash takes it out.

    A name is never left: the base's school or party is another agreement's.

    Raises RowError with every cell that is no answer of the kind asked for.
    """
    faults = list(_beyond(row, columns))
    changes: list[tuple[Path, Any]] = [(path, copy.deepcopy(value)) for path, value in columns.always]
    for column in columns.answering:
        cell = row.cell(column.number)
        if not cell.text:
            faults += _another_s(base, row, column)
            continue
        try:
            changes += _changes(column, cell, states, comma_decimals)
        except CellError as error:
            faults.append(fault_in(row, column, error.what, error.mend))
    if faults:
        raise RowError(*faults)
    return RowAnswers(row, *_changed(base, changes), frozenset(path for path, _ in changes))


_NAMES = ("legal_name", "short_name", "name")


def _another_s(base: Base, row: Row, column: Column) -> Iterator[RowFault]:
    """Yield that an empty cell would give this agreement the name of a party or a school that the base has."""
    for target in column.targets:
        told = at(base.tree, target.path)
        named = target.path[0] in ("parties", "program") and target.path[-1] in _NAMES and len(target.path) == 4
        if named and isinstance(told, str):
            what = f"the cell is empty, and the base’s own {told!r} would stand in this agreement."
            yield fault_in(row, column, what, "Write the name; or - to leave it out; or take it out of the base.")


def _changes(column: Column, cell: Cell, states: Mapping[str, str], comma_decimals: bool) -> Iterator[tuple[Path, Any]]:
    if column.values is not None and cell.text not in CLEAR:
        known = column.values
        if cell.text.casefold() not in known:
            mend = did_you_mean(cell.text.casefold(), known) or f"Expected: {', '.join(known)}."
            raise CellError(f"{cell.text!r} is none of the values that the file of --columns lists.", mend)
        for target in column.targets:
            yield target.path, copy.deepcopy(known[cell.text.casefold()])
        return
    for target in column.targets:
        yield target.path, value_of(cell, target.form, states, comma_decimals=comma_decimals)


def _changed(base: Base, changes: list[tuple[Path, Any]]) -> tuple[dict[str, Any], Mapping[Path, Path]]:
    tree: dict[str, Any] = copy.deepcopy(dict(base.tree))
    lists: set[str] = set()
    # By path, so that the entries of a list come in their order, and whole lists before what is put into them.
    for path, value in sorted(changes, key=lambda change: [str(step).zfill(4) for step in change[0]]):
        if value is TAKE_OUT:
            take_out(tree, path)
        else:
            put(tree, path, value)
        if any(isinstance(step, int) for step in path):
            lists.add(str(path[0]))
    followed = base.rename(tree, {path for path, _ in changes})
    for group in sorted(lists & tree.keys()):
        tree[group] = closed_up(tree[group])
    return tree, followed


def _beyond(row: Row, columns: Columns) -> Iterator[RowFault]:
    """Yield cells that stand to the right of the last heading: an unquoted comma moves a whole row."""
    more = [cell for cell in row.cells[len(columns.headings) :] if cell.text]
    if more:
        what = f"the row has {len(more)} more {'cell' if len(more) == 1 else 'cells'} than there are headings."
        mend = "Look for a comma that should stand inside quotation marks, or give the columns headings."
        yield RowFault(row.number, "", "", more[0].text, what, mend)


def fault_in(row: Row, column: Column | None, what: str, mend: str) -> RowFault:
    """Return a fault of a row, with the column it stands in if one is to blame."""
    if column is None:
        return RowFault(row.number, "", "", "", what, mend)
    return RowFault(row.number, column.letter, column.heading, row.cell(column.number).text, what, mend)
