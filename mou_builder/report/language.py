"""Weigh the words that people changed in a clause: a duty softened, a "not" taken out, a number that is another now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from mou_builder.library import Clause, Library
from mou_builder.library.markup import Value, Words
from mou_builder.model import Agreement, Undecided
from mou_builder.model.conditions import lookup
from mou_builder.report.clauses import Found
from mou_builder.report.plainly import normalized
from mou_builder.report.sentences import Pair, changed_pairs, swapped
from mou_builder.report.shapes import Finding
from mou_builder.wording import printed

_DUTY = re.compile(
    r"\bshall\b|\bmust\b|\bcannot\b|\bmay not\b|\b(?:is|are) required to\b"
    # "No Officer may search" forbids as much as "shall not" does.
    r"|\b(?:no|neither|nobody)\b[^.;:]{0,80}?\bmay\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\bshould\b|\bwill\b|\bwould\b|\bmay\b(?! not\b)|\bcan\b|\bcould\b|\bmight\b|\bought to\b"
    r"|\b(?:is|are) (?:encouraged|expected|asked|requested|advised|urged) to\b"
    r"|\b(?:endeavou?rs?|strives?|tr(?:y|ies)|seeks?|aims?|intends?|hopes?|plans?) to\b"
    r"|\b(?:best|good[- ]faith|reasonable|every) efforts?\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\b(?:where|when|whenever|wherever|if|as|to the extent|insofar as|so far as|as far as)(?: (?:is|it is))?"
    r" (?:reasonably )?(?:possible|practicable|practical|feasible|appropriate|available|convenient|necessary|needed)\b"
    r"|\b(?:generally|normally|ordinarily|usually|typically|substantially)\b"
    r"|\bat (?:its|his|her|their|the \w+'s) (?:sole )?discretion\b|\bin (?:its|their) (?:sole )?discretion\b"
    r"|\bas (?:resources|time|staffing|funds?|funding|workload|schedules?) (?:permits?|allows?)\b"
    r"|\bsubject to (?:availability|staffing|available)\b",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:shall|must) (?:\w+ ){0,2}?(?:endeavou?r|strive|try|seek|(?:make|use) (?:\w+ ){0,3}efforts?)\b", re.IGNORECASE
)
NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nobody|nothing|without|cannot|only|alone|solely)\b|n't\b", re.IGNORECASE
)
EXCEPTION = re.compile(r"\b(?:unless|except|other than|provided that|notwithstanding|regardless of)\b", re.IGNORECASE)
_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER = re.compile(
    r"(?<![\w.§-])(?:\$?\d[\d,]*(?:\.\d+)?|" + "|".join(_SMALL) + r")(?!\.?\d)\b"
    r"(?: ?%| percent\b|(?: (?:school|business|calendar|working))? (?:minute|hour|day|week|month|year)s?\b)?",
    re.IGNORECASE,
)
# Numbers that name a place or a law count nothing.
_NAMED = re.compile(
    r"(?:\b(?:Sections?|Schedules?|Articles?|Title|Part|Chapter|Exhibit|Recital|Policy|RCW|CFR|U\.S\.C\.?)|§+) ?[\w.()-]+"
    r"|\b\d+ (?:CFR|U\.S\.C\.?)(?: Part)? ?[\w.()-]*|\b(?:no one|one another|one of|one or more)\b",
    re.IGNORECASE,
)


def softened(found: Sequence[Found], meets: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Yield what an edit took from the clauses that meet a requirement; `meets` gives each slot's requirements."""
    for one in found:
        ids = meets.get(one.used.slot, ())
        if one.state != "altered" or not ids:
            continue
        where = f"{_section(one)}, which meets {', '.join(ids)}"
        for pair in changed_pairs(one.before, one.after):
            yield from _weighed(pair, where, one.section)


def _weighed(pair: Pair, where: str, section: str) -> Iterator[Finding]:
    said = f"before: \u201c{pair.before}\u201d; now: \u201c{pair.after}\u201d"
    gone, come = swapped(pair)
    change = (
        f"\u201c{gone}\u201d became \u201c{come}\u201d"
        if gone and come
        else f"\u201c{gone or come}\u201d was {'taken out' if gone else 'put in'}"
    )
    if _weaker(pair):
        yield Finding("E-MODAL-WEAKENED", "error", f"{where}: a duty was weakened, {change}; {said}.", section)
    if _count(NEGATION, pair.before) != _count(NEGATION, pair.after):
        what = "a word such as \u201cnot\u201d or \u201conly\u201d was taken out or put in"
        yield Finding("E-NEGATION-CHANGED", "error", f"{where}: {what}; {said}.", section)
    if _count(EXCEPTION, pair.after) > _count(EXCEPTION, pair.before):
        yield Finding("W-EXCEPTION-ADDED", "warning", f"{where}: an exception was put in; {said}.", section)
    old, new = _numbers(pair)
    if old or new:
        what = f"{_listed(old)} became {_listed(new)}"
        yield Finding("W-NUMBER-CHANGED", "warning", f"{where}: a number was changed, {what}; {said}.", section)


def _weaker(pair: Pair) -> bool:
    """Whether the later version binds less: fewer duties, or a duty with a way out."""
    before, after = _count(_DUTY, pair.before), _count(_DUTY, pair.after)
    if after < before and (after == 0 or _count(_SOFT, pair.after) > _count(_SOFT, pair.before)):
        return True
    if before == 0:
        return False
    hedged = _count(_QUALIFIED, pair.after) > _count(_QUALIFIED, pair.before)
    return hedged or _count(_TRIED, pair.after) > _count(_TRIED, pair.before)


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


def _numbers(pair: Pair) -> tuple[list[str], list[str]]:
    """Return the numbers, with their units, that one version alone has and those that the other alone has."""
    old, new = Counter(numbers_in(pair.before)), Counter(numbers_in(pair.after))
    return list((old - new).elements()), list((new - old).elements())


def numbers_in(text: str) -> list[str]:
    """Return the numbers in a text with their units, as ``two school days``; references and laws' names left out."""
    return [one.casefold() for one in _NUMBER.findall(_NAMED.sub(" ", text))]


def _listed(numbers: list[str]) -> str:
    return ", ".join(f"\u201c{one}\u201d" for one in numbers) or "nothing"


def disagreeing(found: Sequence[Found], agreement: Agreement, library: Library) -> Iterator[Finding]:
    """Yield numbers that an edit changed in one section while another still prints the same answer as it was.

    Only where one answer alone can have printed the number: a guess would be worse than silence.
    """
    clauses = {one.used.slot: library.clause(one.used.id, one.used.version) for one in found}
    for one in found:
        clause = clauses[one.used.slot]
        if one.state != "altered" or clause is None or clause.digest != one.used.sha256:
            continue
        for pair in changed_pairs(one.before, one.after):
            old, new = _numbers(pair)
            path = _only_source(clause, old[0], agreement) if len(old) == len(new) == 1 else None
            for other in found if path else ():
                held = clauses[other.used.slot]
                if other.state == "unaltered" and held and any(value.path == path for value in held.values):
                    what = f"{_section(one)} now says {new[0]}, but {_section(other)} still rests on {old[0]} ({path})."
                    yield Finding("E-NUMBERS-DISAGREE", "error", what, one.section)


def _only_source(clause: Clause, number: str, agreement: Agreement) -> str | None:
    """Return the one answer that prints `number` in a clause, or None if there are several or the text itself has it."""
    pieces = [piece for block in clause.blocks for piece in block.pieces]
    amount = _amount(number)
    written = [one for piece in pieces if isinstance(piece, Words) for one in numbers_in(piece.text)]
    if amount in map(_amount, written):
        return None
    sources = {value.path for value in clause.values if amount in _amounts(value, agreement)}
    return sources.pop() if len(sources) == 1 else None


def _amounts(value: Value, agreement: Agreement) -> list[str]:
    answer: Any = None if value.path == "jurisdiction.name" else lookup(agreement, value.path)
    if answer is None or isinstance(answer, (Undecided, tuple, bool)):
        return []
    return [_amount(one) for one in numbers_in(normalized(printed(answer, value, {})))]


def _amount(number: str) -> str:
    """Return a number without its unit."""
    return re.split(r"[ %]", number)[0]


def _section(found: Found) -> str:
    number = found.section or "A section without a number"
    return f"{number if number[:1].isalpha() else f'Section {number}'}, {found.used.heading}"
