"""What the parties signed: each section as it was built and as the file holds it, and what they put in of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mou_builder.model.negotiated import Negotiated
from mou_builder.negotiated import OWN_HEADING, slots_of
from mou_builder.record import Record
from mou_builder.report import Examined
from mou_builder.report.likeness import number_of, without_label
from mou_builder.report.paragraphs import Read
from mou_builder.review.section_text import (
    SectionText,
    as_built,
    as_found,
    as_kept,
    as_the_library_had_it,
    places_meant,
)
from mou_builder.review.signed_words import heading_of, line_of

_HEADING = 150
"""A longer numbered paragraph is no heading but a provision; so is one that ends in a full stop."""
_HEADED = r"\d+\.\d+\.?|Article \d+\.?"


@dataclass(frozen=True)
class PutIn:
    """A section of the parties' own."""

    slot: str
    text: SectionText
    after: str
    """The section of the outline behind which it stands."""
    before: Negotiated | None
    """What the earlier agreement says of it, where it had it already."""
    open: bool = False
    """Whether the earlier agreement left open what becomes of it, and so does the file."""


class Signed:
    """The agreement that is renewed, section by section; without `examined`, nothing was changed since it was built."""

    def __init__(self, record: Record, examined: Examined | None, order: Sequence[str]) -> None:
        self.kept: Mapping[str, Negotiated] = dict(slots_of(record.agreement().negotiated))
        self.used = {one.slot: one for one in record.clauses}
        self.left_out = {one.slot: one for one in record.left_out}
        self._order = order
        self._found = {one.used.slot: one for one in examined.found} if examined else {}
        self._typed = any(one.found_by == "text" for one in self._found.values())
        self._meant = places_meant(record, list(self._found.values()))
        self._tails: dict[str, list[Read]] = {}
        self._new: list[tuple[str, Sequence[Read]]] = []
        self.loose: list[str] = []
        """Words outside every section; nobody can say where they belong."""
        self._sort_out(examined.added if examined else ())

    @property
    def slots(self) -> list[str]:
        """The sections of the library that the agreement had or left out, in its order."""
        own = {slot for slot, one in self.kept.items() if one.kind == "added"}
        return [slot for slot in [*self.used, *self.left_out] if slot not in own]

    def base(self, slot: str) -> SectionText | None:
        """Return the library's words of then."""
        if slot in self.left_out:
            return as_built(self.left_out[slot])
        used = self.used.get(slot)
        if used is None:
            return None
        return as_the_library_had_it(used) if used.kept else as_built(used)

    def theirs(self, slot: str) -> SectionText | None:
        """Return the words that were signed; None where there are none, or a heading alone."""
        used, found = self.used.get(slot), self._found.get(slot)
        if used is None or (found is not None and found.state == "missing"):
            return None
        one = self.kept.get(slot)
        if found is None or not self.was_edited(slot):
            if one is None:
                return as_built(used)
            return as_kept(one, used) if one.kind != "left-out" else None
        text = as_found(found, self._meant, self._tails.get(slot, ()))
        return text if text.lines else None

    def was_edited(self, slot: str) -> bool:
        """Return whether the file's words are not those that were built."""
        found = self._found.get(slot)
        return found is not None and (found.state != "unaltered" or slot in self._tails)

    def left_open(self, slot: str) -> bool:
        """Return whether both texts of a section still stand in the file, as they were built."""
        return slot in self.kept and self.kept[slot].use == "both" and not self.was_edited(slot)

    def put_in(self) -> list[PutIn]:
        """Return the sections that the parties put in, in this agreement or before it, as they follow each other."""
        places = {slot: found.reads[0].place for slot, found in self._found.items() if found.reads}
        found = [
            (places.get(slot, 0), PutIn(slot, text, one.section, one, self.left_open(slot)))
            for slot, one in self.kept.items()
            if one.kind == "added" and (text := self.theirs(slot)) is not None
        ]
        for number, (after, block) in enumerate(self._new, start=1):
            found.append((block[0].place, PutIn(f"{after}.new-{number}", self._own(block), after, None)))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def _own(self, block: Sequence[Read]) -> SectionText:
        """Return a section that was put in; a provision that stands alone, without a heading, gets one."""
        where = "section" if self._typed else ""
        if _is_sentence(block[0], typed=self._typed):
            first = line_of(block[0], self._meant)
            lines = [without_label(first)[1] if self._typed and not block[0].number else first]
            return SectionText(OWN_HEADING, (*lines, *(line_of(one, self._meant, typed=where) for one in block[1:])))
        lines = [line_of(one, self._meant, typed=where) for one in block[1:]]
        return SectionText(_title(block[0], typed=self._typed), tuple(lines))

    def _sort_out(self, added: Sequence[Sequence[Read]]) -> None:
        """Tell apart what was added: paragraphs that run on from a section, new sections, and words that belong nowhere."""
        ends = {one.reads[-1].place: slot for slot, one in self._found.items() if one.reads}
        places = sorted((read.place, slot) for slot, one in self._found.items() for read in one.reads)
        for block in added:
            before = [slot for place, slot in places if place < block[0].place and slot in self._order]
            headed = bool(re.fullmatch(_HEADED, _number(block[0], typed=self._typed)))
            if headed and before and self._has_words(block):
                self._new.append((before[-1], block))
            elif not headed and block[0].place - 1 in ends:
                self._tails.setdefault(ends[block[0].place - 1], []).extend(block)
            else:
                self.loose.append("\n".join(f"{read.number} {heading_of(read)}".strip() for read in block))

    def _has_words(self, block: Sequence[Read]) -> bool:
        """Return whether a numbered section says something: the heading of an article, or one above nothing, does not."""
        if _number(block[0], typed=self._typed).startswith("Article"):
            return False
        return len(block) > 1 or _is_sentence(block[0], typed=self._typed)


def _number(read: Read, *, typed: bool) -> str:
    return number_of(read) if typed else read.number


def _title(read: Read, *, typed: bool) -> str:
    said = heading_of(read)
    return without_label(said)[1] if typed and not read.number else said


def _is_sentence(read: Read, *, typed: bool) -> bool:
    said = _title(read, typed=typed)
    return len(said) > _HEADING or said.endswith(".")
