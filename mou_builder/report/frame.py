"""The words around the clauses: parties, signatures, schedules, and whatever people put between the sections."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Sequence

from mou_builder.record import Record, UsedText
from mou_builder.report.clauses import normalized
from mou_builder.report.paragraphs import Read, words_behind
from mou_builder.report.shapes import Finding
from mou_builder.report.wordfile import WordFile

_MOST_SHOWN = 12


def frame_of(paragraphs: Sequence[Read], clauses: Sequence[UsedText]) -> tuple[str, ...]:
    """Return the words of each paragraph outside the clauses, up to the compliance appendix."""
    own = {used.bookmark for used in clauses} | {used.cite for used in clauses}
    lines: list[str] = []
    for read in paragraphs:
        # A reference moves with its section; findings on references say whether its number still holds.
        line = normalized("".join(one if isinstance(one, str) else "\u00a7" for one in read.pieces))
        if line and not read.in_contents and not own & (read.bookmarks | read.controls):
            lines.append(line)
    return tuple(lines)


def appendix_digest(file: WordFile) -> str:
    """Return the SHA-256 of the letters from the appendix's heading to the end; section numbers there may move."""
    letters = "".join(one for one in normalized(words_behind(file)) if one.isalpha())
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""


def frame_findings(record: Record, file: WordFile, paragraphs: Sequence[Read]) -> Iterator[Finding]:
    """Yield what was changed, taken out or put in outside the clauses since the file was built."""
    if not record.frame:
        return  # the file was built by a version that did not keep these words
    now = frame_of(paragraphs, record.clauses)
    changes = [
        (list(record.frame[a:b]), list(now[c:d]))
        for kind, a, b, c, d in difflib.SequenceMatcher(None, record.frame, now, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    for before, after in changes[:_MOST_SHOWN]:
        what = " ".join(f"[-{line}-]" for line in before) + " " + " ".join(f"{{+{line}+}}" for line in after)
        yield Finding("E-FRAME-CHANGED", "error", f"Words outside the clauses were changed: {what.strip()}", "")
    if record.appendix and appendix_digest(file) != record.appendix:
        what = "The compliance appendix, or what stands behind it, was changed since it was built; this report is what holds."
        yield Finding("E-FRAME-CHANGED", "error", what, "")
    if len(changes) > _MOST_SHOWN:
        more = f"Words outside the clauses were changed in {len(changes) - _MOST_SHOWN} more places."
        yield Finding("E-FRAME-CHANGED", "error", more, "")
