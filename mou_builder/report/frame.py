"""The words around the clauses: parties, signatures, schedules, and whatever people put between the sections."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mou_builder.record import Record, UsedText
from mou_builder.report.clauses import Found
from mou_builder.report.ending import APPENDIX_TITLE, words_behind
from mou_builder.report.likeness import bare
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.report.shapes import Finding
from mou_builder.report.wordfile import WordFile

_MOST_SHOWN = 12
_LONGEST = 1_000
_LETTERS = re.compile(r"[^\W\d_]+")


def outside_clauses(paragraphs: Sequence[Read], clauses: Sequence[UsedText]) -> list[Read]:
    """Return the paragraphs of a file just built that no clause's bookmark or control holds, its contents list left out."""
    own = {used.bookmark for used in clauses} | {used.cite for used in clauses}
    return [read for read in paragraphs if not read.in_contents and not own & (read.bookmarks | read.controls)]


def frame_of(outside: Sequence[Read]) -> tuple[str, ...]:
    """Return the words of paragraphs outside the clauses, as the record keeps them."""
    return tuple(line for line in map(framed, outside) if line)


def framed(read: Read) -> str:
    """Return a paragraph's words, with the same sign for every reference."""
    # A reference moves with its section; findings on references say whether its number still holds.
    return normalized("".join(one if isinstance(one, str) else "\u00a7" for one in read.pieces))


def outside(record: Record, found: Sequence[Found], paragraphs: Sequence[Read]) -> list[Read]:
    """Return the paragraphs that belong to no clause and to no contents list."""
    owned = {read.place for one in found for read in one.reads}
    free = [read for read in paragraphs if read.place not in owned and not read.in_contents]
    if not any(one.found_by == "text" for one in found):
        return free
    # Where the words were pasted, a contents list is words like any others, before the first clause.
    known = {bare(one.used.heading) for one in found} | {bare(line) for line in record.frame} | {bare(APPENDIX_TITLE)}
    once = Counter(bare(line) for line in record.frame)
    again = Counter(bare(read.text()) for read in free)
    first = min(owned, default=0)
    return [
        read
        for read in free
        if read.place > first or (line := bare(read.text())) not in known or again[line] <= once[line]
    ]


def appendix_digest(file: WordFile, record: Record) -> str:
    """Return the SHA-256 of the letters from the appendix's heading to the end; section numbers there may move."""
    letters = "".join(
        _LETTERS.findall(normalized(words_behind(file, frozenset(one.heading for one in record.clauses))))
    )
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""


def frame_findings(record: Record, file: WordFile, around: Sequence[Read], *, typed: bool) -> Iterator[Finding]:
    """Yield what was changed, taken out or put in outside the clauses since the file was built.

    `around` holds the paragraphs there now; with `typed`, numbers may be typed before their words.
    """
    if not record.frame:
        return  # the file was built by a version that did not keep these words
    now = frame_of(around)
    before, after = (record.frame, now) if not typed else (_bare(record.frame), _bare(now))
    changes = [
        (list(record.frame[a:b]), list(now[c:d]))
        for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    for before, after in changes[:_MOST_SHOWN]:
        what = f"{_shortened(before, '[-', '-]')} {_shortened(after, '{+', '+}')}"
        yield Finding("E-FRAME-CHANGED", "error", f"Words outside the clauses were changed: {what.strip()}", "")
    if record.appendix and appendix_digest(file, record) != record.appendix:
        what = "The compliance appendix, or what stands behind it, was changed since it was built; this report is what holds."
        yield Finding("E-FRAME-CHANGED", "error", what, "")
    if len(changes) > _MOST_SHOWN:
        more = f"Words outside the clauses were changed in {len(changes) - _MOST_SHOWN} more places."
        yield Finding("E-FRAME-CHANGED", "error", more, "")


def _shortened(lines: Sequence[str], start: str, end: str) -> str:
    """Return the first of some lines, each cut where it is long, and how many more there are."""
    shown = [
        f"{start}{line if len(line) <= _LONGEST else f'{line[:_LONGEST]} ...'}{end}" for line in lines[:_MOST_SHOWN]
    ]
    more = len(lines) - len(shown)
    return " ".join([*shown, f"(and {more} more)"] if more > 0 else shown)


def _bare(lines: Sequence[str]) -> list[str]:
    return [bare(line) for line in lines]
