"""Sort the sections of a renewal by what becomes of them, and set their versions beside each other for the memo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

from mou_builder.document.memo import Paragraph, Row, Table, Text, words
from mou_builder.library import Library
from mou_builder.model.negotiated import Negotiated
from mou_builder.negotiated import slots_of
from mou_builder.report.shapes import Report
from mou_builder.review.differences import compared
from mou_builder.review.news import in_words
from mou_builder.review.renewal import Renewal, Section
from mou_builder.review.section_text import SectionText
from mou_builder.review.signed_words import MARK, TYPED_NUMBER
from mou_builder.review.versions import versions
from mou_builder.wording import joined

Part = Section
_ALIKE = 0.5
"""Texts that share less of their words are shown one after the other: nobody can read them mixed."""


class Texts:
    """The sections of one renewal, sorted; each stands in one of the lists."""

    def __init__(
        self, renewal: Renewal, kept: Sequence[Negotiated], report: Report, library: Library, numbers: Mapping[str, str]
    ) -> None:
        known = (*renewal.record.clauses, *renewal.record.left_out)
        titles = {one.slot: f"\u201c{one.heading}\u201d" for one in known}
        self._report, self._library = report, library
        self._printed = numbers
        self._numbers = titles | dict(numbers)
        self._entries = list(slots_of(kept))
        self._places: dict[str, str] = {}
        self.conflicts: list[Section] = []
        self.kept: list[tuple[Section, Negotiated]] = []
        self.given_up: list[Section] = []
        self.taken: list[Section] = []
        self.reworded: list[Section] = []
        """Those of which only an answer that they print has changed."""
        self.same: list[Section] = []
        for section in renewal.sections:
            self._put(section, self._entry(section))

    def _put(self, section: Section, entry: Negotiated | None) -> None:
        if entry is not None and entry.use == "both":
            self.conflicts.append(section)
        elif entry is not None:
            self.kept.append((section, entry))
        elif section.changed and section.outcome != "same":
            self.given_up.append(section)
        elif section.outcome == "library":
            (self.reworded if section.news.kind == "answers" else self.taken).append(section)
        else:
            self.same.append(section)

    def _entry(self, section: Section) -> Negotiated | None:
        """Return what the renewed agreement keeps of a section, and note the place where it stands there."""
        for pair in self._entries:
            if _stands_for(pair[1], section):
                self._entries.remove(pair)
                self._places[section.slot] = pair[0]
                return pair[1]
        return None

    def named(self, section: Section) -> str:
        """Return the section's number in the renewed agreement, if it has one, and its heading."""
        number = self._printed.get(self._places.get(section.slot, section.slot), "")
        where = f"Section {number}" if number[:1].isdigit() else number
        return f"{where}: {section.heading}" if where else section.heading

    def versions(self, section: Section) -> Iterator[Paragraph]:
        """Yield what the parties made of the library's words and, where both changed them, what the library did."""
        for one in versions(section, self._numbers):
            yield Paragraph(words(Text(f"{one.title}:", "strong")), "lead")
            yield Paragraph(one.words, "quote")

    def taken_back(self, section: Section) -> Iterator[Paragraph]:
        """Yield what the library's text changes in the signed words."""
        yield from self._change(section.theirs, section.ours)

    def taken_over(self, section: Section) -> Iterator[Paragraph]:
        """Yield what is new against the agreement that is renewed."""
        yield from self._change(section.base, section.ours)

    def _change(self, old: SectionText | None, new: SectionText | None) -> Iterator[Paragraph]:
        if old and new and old.heading != new.heading:
            yield Paragraph(words(Text(old.heading, "removed"), " ", Text(new.heading, "added")), "quote")
        before, now = self._running(old), self._running(new)
        if before and now and _likeness(before, now) >= _ALIKE:
            yield Paragraph(compared(before, now), "quote")
            return
        for text, kind in ((before, "removed"), (now, "added")):
            if text:
                yield Paragraph(words(Text(text, "removed" if kind == "removed" else "added")), "quote")

    def reworded_rows(self) -> Table:
        """Return a line for each section of which only an answer has changed."""
        rows = [
            Row((words(self.named(one)), compared(self._running(one.base), self._running(one.ours))))
            for one in self.reworded
        ]
        return Table(("Section", "What reads otherwise"), (32, 68), tuple(rows))

    def news(self, section: Section) -> str:
        """Return what the library did with the section, in a sentence, with the reason that its change list gives."""
        said = in_words(section.news)
        return f"{said[:1].upper()}{said[1:]}"

    def to_look_at(self, section: Section) -> Iterator[str]:
        """Yield what counsel should look at in wording that is kept, in sentences."""
        text = section.theirs.text if section.theirs else ""
        typed = list(dict.fromkeys(TYPED_NUMBER.findall(text)))
        if typed:
            what = "was typed and does not follow" if len(typed) == 1 else "were typed and do not follow"
            yield f"{joined(typed)} {what} when sections are renumbered."
        for mark in dict.fromkeys(MARK.findall(text)):
            yield f"{mark} stands for something that words alone do not hold. Put its words in its place, or delete it."

    def dead(self) -> Iterator[str]:
        """Yield each section that refers to one that the renewed agreement does not have, in a sentence."""
        kept = {self._places[section.slot]: section.theirs for section, _ in self.kept if section.slot in self._places}
        for row in self._report.clauses:
            own, clause = kept.get(row.slot), self._library.clause(row.id, row.version)
            refers = own.references if own else clause.references if clause else ()
            gone = [self._numbers.get(slot, slot) for slot in dict.fromkeys(refers) if slot not in self._printed]
            if gone:
                where = f"Section {row.section}" if row.section[:1].isdigit() else row.section
                yield f"{where}, {row.heading}, refers to {joined(gone)}."

    def _running(self, text: SectionText | None) -> str:
        """Return a section's words as one text; the dash of a list's item is no word of it."""
        if text is None:
            return ""
        return "\n".join(line.removeprefix("  ").removeprefix("- ") for line in text.shown(self._numbers))


def _stands_for(entry: Negotiated, section: Section) -> bool:
    """Return whether an entry keeps this section."""
    if entry.kind != "added":
        return not section.added and entry.section == section.slot
    # A section whose place is gone from the outline is kept as one of the parties' own.
    own = section.added or section.ours is None
    return own and section.theirs is not None and entry.text == section.theirs.text


def _likeness(before: str, now: str) -> float:
    return Indel.normalized_similarity(before.split(), now.split())
