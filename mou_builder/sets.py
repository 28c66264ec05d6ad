"""Make of one file of answers the set of instruments it asks for: one, or one for each district and agency that work together.

What a pair may vary is the library's to say (`may_vary` in the outline); all else is the common floor, in the same words
in every instrument.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.library import Library
from mou_builder.marked import Marked
from mou_builder.model import Agreement
from mou_builder.model.answers import agreement_from
from mou_builder.model.consistency import not_asked
from mou_builder.model.sets import Pair
from mou_builder.model.structure import KINDS
from mou_builder.model.walk import model_paths
from mou_builder.record import answers_of
from mou_builder.report.shapes import Report


@dataclass(frozen=True)
class Instrument:
    """One agreement of a set, and how its files are told from the others'."""

    agreement: Agreement
    name: str = ""
    """``2-marsh-schools-county-sheriff``; empty where there is only one instrument."""
    title: str = ""
    """``Marsh Schools and County Sheriff``."""


def instruments(agreement: Agreement, library: Library) -> tuple[Instrument, ...]:
    """Return the agreements that the answers ask for, in the order of the parties.

    Raises AnswerError where a variation changes what the library keeps common, or where a pair's answers do not fit
    together: where the pair is, what was found, and the mend.
    """
    _refuse_what_may_not_vary(agreement, library)
    if agreement.set.structure != "parallel":
        return (Instrument(agreement),)
    pairs = _pairs(agreement)
    if not pairs:
        what = "no district and agency work together: no officer of an agency is assigned to a district's school."
        raise AnswerError(Fault("program.officers", what, "Assign officers, or set structure: single."))
    made: list[Instrument] = []
    for number, pair in enumerate(pairs, start=1):
        name = f"{number}-{_slug(pair.district)}-{_slug(pair.agency)}"
        made.append(Instrument(_for_pair(agreement, pair, pairs, library), name, pair.in_text()))
    return tuple(made)


def below_the_floor(reports: Mapping[str, Report]) -> dict[str, list[str]]:
    """Return, by title, in words, each requirement that an instrument does not meet though another of its set does."""
    met = {title: {row.id for row in report.requirements if row.status == "met"} for title, report in reports.items()}
    common = set().union(*met.values())
    return {
        title: [f"{id} is met in another instrument of the set, but not in this one." for id in sorted(common - found)]
        for title, found in met.items()
    }


def _refuse_what_may_not_vary(agreement: Agreement, library: Library) -> None:
    known = [path for path, _ in model_paths(Agreement)] if agreement.set.variations else []
    free = library.outline.may_vary
    faults: list[Fault] = []
    for number, variation in enumerate(agreement.set.variations):
        for path in variation.answers:
            where = f"set.variations[{number}].answers"
            if path not in known:
                faults.append(Fault(where, f"no answer has the path {path!r}.", did_you_mean(path, known)))
            elif not any(path == one or path.startswith(f"{one}.") for one in free):
                mend = f"Answer it once for all; these may differ: {', '.join(free)}."
                faults.append(Fault(where, f"{path} belongs to the common floor and may not differ.", mend))
    if faults:
        raise AnswerError(*faults)


def _pairs(agreement: Agreement) -> list[Pair]:
    """Return each district and agency that share an officer or, where no officer is assigned, every two of them."""
    program, parties = agreement.program, agreement.parties
    district_of = {site.name: site.district or parties.districts[0].short_name for site in program.sites}
    shared = {
        (district_of.get(assignment.site), officer.agency or parties.agencies[0].short_name)
        for officer in program.officers
        for assignment in officer.assignments
    }
    every = [
        Pair(district=one.short_name, agency=two.short_name) for one in parties.districts for two in parties.agencies
    ]
    return [pair for pair in every if program.mode == "responding" or (pair.district, pair.agency) in shared]


def _for_pair(agreement: Agreement, pair: Pair, pairs: list[Pair], library: Library) -> Agreement:
    answers = copy.deepcopy(answers_of(agreement))
    cut = _Cut(answers)
    cut.keep("parties.districts", lambda one: one["short_name"] == pair.district)
    cut.keep("parties.agencies", lambda one: one["short_name"] == pair.agency)
    kinds = {one["kind"] for group in ("districts", "agencies") for one in answers["parties"][group]}
    here_too = {name: value for name, value in answers.get("structure", {}).items() if kinds & {*KINDS[name]}}
    answers["structure"] = here_too
    first = agreement.parties.districts[0].short_name
    cut.keep("program.sites", lambda one: one.get("district", first) == pair.district)
    schools = [one["name"] for one in answers.get("program", {}).get("sites", ())]
    cut.keep("program.priority", lambda one: one in schools)
    lone = agreement.parties.agencies[0].short_name
    for officer in answers.get("program", {}).get("officers", ()):
        officer["assignments"] = [one for one in officer["assignments"] if one["site"] in schools]
    cut.keep("program.officers", lambda one: one.get("agency", lone) == pair.agency and one["assignments"])
    varied = {path: _at(answers, path) for one in agreement.set.variations for path in one.answers}
    for variation in agreement.set.variations:
        if variation.holds_for(pair):
            for path, value in variation.answers.items():
                _put(answers, path, copy.deepcopy(value))
    paying = str(answers.get("cost"))
    cut.keep("parties.municipalities", lambda one: one["short_name"] in paying)
    towns = [one["short_name"] for one in answers["parties"].get("municipalities", ())]
    cut.keep_parties([pair.district, pair.agency, *towns], [party.short_name for party in agreement.parties.all])
    _refuse_shared_cost(agreement, pair, cut)
    cut.rename_confirmed()
    answers["set"] = {
        "this": pair.model_dump(),
        "pairs": [one.model_dump() for one in pairs],
        "variations": answers.get("set", {}).get("variations", []),
        "common": varied,
    }
    where = f"the instrument for {pair.in_text()}"
    try:
        made = agreement_from(Marked(where, answers), library.states)
        # What only the other parties' kinds bring up (a tribe's immunity, say) is no answer of this instrument.
        for other in not_asked(made):
            _put(answers, ".".join(map(str, other.path)), None)
        return agreement_from(Marked(where, answers), library.states)
    except AnswerError as error:
        mend = "Add or correct a variation for this pair under set.variations."
        raise AnswerError(
            *(Fault(where, fault.what, f"{fault.mend} {mend}".strip()) for fault in error.faults)
        ) from None


def _refuse_shared_cost(agreement: Agreement, pair: Pair, cut: _Cut) -> None:
    """Raise AnswerError where a cost that the parties of several instruments share would fall on one pair alone."""
    own = [one for one in agreement.set.variations if one.holds_for(pair)]
    answered = any(path == "cost" or path.startswith("cost.") for one in own for path in one.answers)
    # An amount for each officer follows the officers, so it comes out right for every pair.
    if cut.took_from("cost") and not answered and agreement.cost.model != "flat-per-officer":
        where = f"the instrument for {pair.in_text()}"
        what = "its cost is shared with parties of other instruments, so nobody knows this pair's part."
        raise AnswerError(Fault(where, what, "Answer cost for this pair under set.variations."))


class _Cut:
    """Takes entries out of an answers' lists, and remembers where the kept ones stood."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers
        self._moved: dict[str, str | None] = {}

    def keep(self, path: str, wanted: Any) -> None:
        """Keep the entries of the list at `path` that are wanted; an answer that is no list stays as it is."""
        entries = _at(self._answers, path)
        if not isinstance(entries, (list, tuple)):
            return
        kept: list[Any] = []
        for number, entry in enumerate(entries):
            self._moved[f"{path}[{number}]"] = f"{path}[{len(kept)}]" if wanted(entry) else None
            if wanted(entry):
                kept.append(entry)
        _put(self._answers, path, kept)

    def keep_parties(self, here: list[str], known: list[str]) -> None:
        """Keep, in every list of parties or of what parties do, the entries of the parties that are `here`."""
        for group, answers in self._answers.items():
            if group in ("parties", "set", "program") or not isinstance(answers, (dict, list, tuple)):
                continue
            for name, value in list(answers.items()) if isinstance(answers, dict) else [("", answers)]:
                if not isinstance(value, (list, tuple)) or not value:
                    continue
                path = f"{group}.{name}" if name else group
                if all(isinstance(one, Mapping) and one.get("party") in known for one in value):
                    self.keep(path, lambda one: one["party"] in here)
                elif all(one in known for one in value if isinstance(one, str)) and isinstance(value[0], str):
                    self.keep(path, lambda one: one in here)

    def took_from(self, group: str) -> bool:
        """Return whether a list of this group has lost entries."""
        return any(old.startswith(f"{group}.") and new is None for old, new in self._moved.items())

    def rename_confirmed(self) -> None:
        """Let items to confirm follow the entries they name; those of entries that are gone go too."""
        kept: list[dict[str, Any]] = []
        for item in self._answers.get("confirm", ()):
            entry = re.match(r"[^\[]+\[\d+\]", item["answer"])
            now = self._moved.get(entry.group(), entry.group()) if entry else ""
            if now is not None:
                kept.append({**item, "answer": f"{now}{item['answer'].removeprefix(entry.group() if entry else '')}"})
        if kept or "confirm" in self._answers:
            self._answers["confirm"] = kept


def _at(answers: Mapping[str, Any], path: str) -> Any:
    value: Any = answers
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _put(answers: dict[str, Any], path: str, value: Any) -> None:
    """Set the answer at `path`; None takes it out."""
    *groups, name = path.split(".")
    group = answers
    for one in groups:
        group = group.setdefault(one, {})
    if value is None:
        group.pop(name, None)
    else:
        group[name] = value


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))[:40].strip("-") or "party"
