"""Find each clause again in a Word file, and say whether its words still stand and whether it was moved.

Bookmarks and content controls lead to a clause; where an editor took both out, the likeness of its words does, and the
report says how much of them agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mou_builder.record import Record, Segment, UsedText, heading_bookmark
from mou_builder.report.likeness import (
    Likened,
    bare,
    held_by,
    likened,
    likeness,
    lines_of,
    number_of,
    without_copies,
    without_label,
)
from mou_builder.report.moving import moved
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import difference, normalized
from mou_builder.report.shapes import FoundBy, State


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
    found_by: FoundBy = "bookmark"
    confidence: float | None = None
    moved_from: str = ""
    reads: tuple[Read, ...] = field(default=(), compare=False, repr=False)
    """Its paragraphs in the file."""


def find_clauses(record: Record, expected: Sequence[UsedText], paragraphs: Sequence[Read]) -> list[Found]:
    """Return what became of each clause of the record; `expected` holds the words it should have."""
    within: dict[str, list[Read]] = {}
    for read in paragraphs:
        for name in read.bookmarks | read.controls:
            within.setdefault(name, []).append(read)
    reads = {used.slot: _anchored(used, within) for used in record.clauses}
    _widen(expected, reads, paragraphs)
    by_words = _by_words(expected, reads, record, paragraphs)
    reads |= {slot: list(one.reads) for slot, one in by_words.items()}
    sections = {slot: _section(found, typed=slot in by_words) for slot, found in reads.items()}
    headed = other_headings(record, paragraphs)
    numbers = {slot: number for slot, number in {**sections, **headed}.items() if number}
    # A link to a section that is gone shows "?" on both sides: the clause that refers to it keeps its words.
    links = {heading_bookmark(slot): numbers.get(slot, "?") for slot in (*sections, *headed)}
    judged = [
        _found_by(
            _judged(
                used, reads[used.slot], sections[used.slot], numbers, links, by_words.get(used.slot), record.numbers
            ),
            within,
        )
        for used in expected
    ]
    return [
        replace(one, moved_from=was) if was else one
        for one, was in zip(judged, moved([one.reads for one in judged], record, paragraphs), strict=True)
    ]


def other_headings(record: Record, paragraphs: Sequence[Read]) -> dict[str, str]:
    """Return, by slot, the number of each gap and schedule that still stands in the file, empty where it is gone."""
    others = [*(gap.slot for gap in record.gaps), *(f"schedules.{id}" for id in record.schedules)]
    worded = [read for read in paragraphs if read.text().strip() and not read.in_contents]
    marked = {name: read for read in reversed(worded) for name in read.bookmarks if name.startswith("mouref_")}
    if marked:
        return {slot: _section([marked[name]] if (name := heading_bookmark(slot)) in marked else []) for slot in others}
    there = {number_of(read) for read in worded}  # an editor took the bookmarks out
    return {slot: number if (number := record.numbers.get(slot, "")) in there else "" for slot in others}


def _anchored(used: UsedText, within: Mapping[str, list[Read]]) -> list[Read]:
    """Return the paragraphs in the clause's bookmark or content control: an editor may put words into only one of them.

    A clause that was copied has its marks twice; the copy is none of it.
    """
    marked = {read.place: read for name in (used.bookmark, used.cite) for read in within.get(name, ())}
    blocks = _blocks([marked[place] for place in sorted(marked)])
    return blocks[0] if len(blocks) == 1 else without_copies(blocks, lines_of(used))


def _blocks(reads: Sequence[Read]) -> list[list[Read]]:
    """Return the paragraphs in stretches that stand together."""
    blocks: list[list[Read]] = []
    for read in reads:
        if blocks and read.place == blocks[-1][-1].place + 1:
            blocks[-1].append(read)
        else:
            blocks.append([read])
    return blocks


def _widen(expected: Sequence[UsedText], reads: dict[str, list[Read]], paragraphs: Sequence[Read]) -> None:
    """Add to each clause its own lines that stand right beside its marks: rich text lets a mark shrink to one paragraph."""
    free = [read for read in paragraphs if read.text().strip() and not read.in_contents]
    owner = {read.place: slot for slot, some in reads.items() for read in some}
    nth = {read.place: at for at, read in enumerate(free)}
    for used in expected:
        held = [read for read in reads[used.slot] if read.place in nth]
        if not held or len(held) > len(used.words):
            continue
        open_lines = Counter(lines_of(used)) - Counter(bare(read.text()) for read in held)
        for at, step in ((nth[held[0].place], -1), (nth[held[-1].place], 1)):
            while 0 <= (at := at + step) < len(free) and free[at].place not in owner:
                line = bare(free[at].text())
                if not open_lines[line]:
                    break
                open_lines[line] -= 1
                owner[free[at].place] = used.slot
                held.append(free[at])
        reads[used.slot] = sorted(held, key=lambda read: read.place)


def _by_words(
    expected: Sequence[UsedText], reads: Mapping[str, Sequence[Read]], record: Record, paragraphs: Sequence[Read]
) -> dict[str, Likened]:
    """Return the clauses that no mark leads to, or whose marks have shrunk or lie elsewhere, with all of their paragraphs."""
    held = {used.slot: held_by(used, reads[used.slot]) for used in expected}
    short = [used for used in expected if held[used.slot] < _SHORT]
    if not short:
        return {}
    marked = {slot: [read for read in some if read.text().strip()] for slot, some in reads.items()}
    strange = {slot for slot, part in held.items() if marked[slot] and part < _STRANGE}
    owned = {read.place for slot, some in marked.items() if slot not in strange for read in some}
    free = [read for read in paragraphs if read.place not in owned and not read.in_contents]
    found = likened(short, free, record.frame)
    taken = {read.place for one in found.values() for read in one.reads}
    made: dict[str, Likened] = {}
    for used in short:
        own = [read for read in marked[used.slot] if read.place not in taken]
        if used.slot in found:
            own = [] if used.slot in strange else own
            whole = sorted([*own, *found[used.slot].reads], key=lambda read: read.place)
            made[used.slot] = Likened(tuple(whole), likeness(lines_of(used), whole))
        elif len(own) < len(marked[used.slot]):
            made[used.slot] = Likened(tuple(own), likeness(lines_of(used), own))
    return made


def _section(paragraphs: Sequence[Read], *, typed: bool = False) -> str:
    """Return the number that the clause's first numbered paragraph carries; with `typed`, one typed before its words too."""
    for read in paragraphs:
        number = read.number.rstrip(".") if read.level <= 1 else ""
        if typed and not read.number:
            label = without_label(normalized(read.text()))[0]
            number = label if re.fullmatch(r"\d+\.\d+|[A-Z]{1,2}", label) else ""
        if number:
            return f"Recital {number}" if re.fullmatch(r"[A-Z]+", number) else number
    return ""


def _judged(
    used: UsedText,
    reads: Sequence[Read],
    section: str,
    numbers: Mapping[str, str],
    links: dict[str, str],
    likeness: Likened | None,
    as_built: Mapping[str, str],
) -> Found:
    before = _built(used, numbers, section)
    after = tuple(line for line in (normalized(read.text(links)) for read in reads) if line)
    if not after:
        return Found(used, "", "missing", found_by="")
    if likeness is not None:
        # References that were typed out keep the numbers they had when the file was built.
        then = _built(used, as_built, section)
        after = tuple(_without_typed(read, line, before) for read, line in zip(_worded(reads), after, strict=True))
        before = then if _same(then, after) else before
    confidence = likeness.confidence if likeness else None
    if _same(before, after):
        return Found(used, section, "unaltered", confidence=confidence, reads=tuple(reads))
    shown = difference(" ".join(before), " ".join(after))
    return Found(used, section, "altered", shown, before, after, confidence=confidence, reads=tuple(reads))


def _worded(reads: Sequence[Read]) -> list[Read]:
    return [read for read in reads if normalized(read.text())]


def _without_typed(read: Read, line: str, before: Sequence[str]) -> str:
    """Return a paragraph's words without a number typed before them, unless the clause itself begins so."""
    return line if read.number or line in before else without_label(line)[1]


def _same(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two texts are the same words, however they are broken into paragraphs; a heading may stand in capitals."""
    if before and after and before[0] != after[0] and before[0].casefold() == after[0].casefold():
        after = (before[0], *after[1:])
    return " ".join(before) == " ".join(after) or _same_unbroken(_BREAK.join(before), _BREAK.join(after))


def _same_unbroken(before: str, after: str) -> bool:
    """Whether two texts differ only where paragraphs were merged: Word puts no space between the words it joins."""
    place = 0
    for letter in before:
        now = after[place : place + 1]
        if letter == now or (letter in _GAPS and now in _GAPS and now):
            place += 1
        elif letter != _BREAK:
            return False
    return place == len(after)


_SHORT = 0.6
"""Where the marks hold less than this part of a clause, the rest of it is looked for by its words."""
_STRANGE = 0.1
"""Where they hold less than this, they may lie on other words altogether."""
_BREAK = "\n"
_GAPS = (" ", _BREAK)


def _built(used: UsedText, numbers: Mapping[str, str], section: str) -> tuple[str, ...]:
    """Return the clause's paragraphs as they were built, with the numbers its references show now."""
    lines = [_with_numbers(line, numbers) for line in used.words]
    # A recital has no heading of its own in the document.
    headed = [] if used.section.startswith("Recital") or section.startswith("Recital") else [used.heading]
    return tuple(normalized(line) for line in (*headed, *lines))


def _with_numbers(line: Sequence[Segment], numbers: Mapping[str, str]) -> str:
    return "".join(part if isinstance(part, str) else f"{_as_reference(numbers.get(part.to, '?'))}" for part in line)


def _as_reference(number: str) -> str:
    """Return how a reference reads in a sentence: ``Section 4.1``, but ``Schedule A``."""
    return number if number[:1].isalpha() else f"Section {number}"  # "?" for a section that is gone


def _found_by(found: Found, within: Mapping[str, list[Read]]) -> Found:
    if found.state == "missing":
        return found
    if found.confidence is not None:
        return replace(found, found_by="text")
    return replace(found, found_by="bookmark" if found.used.bookmark in within else "control")
