"""Renew an agreement: what the parties negotiated, what the library says now, and what becomes of each section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.model.negotiated import Negotiated
from mou_builder.negotiated import slots_of
from mou_builder.record import Record, UsedText, record_of
from mou_builder.report import Examined
from mou_builder.report.added import heads
from mou_builder.report.clauses import Found
from mou_builder.report.paragraphs import Read
from mou_builder.review.merge import Conflict, merge
from mou_builder.review.news import RequirementNews, TextNews, requirement_news, text_news
from mou_builder.review.section_text import (
    SectionText,
    as_built,
    as_found,
    as_kept,
    as_the_library_had_it,
    line_of,
    places_meant,
)
from mou_builder.selection import select
from mou_builder.wording import Wording

Use = Literal["keep", "library", "both"]
Outcome = Literal["same", "library", "kept", "conflict"]


@dataclass(frozen=True)
class Decision:
    """What a person decided about one section, and why."""

    use: Use
    why: str = ""


@dataclass(frozen=True)
class Section:
    """One section in three versions, and what the merge makes of it."""

    slot: str
    heading: str
    base: SectionText | None
    """The library's words in the agreement that is renewed; None where it had none there."""
    theirs: SectionText | None
    """The words that the parties signed; None where they left the section out."""
    ours: SectionText | None
    """The library's words now, with the answers of the renewal."""
    outcome: Outcome
    news: TextNews
    satisfies: tuple[str, ...]
    before: Negotiated | None = None
    """The decision on it that the earlier agreement already held."""
    after: str = ""
    """For a section that the parties added: the one it stands after."""

    @property
    def changed(self) -> bool:
        """Whether the parties' words are not the library's of then, so that a person may decide on them."""
        return _key(self.theirs) != _key(self.base)

    @property
    def added(self) -> bool:
        """Whether the parties put the section in."""
        return bool(self.after)


@dataclass(frozen=True)
class Renewal:
    """An earlier agreement, held against the library of today."""

    record: Record
    sections: tuple[Section, ...]
    requirements: tuple[RequirementNews, ...]
    loose: tuple[str, ...]
    """Words that the parties put outside every section; nobody can say where they belong."""

    @property
    def open_to_decision(self) -> tuple[Section, ...]:
        """The sections about which a person may decide."""
        return tuple(one for one in self.sections if one.changed)

    def section(self, slot: str) -> Section | None:
        """Return the section of that name, or None."""
        return next((one for one in self.sections if one.slot == slot), None)


def _key(text: SectionText | None) -> str | None:
    return None if text is None else text.key


def renewal_of(
    record: Record, examined: Examined | None, agreement: Agreement, library: Library, as_of: date
) -> Renewal:
    """Return what becomes of each section of the agreement in `record` when it is renewed with the answers `agreement`.

    `examined` is what was found in the signed Word file; without one, nothing is taken to have been changed. Decisions that
    `agreement` already holds are not looked at: they follow from the sections.
    """
    plain = agreement.model_copy(update={"negotiated": ()})  # valid without them, as with them
    selection = select(plain, library, as_of)
    now = record_of(plain, selection, Wording(plain, library.states), tool="", final=False)
    signed = _Signed(record, examined)
    order = {slot: place for place, slot in enumerate(library.outline.slots())}
    slots = list(dict.fromkeys([*signed.slots, *(one.slot for one in now.clauses)]))
    sections = [_section(slot, signed, {one.slot: one for one in now.clauses}, library) for slot in slots]
    sections += signed.put_in(order)
    sections.sort(key=lambda one: (order.get(one.after or one.slot, len(order)), one.added))
    return Renewal(record, tuple(sections), requirement_news(record, library, as_of), tuple(signed.loose))


class _Signed:
    """What the parties signed: each section as built and as found."""

    def __init__(self, record: Record, examined: Examined | None) -> None:
        self.record = record
        self.kept = dict(slots_of(record.agreement().negotiated))
        self.used = {one.slot: one for one in record.clauses}
        self.left_out = {one.slot: one for one in record.left_out}
        self._found = {one.used.slot: one for one in examined.found} if examined else {}
        self._meant = places_meant(record, list(self._found.values()))
        self._tails, self._new, self.loose = _sorted_out(examined, list(self._found.values()))

    @property
    def slots(self) -> list[str]:
        """The sections of the outline that the earlier agreement had or left out."""
        added = {slot for slot, one in self.kept.items() if one.kind == "added"}
        return [slot for slot in [*self.used, *self.left_out] if slot not in added]

    def base(self, slot: str) -> SectionText | None:
        """Return the library's words of then."""
        if slot in self.left_out:
            return as_built(self.left_out[slot])
        used = self.used.get(slot)
        if used is None:
            return None
        return as_the_library_had_it(used) if used.kept else as_built(used)

    def theirs(self, slot: str) -> SectionText | None:
        """Return the words that were signed."""
        used, found = self.used.get(slot), self._found.get(slot)
        if used is None or (found is not None and found.state == "missing"):
            return None
        one = self.kept.get(slot)
        untouched = as_kept(one) if one and one.use == "kept" and one.text else as_built(used)
        if found is None or (found.state == "unaltered" and slot not in self._tails):
            return untouched
        text = as_found(found, self._meant, recital=used.section.startswith("Recital"))
        tail = tuple(line_of(read, self._meant) for read in self._tails.get(slot, ()))
        return SectionText(text.heading, (*text.lines, *tail))

    def put_in(self, order: Mapping[str, int]) -> Iterator[Section]:
        """Yield the sections that the parties added, in this agreement or before it."""
        for slot, one in self.kept.items():
            text = self.theirs(slot) if one.kind == "added" else None
            if text is not None:
                yield _added(slot, text, one.section, one)
        for number, (after, block) in enumerate(self._new, start=1):
            heading, *rest = [line_of(read, self._meant) for read in block]
            lines = tuple(rest) or (heading,)
            near = after if after in order else next(iter(order))
            yield _added(f"{near}.new-{number}", SectionText(heading[:300], lines), near, None)


def _added(slot: str, text: SectionText, after: str, before: Negotiated | None) -> Section:
    return Section(slot, text.heading, None, text, None, "kept", TextNews("none", "", "", "", ""), (), before, after)


def _sorted_out(
    examined: Examined | None, found: Sequence[Found]
) -> tuple[dict[str, list[Read]], list[tuple[str, Sequence[Read]]], list[str]]:
    """Return what was added: paragraphs that run on from a section, new sections with the one before, and loose words."""
    tails: dict[str, list[Read]] = {}
    new: list[tuple[str, Sequence[Read]]] = []
    loose: list[str] = []
    last = {one.reads[-1].place: one.used.slot for one in found if one.reads}
    places = sorted((read.place, one.used.slot) for one in found for read in one.reads)
    for block in examined.added if examined else ():
        before = [slot for place, slot in places if place < block[0].place]
        if heads(block[0]) and before:
            new.append((before[-1], block))
        elif block[0].place - 1 in last:
            tails.setdefault(last[block[0].place - 1], []).extend(block)
        else:
            loose.append("\n".join(read.text() for read in block))
    return tails, new, loose


def _section(slot: str, signed: _Signed, now: Mapping[str, UsedText], library: Library) -> Section:
    used, new = signed.used.get(slot) or signed.left_out.get(slot), now.get(slot)
    base, theirs = signed.base(slot), signed.theirs(slot)
    ours = as_built(new) if new else None
    merged = merge(_key(base), _key(theirs), _key(ours))
    if isinstance(merged, Conflict):
        outcome: Outcome = "conflict"
    elif _key(theirs) == _key(base):
        outcome = "same" if _key(ours) == _key(base) else "library"
    else:
        outcome = "same" if _key(theirs) == _key(ours) else "kept"
    text = ours or theirs or base
    satisfies = tuple(dict.fromkeys([*(new.satisfies if new else ()), *(used.satisfies if used else ())]))
    heading = text.heading if text else slot
    return Section(
        slot, heading, base, theirs, ours, outcome, text_news(used, new, library), satisfies, signed.kept.get(slot)
    )


def negotiated_of(
    renewal: Renewal, decisions: Mapping[str, Decision], title: str, agreed_on: date | None, library: Library
) -> tuple[Negotiated, ...]:
    """Return the wording that the renewed agreement keeps, after the decisions that were made, by section.

    What only the parties changed is kept; what both changed stands open, both texts beside each other, until someone decides.
    """
    entries: list[Negotiated] = []
    known = set(library.outline.slots())
    last = next(iter(known))
    for section in renewal.sections:
        if not section.added and section.slot in known:
            last = section.slot
        entry = _entry(section, decisions.get(section.slot), title, agreed_on)
        if entry is not None and entry.kind != "left-out" and entry.section not in known:
            # The outline has no such place any more, so the words stand as a section of the parties' own.
            entry = entry.model_copy(update={"kind": "added", "section": last, "instead_of": None})
        if entry is not None:
            entries.append(entry)
    return tuple(entries)


def _entry(section: Section, decision: Decision | None, title: str, agreed_on: date | None) -> Negotiated | None:
    open_still = section.outcome == "conflict"
    use = decision.use if decision else "both" if open_still else "keep" if section.outcome == "kept" else "library"
    if not section.changed or use == "library" or _key(section.theirs) == _key(section.ours):
        return None
    before = section.before
    why = (decision.why if decision else "") or (before.why if before else "")
    theirs = section.theirs
    return Negotiated(
        section=section.after or section.slot,
        kind="added" if section.added else "changed" if theirs else "left-out",
        use="both" if use == "both" else "kept",
        heading=theirs.heading[:300] if theirs else None,
        text=theirs.text if theirs else None,
        instead_of=None if section.added else section.news.now or section.news.then or None,
        why=(why or f"Agreed in {title}; no reason is recorded.")[:500],
        agreed_on=(before.agreed_on if before else None) or agreed_on,
    )
