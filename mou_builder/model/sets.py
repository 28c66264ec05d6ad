"""Several districts or agencies: one instrument for all, parallel instruments, or a master that each of them joins."""

from collections.abc import Iterator
from typing import Any, Literal

from mou_builder.errors import did_you_mean
from mou_builder.model.consistency import Contradiction
from mou_builder.model.parties import Parties
from mou_builder.model.parts import AgencyName, DistrictName, Open, Part, Several, Undecided, ask

SEVERAL = {"parties.several": True}


class Pair(Part):
    """One district and one agency that share an instrument."""

    district: DistrictName = ask("District", default=..., help="Its short name.")
    agency: AgencyName = ask("Agency", default=..., help="Its short name.")

    def in_text(self) -> str:
        """Return ``Larkmoor Schools and Larkmoor Police``."""
        return f"{self.district} and {self.agency}"


class Variation(Part):
    """Answers that differ for one district, one agency, or one pair of them."""

    district: DistrictName | None = ask("District", default=None, help="Short name of the district it holds for.")
    agency: AgencyName | None = ask("Agency", default=None, help="Short name of the agency it holds for.")
    answers: dict[str, Any] = ask(
        "Answers that differ, by path",
        default=...,
        example={"program.absence_notice_by": "7:15 a.m."},
        help="Only what the clause library leaves to each pair may differ; the rest is the common floor.",
    )

    def holds_for(self, pair: Pair) -> bool:
        """Return whether this variation is meant for a pair."""
        return self.district in (None, pair.district) and self.agency in (None, pair.agency)


class InstrumentSet(Part):
    """How one file of answers becomes one agreement or a set of them."""

    structure: Open[Literal["single", "parallel", "master"]] = ask(
        "How several districts or agencies are bound",
        when=SEVERAL,
        labels={
            "single": "one instrument that all sign",
            "parallel": "one instrument for each district and agency that work together",
            "master": "one master agreement that each joins by a sheet of its own",
        },
        help="single: every change needs everybody. parallel: each pair signs its own, in the same words. "
        "master: common terms once, and a joinder sheet for each party that joins.",
    )
    joining: Open[Literal["districts", "agencies"]] = ask(
        "Who joins the master agreement by a sheet",
        when={"parties.several": True, "set.structure": "master"},
        labels={"districts": "each district", "agencies": "each agency"},
        help="The others sign the master agreement itself.",
    )
    variations: Several[Variation] = ask(
        "What differs from instrument to instrument, or from sheet to sheet",
        default=(),
        when={"set.structure": ["parallel", "master"]},
        help="Leave out if nothing differs but names, schools, positions, contacts and amounts.",
    )
    this: Pair | None = ask(
        "The pair that this instrument is for",
        default=None,
        by_tool=True,
        help="Written by the tool into the record of each instrument.",
    )
    pairs: Several[Pair] = ask(
        "All pairs of the set", default=(), by_tool=True, help="Written by the tool into the record of each instrument."
    )
    common: dict[str, Any] | None = ask(
        "What the other instruments say where some differ",
        default=None,
        by_tool=True,
        help="Written by the tool into the record of each instrument.",
    )

    @property
    def count(self) -> int:
        """Number of instruments in the set."""
        return len(self.pairs)

    def varied(self) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
        """Yield, for each answer that differs within a set, its path and what each instrument says, by pair."""
        for path, common in (self.common or {}).items():
            said: list[tuple[str, Any]] = []
            for pair in self.pairs:
                value = common
                for variation in self.variations:
                    value = variation.answers.get(path, value) if variation.holds_for(pair) else value
                said.append((pair.in_text(), value))
            yield path, said


def in_set(chosen: InstrumentSet, parties: Parties) -> Iterator[Contradiction]:
    """Yield variations for parties that are none, for nobody, or where one instrument binds all alike."""
    for number, variation in enumerate(chosen.variations):
        path: tuple[str | int, ...] = ("set", "variations", number)
        for role, group in (("district", parties.districts), ("agency", parties.agencies)):
            name = getattr(variation, role)
            known = [party.short_name for party in group]
            outside = chosen.this is not None and name in [getattr(pair, role) for pair in chosen.pairs]
            if name is not None and name not in known and not outside:
                mend = f"{did_you_mean(name, known)} Listed: {', '.join(known)}.".strip()
                yield Contradiction((*path, role), f"no {role} is called {name!r}.", mend)
        if variation.district is None and variation.agency is None:
            mend = "Add district: or agency:, or answer it once for all."
            yield Contradiction(path, "this variation names nobody for whom it holds.", mend)
    # With several parties and one instrument, the question of what differs is not asked at all.
    single = isinstance(chosen.structure, Undecided) and not parties.several
    if single and chosen.variations and chosen.this is None:
        what = "answers differ, but one instrument binds everybody to the same words."
        yield Contradiction(("set", "variations"), what, "Set structure: parallel or master, or delete the variations.")
