"""One agreement that was handed in, and what can be read from it as of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from mou_builder.library import Requirement
from mou_builder.model import Agreement, Undecided
from mou_builder.model.conditions import check, lookup
from mou_builder.record import Record, UsedText
from mou_builder.review.months import extended
from mou_builder.wording import joined


@dataclass(frozen=True)
class Paper:
    """One agreement that was handed in."""

    file: str
    agreement: Agreement
    record: Record
    sections: Mapping[str, str] = field(default_factory=dict)
    """Section number by slot, where the file itself shows others than the record: people may have moved sections."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """The slots whose clause the parties altered, or that is missing from the file."""
    word: bool = False
    """Whether it is a Word file, which shows what the parties changed."""
    asked: tuple[Requirement, ...] = ()
    """The requirements in force on the day of reading: some have things to do outside the paper."""

    @property
    def label(self) -> str:
        """The parties' short names: ``Larkmoor Schools and Larkmoor Police``."""
        names = [party.short_name for party in self.agreement.parties.all]
        return joined(names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} others"])

    @cached_property
    def _numbers(self) -> dict[str, str]:
        return {**self.record.numbers, **self.sections}

    def section(self, slot: str) -> str:
        """Return where a slot stands: ``Section 8.2``, or an empty text if nobody knows."""
        number = self._numbers.get(slot, "")
        return f"Section {number}" if number[:1].isdigit() else number


@dataclass(frozen=True)
class Due:
    """Something that is due, before anybody asks whether its day has passed."""

    day: date | None
    """None for what the agreement counts in a way that gives no date, such as in School Days."""
    who: str
    what: str
    answer: str = ""
    """Path of the answer that it follows from."""
    opens: date | None = None
    """First day on which it can be done, where it has a time of its own, such as a month."""
    firm: bool = True
    """Whether the day follows from the agreement alone, or hangs on when an earlier step is done."""
    missed: Literal["overdue", "check", ""] = "check"
    """What it is once its day has passed: overdue, to be checked, or nothing that anybody needs to hear of."""
    until: date | None = None
    """For how long it is then shown, if not for the time that is shown for every duty."""
    kind: str = ""
    slot: str = ""


class StillOpen(Exception):  # noqa: N818 - no fault, but an answer that is not there yet
    """A day cannot be told while the answer at `path` is undecided."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.kind = ""
        super().__init__(path)


@dataclass(frozen=True)
class Reading:
    """One agreement read as of a day."""

    paper: Paper
    as_of: date

    @property
    def agreement(self) -> Agreement:
        """The answers."""
        return self.paper.agreement

    def decided(self, path: str) -> Any:
        """Return the answer at `path`; raise StillOpen if it is undecided."""
        value = lookup(self.agreement, path)
        if isinstance(value, Undecided):
            raise StillOpen(path)
        return value

    def where(self, when: Mapping[str, Any]) -> bool:
        """Return whether a condition over the answers holds; raise StillOpen if an undecided answer decides it."""
        holding = check(self.agreement, when)
        if holding.holds is None:
            raise StillOpen(holding.open_paths[0])
        return holding.holds

    def has(self, slot: str) -> bool:
        """Return whether the agreement has a text in `slot`; raise StillOpen if that hangs on an undecided answer."""
        if self.text(slot) is not None:
            return True
        for gap in self.paper.record.gaps:
            if gap.slot == slot and gap.open:
                raise StillOpen(gap.open[0])
        return False

    def text(self, slot: str) -> UsedText | None:
        """Return the clause that fills `slot`, if one does."""
        return next((one for one in self.paper.record.clauses if one.slot == slot), None)

    @property
    def starts(self) -> date:
        """The effective date; raises StillOpen."""
        starts: date = self.decided("document.effective_date")
        return starts

    @property
    def renewals(self) -> int:
        """How often the agreement has renewed by itself, if nobody stopped it; 0 for one that renews only by an act."""
        if self.agreement.term.renewal != "automatic" or self.as_of <= self.decided("term.ends"):
            return 0
        most: int = self.decided("term.renewal_count")
        return next((times for times in range(most) if self.as_of <= self.ends_after(times)), most)

    @property
    def ends(self) -> date:
        """The last day of the term that runs on the day of reading, renewals by itself included; raises StillOpen."""
        return self.ends_after(self.renewals)

    def ends_after(self, renewals: int) -> date:
        """Return the last day of the term after so many renewals."""
        ends: date = self.decided("term.ends")
        # One by one, for the agreement extends the term each time by so many months.
        for _ in range(renewals):
            ends = extended(ends, self.decided("term.renewal_months"))
        return ends

    @property
    def district(self) -> str:
        """``the District (Larkmoor Schools)``, or ``the District`` where there are several."""
        return _with_name("the District", [one.short_name for one in self.agreement.parties.districts])

    @property
    def agency(self) -> str:
        """``the Agency (Larkmoor Police)``, or ``the Agency`` where there are several."""
        return _with_name("the Agency", [one.short_name for one in self.agreement.parties.agencies])

    def office(self, title: str, path: str) -> str:
        """Return ``the Program Monitor (Director of Student Services)``, or the title alone while the office is open."""
        office = lookup(self.agreement, path)
        return f"{title} ({office})" if isinstance(office, str) else title


def _with_name(role: str, names: list[str]) -> str:
    return f"{role} ({names[0]})" if len(names) == 1 else role


@dataclass(frozen=True)
class Source:
    """Where deadlines of one kind come from: the slot whose text sets them, and how their days are found."""

    kind: str
    slot: str
    dues: Callable[[Reading], Iterator[Due]]
    always: bool = False
    """Whether the days follow from the answers even where the parties left the text out, as the term does."""

    def of(self, reading: Reading) -> Iterator[Due]:
        """Yield what is due where the agreement has the slot's text; raises StillOpen at the first open answer."""
        if self.always or reading.has(self.slot):
            for due in self.dues(reading):
                yield replace(due, kind=self.kind, slot=self.slot)
