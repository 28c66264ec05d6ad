"""Set the versions of one section beside each other for a person who decides: then, as signed, and now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mou_builder.document.memo import Text, Words, words
from mou_builder.library import Library
from mou_builder.record import Record
from mou_builder.review.differences import compared
from mou_builder.review.renewal import Section
from mou_builder.review.section_text import SectionText

_ITEM = re.compile(r"^ *- ")


@dataclass(frozen=True)
class Version:
    """One version of a section, or what became of another one in it."""

    title: str
    words: Words


def what_happened(section: Section) -> str:
    """Return in a sentence who changed a section."""
    done = "left this section out" if section.theirs is None else "changed this section"
    if section.added:
        done = "put this section in"
    if left_open(section):
        return f"The parties {done}; the earlier agreement left it open, and nobody has decided since."
    if section.outcome == "conflict":
        return f"The parties {done}, and since then the library, or an answer that it prints, changed as well."
    if section.added:
        return f"The parties {done}."
    return f"Only the parties {done}; the library\u2019s text is as it was."


def left_open(section: Section) -> bool:
    """Return whether a section waits for a decision only because the earlier agreement left it open."""
    base, now = (None if one is None else one.key for one in (section.base, section.ours))
    return section.outcome == "conflict" and base == now


def places(record: Record, library: Library) -> dict[str, str]:
    """Return how a reference to each section reads: its number in the agreement that is renewed, else its title."""
    titles = {slot: f"\u201c{one.title}\u201d" for slot, one in library.outline.slots().items()}
    return titles | record.numbers


def versions(section: Section, numbers: Mapping[str, str]) -> Iterator[Version]:
    """Yield what a person needs to see: of a conflict all three versions, else what the parties did.

    The later ones show word by word what was struck and put in against the first.
    """
    base, theirs, ours = section.base, section.theirs, section.ours
    if section.outcome == "conflict" and not section.added:
        yield Version("The library\u2019s text, then", _whole(base, numbers, "there was none"))
        yield Version("As the parties signed it", _against(base, theirs, numbers, "left out"))
        yield Version("The library\u2019s text, now", _against(base, ours, numbers, "there is none any more"))
    elif theirs is None:
        yield Version("The library\u2019s text, which the parties left out", _whole(base, numbers, ""))
    elif base is None:
        yield Version("As the parties signed it", _whole(theirs, numbers, ""))
    else:
        yield Version("What the parties changed in the library\u2019s text", _against(base, theirs, numbers, ""))


def in_full(section: Section, numbers: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the versions that there are, each with its title and its lines, heading first."""
    texts = (
        ("The library\u2019s text, then", section.base),
        ("As the parties signed it", section.theirs),
        ("The library\u2019s text, now", section.ours if section.outcome == "conflict" else None),
    )
    for title, text in texts:
        if text is not None:
            yield title, [text.heading, *text.shown(numbers)]


def _whole(text: SectionText | None, numbers: Mapping[str, str], nothing: str) -> Words:
    return words(_running(text, numbers)) if text else words(Text(f"[{nothing}]", "quiet"))


def _against(old: SectionText | None, new: SectionText | None, numbers: Mapping[str, str], nothing: str) -> Words:
    if old is None or new is None:
        return _whole(new, numbers, nothing)
    if old.key == new.key:
        return words(Text("[as it was]", "quiet"))
    heading = old.heading != new.heading
    return compared(_running(old, numbers, heading=heading), _running(new, numbers, heading=heading))


def _running(text: SectionText, numbers: Mapping[str, str], *, heading: bool = False) -> str:
    """Return a section's words as one text; the dash of a list's item is no word of it."""
    lines = [_ITEM.sub("", line) for line in text.shown(numbers)]
    return "\n".join([f"{text.heading}:", *lines] if heading else lines)
