"""Take an agreement that we never made apart into its sections, paragraphs, list items and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

from mou_builder.foreign.numbers import Labelled, labelled
from mou_builder.report.looks import Look, looks
from mou_builder.report.paragraphs import Read
from mou_builder.report.wordfile import WordFile

Kind = Literal["title", "paragraph", "item", "row"]
_SHORT_HEADING, _LONG_HEADING = 12, 25
"""Words up to which a line in bold or in capitals is a heading, and one that is set as a heading."""
_LONG_CELL = 60
"""Words in a table's cell above which it is a text set in columns and no table of facts."""
_MOST_LINES = 3
_BESIDE = 19
"""The depth of a heading that stands in a cell beside its text."""
_MOST_SIGNS = 3_000
"""Length of a paragraph above which it is taken apart: nobody can look up a passage of many pages."""
_BLANK = re.compile(r"[\W_]*$|_{4,}")
"""Nothing to read, or a line to sign on."""
_DOTTED = re.compile(r"[.\u2026\s]{4,}\d{1,3}$|\t\d{1,3}$")
"""The end of a typed line of contents."""
_UNSEEN = dict.fromkeys([*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that command a terminal, or turn the direction of what follows: a received file must not."""
_LEADS_ON = re.compile(
    r"(?::|[:.]?\s?[-\u2013\u2014]|\bas follows\.?|\bthe following\.?|\b(?:shall|will|may|must|to|are|include)(?: not)?)$",
    re.IGNORECASE,
)
_POINTS_DOWN = re.compile(r"\b(?:following|below|as follows|as shown|table|matrix|chart|listed)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list item or a table row of the file, and where it stands there."""

    place: int
    kind: Kind
    number: str
    """The section's number as the file prints it, or empty."""
    heading: str
    """The section's heading as the file prints it, or empty."""
    under: tuple[str, ...]
    """The headings above that, the outermost first, each with its number."""
    lead: str
    """The words that lead into a list item or a table row."""
    text: str

    @property
    def section(self) -> str:
        """Number and heading together, as the file prints them; empty where it has neither."""
        return " ".join(part for part in (self.number, self.heading) if part)


@dataclass(frozen=True)
class _Line:
    place: int
    raw: str
    label: Labelled
    look: Look
    marked: bool
    """Whether Word itself sets it as an item of a list."""

    @property
    def is_heading(self) -> bool:
        words = self.label.words.split()
        if self.look.heading:
            # Many set whole paragraphs as headings, for the sake of their numbers.
            return len(words) <= _LONG_HEADING and not (len(words) > _SHORT_HEADING and self.label.words.endswith("."))
        if self.look.table or not 0 < len(words) <= _SHORT_HEADING or self.label.heading:
            return False
        # A heading that is only bold may well end with a colon; a sentence ends with a point.
        loud = self.look.bold or self.look.title or _in_capitals(self.label.words)
        ends_open = not re.search(r"[.;,!?]$", self.label.words)
        return ends_open and (loud or self.label.shape in ("named article", "named part", "named chapter"))


def passages(file: WordFile, reads: Sequence[Read]) -> list[Passage]:
    """Return the passages of a Word file in order; `reads` holds its paragraphs, tracked changes taken as accepted."""
    return list(_Splitter().split(list(_lines(reads, looks(file)))))


def _lines(reads: Sequence[Read], set_as: Sequence[Look]) -> Iterator[_Line]:
    for read, look in zip(reads, set_as, strict=False):
        if read.in_contents:
            continue
        for text in _parted(read.text().translate(_UNSEEN)):
            plain = " ".join(text.split())
            if not _BLANK.match(plain) and not _DOTTED.search(text.rstrip()[-40:]):
                yield _line(read, look, plain)


def _parted(text: str) -> Iterator[str]:
    """Yield the lines that somebody set apart within one paragraph; a line broken in its sentence stays whole."""
    together: list[str] = []
    for line in text.split("\n"):
        if together and not line.strip()[:1].islower() and line.strip():
            yield from _cut(" ".join(together))
            together = []
        together.append(line)
    yield from _cut(" ".join(together))


def _cut(text: str) -> Iterator[str]:
    """Yield a text, or of a very long one its pieces, each ending with a sentence where it can."""
    start = 0
    while len(text) - start > _MOST_SIGNS:
        limit = start + _MOST_SIGNS
        ends = (text.rfind(". ", start, limit) + 1, text.rfind(" ", start, limit), limit)
        end = next(one for one in ends if one > start)
        yield text[start:end]
        start = end
    yield text[start:]


def _line(read: Read, look: Look, plain: str) -> _Line:
    counted = read.number.strip()
    if not counted:
        return _Line(read.place, plain, labelled(plain), look, False)
    if not any(sign.isalnum() for sign in counted):
        return _Line(read.place, plain, Labelled("", "", plain, "bullet"), look, True)
    # Word's own count is read as if it were typed, for a typed number means the same.
    made = labelled(f"{counted} {plain}")
    if not made.number:
        made = Labelled(counted.rstrip("."), "", plain, "lone 1")
    return _Line(read.place, plain, made, look, read.level > 0 or made.bulleted)


class _Splitter:
    """Goes down the page and keeps in mind under which headings and behind which leading words a line stands."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str, str]] = []
        self._number = self._heading = self._lead = ""
        self._lead_shape = ""
        self._open = False
        """Whether the last item of the list ended so that another must follow."""
        self._last = ""

    def split(self, lines: Sequence[_Line]) -> Iterator[Passage]:
        """Yield the passages in order."""
        top = _length_of_title(lines)
        if top:
            yield Passage(lines[0].place, "title", "", "", (), "", " ".join(line.raw for line in lines[:top]))
        for table, some in groupby(lines[top:], lambda line: line.look.table):
            if table:
                yield from self._table(list(some))
            else:
                for line in some:
                    yield from self._body(line)

    def _body(self, line: _Line) -> Iterator[Passage]:
        label = line.label
        if line.is_heading:
            self._enter(line)
            return
        if self._lead and self._is_item(line):
            self._open = bool(re.search(r"(?:;|,|;? and|;? or)$", label.words))
            number = _within(self._number, label)
            yield self._passage(line.place, "item", label.words, number=number, lead=self._lead)
            return
        self._lead, self._last = "", label.words
        if label.number:
            above = self._headings[-1][1] if self._headings else ""
            self._number, self._heading = _within(above, label), label.heading
        if _LEADS_ON.search(label.words):
            self._lead, self._lead_shape, self._open = label.words, label.shape, True
        yield self._passage(line.place, "paragraph", label.words)

    def _is_item(self, line: _Line) -> bool:
        label = line.label
        if label.heading or (label.shape == self._lead_shape and label.shape):
            return False  # a section of its own, or the next of the lead's own row, as 1.2 is behind 1.1
        continued = self._open and (label.words[:1].islower() or not label.shape) and self._lead_shape != label.shape
        return line.marked or label.bulleted or continued

    def _enter(self, line: _Line) -> None:
        label = line.label
        depth = line.look.heading or 10 + label.depth
        if not line.look.heading and not label.number and self._headings:
            # A bold line without a number stands beside its like, whatever number was typed above it.
            depth = 12
        self._headings = [one for one in self._headings if one[0] < depth]
        words = f"{label.heading}. {label.words}" if label.heading else label.words
        self._headings.append((depth, label.number, words))
        self._number, self._heading, self._lead, self._last = label.number, "", "", ""

    def _passage(self, place: int, kind: Kind, text: str, *, number: str | None = None, lead: str = "") -> Passage:
        above = [f"{one[1]}. {one[2]}" if one[1] else one[2] for one in self._headings]
        own = self._heading
        if above and not own:
            own = self._headings[-1][2]
            above.pop()
        return Passage(place, kind, self._number if number is None else number, own, tuple(above), lead, text)

    def _table(self, lines: Sequence[_Line]) -> Iterator[Passage]:
        rows = [list(some) for _, some in groupby(lines, lambda line: line.look.row)]
        if len({line.look.cell for line in lines}) == 1 or any(_long(row) for row in rows):
            for row in rows:
                yield from self._columns(row)
            return
        cells = [_cells(row) for row in rows]
        columns = cells[0] if len(cells) > 1 and all(len(one.split()) <= 8 for one in cells[0]) else []
        before = self._lead or (self._last if _POINTS_DOWN.search(self._last) else "")
        lead = " ".join(part for part in (before, f"[{' | '.join(columns)}]" if columns else "") if part)
        for row, shown in list(zip(rows, cells, strict=True))[1 if columns else 0 :]:
            yield self._passage(row[0].place, "row", " | ".join(shown), lead=lead)
        self._lead = self._last = ""

    def _columns(self, row: Sequence[_Line]) -> Iterator[Passage]:
        """Yield the paragraphs of a text that is set in columns; a short first cell heads the others."""
        first = [line for line in row if line.look.cell == row[0].look.cell]
        rest = [line for line in row if line.look.cell != row[0].look.cell]
        if rest and len(first) == 1 and len(first[0].raw.split()) <= _SHORT_HEADING:
            self._headings = [*(one for one in self._headings if one[0] < _BESIDE), (_BESIDE, "", first[0].raw)]
            self._number, self._heading, self._lead, first = first[0].label.number, "", "", []
        for line in [*first, *rest]:
            yield from self._body(line)


def _in_capitals(words: str) -> bool:
    """Whether words are set in capitals, but for an ending such as the s of "SROs"."""
    letters = [sign for sign in words if sign.isalpha()]
    return len(letters) > 2 and sum(sign.isupper() for sign in letters) >= 0.8 * len(letters)


def _within(number: str, label: Labelled) -> str:
    """Return the number of a paragraph whose label counts anew in each section: ``IV.A``, ``4.01 (a)``."""
    if not (number and label.bulleted):
        return label.number or number
    return f"{number} {label.number}" if label.number.startswith("(") else f"{number}.{label.number}".rstrip(".")


def _length_of_title(lines: Sequence[_Line]) -> int:
    """Return how many lines at the top are the file's title: what is set so, and headings above the first section's."""
    top = 0
    for line, following in zip_longest(lines, lines[1:]):
        heads = line.is_heading and not line.look.heading and not line.label.number
        if not line.look.title and not (heads and (top == 0 or (following is not None and following.is_heading))):
            break
        top += 1
    return top


def _cells(row: Sequence[_Line]) -> list[str]:
    return [" ".join(line.raw for line in some) for _, some in groupby(row, lambda line: line.look.cell)]


def _long(row: Sequence[_Line]) -> bool:
    cells = [list(some) for _, some in groupby(row, lambda line: line.look.cell)]
    return any(len(cell) > _MOST_LINES or sum(len(line.raw.split()) for line in cell) > _LONG_CELL for cell in cells)
