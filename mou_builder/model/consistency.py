"""Answers that contradict each other, each found with the path it stands at and a mend.

Only what makes an agreement impossible is here; what counsel should merely look at is a finding of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from mou_builder.errors import did_you_mean
from mou_builder.marked import Path
from mou_builder.model.conditions import check
from mou_builder.model.document import OF_ASSIGNED_OFFICERS, Document
from mou_builder.model.parties import Parties, Stakeholders
from mou_builder.model.parts import Part, Undecided
from mou_builder.model.program import Contact, Program
from mou_builder.model.walk import extra, walk


class Contradiction(NamedTuple):
    """Where two answers cannot both be true, and what to do."""

    path: Path
    what: str
    mend: str


def in_parties(parties: Parties) -> Iterator[Contradiction]:
    """Yield short names used twice and parties that nobody signs for."""
    seen: dict[str, str] = {}
    groups = {"districts": parties.districts, "agencies": parties.agencies, "municipalities": parties.municipalities}
    for group, members in groups.items():
        for number, party in enumerate(members):
            path: Path = ("parties", group, number)
            folded = party.short_name.casefold()
            if folded in seen:
                yield Contradiction(
                    (*path, "short_name"),
                    f"the short name {party.short_name!r} is already used for {seen[folded]}.",
                    "Give each party a short name of its own.",
                )
            seen.setdefault(folded, party.legal_name)
            if party.signatories and not any(person.capacity == "sign" for person in party.signatories):
                yield Contradiction(
                    (*path, "signatories"),
                    f"nobody signs for {party.legal_name}: every person only attests or approves as to form.",
                    "Add a person with capacity: sign.",
                )


def in_stakeholders(stakeholders: Stakeholders) -> Iterator[Contradiction]:
    """Yield stakeholders that are to sign or acknowledge through nobody, and persons who would sign nothing."""
    for group in type(stakeholders).model_fields:
        members = getattr(stakeholders, group)
        for number, body in enumerate(() if isinstance(members, Undecided) else members):
            if body.part == "consult" and body.representative is not None:
                # The page shows no signature of such a body, and the record holds nothing that no page shows.
                yield Contradiction(
                    ("stakeholders", group, number, "representative"),
                    f"{body.name} is only consulted, so nobody signs for it.",
                    "Delete the representative, or set part: acknowledge.",
                )
            if body.part != "consult" and body.representative is None:
                yield Contradiction(
                    ("stakeholders", group, number, "representative"),
                    f"{body.name} is to {body.part}, but no representative is named.",
                    "Add representative: {name: ..., title: ...}, or set part: consult.",
                )


def in_program(program: Program, parties: Parties, contacts: Iterable[Contact]) -> Iterator[Contradiction]:
    """Yield schools, agencies and districts that are named but not listed, and officers stretched beyond full time."""
    sites = [site.name for site in program.sites]
    districts = [party.short_name for party in parties.districts]
    agencies = [party.short_name for party in parties.agencies]
    for number, site in enumerate(program.sites):
        path: Path = ("program", "sites", number)
        if sites.index(site.name) != number:
            mend = "Remove one, or tell them apart by name, for example by district."
            yield Contradiction((*path, "name"), f"the school {site.name!r} is listed twice.", mend)
        yield from _belongs((*path, "district"), "district", site.district, districts)
    for number, officer in enumerate(program.officers):
        path = ("program", "officers", number)
        yield from _belongs((*path, "agency"), "agency", officer.agency, agencies)
        total = sum((a.share for a in officer.assignments), Decimal(0))
        if total > 1:
            yield Contradiction(
                (*path, "assignments"),
                f"this officer's shares of working time come to {total}, more than one full-time officer.",
                "Lower the shares so that they come to 1 or less.",
            )
        for place, assignment in enumerate(officer.assignments):
            if assignment.site not in sites:
                yield _unlisted((*path, "assignments", place, "site"), "school", assignment.site, sites)
    for number, name in enumerate(program.priority):
        if name not in sites:
            yield _unlisted(("program", "priority", number), "school", name, sites)
    for number, contact in enumerate(contacts):
        yield from listed(("contacts", number, "party"), contact.party, parties)


def in_exhibits(document: Document, mode: str) -> Iterator[Contradiction]:
    """Yield schedules about assigned officers in an agreement that assigns none."""
    for number, one in enumerate(document.exhibits):
        if mode == "responding" and one in OF_ASSIGNED_OFFICERS:
            what = f"{one} is about officers who are assigned to schools, but program.mode is responding."
            yield Contradiction(("document", "exhibits", number), what, "Take it off the list.")


def not_asked(root: Part) -> Iterator[Contradiction]:
    """Yield answers to questions that the other answers rule out: nobody should believe such an answer applies."""
    for answer in walk(root):
        when = extra(answer.field).get("when")
        if not (when and answer.given) or check(root, when).holds is not False:
            continue
        because = "; ".join(check(root, when).because)
        yield Contradiction(
            tuple(answer.path.split(".")),
            f"{answer.path} is given, but it has no effect: {because}.",
            "Delete this line, or change the other answer.",
        )


def in_confirm(root: Part, paths: Sequence[str]) -> Iterator[Contradiction]:
    """Yield items to confirm that name no answer."""
    known = {answer.path: None for answer in walk(root)} if paths else {}
    for number, path in enumerate(paths):
        if path not in known:
            yield Contradiction(
                ("confirm", number, "answer"),
                f"no answer has the path {path!r}.",
                did_you_mean(path, known) or "A path looks like term.ends.",
            )


def once(path: Path, key: str, names: Sequence[str]) -> Iterator[Contradiction]:
    """Yield entries of a list that name the same party again."""
    for number, name in enumerate(names):
        if names.index(name) != number:
            where = (*path, number, key) if key else (*path, number)
            yield Contradiction(where, f"the party {name!r} is listed twice.", "Give it one entry.")


def _belongs(path: Path, what: str, name: str | None, known: list[str]) -> Iterator[Contradiction]:
    if name is None and len(known) > 1:
        yield Contradiction(
            path,
            f"there are several, so each entry must name its {what}.",
            f"Add {what}: one of {', '.join(known)}.",
        )
    if name is not None and name not in known:
        yield _unlisted(path, what, name, known)


def listed(path: Path, name: str, parties: Parties) -> Iterator[Contradiction]:
    """Yield a name that no party has."""
    if parties.named(name) is None:
        yield _unlisted(path, "party", name, [party.short_name for party in parties.all])


def _unlisted(path: Path, what: str, name: str, known: list[str]) -> Contradiction:
    allowed = f"Listed: {', '.join(known)}." if known else "None is listed yet."
    return Contradiction(path, f"no {what} is called {name!r}.", f"{did_you_mean(name, known)} {allowed}".strip())
