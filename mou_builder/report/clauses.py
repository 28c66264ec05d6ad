"""Find each clause again in a Word file, by bookmark or content control, and say whether its words still stand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mou_builder.record import Record, Segment, UsedText, heading_bookmark
from mou_builder.report.paragraphs import Read
from mou_builder.report.shapes import State

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-"})


@dataclass(frozen=True)
class Found:
    """One clause as the file holds it."""

    used: UsedText
    section: str
    state: State
    difference: str | None = None
    before: tuple[str, ...] = ()
    """The paragraphs of an altered clause as they were built, its heading first."""
    after: tuple[str, ...] = ()
    """The same as the file holds them."""


def find_clauses(record: Record, expected: Sequence[UsedText], paragraphs: list[Read]) -> list[Found]:
    """Return what became of each clause of the record; `expected` holds the words it should have."""
    within: dict[str, list[Read]] = {}
    for read in paragraphs:
        for name in read.bookmarks | read.controls:
            within.setdefault(name, []).append(read)
    found = {used.slot: _all_of(used, within) for used in record.clauses}
    sections = {used.slot: _section(found[used.slot]) for used in record.clauses}
    others = [*(gap.slot for gap in record.gaps), *(f"schedules.{id}" for id in record.schedules)]
    headed = {slot: _section(within.get(heading_bookmark(slot), [])[:1]) for slot in others}
    numbers = {slot: number for slot, number in {**sections, **headed}.items() if number}
    # A link to a section that is gone shows "?" on both sides: the clause that refers to it keeps its words.
    slots = [*(used.slot for used in record.clauses), *others]
    by_bookmark = {heading_bookmark(slot): numbers.get(slot, "?") for slot in slots}
    return [_judged(used, found[used.slot], sections[used.slot], numbers, by_bookmark) for used in expected]


def _all_of(used: UsedText, within: Mapping[str, list[Read]]) -> list[Read]:
    """Return the paragraphs in the clause's bookmark or content control: an editor may put words into only one of them."""
    marked, controlled = within.get(used.bookmark, []), within.get(used.cite, [])
    if not marked or not controlled:
        return marked or controlled
    return sorted({id(read): read for read in [*marked, *controlled]}.values(), key=lambda read: read.place)


def _section(paragraphs: list[Read]) -> str:
    """Return the number that the clause's first numbered paragraph carries."""
    for read in paragraphs:
        if read.number and read.level <= 1:
            number = read.number.rstrip(".")
            return f"Recital {number}" if re.fullmatch(r"[A-Z]+", number) else number
    return ""


def _judged(
    used: UsedText, reads: list[Read], section: str, numbers: Mapping[str, str], links: dict[str, str]
) -> Found:
    actual = normalized("\n".join(read.text(links) for read in reads))
    if not actual:
        return Found(used, "", "missing")
    lines = [_with_numbers(line, numbers) for line in used.words]
    # A recital has no heading of its own in the document.
    headed = [] if section.startswith("Recital") else [used.heading]
    expected = normalized("\n".join(headed + lines))
    if actual == expected:
        return Found(used, section, "unaltered")
    before = tuple(normalized(line) for line in (*headed, *lines))
    after = tuple(line for line in (normalized(read.text(links)) for read in reads) if line)
    return Found(used, section, "altered", difference(expected, actual), before, after)


def _with_numbers(line: Sequence[Segment], numbers: Mapping[str, str]) -> str:
    return "".join(part if isinstance(part, str) else f"{_as_reference(numbers.get(part.to, '?'))}" for part in line)


def _as_reference(number: str) -> str:
    """Return how a reference reads in a sentence: ``Section 4.1``, but ``Schedule A``."""
    return number if number[:1].isalpha() else f"Section {number}"  # "?" for a section that is gone


def normalized(text: str) -> str:
    """Return words fit for comparing: quotation marks straight, spaces and line ends as single spaces."""
    return " ".join(text.translate(_QUOTES).split())


def difference(before: str, after: str) -> str:
    """Return the changed words with a little of what stands around them, e.g. ``The Agency [-shall-] {+may+} answer``."""
    old, new = before.split(), after.split()
    parts: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            middle = old[a:b]
            parts.append(" ".join(middle if len(middle) <= 8 else [*middle[:4], "...", *middle[-4:]]))
            continue
        if a < b:
            parts.append(f"[-{' '.join(old[a:b])}-]")
        if c < d:
            parts.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(parts)
