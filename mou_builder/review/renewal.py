"""Renew an agreement: what the parties negotiated, what the library says now, and what becomes of each section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from mou_builder.errors import AnswerError, Fault
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.model.negotiated import Negotiated
from mou_builder.model.parts import Line
from mou_builder.negotiated import OWN_HEADING, as_paragraph, as_words
from mou_builder.record import Record, UsedText, record_of
from mou_builder.report import Examined, Report
from mou_builder.report.layers import asked_of
from mou_builder.review.merge import Conflict, merge
from mou_builder.review.news import RequirementNews, TextNews, requirement_news, text_news
from mou_builder.review.section_text import SectionText, as_built
from mou_builder.review.signed import PutIn, Signed
from mou_builder.selection import select
from mou_builder.wording import Wording

LONGEST = 20_000
"""Characters of a section that can be kept in the parties' words."""
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
    signed: Report | None = None
    """What was found in the signed file; None where only the record was given."""

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
    built = record_of(plain, selection, Wording(plain, library.states), tool="", final=False)
    now = {one.slot: one for one in built.clauses}
    order = list(library.outline.slots())
    signed = Signed(record, examined, order)
    asked = frozenset(row.id for row in asked_of(plain, library, as_of))
    sections = [_section(slot, signed, now, library, asked) for slot in dict.fromkeys([*signed.slots, *now])]
    sections += [_own(one) for one in signed.put_in()]
    return Renewal(
        record,
        tuple(_in_order(sections, signed.slots, order)),
        requirement_news(record, library, as_of),
        tuple(signed.loose),
        examined.report if examined else None,
    )


def _in_order(sections: Sequence[Section], signed: Sequence[str], order: Sequence[str]) -> list[Section]:
    """Return the sections as the library orders them; one whose place is gone stands behind the one that it followed."""
    places = {slot: place for place, slot in enumerate(order)}
    last = 0
    for slot in signed:
        last = places.setdefault(slot, last)
    return sorted(sections, key=lambda one: (places[one.after or one.slot], one.slot not in order, one.added))


def _own(one: PutIn) -> Section:
    none = TextNews("none", "", "", "", "")
    outcome: Outcome = "conflict" if one.open else "kept"
    return Section(one.slot, one.text.heading, None, one.text, None, outcome, none, (), one.before, one.after)


def _section(
    slot: str, signed: Signed, now: Mapping[str, UsedText], library: Library, asked: frozenset[str]
) -> Section:
    used, new = signed.used.get(slot) or signed.left_out.get(slot), now.get(slot)
    base, theirs = signed.base(slot), signed.theirs(slot)
    ours = as_built(new) if new else None
    merged = merge(_key(base), _key(theirs), _key(ours))
    if isinstance(merged, Conflict) or (signed.left_open(slot) and _key(theirs) != _key(ours)):
        outcome: Outcome = "conflict"
    elif _key(theirs) == _key(base):
        outcome = "same" if _key(ours) == _key(base) else "library"
    else:
        outcome = "same" if _key(theirs) == _key(ours) else "kept"
    text = ours or theirs or base
    rest_on_it = dict.fromkeys([*(new.satisfies if new else ()), *(used.satisfies if used else ())])
    satisfies = tuple(id for id in rest_on_it if id in asked)
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
    known = list(library.outline.slots())
    last = known[0]
    for section in renewal.sections:
        if not section.added and section.slot in known:
            last = section.slot
        entry = _entry(section, decisions.get(section.slot), title, agreed_on)
        if entry is not None and section.slot not in known and not section.added:
            # The outline has no such place any more, so the words stand as a section of the parties' own.
            gone = entry.kind == "left-out"
            own = {"kind": "added", "section": last, "instead_of": None, "heading": entry.heading or OWN_HEADING}
            entry = None if gone else entry.model_copy(update=own)
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
    heading, text = _kept_words(section)
    return Negotiated(
        section=section.after or section.slot,
        kind="added" if section.added else "changed" if text else "left-out",
        use="both" if use == "both" else "kept",
        heading=heading,
        text=text,
        instead_of=None if section.added else section.news.now or section.news.then or None,
        why=(why or f"Agreed in {title}; no reason is recorded.")[:500],
        agreed_on=(before.agreed_on if before else None) or agreed_on,
    )


def _kept_words(section: Section) -> tuple[str | None, str | None]:
    """Return the heading and the words that are kept; raise AnswerError where they are too long for a section."""
    theirs = section.theirs
    if theirs is None:
        return None, None
    if len(theirs.text) > LONGEST:
        what = f"the words signed there are {len(theirs.text):,} characters long; a section keeps {LONGEST:,} at most."
        mend = (
            f"Look in the signed file whether the section still ends where it should. Else write `{section.slot}: "
            "{use: library}` under sections in the decisions file, and attach the words as an exhibit."
        )
        raise AnswerError(Fault(f"{section.slot} ({section.heading})", what, mend))
    try:
        TypeAdapter(Line).validate_python(theirs.heading)
    except ValidationError:
        return OWN_HEADING if section.added else None, "\n".join([as_paragraph(as_words(theirs.heading)), theirs.text])
    return theirs.heading, theirs.text
