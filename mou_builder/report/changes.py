"""Say what kind of words an edit changed in a clause: a modal verb, a number, a time limit, a negation, a party."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mou_builder.model import Agreement
from mou_builder.report.language import EXCEPTION, NEGATION, numbers_in
from mou_builder.report.sentences import sentences
from mou_builder.report.shapes import ChangeKind

_MODAL = re.compile(
    r"\b(?:shall|must|may|should|will|would|can|could|might|cannot|ought to"
    r"|(?:is|are) (?:required|encouraged|expected|asked|requested|advised|urged) to"
    r"|(?:endeavou?rs?|strives?|tries|seeks?|aims?|intends?) to|(?:best|good[- ]faith|reasonable|every) efforts?)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\b(?:minute|hour|day|week|month|year|semester)s?\b|\b(?:a|p)\.m\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?"
    r"|\b\d{1,2}(?::\d\d)? ?[ap]\.m\.|\b(?:promptly|immediately|without delay|as soon as|at once|forthwith)\b"
)
_ROLES = (
    "District", "Districts", "Agency", "Agencies", "Municipality", "Party", "Parties", "SRO", "SROs", "Officer", "Officers",
    "Principal", "Principals", "Superintendent", "Chief", "Sheriff", "Student", "Students", "Parent", "Parents",
)  # fmt: skip


def kinds_of_change(before: Sequence[str], after: Sequence[str], agreement: Agreement) -> tuple[ChangeKind, ...]:
    """Return what kinds of words differ between two versions of a clause, each given as its paragraphs."""
    old, new = sentences(before), sentences(after)
    gone = " \n".join(one for one in old if one not in set(new))
    come = " \n".join(one for one in new if one not in set(old))
    names = _names([name for party in agreement.parties.all for name in (party.legal_name, party.short_name)])
    dates_gone, dates_come = _DAY.findall(gone), _DAY.findall(come)
    limits_gone, numbers_gone = _parted(numbers_in(_DAY.sub(" ", gone)))
    limits_come, numbers_come = _parted(numbers_in(_DAY.sub(" ", come)))
    found: dict[ChangeKind, bool] = {
        "modal verb": _differ(_small(_MODAL.findall(gone)), _small(_MODAL.findall(come))),
        "number": _differ(numbers_gone, numbers_come),
        "time limit": _differ([*limits_gone, *_small(dates_gone)], [*limits_come, *_small(dates_come)]),
        "negation": _differ(_small(NEGATION.findall(gone)), _small(NEGATION.findall(come))),
        "exception": _differ(_small(EXCEPTION.findall(gone)), _small(EXCEPTION.findall(come))),
        "party": _differ(names.findall(gone), names.findall(come)),
    }
    return tuple(kind for kind, differs in found.items() if differs)


def _differ(gone: Iterable[str], come: Iterable[str]) -> bool:
    return Counter(gone) != Counter(come)


def _small(words: Iterable[str]) -> list[str]:
    return [word.casefold() for word in words]


def _parted(numbers: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the numbers that count time, and the others."""
    found = list(numbers)
    return [one for one in found if _UNIT.search(one)], [one for one in found if not _UNIT.search(one)]


def _names(names: Iterable[str]) -> re.Pattern[str]:
    return _pattern(tuple(sorted({*names, *_ROLES}, key=lambda name: (-len(name), name))))


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
