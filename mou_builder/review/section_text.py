"""The words of one section in a form that can be compared and kept: paragraphs, list items and references by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mou_builder.model.negotiated import Negotiated
from mou_builder.record import Link, Record, UsedText, heading_bookmark
from mou_builder.report.clauses import Found
from mou_builder.report.likeness import without_label
from mou_builder.report.paragraphs import Link as Shown
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized

_NUMBER = re.compile(r"\b(?:Sections?[ \u00a0](\d+\.\d+)|(Schedule [A-Z]+|Recital [A-Z]+)\b)")
_ITEM = re.compile(r" *- ")


@dataclass(frozen=True)
class SectionText:
    """A section's heading and its lines, as kept wording is written: ``- `` before an item, ``[[slot]]`` for a reference."""

    heading: str
    lines: tuple[str, ...] = field(compare=False)

    @cached_property
    def key(self) -> str:
        """The words alone: two texts with the same key read the same, wherever their paragraphs break."""
        return " ".join(normalized(_ITEM.sub("", line, count=1)) for line in (self.heading, *self.lines))

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    def shown(self, numbers: Mapping[str, str]) -> list[str]:
        """Return the lines for a person: references with their numbers, items with a dash."""

        def number(found: re.Match[str]) -> str:
            number = numbers.get(found.group(1), "?")
            return number if number[:1].isalpha() else f"Section {number}"

        return [re.sub(r"\[\[([a-z.-]+)\]\]", number, line) for line in self.lines]


def as_built(used: UsedText) -> SectionText:
    """Return a section's words as they were built."""
    return SectionText(used.heading, tuple(_built(line) for line in used.words))


def as_the_library_had_it(used: UsedText) -> SectionText | None:
    """Return the library's words in whose place kept wording was built; None where there were none."""
    if not used.instead:
        return None
    heading, *lines = used.instead
    return SectionText(_built(heading), tuple(_built(line) for line in lines))


def _built(line: Sequence[str | Link]) -> str:
    return "".join(one if isinstance(one, str) else f"[[{one.to}]]" for one in line)


def as_kept(one: Negotiated) -> SectionText:
    """Return a section's words as the answers keep them."""
    return SectionText(one.heading or "", tuple((one.text or "").splitlines()))


def as_found(found: Found, numbers: Mapping[str, str], *, recital: bool) -> SectionText:
    """Return a section's words as the file holds them; `numbers` gives the section each printed number means now."""
    reads = [read for read in found.reads if read.text().strip()]
    heading = found.used.heading
    if not recital and reads and len(reads) > 1:
        heading, reads = " ".join(_words(reads[0], {}).split()), reads[1:]
    return SectionText(heading, tuple(line_of(read, numbers) for read in reads))


def line_of(read: Read, numbers: Mapping[str, str]) -> str:
    """Return a paragraph as a line of kept wording."""
    words = _words(read, numbers)
    if read.level >= 2:
        return f"{'  ' if read.level > 2 else ''}- {words}"
    label, rest = without_label(words) if not read.number else ("", words)
    return f"- {rest}" if re.fullmatch(r"\([a-z]{1,2}\)", label) else rest if label else words


def _words(read: Read, numbers: Mapping[str, str]) -> str:
    """Return a paragraph's words; a reference to a section becomes ``[[slot]]``."""
    text = ""
    for piece in read.pieces:
        if isinstance(piece, Shown):
            slot = numbers.get(piece.bookmark)
            if slot and piece.reads({piece.bookmark: "\x00"}) == "\x00":
                text = re.sub(r"Sections?[ \u00a0]\Z", "", text) + f"[[{slot}]]"
                continue
            text += piece.shown
        else:
            text += piece
    typed = _NUMBER.sub(lambda found: _typed(found, numbers), text)
    return " ".join(typed.replace("\t", " ").replace("\n", " ").split(" ")).strip()


def _typed(found: re.Match[str], numbers: Mapping[str, str]) -> str:
    slot = numbers.get(found.group(1) or found.group(2))
    return f"[[{slot}]]" if slot else found.group()


def places_meant(record: Record, found: Sequence[Found]) -> dict[str, str]:
    """Return the slot that each printed number, and each bookmark of a heading, stands for in a file."""
    numbers = record.numbers | {one.used.slot: one.section for one in found if one.section}
    by_number = {number: slot for slot, number in numbers.items()}
    return by_number | {heading_bookmark(slot): slot for slot in numbers}
