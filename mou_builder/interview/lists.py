"""What some answers are taken from: the parties and schools already named, the states, the requirements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mou_builder.errors import Fault, did_you_mean
from mou_builder.interview.questions import Form
from mou_builder.interview.tree import names_of
from mou_builder.marked import Path
from mou_builder.model import Agreement
from mou_builder.model.walk import walk
from mou_builder.shape import dotted
from mou_builder.wording import in_date

if TYPE_CHECKING:
    from mou_builder.library import Library

NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "districts": ("parties.districts",),
    "agencies": ("parties.agencies",),
    "parties": ("parties.districts", "parties.agencies", "parties.municipalities"),
    "schools": ("program.sites",),
}
"""By list: whose entries name what may be chosen."""


@dataclass(frozen=True)
class Lists:
    """Lists that the clause library holds; an empty one is not known yet."""

    states: Mapping[str, str] = field(default_factory=dict)
    requirements: Mapping[str, str] = field(default_factory=dict)
    """What each requirement asks, by its id."""
    practices: Mapping[str, str] = field(default_factory=dict)
    """The same of the requirements that a person may attest."""
    may_vary: tuple[str, ...] = ()
    """Answers, or groups of them, that may differ within a set of instruments."""
    limits: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By state and answer: what the state's law sets for it, in words."""

    def candidates(self, among: str, agreement: Agreement) -> Mapping[str, str]:
        """Return what may be chosen from the list `among`, each with a word on it; empty if that is not known."""
        if among == "answers":
            return {answer.path: answer.field.title or "" for answer in walk(agreement) if answer.given}
        if among in NAMED_BY:
            return dict(_named(among, agreement))
        found: Mapping[str, str] = getattr(self, among)
        return found

    def fault(self, form: Form, value: object, agreement: Agreement) -> Fault | None:
        """Return what is wrong with an answer that must stand in a list and does not."""
        known = self.candidates(form.among, agreement) if form.among else {}
        if not known:
            return None
        for one in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(one, str) and one not in known:
                near = did_you_mean(one, known) or (f"Listed: {', '.join(known)}." if len(known) <= 12 else "")
                return Fault("", f"{one!r} is not in the list.", near)
        return None

    def faults(self, agreement: Agreement) -> dict[Path, Fault]:
        """Return, by path, what only the library can know to be wrong: states and requirements that do not exist."""
        found: dict[Path, Fault] = {}
        state = agreement.document.state
        if self.states and isinstance(state, str) and state not in self.states:
            near = did_you_mean(state, self.states) or "Use the two-letter postal code."
            found["document", "state"] = Fault("", f"no state or territory has the code {state!r}.", near)
        for group, known in (("waivers", self.requirements), ("attestations", self.practices)):
            named = [one.requirement for one in getattr(agreement, group)]
            for number, id in enumerate(named):
                if known and isinstance(id, str) and id not in known:
                    what = f"no rubric has such a requirement as {id!r}."
                    if group == "attestations" and id in self.requirements:
                        what = f"{id} asks for words in the agreement, which nobody can attest."
                    found[group, number, "requirement"] = Fault("", what, did_you_mean(id, known))
                elif group == "waivers" and id in named[:number]:
                    found[group, number, "requirement"] = Fault("", f"{id} is waived twice.", "Remove one of the two.")
        return found


def _named(among: str, agreement: Agreement) -> Iterator[tuple[str, str]]:
    for path in NAMED_BY[among]:
        group, name = path.split(".")
        for entry in getattr(getattr(agreement, group), name):
            known, more = (entry.name, "") if among == "schools" else (entry.short_name, entry.legal_name)
            # What is still missing stands there as undecided.
            if isinstance(known, str):
                yield known, more if isinstance(more, str) else ""


def lists_of(library: Library) -> Lists:
    """Return the lists of a clause library that answers are taken from."""
    known = library.requirements()
    return Lists(
        states=library.states,
        requirements={id: requirement.asks for id, (_, requirement) in known.items()},
        practices={id: requirement.asks for id, (_, requirement) in known.items() if requirement.kind != "provision"},
        may_vary=library.outline.may_vary,
        limits=_limits(library),
    )


def _limits(library: Library) -> dict[tuple[str, str], tuple[str, ...]]:
    known = library.requirements()
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in library.jurisdictions.values():
        for limit in one.values if one.state else ():
            row = known[limit.requirement][1]
            force = "Said to be required by" if row.unread else "Required by"
            since = f" from {in_date(limit.effective_from)}" if limit.effective_from else ""
            until = f" until {in_date(limit.effective_to)}" if limit.effective_to else ""
            verify = "; verify" if row.unread else ""
            said = f"{force} {row.cite or row.id}{since}{until}: {limit.in_words}{verify}."
            found[one.state or "", limit.answer] = (*found.get((one.state or "", limit.answer), ()), said)
    return found


def named_at(path: Path) -> str:
    """Return the list in which the answer at `path` names an entry, as ``parties`` for a party's short name; else empty."""
    *to, last = path
    above = dotted(names_of(tuple(to)))
    if above == "program.sites":
        return "schools" if last == "name" else ""
    return "parties" if last == "short_name" and above in NAMED_BY["parties"] else ""
