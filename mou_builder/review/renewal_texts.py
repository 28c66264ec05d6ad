"""Sort the sections of a renewal by what becomes of them, and set their versions beside each other for the memo."""

from __future__ import annotations

from collections.abc import Sequence

from mou_builder.document.memo import Paragraph, Row, Table, Text, Words, words
from mou_builder.model.negotiated import Negotiated
from mou_builder.report.shapes import Report
from mou_builder.review.differences import compared
from mou_builder.review.news import IN_WORDS
from mou_builder.review.renewal import Renewal, Section
from mou_builder.review.section_text import SectionText

Part = Section
_LEFT_OUT, _NONE = words(Text("left out", "quiet")), words(Text("none", "quiet"))


class Texts:
    """The sections of one renewal, sorted; each stands in one of the lists."""

    def __init__(self, renewal: Renewal, kept: Sequence[Negotiated], report: Report) -> None:
        self._numbers = {row.slot: row.section for row in report.clauses}
        entries = {(one.section, one.heading if one.kind == "added" else ""): one for one in kept}
        self.conflicts: list[Section] = []
        self.kept: list[tuple[Section, Negotiated]] = []
        self.given_up: list[Section] = []
        self.taken: list[Section] = []
        self.same: list[Section] = []
        for section in renewal.sections:
            heading = section.heading if section.added else ""
            entry = entries.get((section.after or section.slot, heading)) or entries.get((section.slot, ""))
            if entry is not None and entry.use == "both":
                self.conflicts.append(section)
            elif entry is not None:
                self.kept.append((section, entry))
            elif section.changed and section.outcome != "same":
                self.given_up.append(section)
            elif section.outcome == "library":
                self.taken.append(section)
            else:
                self.same.append(section)

    def named(self, section: Section) -> str:
        """Return the section's number in the renewed agreement, if it has one, and its heading."""
        number = self._numbers.get(section.slot, "")
        where = f"Section {number}" if number[:1].isdigit() else number
        return f"{where}: {section.heading}" if where else section.heading

    def three(self, section: Section) -> Table:
        """Return the library's words of then, the signed ones and the library's of now, each change shown against the first."""
        base = self._words(section.base)
        rows = (
            Row((words("The library, then"), words(base) if base else _NONE)),
            Row((words("As the parties signed it"), self._against(section.base, section.theirs, _LEFT_OUT))),
            Row((words("The library, now"), self._against(section.base, section.ours, _NONE))),
        )
        return Table(("Version", "Words"), (20, 80), rows)

    def change(self, section: Section) -> Paragraph:
        """Return what the parties changed in the library's words."""
        if section.theirs is None:
            return Paragraph(words(Text(self._words(section.base), "removed")), "quote")
        return Paragraph(self._against(section.base, section.theirs, _LEFT_OUT), "quote")

    def taken_back(self, section: Section) -> Paragraph:
        """Return what the library's text changes in the signed words."""
        return Paragraph(self._against(section.theirs, section.ours, _NONE), "quote")

    def taken_over(self, section: Section) -> Paragraph:
        """Return what is new against the agreement that is renewed."""
        return Paragraph(
            self._against(section.base, section.ours, words(Text(self._words(section.base), "removed"))), "quote"
        )

    def news(self, section: Section) -> str:
        """Return what the library did with the section, in a sentence, with the reason that its change list gives."""
        news = section.news
        if news.kind == "none":
            return ""
        cites = (
            f" ({news.then} to {news.now})"
            if news.then and news.now and news.then != news.now
            else f" ({news.now or news.then})"
        )
        reason = f" {news.reason}" if news.reason else ""
        sign = f" Who should sign again: {news.sign_again}." if news.sign_again else ""
        return f"{IN_WORDS[news.kind]}{cites}.{reason}{sign}"

    def _words(self, text: SectionText | None) -> str:
        return "" if text is None else "\n".join([text.heading, *text.shown(self._numbers)])

    def _against(self, old: SectionText | None, new: SectionText | None, nothing: Words) -> Words:
        if new is None:
            return nothing
        return compared(self._words(old), self._words(new)) if old else words(Text(self._words(new), "added"))
