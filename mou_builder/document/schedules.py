"""Lay out the schedules: each part of a schedule's file as one of the few things that the template draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mou_builder.document.computed import joining, rows_called
from mou_builder.library import Library
from mou_builder.library.schedules import BlankFile, PartFile, RatingFile, ScheduleText, TableFile
from mou_builder.model import Agreement
from mou_builder.model.conditions import check
from mou_builder.selection import Selection
from mou_builder.wording import NOTHING_GIVEN, Given, Run, Wording

Context = dict[str, Any]
Runs = Sequence[Run]

_TOGETHER = 10
"""A table of at most so many rows stays on one page."""
_ONE_ROW = 60
"""Letters of the boxes that fit beside one another; longer ones stand below one another."""


def schedules_of(
    agreement: Agreement, selection: Selection, wording: Wording, library: Library, parties: Sequence[Context]
) -> list[Context]:
    """Return the schedules of the agreement as the template draws them; `parties` are those of its signature pages."""
    made: list[Context] = []
    for one in selection.schedules:
        text = library.schedule(one.id, agreement.document.state)
        parts: list[Context] = []
        if text is not None:
            laying = _Laying(agreement, wording, text, parties)
            parts = list(_joined(laying.parts()))
        made.append({"slot": f"schedules.{one.id}", "title": one.title, "parts": parts})
    return made


@dataclass(frozen=True)
class _Laying:
    """Lays out one schedule."""

    agreement: Agreement
    wording: Wording
    text: ScheduleText
    parties: Sequence[Context]

    def parts(self) -> Iterator[Context]:
        if self.text.written.for_each is None:
            yield from self._parts({}, NOTHING_GIVEN)
            return
        all_sign = self.text.written.for_each == "party"
        for number, party in enumerate(self.parties if all_sign else joining(self.agreement, self.parties)):
            given = {
                "party.legal_name": [Run("words", party["legal_name"])],
                "party.short_name": [Run("words", party["short_name"])],
                "party.governing_body": party["governing_body"],
            }
            for place, part in enumerate(self._parts(party, given)):
                new_page = number and not place and part["kind"] == "heading"
                yield part | {"kind": "heading-on-new-page"} if new_page else part

    def _parts(self, party: Context, given: Given) -> Iterator[Context]:
        for number, part in enumerate(self.text.written.parts):
            # As with schedules, an open answer leaves the part in: a draft shows too much rather than too little.
            if check(self.agreement, part.when).holds is not False:
                yield from self._part(number, part, party, given)

    def _part(self, number: int, part: PartFile, party: Context, given: Given) -> Iterator[Context]:
        if part.heading is not None:
            kind = "heading-on-new-page" if part.new_page else "heading"
            yield {"kind": kind, "runs": self._line(given, "parts", number, "heading")}
        elif part.text is not None:
            for one in self.wording.filled(self.text.blocks("parts", number, "text"), given):
                leads = one.kind == "paragraph" and one.runs[-1].text.endswith(":")
                yield {"kind": "lead" if leads else one.kind, "runs": one.runs}
        elif part.table:
            yield self._table(number, part.table, party, given)
        elif part.rating:
            yield self._rating(number, part.rating, given)
        elif part.form:
            blanks = [self._blank(blank, "parts", number, "form", place) for place, blank in enumerate(part.form)]
            yield {"kind": "form", "rows": [row for rows in blanks for row in rows]}
        elif part.sign:
            people = [self._line(given, "parts", number, "sign", place) for place in range(len(part.sign))]
            yield {"kind": "form", "rows": [{"kind": "sign", "runs": runs} for runs in people]}
        elif part.signers:
            yield {"kind": "signatures", "signers": party["signers"], "witnesses": party["witnesses"]}

    def _line(self, given: Given, *path: str | int) -> Runs:
        """Return a passage of one paragraph, or no run for an empty cell."""
        filled = self.wording.filled(self.text.blocks(*path), given)
        return filled[0].runs if filled else ()

    def _table(self, number: int, table: TableFile, party: Context, given: Given) -> Context:
        heads = [self._line(given, "parts", number, "table", "columns", place) for place in range(len(table.columns))]
        if table.computed:
            rows = list(rows_called(table.computed, self.agreement, self.parties, party))
        else:
            entries = [{table.each: [one]} for one in self.wording.entries(table.each)] if table.each else [{}]
            rows = [row for entry in entries for row in self._rows(number, table.rows, {**given, **entry})]
        return _table_of(heads, table.widths, [_row(cells, len(heads)) for cells in rows])

    def _rows(self, number: int, rows: Sequence[Sequence[str]], given: Given) -> Iterator[list[Runs]]:
        for place, row in enumerate(rows):
            paths = [("parts", number, "table", "rows", place, column) for column in range(len(row))]
            repeated = next((path for path in map(self._only_list, paths) if path and path not in given), None)
            if repeated is None:
                yield [self._line(given, *path) for path in paths]
                continue
            for entry in self.wording.entries(repeated):
                yield [self._line({**given, repeated: [entry]}, *path) for path in paths]

    def _only_list(self, path: tuple[str | int, ...]) -> str:
        """Return the list answer that alone fills a cell, or an empty text: its row is repeated for each entry."""
        blocks = self.text.blocks(*path)
        pieces = blocks[0].pieces if blocks else ()
        return self.wording.list_in(pieces)

    def _rating(self, number: int, rating: RatingFile, given: Given) -> Context:
        at = ("parts", number, "rating")
        heads = [self._line(given, *at, "of")]
        heads += [self._line(given, *at, "scale", place) for place in range(len(rating.scale))]
        box = [{"box": True, "runs": ()} for _ in rating.scale]
        asked = [self._line(given, *at, "rows", place) for place in range(len(rating.rows))]
        rows = [{"kind": "row", "cells": [{"box": False, "runs": runs}, *box]} for runs in asked]
        return _table_of(heads, [100 - 11 * len(box), *[11] * len(box)], rows)

    def _blank(self, blank: BlankFile, *at: str | int) -> Iterator[Context]:
        label = self._line(NOTHING_GIVEN, *at, "label")
        if blank.boxes:
            boxes = [self._line(NOTHING_GIVEN, *at, "boxes", box) for box in range(len(blank.boxes))]
            in_one_row = sum(len(run.text) for box in boxes for run in box) <= _ONE_ROW
            yield {"kind": "boxes", "runs": label, "boxes": boxes if in_one_row else boxes[:1]}
            yield from ({"kind": "boxes", "runs": (), "boxes": [box]} for box in (() if in_one_row else boxes[1:]))
        elif blank.lines == 1:
            yield {"kind": "line", "runs": label}
        else:
            yield {"kind": "label", "runs": label}
            yield from ({"kind": "rule", "kept": True} for _ in range(blank.lines - 1))
            yield {"kind": "rule", "kept": False}


def _row(cells: Sequence[Runs], count: int) -> Context:
    kind = "band" if len(cells) < count else "row" if all(cells) else "open"
    return {"kind": kind, "cells": [{"box": False, "runs": runs} for runs in cells]}


def _table_of(heads: Sequence[Runs], widths: Sequence[int], rows: Sequence[Context]) -> Context:
    last = len(rows) - 1
    kept = [place < last and (len(rows) <= _TOGETHER or row["kind"] == "band") for place, row in enumerate(rows)]
    return {
        "kind": "table",
        "widths": " ".join(map(str, widths)),
        "heads": heads,
        "rows": [row | {"kept": keep} for row, keep in zip(rows, kept, strict=True)],
    }


def _joined(parts: Iterator[Context]) -> Iterator[Context]:
    """Yield the parts; forms that follow one another become one, and words after a table or list keep their distance."""
    held: Context | None = None
    for part in parts:
        if held and held["kind"] == part["kind"] == "form":
            held = held | {"rows": [*held["rows"], *part["rows"]]}
            continue
        if held:
            yield held
        behind = held is not None and held["kind"] in ("table", "form", "signatures", "item", "subitem")
        held = part | {"kind": "after"} if behind and part["kind"] in ("paragraph", "lead") else part
    if held:
        yield held
