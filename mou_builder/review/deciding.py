"""Decide about the sections that the parties changed, one after the other: keep, take the library's text, show both, or wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.interview.draft import adapter
from mou_builder.model.negotiated import Negotiated
from mou_builder.review.renewal import Decision, Renewal, Section, Use


@dataclass(frozen=True)
class Deciding:
    """Where a person stands among the sections; every step gives a new one."""

    sections: tuple[Section, ...]
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    """What is decided so far, by section."""
    place: int = 0
    """The place of the section at hand; behind the last one where none is left."""
    trail: tuple[int, ...] = ()
    """The places that were left before this one, for the way back."""

    @property
    def current(self) -> Section | None:
        """The section to decide about now; None where one has gone through all."""
        return self.sections[self.place] if self.place < len(self.sections) else None

    @property
    def undecided(self) -> tuple[Section, ...]:
        """The sections on which nobody has decided."""
        return tuple(one for one in self.sections if one.slot not in self.decisions)

    @property
    def decided(self) -> Decision | None:
        """What is decided about the section at hand."""
        return self.decisions.get(self.sections[self.place].slot) if self.current else None

    def decide(self, use: Use, why: str = "") -> Deciding:
        """Return the state after a decision on the section at hand; raise AnswerError if `why` cannot be printed."""
        slot = self._at_hand().slot
        if why:
            _refuse_unfit(why)
        return replace(self, decisions={**self.decisions, slot: Decision(use, why)})._onward()

    def later(self) -> Deciding:
        """Return the state after the section at hand was left for another day; a decision made before is taken back."""
        slot = self._at_hand().slot
        kept = {one: decision for one, decision in self.decisions.items() if one != slot}
        return replace(self, decisions=kept)._onward()

    def back(self) -> Deciding:
        """Return the state at the section that was left last; raise AnswerError at the first."""
        if not self.trail:
            raise AnswerError(Fault("Back", "this is the first section.", "Go on, or turn to the answers."))
        return replace(self, place=self.trail[-1], trail=self.trail[:-1])

    def go(self, slot: str) -> Deciding:
        """Return the state at a section, decided or not; raise AnswerError if there is none of that name."""
        slots = [one.slot for one in self.sections]
        if slot not in slots:
            raise AnswerError(Fault(slot, "there is nothing to decide about this section.", did_you_mean(slot, slots)))
        return replace(self, place=slots.index(slot), trail=(*self.trail, self.place))

    def reason(self) -> str:
        """Return the reason that is known for keeping the section at hand: of this decision, or of an earlier agreement."""
        section, made = self._at_hand(), self.decided
        return (made.why if made and made.use == "keep" else "") or (section.before.why if section.before else "")

    def over(self, renewal: Renewal) -> Deciding:
        """Return the state over the sections as they stand now, after an answer has changed."""
        slot = self.sections[self.place].slot if self.current else None
        made = begin(renewal, self.decisions)
        if slot is None:
            return made
        slots = [one.slot for one in made.sections]
        return replace(made, place=slots.index(slot)) if slot in slots else made

    def _at_hand(self) -> Section:
        section = self.current
        if section is None:
            raise AnswerError(Fault("Sections", "no section is at hand.", "Choose one first."))
        return section

    def _onward(self) -> Deciding:
        return replace(
            self, place=_next(self.sections, self.decisions, self.place + 1), trail=(*self.trail, self.place)
        )


def begin(renewal: Renewal, decisions: Mapping[str, Decision]) -> Deciding:
    """Return the state at the first section on which nobody has decided; decisions on other sections are left out."""
    sections = to_decide(renewal)
    known = {one.slot: decisions[one.slot] for one in sections if one.slot in decisions}
    return Deciding(sections, known, _next(sections, known, 0))


def to_decide(renewal: Renewal) -> tuple[Section, ...]:
    """Return the sections about which a decision makes a difference."""
    return tuple(one for one in renewal.open_to_decision if one.outcome != "same")


def _next(sections: Sequence[Section], decisions: Mapping[str, Decision], start: int) -> int:
    """Return the place of the next section that is not decided, from `start` on; behind the last one if there is none."""
    return next(
        (place for place in range(start, len(sections)) if sections[place].slot not in decisions), len(sections)
    )


def _refuse_unfit(why: str) -> None:
    from pydantic import ValidationError

    from mou_builder.interview.draft import fault_of

    try:
        adapter(Negotiated.model_fields["why"]).validate_python(why)
    except ValidationError as error:
        wrong = fault_of(error, ("why",))
        raise AnswerError(Fault("The reason", wrong.what, wrong.mend)) from None
