"""Answers on discipline, questioning, arrest and force that contradict each other, each with its place and a mend."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.model.conduct import AgeTier, Arrests, Force, Interviews, Searches
from mou_builder.model.consistency import Contradiction
from mou_builder.model.discipline import Discipline
from mou_builder.model.parts import Undecided


def in_discipline(discipline: Discipline) -> Iterator[Contradiction]:
    """Yield an offense on two lists, a rule that rests on an empty list, and a chart of one level."""
    seen: dict[str, str] = {}
    for name in ("school_handled", "must_report", "consult"):
        offenses = getattr(discipline, name)
        for number, offense in enumerate(() if isinstance(offenses, Undecided) else offenses):
            folded = " ".join(offense.casefold().split())
            if folded in seen:
                yield Contradiction(
                    ("discipline", name, number),
                    f"{offense!r} is already listed under discipline.{seen[folded]}.",
                    "Keep it on one list: the school handles it, the law has it reported, or both sides confer.",
                )
            seen.setdefault(folded, name)
    if discipline.calling == "statutory-list" and discipline.must_report == ():
        yield Contradiction(
            ("discipline", "must_report"),
            "calls rest on the list of offenses that a law has schools report, but discipline.must_report is empty.",
            "List the offenses, or choose another rule for calls.",
        )
    if not isinstance(discipline.levels, Undecided) and len(discipline.levels) == 1:
        yield Contradiction(("discipline", "levels"), "there is only one level.", "Add another, or leave levels out.")


def in_interviews(interviews: Interviews) -> Iterator[Contradiction]:
    """Yield ages that no tier or two tiers cover, and exceptions without the one for danger."""
    if not isinstance(interviews.exceptions, Undecided) and "exigent" not in interviews.exceptions:
        yield Contradiction(
            ("interviews", "exceptions"),
            "exigent is missing: questions that stop a danger to life wait for nobody.",
            "Add exigent.",
        )
    if not isinstance(interviews.tiers, Undecided):
        if len(interviews.tiers) == 1:
            what = "there is only one tier, so the student's age decides nothing."
            yield Contradiction(("interviews", "tiers"), what, "Add another, or choose its rule for every age.")
        yield from _ages(interviews.tiers)


def _ages(tiers: tuple[AgeTier, ...]) -> Iterator[Contradiction]:
    begins: int | None = None
    for number, tier in enumerate(tiers):
        last = number + 1 == len(tiers)
        if tier.from_age != begins:
            found = "no from_age" if tier.from_age is None else f"from_age: {tier.from_age}"
            yield Contradiction(
                ("interviews", "tiers", number),
                f"it has {found}, which leaves ages without a rule or with two.",
                "Delete from_age: the first tier begins with the youngest."
                if begins is None
                else f"Write from_age: {begins}.",
            )
        if (tier.to_age is None) != last:
            yield Contradiction(
                ("interviews", "tiers", number),
                "the last tier has a to_age, so older students have no rule."
                if last
                else "it has no to_age, so the tiers after it would never apply.",
                "Delete to_age." if last else "Give the oldest age of this tier.",
            )
            return
        if tier.to_age is not None and tier.from_age is not None and tier.to_age < tier.from_age:
            yield Contradiction(
                ("interviews", "tiers", number),
                f"it ends at {tier.to_age}, before it begins at {tier.from_age}.",
                "Correct one of the two ages.",
            )
        begins = None if tier.to_age is None else tier.to_age + 1


def in_notices(arrests: Arrests, searches: Searches, force: Force) -> Iterator[Contradiction]:
    """Yield notices by which a parent would hear of the force or search in an arrest before the arrest itself."""
    if isinstance(arrests.parent_notice_minutes, Undecided):
        return
    for name, hours in (("searches", searches.parent_notice_hours), ("force", force.parent_notice_hours)):
        if not isinstance(hours, Undecided) and hours * 60 < arrests.parent_notice_minutes:
            yield Contradiction(
                (name, "parent_notice_hours"),
                f"a parent would hear within {hours * 60} minutes of what happened in an arrest, but of the arrest "
                f"itself only within {arrests.parent_notice_minutes} (arrests.parent_notice_minutes).",
                "Shorten the time for an arrest, or lengthen this one.",
            )
