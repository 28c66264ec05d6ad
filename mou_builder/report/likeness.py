"""Find the clauses whose bookmarks and controls an editor took out, by the likeness of their words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from mou_builder.record import UsedText
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized

_TYPED = re.compile(
    # A letter or a lone number counts only with its point or bracket: "A Student" and "10 days" begin a sentence.
    r"(?P<number>Article \d+|Schedule [A-Z]+|\d+(?:\.\d+)+|\d+(?=[.)])|(?:[A-Z]{1,2}|[IVX]+|[a-z]|[ivx]+)(?=[.)])"
    r"|\((?:[a-z]{1,2}|[ivx]+|\d{1,2})\))[.:)]?\s+(?=\S)"
)
_REFERENCE = re.compile(r"\b(?:Sections?\s\d+\.\d+|Schedule [A-Z]+\b|Recital [A-Z]+\b)")
_WORD = re.compile(r"\w+")
_CONTENTS = 6
"""So many headings one after the other are a contents list."""
_FRAME = ""
"""Stands for the words around the clauses, which are no clause's."""
_ENOUGH = 0.5
"""Half of a paragraph's runs of three words must be a clause's for the paragraph to be counted to it."""
_LIKE, _LIKE_HEADED = 0.5, 0.25
"""How much of a clause must be found again; less where its heading stands over it."""


@dataclass(frozen=True)
class Likened:
    """The paragraphs that read like a clause, and how much of it they hold, from 0 to 1."""

    reads: tuple[Read, ...]
    confidence: float


@dataclass
class _Segment:
    """The paragraphs from one heading to the next, each with the clause it was counted to."""

    reads: list[Read] = field(default_factory=list)
    slots: list[str | None] = field(default_factory=list)


def without_label(text: str) -> tuple[str, str]:
    """Return the number that somebody typed before a paragraph's words, and the words: ``("4.2", "Roles")``."""
    label = _TYPED.match(text)
    return (label["number"], text[label.end() :]) if label else ("", text)


def number_of(read: Read) -> str:
    """Return the number that a paragraph shows, whether Word counts it or somebody typed it; else an empty text."""
    return read.number or without_label(read.text().lstrip())[0]


def likened(missing: Sequence[UsedText], free: Sequence[Read], frame: Iterable[str]) -> dict[str, Likened]:
    """Return, by slot, the paragraphs of `free` that hold the words of each clause in `missing`, where enough of it is there.

    `frame` holds the words that stand around the clauses: a paragraph that reads like those is no clause's.
    """
    index = _Index(missing, frame)
    segments = _segments(_without_contents(free, index), index)
    groups: dict[str, list[list[Read]]] = defaultdict(list)
    for segment in segments:
        for slot in dict.fromkeys(slot for slot in segment.slots if slot):
            groups[slot].append([read for read, one in zip(segment.reads, segment.slots, strict=True) if one == slot])
    kept: dict[str, list[Read]] = {}
    after = -1
    for used in missing:
        found = without_copies(groups.get(used.slot, []), index.lines[used.slot], after, used.section)
        kept[used.slot] = found
        # A clause that stands once tells where the next one is to be looked for.
        after = found[0].place if found and len(groups[used.slot]) == 1 else after
    for segment in segments:
        _take_in(segment, kept, index)
    made: dict[str, Likened] = {}
    for used in missing:
        reads = sorted(kept[used.slot], key=lambda read: read.place)
        confidence = likeness(index.lines[used.slot], reads)
        headed = any(index.is_heading(read, used.slot) for read in reads)
        if reads and confidence >= (_LIKE_HEADED if headed else _LIKE):
            made[used.slot] = Likened(tuple(reads), confidence)
    return made


def _without_contents(free: Sequence[Read], index: _Index) -> list[Read]:
    """Return the paragraphs without a contents list that was pasted as words: a long run of headings with nothing between."""
    worded = [read for read in free if read.text().strip()]
    kept: list[Read] = []
    run: list[Read] = []
    for read in worded:
        if index.is_listed(read):
            run.append(read)
            continue
        kept += run if index.headings_among(run) < _CONTENTS else []
        run = []
        kept.append(read)
    return kept + (run if index.headings_among(run) < _CONTENTS else [])


def likeness(lines: Iterable[str], reads: Iterable[Read]) -> float:
    """Return how much the words of `reads` agree with `lines`, from 0 to 1."""
    return round(
        Indel.normalized_similarity(
            [word for line in lines for word in _WORD.findall(line)],
            [word for read in reads for word in _WORD.findall(bare(read.text()))],
        ),
        2,
    )


def held_by(used: UsedText, reads: Iterable[Read]) -> float:
    """Return what part of a clause's runs of three words stands in `reads`, from 0 to 1."""
    found = [text for text in (read.text() for read in reads) if text]
    start = used.words[0][0] if used.section.startswith("Recital") and used.words and used.words[0] else used.heading
    size = sum(len(one) for line in used.words for one in line if isinstance(one, str))
    if found and isinstance(start, str) and found[0][:20] == start[:20] and sum(map(len, found)) >= size:
        return 1.0  # it begins as it should and nothing is short of it: so with nearly every clause
    wanted = {run for line in lines_of(used) for run in _runs(line)}
    there = {run for text in found for run in _runs(bare(text))}
    return len(wanted & there) / len(wanted) if wanted else 1.0


def bare(text: str) -> str:
    """Return a paragraph's words without a typed number and with every cross-reference the same."""
    return _REFERENCE.sub("\u00a7", without_label(normalized(text))[1]).casefold()


def lines_of(used: UsedText) -> list[str]:
    """Return a clause's heading and paragraphs as `bare` gives them."""
    words = ["".join(one if isinstance(one, str) else "\u00a7" for one in line) for line in used.words]
    # The words of a reference may be typed out, so both sides show the same sign for it.
    return [bare(line) for line in (used.heading, *words)]


class _Index:
    """Knows which clause has a line, or a run of three words."""

    def __init__(self, missing: Sequence[UsedText], frame: Iterable[str]) -> None:
        self.lines = {used.slot: lines_of(used) for used in missing}
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._runs: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for slot, lines in self.lines.items():
            for line in lines:
                self._add(slot, line)
        for line in frame:
            if bare(line) not in self._exact:
                self._add(_FRAME, bare(line))

    def _add(self, slot: str, line: str) -> None:
        if slot not in self._exact[line]:
            self._exact[line].append(slot)
        for run in _runs(line):
            self._runs[run].add(slot)

    def is_heading(self, read: Read, slot: str) -> bool:
        """Return whether a paragraph is the clause's heading."""
        return bare(read.text()) == self.lines[slot][0]

    def is_listed(self, read: Read) -> bool:
        """Return whether a paragraph is a line that a contents list has: a section's or an article's heading."""
        slots = self._exact.get(bare(read.text()), ())
        return any(slot == _FRAME or self.lines[slot][0] == bare(read.text()) for slot in slots)

    def headings_among(self, reads: Sequence[Read]) -> int:
        """Return how many of some paragraphs are headings of clauses."""
        slots = [(bare(read.text()), slot) for read in reads for slot in self._exact.get(bare(read.text()), ())[:1]]
        return sum(slot != _FRAME and self.lines[slot][0] == line for line, slot in slots)

    def starts(self, read: Read) -> bool:
        """Return whether a section begins with this paragraph."""
        line = bare(read.text())
        headed = any(self.lines[slot][0] == line for slot in self._exact.get(line, ()) if slot)
        return headed or bool(re.fullmatch(r"\d+\.\d+|Article \d+|Schedule [A-Z]+", number_of(read)))

    def clause_of(self, read: Read, before: str | None) -> str | None:
        """Return the slot of the clause a paragraph belongs to, or None; of several, the one it continues."""
        line = bare(read.text())
        if line in self._exact:
            slots = self._exact[line]
            return before if before in slots else slots[0]
        runs = _runs(line)
        counts: Counter[str] = Counter(slot for run in runs for slot in self._runs.get(run, ()))
        if not counts:
            return None
        slot, most = max(counts.items(), key=lambda one: (one[1], one[0] == before))
        return slot if most >= _ENOUGH * len(runs) and len(runs) > 1 else None


def _runs(line: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(line)
    return list(zip(words, words[1:], words[2:], strict=False)) if len(words) > 2 else [tuple(words)] if words else []


def _segments(free: Sequence[Read], index: _Index) -> list[_Segment]:
    segments = [_Segment()]
    last: Read | None = None
    before: str | None = None
    for read in free:
        if not read.text().strip():
            continue
        slot = index.clause_of(read, before)
        apart = last is not None and read.place > last.place + 1 and slot is None
        if index.starts(read) or slot == _FRAME or apart:
            segments.append(_Segment())
        segments[-1].reads.append(read)
        segments[-1].slots.append(slot)
        last, before = read, slot
    for segment in segments:
        _fill(segment, index)
    return segments


def _fill(segment: _Segment, index: _Index) -> None:
    """Count what is like no clause to the clause in whose section it stands."""
    known = [slot for slot in segment.slots if slot]
    if not known or _FRAME in segment.slots:
        return
    headed = any(index.starts(read) for read in segment.reads)
    current: str | None = known[0] if headed else None
    for place, slot in enumerate(segment.slots):
        current = slot or current
        segment.slots[place] = current if headed else slot


def _take_in(segment: _Segment, kept: dict[str, list[Read]], index: _Index) -> None:
    """Count what somebody put into a clause's section to that clause, though the words are another clause's.

    A copy is taken in, and so is a paragraph of a clause that has its own section elsewhere: both clauses are changed by it.
    """
    own = [slot for read, slot in zip(segment.reads, segment.slots, strict=True) if slot and read in kept[slot]]
    if not own or not any(index.starts(read) for read in segment.reads):
        return
    heads = [slot for slot in own if index.is_heading(segment.reads[0], slot)]
    owner = heads[0] if heads else Counter(own).most_common(1)[0][0]
    for read, slot in zip(segment.reads, segment.slots, strict=True):
        if not slot or slot == owner:
            continue
        headed_elsewhere = any(index.is_heading(one, slot) and one not in segment.reads for one in kept[slot])
        if read not in kept[slot] or headed_elsewhere:
            kept[slot] = [one for one in kept[slot] if one is not read]
            kept[owner].append(read)


def without_copies(groups: list[list[Read]], lines: Sequence[str], after: int = -1, section: str = "") -> list[Read]:
    """Return the paragraphs of a clause; what stands there a second time, as in a contents list or a copy, is left out.

    Of two that are alike, the clause is the one behind the place `after`, with the number `section`, that comes first.
    """

    def order(one: tuple[list[Read], set[tuple[str, ...]]]) -> tuple[int, bool, bool, int]:
        first = one[0][0]
        return -len(one[1]), first.place < after, number_of(first) != section, first.place

    wanted = {run for line in lines for run in _runs(line)}
    held = [(group, {run for read in group for run in _runs(bare(read.text()))} & wanted) for group in groups]
    kept: list[Read] = []
    covered: set[tuple[str, ...]] = set()
    for group, runs in sorted(held, key=order):
        if not kept or len(runs - covered) > len(runs) / 2:
            kept += group
            covered |= runs
    return sorted(kept, key=lambda read: read.place)
