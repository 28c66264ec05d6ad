"""A schedule as its file holds it: headings, texts, tables and forms, every word of which is data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Strict

from mou_builder.errors import Fault, LibraryError
from mou_builder.library.markup import Block, MarkupError, Reference, Term, parse
from mou_builder.library.outline import LibraryPart, Texts
from mou_builder.library.sources import Source
from mou_builder.marked import Marked, Path, Place
from mou_builder.shape import shaped

COMPUTED_TABLES = {
    "schools": 4,
    "positions": 4,
    "notices": 4,
    "contacts": 4,
    "cost-lines": 2,
    "instalments": 4,
    "instruments": 3,
    "variations": 3,
    "joinder": 2,
}
"""Tables whose rows the program works out from the answers, with the number of their columns."""

PARTY_VALUES = ("party.legal_name", "party.short_name", "party.governing_body")
"""What a schedule that is repeated for each party may print of the party."""


def _in_one_cell(row: Any) -> Any:
    return (row,) if isinstance(row, str) else row


Row = Annotated[tuple[str, ...], Strict(False), BeforeValidator(_in_one_cell)]
"""The cells of a row; a row written as one text runs across the whole table."""


class TableFile(LibraryPart):
    """A table: its heads, the widths of its columns as parts of the whole, and its rows."""

    columns: Annotated[Texts, Field(min_length=2, max_length=6)]
    widths: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Strict(False)]
    rows: Annotated[tuple[Row, ...], Strict(False)] = ()
    each: str = ""
    """A list answer: the rows are printed once for each of its entries."""
    computed: str = ""
    """The name of rows that the program works out, in place of `rows`."""


class RatingFile(LibraryPart):
    """Statements to be rated: one box for each step of the scale."""

    of: str
    scale: Annotated[Texts, Field(min_length=2, max_length=5)]
    rows: Annotated[Texts, Field(min_length=1)]


class BlankFile(LibraryPart):
    """A labelled blank to be filled in by hand, or boxes to check."""

    label: str
    lines: Annotated[int, Field(ge=1, le=12)] = 1
    boxes: Texts = ()


class PartFile(LibraryPart):
    """One part of a schedule, of exactly one kind."""

    when: dict[str, Any] = Field(default_factory=dict)
    heading: str | None = None
    new_page: bool = False
    """Whether the heading starts a new page."""
    text: str | None = None
    table: TableFile | None = None
    rating: RatingFile | None = None
    form: Annotated[tuple[BlankFile, ...], Strict(False), Field(min_length=1)] | None = None
    sign: Annotated[Texts, Field(min_length=1)] | None = None
    """Who signs and dates, each on a line."""
    signers: Literal["party"] | None = None
    """The signature lines of the party for which the schedule is repeated."""

    @property
    def kinds(self) -> list[str]:
        """The kinds that the file gives this part; a sound file gives one."""
        return [name for name in KINDS if getattr(self, name) is not None]


KINDS = ("heading", "text", "table", "rating", "form", "sign", "signers")


class ScheduleFile(LibraryPart):
    """A schedule's file; its order, title and condition stand in the outline."""

    id: Annotated[str, Field(pattern=r"^[a-z-]+/schedules/[a-z-]+$", max_length=90, examples=["us/schedules/sites"])]
    version: Annotated[int, Field(ge=1)]
    change: Literal["edition", "update", "correction"]
    effective: date
    reviewed: date
    for_each: Literal["party", "joining-party"] | None = None
    """Whether all parts are repeated for each party, or each that joins by a sheet, every time on a new page."""
    parts: Annotated[tuple[PartFile, ...], Strict(False), Field(min_length=1)]
    notes: Annotated[str, Field(min_length=1, max_length=8000)]
    sources: Annotated[tuple[Source, ...], Strict(False)] = ()


@dataclass(frozen=True)
class Passage:
    """A stretch of clause markup in a schedule, taken apart, and where it stands."""

    path: Path
    text: str
    blocks: tuple[Block, ...]
    marked: Marked = field(repr=False)

    @property
    def references(self) -> list[str]:
        """Every slot or schedule it refers to, in order."""
        return [piece.slot for block in self.blocks for piece in block.pieces if isinstance(piece, Reference)]

    def found(self, needle: str) -> str:
        """Return ``file:line:column`` of the words `needle`, or of the passage if it runs on over lines."""
        for number, line in enumerate(self.text.split("\n")):
            column = line.find(needle)
            if column >= 0 and self.path in self.marked.literal_lines:
                return str(_in_block(self.marked, self.path, number + 1, column + 1))
        return str(self.marked.place(self.path))


@dataclass(frozen=True)
class ScheduleText:
    """A schedule, its passages taken apart, and the file it stands in."""

    written: ScheduleFile
    passages: Mapping[Path, Passage]
    marked: Marked = field(repr=False)

    @property
    def id(self) -> str:
        """The id, which is also its path: ``us/schedules/sites``."""
        return self.written.id

    @property
    def cite(self) -> str:
        """The one way a text is cited: ``us/schedules/sites@1``."""
        return f"{self.written.id}@{self.written.version}"

    @property
    def file(self) -> str:
        """Path of the file within the library."""
        return self.marked.name

    def at(self, *path: str | int) -> str:
        """Return ``file:line:column`` of one of its fields."""
        return str(self.marked.place(path))

    def blocks(self, *path: str | int) -> tuple[Block, ...]:
        """Return the passage at a path, taken apart; nothing for an empty cell."""
        return self.passages[path].blocks


def schedule_in(marked: Marked) -> ScheduleText:
    """Return the schedule in a file; raise LibraryError with every fault of form and markup."""
    written = shaped(marked, ScheduleFile, LibraryError)
    faults = [
        fault for number, part in enumerate(written.parts) for fault in _form_faults(marked, ("parts", number), part)
    ]
    passages: dict[Path, Passage] = {}
    for path, text in _words(written):
        try:
            passages[path] = _passage(marked, path, text)
        except MarkupError as slip:
            line = _in_block(marked, path, slip.line, slip.column)
            faults.append(Fault(str(line), slip.what, slip.mend))
    if faults:
        raise LibraryError(*faults)
    return ScheduleText(written, passages, marked)


def _form_faults(marked: Marked, path: Path, part: PartFile) -> Iterator[Fault]:
    kinds = part.kinds
    if len(kinds) != 1:
        found = f"this part is both {kinds[0]} and {kinds[1]}." if kinds else "this part holds nothing."
        yield Fault(str(marked.place(path)), found, f"Give it one of: {', '.join(KINDS)}.")
    if part.new_page and part.heading is None:
        yield Fault(str(marked.place((*path, "new_page"))), "only a heading starts a new page.", "Delete new_page.")
    table = part.table
    if table is None:
        return
    count = len(table.columns)
    if len(table.widths) != count:
        what = f"the table has {count} columns but {len(table.widths)} widths."
        yield Fault(str(marked.place((*path, "table", "widths"))), what, "Give one width for each column.")
    if bool(table.rows) == bool(table.computed):
        what = "the table has both rows and computed." if table.rows else "the table has no rows."
        yield Fault(str(marked.place((*path, "table"))), what, "Give rows, or the name of rows to be computed.")
    for number, row in enumerate(table.rows):
        if len(row) not in (1, count):
            what = f"the row has {len(row)} cells, but the table has {count} columns."
            mend = 'Write "" for an empty cell, or one text to run across the table.'
            yield Fault(str(marked.place((*path, "table", "rows", number))), what, mend)


def _words(written: ScheduleFile) -> Iterator[tuple[Path, str]]:
    """Yield every passage of the file with its path."""
    for number, part in enumerate(written.parts):
        at: Path = ("parts", number)
        for name in ("heading", "text"):
            if getattr(part, name) is not None:
                yield (*at, name), getattr(part, name)
        if part.table:
            yield from _each((*at, "table", "columns"), part.table.columns)
            for place, row in enumerate(part.table.rows):
                yield from _each((*at, "table", "rows", place), row)
        if part.rating:
            yield (*at, "rating", "of"), part.rating.of
            yield from _each((*at, "rating", "scale"), part.rating.scale)
            yield from _each((*at, "rating", "rows"), part.rating.rows)
        for place, blank in enumerate(part.form or ()):
            yield (*at, "form", place, "label"), blank.label
            yield from _each((*at, "form", place, "boxes"), blank.boxes)
        yield from _each((*at, "sign"), part.sign or ())


def _each(path: Path, texts: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    yield from (((*path, place), text) for place, text in enumerate(texts))


def _passage(marked: Marked, path: Path, text: str) -> Passage:
    cell = "rows" in path
    blocks = parse(text) if text.strip() or not cell else ()
    if path[-1] != "text" and (len(blocks) > 1 or any(block.kind != "paragraph" for block in blocks)):
        raise MarkupError(1, 1, "only a text may have several paragraphs or a list.", "Write one line here.")
    if any(isinstance(piece, Term) for block in blocks for piece in block.pieces):
        raise MarkupError(1, 1, "a schedule defines no term.", "Define it in a clause; write it here without stars.")
    return Passage(path, text, blocks, marked)


def _in_block(marked: Marked, path: Path, line: int, column: int) -> Place:
    """Return where in the file a place in a passage is; for a text on one line, where that begins."""
    first = marked.literal_lines.get(path)
    if first is None:
        return marked.place(path)
    # A block of text is indented by two spaces more than its key.
    indent = marked.place(path, key=True).column + 1
    return Place(marked.name, first + line - 1, indent + column)
