"""The words around the clauses: parties, signatures, schedules, and whatever people put between the sections."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from mou_builder.record import Record, UsedText, heading_bookmark
from mou_builder.report.clauses import normalized
from mou_builder.report.paragraphs import Read
from mou_builder.report.shapes import Finding

# The contents list is no text of its own: Word writes it anew, with page numbers, from the headings.
_CONTENTS = re.compile(r"(toc|contents|index)\b", re.IGNORECASE)
_MOST_SHOWN = 12


def frame_of(paragraphs: Sequence[Read], clauses: Sequence[UsedText]) -> tuple[str, ...]:
    """Return the words of each paragraph outside the clauses, up to the compliance appendix."""
    own = {used.bookmark for used in clauses} | {used.cite for used in clauses}
    lines: list[str] = []
    for read in paragraphs:
        if heading_bookmark("appendix") in read.bookmarks:
            break
        line = normalized(read.text())
        if line and not _CONTENTS.match(read.style) and not own & (read.bookmarks | read.controls):
            lines.append(line)
    return tuple(lines)


def frame_findings(record: Record, paragraphs: Sequence[Read]) -> Iterator[Finding]:
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
    if len(changes) > _MOST_SHOWN:
        more = f"Words outside the clauses were changed in {len(changes) - _MOST_SHOWN} more places."
        yield Finding("E-FRAME-CHANGED", "error", more, "")
