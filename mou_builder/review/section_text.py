"""The words of one section in a form that can be compared and kept: paragraphs, list items and references by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mou_builder.library.markup import Reference
from mou_builder.model.negotiated import Negotiated
from mou_builder.negotiated import as_paragraph, as_words, blocks_of
from mou_builder.record import Record, Segment, UsedText, heading_bookmark
from mou_builder.report.clauses import Found
from mou_builder.report.likeness import bare, number_of, without_label
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.review.signed_words import Numbers, heading_of, line_of

_LONGEST_HEADING = 200
"""A longer paragraph in a heading's place is one that ran on into the words below it."""


@dataclass(frozen=True)
class SectionText:
    """A section's heading and its lines, as kept wording is written: ``- `` before an item, ``[[slot]]`` for a reference."""

    heading: str
    lines: tuple[str, ...] = field(compare=False)

    @cached_property
    def key(self) -> str:
        """The words alone: two texts with the same key read the same, wherever their paragraphs break."""
        return " ".join(normalized(re.sub(r"\A *- ", "", line)) for line in (self.heading, *self.lines))

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    def shown(self, numbers: Mapping[str, str]) -> list[str]:
        """Return the lines for a person: references with their numbers, items with a dash."""
        return [_shown(line, numbers) for line in self.lines]

    @property
    def references(self) -> tuple[str, ...]:
        """The sections to which it refers, in order."""
        pieces = [piece for block in blocks_of(self.text) for piece in block.pieces]
        return tuple(dict.fromkeys(piece.slot for piece in pieces if isinstance(piece, Reference)))


def _shown(line: str, numbers: Mapping[str, str]) -> str:
    dash = re.match(r" *- ", line)
    pieces = [piece for block in blocks_of(line) for piece in block.pieces]
    said = (_cited(one.slot, numbers) if isinstance(one, Reference) else getattr(one, "text", "") for one in pieces)
    return f"{dash.group() if dash else ''}{''.join(said)}"


def _cited(slot: str, numbers: Mapping[str, str]) -> str:
    number = numbers.get(slot, f"[[{slot}]]")
    return f"Section {number}" if number[:1].isdigit() else number


def as_built(used: UsedText) -> SectionText:
    """Return a section's words as they were built."""
    return SectionText(used.heading, tuple(_built(line) for line in used.words))


def as_the_library_had_it(used: UsedText) -> SectionText | None:
    """Return the library's words in whose place kept wording was built; None where there were none."""
    if not used.instead:
        return None
    heading, *lines = used.instead
    return SectionText("".join(one for one in heading if isinstance(one, str)), tuple(_built(line) for line in lines))


def _built(line: Sequence[Segment]) -> str:
    said = "".join(as_words(one) if isinstance(one, str) else f"[[{one.to}]]" for one in line)
    return as_paragraph(" ".join(said.split("\n")))


def as_kept(one: Negotiated, used: UsedText) -> SectionText:
    """Return a section's words as the answers keep them; `used` is how it was built."""
    return SectionText(one.heading or used.heading, tuple((one.text or "").splitlines()))


def as_found(found: Found, numbers: Numbers, behind: Sequence[Read] = ()) -> SectionText:
    """Return a section's words as the file holds them, with those that were put `behind` it.

    `numbers` gives the section that each printed number means now.
    """
    recital, typed = found.used.section.startswith("Recital"), found.found_by == "text"
    reads = [read for read in found.reads if read.text().strip()]
    heading: str = found.used.heading
    lines: list[str] = []
    if reads and not recital and _is_heading(reads[0], heading, typed=typed):
        heading, lines = _headed(reads[0], heading, numbers, typed=typed)
        reads = reads[1:]
    where = ("recital" if recital else "section") if typed else ""
    lines += [line_of(read, numbers, typed=where) for read in (*reads, *behind)]
    return SectionText(heading, tuple(lines))


def _is_heading(read: Read, heading: str, *, typed: bool) -> bool:
    """Return whether a section's first paragraph is its heading: it has a section's number, or still reads as it was built."""
    number = number_of(read) if typed else read.number
    return bool(re.fullmatch(r"\d+\.\d+\.?", number)) or bare(read.text()) == bare(heading)


def _headed(read: Read, heading: str, numbers: Numbers, *, typed: bool) -> tuple[str, list[str]]:
    """Return the heading in a section's first paragraph and the line that ran on from it, if one did."""
    line = line_of(read, numbers)
    said = heading_of(read)
    if typed and not read.number:
        line, said = (without_label(one)[1] for one in (line, said))
    if len(said) <= _LONGEST_HEADING:
        return said, []
    return heading, [line.removeprefix(heading).lstrip()]


def places_meant(record: Record, found: Sequence[Found]) -> dict[str, str]:
    """Return the slot that each printed number, and each bookmark of a heading, stands for in a file."""
    built = record.numbers
    there = {one.used.slot: one.section for one in found}
    # The number of a section that was left out may be another's by now.
    by_number = {number: slot for slot, number in built.items() if slot not in there}
    by_number |= {number: slot for slot, number in there.items() if number}
    return by_number | {heading_bookmark(slot): slot for slot in {*built, *there}}
