"""Hold the texts that still stand in a filled-in model against its answers: what to delete, what is missing, what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mou_builder.fillable.about import Section
from mou_builder.fillable.reading import Filled
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.selection import select


@dataclass(frozen=True)
class Standing:
    """A section of the model that does not hold the one text that the answers choose."""

    slot: str
    title: str
    texts: tuple[str, ...]
    """Those that still stand, by citation."""
    chosen: str | None
    """The one that the answers choose; None where they choose none, or where the answer is open."""
    what: str
    disagrees: bool
    """Whether answers and text contradict each other, rather than that something is still to delete."""


def standing_in(filled: Filled, agreement: Agreement | None, library: Library) -> tuple[Standing, ...]:
    """Return each section in which a text is still to be deleted, or which does not agree with the answers.

    `agreement` is what the answers make; None where they make none yet.
    """
    chosen: dict[str, str | None] = {}
    open_slots: set[str] = set()
    if agreement is not None:
        for choice in select(agreement, library, filled.about.as_of).choices:
            chosen[choice.slot] = choice.clause.cite if choice.clause else None
            if choice.open_paths:
                open_slots.add(choice.slot)
    else:
        open_slots = {section.slot for section in filled.about.sections}
    found = (
        _judged(section, filled, chosen.get(section.slot), open=section.slot in open_slots)
        for section in filled.about.sections
    )
    return tuple(one for one in found if one is not None)


def _judged(section: Section, filled: Filled, chosen: str | None, *, open: bool) -> Standing | None:
    here = tuple(cite for cite in section.texts if cite in filled.words)
    titles = {one.cite: one.title for one in filled.about.texts}
    number = section.texts.index(chosen) + 1 if chosen in section.texts else 0

    def said(what: str, *, disagrees: bool) -> Standing:
        return Standing(section.slot, section.title, here, chosen, what, disagrees)

    kept = f"\u201c{titles.get(chosen or '', chosen or '')}\u201d"
    kept = f"alternative {number}, {kept}" if number and len(section.texts) > 1 else kept
    if open:
        if len(here) > 1:
            return said(f"{len(here)} alternatives still stand, and the answer is open.", disagrees=False)
        return None if here else said("no alternative is left, and the answer is open.", disagrees=True)
    if chosen is None:
        return said("the answers leave this section out; delete it.", disagrees=False) if here else None
    if not here:
        return said(f"the answers choose {kept}, which was deleted.", disagrees=True)
    if chosen not in here:
        alone = "another alternative was" if len(here) == 1 else "others were"
        return said(f"the answers choose {kept}, but {alone} left standing.", disagrees=True)
    if len(here) > 1:
        return said(
            f"{len(here)} alternatives still stand; the answers choose {kept}, so delete the others.", disagrees=False
        )
    return None


@dataclass(frozen=True)
class Changed:
    """A text whose words are no longer the model's."""

    cite: str
    title: str
    gone: bool
    locked: bool

    @property
    def what(self) -> str:
        """What happened to it, in words."""
        happened = "was deleted" if self.gone else "has other words than the model"
        if self.locked:
            return f"this locked clause {happened}."
        return f"this clause {happened}; an agreement built from the answers has the library\u2019s words."


def changed_in(filled: Filled) -> Iterator[Changed]:
    """Yield each text that somebody changed in Word, or deleted although nothing else could stand in its place."""
    optional = {cite for section in filled.about.sections for cite in section.texts}
    for text in filled.about.texts:
        locked = text.cite.partition("@")[0] in filled.about.locked
        digest = filled.words.get(text.cite)
        if text.cite not in filled.words:
            if text.cite not in optional:
                yield Changed(text.cite, text.title, True, locked)
        elif digest is not None and digest != text.words:
            yield Changed(text.cite, text.title, False, locked)
