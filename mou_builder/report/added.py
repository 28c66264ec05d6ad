"""Name what the parties put between the agreement's own sections: words that no clause and no frame holds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from mou_builder.record import Record
from mou_builder.report.clauses import Found
from mou_builder.report.frame import framed
from mou_builder.report.likeness import bare, number_of
from mou_builder.report.paragraphs import Read
from mou_builder.report.plainly import normalized
from mou_builder.report.shapes import AddedText


def added_blocks(record: Record, found: Sequence[Found], around: Sequence[Read]) -> tuple[tuple[Read, ...], ...]:
    """Return each stretch of `around`, the paragraphs outside the clauses, that stands where nothing stood when it was built."""
    blocks: list[list[Read]] = []
    for read in _strange(record, [read for read in around if framed(read)]):
        if blocks and blocks[-1][-1].place + 1 == read.place and not heads(read):
            blocks[-1].append(read)
        else:
            blocks.append([read])
    return tuple(map(tuple, blocks))


def heads(read: Read) -> bool:
    """Return whether a paragraph is numbered as a section or an article is."""
    return bool(re.fullmatch(r"\d+\.\d+|Article \d+", number_of(read)))


def added_texts(blocks: Sequence[Sequence[Read]], found: Sequence[Found]) -> tuple[AddedText, ...]:
    """Return the words of each stretch that was added, with its number and the section it follows."""
    owned = {read.place: one.used.heading for one in found for read in one.reads}
    return tuple(_added(block, owned) for block in blocks)


def _strange(record: Record, around: Sequence[Read]) -> list[Read]:
    """Return the paragraphs that stand where none stood when the file was built; a changed line is none of them."""
    if not record.frame:
        return []
    lines = [bare(framed(read)) for read in around]
    matcher = difflib.SequenceMatcher(None, [bare(line) for line in record.frame], lines, autojunk=False)
    changes = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    # A line that left its place and stands in another was moved with its article, not added.
    gone = {bare(record.frame[place]) for _, a, b, _, _ in changes for place in range(a, b)}
    return [around[place] for _, a, b, c, d in changes for place in range(c + (b - a), d) if lines[place] not in gone]


def _added(block: Sequence[Read], owned: dict[int, str]) -> AddedText:
    before = [place for place in owned if place < block[0].place]
    return AddedText(
        "\n".join(normalized(read.text()) for read in block), number_of(block[0]), owned[max(before)] if before else ""
    )
